import { argumentsOf } from '../../python/calls';
import type { Node } from '../../syntax/node';
import { isBuiltin } from './builtins';
import type { ChangeBuilder } from './change';
import { mayBeNegative } from './numbers';
import type { FileView } from './view';

/** What there is to know of a `sleep` that is handed on. */
export const wantsNumber = 'whoever gets this function must call it with a number that is not negative: `time.sleep()` has no default';

/** The one argument of a call of `eventlet.sleep`; undefined where there is none, 'unknown' where it is passed on as `*` or `**`. */
export function secondsOf(call: Node): Node | undefined | 'unknown' {
  const { positional, keywords, isOpen } = argumentsOf(call);
  if (isOpen) return 'unknown';
  return positional[0] ?? keywords.get('seconds');
}

/** Leaves the call one positional number that is not negative, which is all that `time.sleep` takes. Says why where it cannot, and leaves the call alone. */
export function giveSeconds(edits: ChangeBuilder, call: Node, view: FileView): string | undefined {
  const seconds = secondsOf(call);
  if (seconds === 'unknown') return 'the arguments are passed on as `*` or `**`, and `time.sleep` wants exactly one positional number';
  if (seconds === undefined) {
    edits.replace(argumentList(call), '(0)');
    return undefined;
  }
  const isCapped = mayBeNegative(seconds);
  if (isCapped && !isBuiltin(view, 'max', seconds)) return 'the time may be negative, which raises `ValueError` natively, and `max` means something else here';
  if (seconds.parent?.type === 'keyword_argument') edits.replaceRange(seconds.parent.startIndex, seconds.startIndex, '');
  if (isCapped) edits.insert(seconds.startIndex, 'max(0, ').insert(seconds.endIndex, ')');
  return undefined;
}

export function argumentList(call: Node): Node {
  return call.childForFieldName('arguments') ?? call;
}
