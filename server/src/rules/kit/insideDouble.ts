import { argumentsOf } from '../../python/calls';
import { memberNamedBeside, namedIn } from '../../python/stringTargets';
import { ancestors, field, type Node } from '../../syntax/node';
import { importedMeaning } from './natives';
import type { FileView } from './view';

/** Whether code is part of what a test puts in the place of a native name, such as `time.sleep`: calling that name there, it would call itself. */
export function isInsideDouble(node: Node, native: string, view: FileView): boolean {
  const doubles = view.memory.recall(`doubles of ${native}`, () => doublesOf(native, view));
  if (doubles.length === 0) return false;
  const isPart = (at: Node): boolean => doubles.some(({ id }) => id === at.id) || isSideEffect(at);
  const around = [...ancestors(node)];
  const functions = around.filter(({ type }) => type === 'function_definition').flatMap((definition) => field(definition, 'name') ?? []);
  const mentions = functions.flatMap((name) => view.names.variableOf(name)?.reads.map((read) => read.node) ?? []);
  return around.some(isPart) || mentions.some((mention) => [...ancestors(mention)].some(isPart));
}

/** The calls that replace a name; most files show by their text that they have none. */
function doublesOf(native: string, view: FileView): readonly Node[] {
  const last = native.slice(native.lastIndexOf('.') + 1);
  if (!view.text.includes(`${last}'`) && !view.text.includes(`${last}"`)) return [];
  return view.tree.rootNode.descendantsOfType('call').filter((call): call is Node => !!call && replaces(call, native, view));
}

/** `mock.patch('time.sleep', …)`, `mock.patch.object(time, 'sleep', …)`. */
function replaces(call: Node, native: string, view: FileView): boolean {
  const { positional, keywords } = argumentsOf(call);
  const target = positional[0] ?? keywords.get('target');
  if (!target) return false;
  const text = target.type === 'string' && namedIn(target)?.purpose === 'mock' ? namedIn(target)?.text : undefined;
  const member = memberNamedBeside(target);
  const named = text ?? (typeof member === 'object' ? `${importedMeaning(target, view) ?? target.text}.${member.text}` : undefined);
  return named === native || named?.endsWith(`.${native}`) === true;
}

/** `double.side_effect = …` */
function isSideEffect(node: Node): boolean {
  const left = node.type === 'assignment' ? field(node, 'left') : undefined;
  return left?.type === 'attribute' && field(left, 'attribute')?.text === 'side_effect';
}
