import { argumentsOf } from '../../python/calls';
import { classAround } from '../../python/scopes';
import type { MemberUse } from '../../python/uses';
import { field, isField, type Node } from '../../syntax/node';
import type { ChangeBuilder } from './change';
import type { FileView } from './view';

/** A callback of `link` whose code is in sight: the places where it asks the green thread that it gets. */
export interface LinkedCallback {
  readonly callback: Node;
  /** The names to rename: `wait` in `gt.wait()`, `dead` in `gt.dead`. */
  readonly asked: readonly Node[];
}

/** The callback of a `link`; a sentence where what it does with the green thread is not in sight. */
export function linkedCallback({ call }: MemberUse, view: FileView): LinkedCallback | string {
  const args = call && argumentsOf(call);
  const callback = args?.positional[0];
  if (!call || !callback || args.isOpen) return '`link` is told by `*` or `**` what to call';
  const code = codeOfCallback(callback, view);
  const first = code && firstParameter(code);
  if (!code || !first) return `what \`${callback.text}\` does with the green thread that it gets is not in sight here; \`Future.add_done_callback\` gives it a future`;
  const reads = view.names.variableOf(first)?.reads ?? [];
  const asked = reads.map(({ node }) => askedOf(node));
  const known = asked.flatMap((name) => name ?? []);
  return known.length === asked.length ? { callback, asked: known } : `\`${callback.text}\` does more with the green thread than to ask for its result`;
}

// t.link(told, a)  =>  t.add_done_callback(lambda future: told(future, a))
export function linkToFuture(edits: ChangeBuilder, use: MemberUse, view: FileView): void {
  const linked = linkedCallback(use, view);
  const name = field(use.node, 'attribute');
  const list = use.call && field(use.call, 'arguments');
  if (typeof linked === 'string' || !name || !list) return;
  edits.replace(name, 'add_done_callback');
  const { callback, asked } = linked;
  for (const node of asked) edits.replace(node, node.text === 'wait' ? 'result' : 'done()');
  if (list.namedChildren.filter((child) => child?.type !== 'comment').length === 1) return;
  const next = list.namedChildren[1];
  edits.insert(callback.startIndex, 'lambda future: ').replaceRange(callback.endIndex, next?.startIndex ?? callback.endIndex, '(future, ').insert(list.endIndex - 1, ')');
}

/** The function, method of the own class or lambda, where it has no other caller in this file. */
function codeOfCallback(callback: Node, view: FileView): Node | undefined {
  if (callback.type === 'lambda') return callback;
  if (callback.type === 'identifier') {
    const variable = view.names.variableOf(callback);
    const definition = variable?.bindings[0]?.node.parent;
    return variable?.bindings.length === 1 && variable.reads.length === 1 && definition?.type === 'function_definition' ? definition : undefined;
  }
  const name = field(callback, 'attribute')?.text;
  const classNode = callback.type === 'attribute' && field(callback, 'object')?.text === 'self' ? classAround(callback) : undefined;
  if (!classNode || name === undefined || view.names.attributes(name).length !== 1) return undefined;
  const methods = classNode.descendantsOfType('function_definition').filter((method) => method && field(method, 'name')?.text === name);
  return methods.length === 1 ? (methods[0] ?? undefined) : undefined;
}

/** The parameter that gets the green thread: the first, or the one behind `self`. */
function firstParameter(code: Node): Node | undefined {
  const names = (field(code, 'parameters')?.namedChildren ?? []).flatMap((parameter) => (parameter?.type === 'identifier' ? parameter : parameter?.type === 'typed_parameter' ? (parameter.namedChild(0) ?? []) : []));
  const first = names[0]?.text === 'self' ? names[1] : names[0];
  return first?.type === 'identifier' ? first : undefined;
}

/** `wait` of `gt.wait()` and `dead` of `gt.dead`; undefined for anything else that is done with it. */
function askedOf(read: Node): Node | undefined {
  const attribute = read.parent?.type === 'attribute' && isField(read.parent, 'object', read) ? read.parent : undefined;
  const name = attribute && field(attribute, 'attribute');
  if (!attribute || !name) return undefined;
  if (name.text === 'dead') return name;
  const call = attribute.parent?.type === 'call' && isField(attribute.parent, 'function', attribute) ? attribute.parent : undefined;
  return name.text === 'wait' && call && field(call, 'arguments')?.namedChildCount === 0 ? name : undefined;
}
