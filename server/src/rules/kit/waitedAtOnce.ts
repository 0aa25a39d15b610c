import { contains, enclosing, field, type Node } from '../../syntax/node';
import type { Fix } from '../rule';
import { change } from './change';
import { callDirectly } from './directCall';
import type { Maker } from './family';
import { shortened } from './objects';
import { ambiguous, onThreads, unless } from './proposing';
import type { FileView } from './view';

/**
 * `spawn(f, a).wait()` as a plain call. Value and exception are the same (catalogue 2.20). What a green thread of its own gives besides is not to be
 * seen from here, however much of `f` is in sight: who else gets a turn while it is waited for, who ends the waiting from outside, and what `f`, and
 * whatever it calls, leaves in thread-locals and context variables. So a person looks at it always.
 */
export function waitedAtOnce(maker: Maker, wait: { readonly node: Node; readonly call: Node }, view: FileView): readonly Fix[] {
  const target = field(maker.call, 'arguments')?.namedChild(0);
  const edits = change(view);
  if (!target || !callDirectly(edits, view, maker.call, target)) return [];
  edits.replaceRange(maker.call.endIndex, wait.call.endIndex, '');
  const doubts = [
    `\`${shortened(target)}\` gets the thread-locals, context variables and locks of its caller`,
    'others no longer have a turn here, which a loop may wait for',
    `${isTimed(wait.node) ? 'the timeout around it' : 'a timeout or `kill` from outside'} used to end only the waiting, not the called code`,
    ...(maker.form === 'name' && !maker.isCertain ? [ambiguous] : []),
  ];
  return [unless(doubts.join('; '), onThreads(`Call \`${shortened(target)}\` directly`, [], edits.done()))];
}

/** Whether a timeout is in sight that ends the waiting. */
function isTimed(node: Node): boolean {
  for (let statement = enclosing(node, 'with_statement'); statement; statement = enclosing(statement, 'with_statement')) {
    const body = field(statement, 'body');
    const entered = statement.text.slice(0, (body?.startIndex ?? statement.startIndex) - statement.startIndex);
    if (body && contains(body, node) && /timeout/i.test(entered)) return true;
  }
  return false;
}
