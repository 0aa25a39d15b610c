import { attributeOf, ownAttribute } from '../../python/attributes';
import { importAround, importedNames } from '../../python/imports';
import { field, isField, sameNode, withoutParentheses, type Node } from '../../syntax/node';
import { valueOf } from './objects';
import type { FileView } from './view';

/** What can be waited for with a time limit. */
export type Waitable = 'event' | 'future' | 'lock' | 'process' | 'queue' | 'thread';

/** What the receiver of a method is known to be, from eventlet or native; undefined where the file does not tell. */
export function waitable(receiver: Node, view: FileView): Waitable | undefined {
  const own = view.uses.find((use) => use.form === 'member' && sameNode(field(use.node, 'object'), receiver));
  if (own?.form === 'member' && eventlets.has(own.className)) return eventlets.get(own.className);
  const values = boundTo(receiver, view).filter(({ type }) => type !== 'none');
  const kinds = new Set(values.map((value) => madeBy(value, view)));
  const [kind, ...others] = kinds;
  return others.length === 0 ? kind : undefined;
}

const eventlets: ReadonlyMap<string, Waitable> = new Map([
  ['eventlet.BoundedSemaphore', 'lock'],
  ['eventlet.Queue', 'queue'],
  ['eventlet.Semaphore', 'lock'],
  ['eventlet.lock.Lock', 'lock'],
  ['eventlet.queue.LifoQueue', 'queue'],
  ['eventlet.queue.LightQueue', 'queue'],
  ['eventlet.queue.PriorityQueue', 'queue'],
]);

const natives: ReadonlyMap<string, Waitable> = new Map([
  ['concurrent.futures.Future', 'future'],
  ['queue.LifoQueue', 'queue'],
  ['queue.PriorityQueue', 'queue'],
  ['queue.Queue', 'queue'],
  ['queue.SimpleQueue', 'queue'],
  ['subprocess.Popen', 'process'],
  ['threading.BoundedSemaphore', 'lock'],
  ['threading.Event', 'event'],
  ['threading.Lock', 'lock'],
  ['threading.RLock', 'lock'],
  ['threading.Semaphore', 'lock'],
  ['threading.Thread', 'thread'],
]);

/** Everything that a name or an attribute of the own object is assigned; what cannot be told is the target itself. */
function boundTo(receiver: Node, view: FileView): readonly Node[] {
  const own = ownAttribute(receiver);
  if (own) {
    const { places } = attributeOf(view.names, own.classNode, own.name);
    return places.filter((place) => place.parent?.type === 'assignment' && isField(place.parent, 'left', place)).map((place) => valueOf(place) ?? place);
  }
  const variable = receiver.type === 'identifier' ? view.names.variableOf(receiver) : undefined;
  return variable?.bindings.map(({ node }) => valueOf(node) ?? node) ?? [];
}

function madeBy(value: Node, view: FileView): Waitable | undefined {
  const call = withoutParentheses(value);
  const callee = call.type === 'call' ? field(call, 'function') : undefined;
  if (!callee) return undefined;
  if (callee.type === 'attribute' && field(callee, 'attribute')?.text === 'submit') return 'future';
  return natives.get((importedMeaning(callee, view) ?? '').replace(/^eventlet\.green\./, ''));
}

/** The dotted name that an expression means by the imports of the file: `sp.Popen` after `import subprocess as sp`. */
export function importedMeaning(node: Node, view: FileView): string | undefined {
  if (node.type === 'attribute') {
    const object = field(node, 'object');
    const module = object && importedMeaning(object, view);
    return module && `${module}.${field(node, 'attribute')?.text ?? ''}`;
  }
  const variable = node.type === 'identifier' ? view.names.variableOf(node) : undefined;
  const meanings = new Set(
    variable?.bindings.map((binding) => {
      const statement = importAround(binding.node);
      return statement && importedNames(statement).find(({ bound }) => sameNode(bound, binding.node))?.meaning;
    }),
  );
  const [meaning, ...others] = meanings;
  return others.length === 0 ? meaning : undefined;
}
