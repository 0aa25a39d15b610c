import type { LineIndex } from '../edits/lines';
import type { Names } from '../python/names';
import type { StandInUse } from '../python/uses';
import type { Origin } from './finding';

/** Where what stands in for eventlet is defined, if that is in the same file. */
export function originOf({ standIn, start }: StandInUse, names: Names, lines: LineIndex): Origin | undefined {
  const [name = '', attribute] = standIn.name.split('.');
  const bindings = names.of(attribute ?? name).flatMap((variable) => (isHome(variable.scope.kind, attribute !== undefined) ? variable.bindings : []));
  const definition = bindings.find(({ node }) => standIn.kind === 'attribute' || /^(class|function)_definition$/.test(node.parent?.type ?? ''));
  if (!definition || definition.node.startIndex === start) return undefined;
  const { startIndex, endIndex } = definition.node;
  return { name: standIn.name, position: { start: lines.position(startIndex), end: lines.position(endIndex) } };
}

function isHome(kind: string, isAttribute: boolean): boolean {
  return !isAttribute || kind === 'class';
}
