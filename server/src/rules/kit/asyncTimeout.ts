import type { NameUse } from '../../python/uses';
import type { Proposal } from '../rule';
import { isBuiltin } from './builtins';
import { change } from './change';
import { canAwait } from './coroutines';
import { notAsync, onAsyncio } from './proposing';
import { handlersOf } from './timeoutHandlers';
import { rewritten, timedWith, type NewLines } from './timedWith';
import { hasPython, type FileView } from './view';

/** `with Timeout(n)` inside a coroutine as `async with asyncio.timeout(n)`. */
export function asyncTimeout(use: NameUse, view: FileView): Proposal {
  const { call } = use;
  if (!call || !canAwait(call)) return notAsync;
  const timed = timedWith(use, view);
  if (typeof timed === 'string') return refused(timed);
  if (!hasPython(view, 3, 11)) return refused('`asyncio.timeout` came with Python 3.11, and this project supports older ones; `asyncio.wait_for` limits one awaitable');
  if (!isBuiltin(view, 'TimeoutError', call)) return refused('`TimeoutError` means something else here; the one of Python is raised');
  const { statement, seconds, late } = timed;
  const handlers = late === 'itself' ? handlersOf(statement, view) : { replaced: [] };
  if (typeof handlers === 'string') return refused(handlers);
  const edits = change(view);
  const entry = `async with ${edits.module('asyncio', statement)}.timeout(${seconds.text}):`;
  const step = view.layout.indent;
  const lines: Pick<NewLines, 'header' | 'shift' | 'footer'> =
    late === 'itself'
      ? { header: [entry], shift: 'none', footer: [] }
      : late === 'nothing'
        ? { header: [`with ${edits.module('contextlib', statement)}.suppress(TimeoutError):`, step + entry], shift: 'right', footer: [] }
        : { header: ['try:', step + entry], shift: 'right', footer: ['except TimeoutError:', `${step}raise ${late.text}`] };
  const { start, end, newText } = rewritten(view, timed, { ...lines, inner: [] });
  edits.replaceRange(start, end, newText);
  for (const { node } of handlers.replaced) edits.replace(node, 'TimeoutError');
  const why = 'it interrupts at an `await` only, raises `TimeoutError`, an `Exception`, behind the block, and inside the code sees `CancelledError`';
  return onAsyncio('Use `asyncio.timeout`', why, edits.done());
}

function refused(reason: string): Proposal {
  return { target: 'asyncio', reason };
}
