import { classAround } from '../../python/scopes';
import { contains, enclosing, field, type Node } from '../../syntax/node';
import type { Fix } from '../rule';
import { change } from './change';
import { callDirectly } from './directCall';
import type { Maker } from './family';
import { shortened } from './objects';
import { ambiguous, onThreads, unless } from './proposing';
import type { FileView } from './view';

/**
 * `spawn(f, a).wait()` as a plain call. Value and exception are the same (catalogue 2.20); what changes is whose thread-locals, locks and
 * identity `f` runs with. People who write this mostly want just that, so it is safe only where `f` can be read and asks for none of it.
 */
export function waitedAtOnce(maker: Maker, wait: { readonly node: Node; readonly call: Node }, view: FileView): readonly Fix[] {
  const target = field(maker.call, 'arguments')?.namedChild(0);
  const edits = change(view);
  if (!target || !callDirectly(edits, view, maker.call, target)) return [];
  edits.replaceRange(maker.call.endIndex, wait.call.endIndex, '');
  const doubts = [ownThreadWanted(target, view), timed(wait.node), maker.form === 'name' && !maker.isCertain ? ambiguous : undefined].filter((doubt) => doubt !== undefined);
  const checked = { kind: 'checked', text: `\`${shortened(target)}\` asks for no lock, thread-local or identity of its own` } as const;
  return [unless(doubts.length > 0 ? doubts.join('; ') : undefined, onThreads(`Call \`${shortened(target)}\` directly`, [checked], edits.done()))];
}

/** Words of code that depends on the thread it runs in. */
const ownThread = /lock|mutex|acquire|release|semaphore|local|ident\b|current|context|ctx|spawn|timeout/i;

function ownThreadWanted(target: Node, view: FileView): string | undefined {
  const code = codeOf(target, view);
  if (code && !ownThread.test(code.text)) return undefined;
  const what = code ? 'speaks of' : 'is not in sight here and may ask for';
  return `\`${shortened(target)}\` ${what} thread-locals, locks or the current thread, and a direct call has those of its caller`;
}

/** The function that a name, a method of the same class or a lambda stands for, where this file shows it. */
function codeOf(target: Node, view: FileView): Node | undefined {
  if (target.type === 'lambda') return target;
  if (target.type === 'identifier') {
    const bindings = view.names.variableOf(target)?.bindings ?? [];
    const definition = bindings[0]?.node.parent;
    return bindings.length === 1 && definition?.type === 'function_definition' ? definition : undefined;
  }
  const classNode = target.type === 'attribute' && field(target, 'object')?.text === 'self' ? classAround(target) : undefined;
  const name = field(target, 'attribute')?.text;
  const methods = classNode?.descendantsOfType('function_definition').filter((method) => method && field(method, 'name')?.text === name) ?? [];
  return methods.length === 1 ? methods[0] ?? undefined : undefined;
}

/** A timeout around it ended only the waiting, and the green thread went on. */
function timed(node: Node): string | undefined {
  for (let statement = enclosing(node, 'with_statement'); statement; statement = enclosing(statement, 'with_statement')) {
    const body = field(statement, 'body');
    const entered = statement.text.slice(0, (body?.startIndex ?? statement.startIndex) - statement.startIndex);
    if (body && contains(body, node) && /timeout/i.test(entered)) return 'the timeout around it used to end only the waiting, not the called code';
  }
  return undefined;
}
