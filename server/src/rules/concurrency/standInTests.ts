import event from './native/tests/event.py';
import eventBetween from './native/tests/eventBetween.py';
import hub from './native/tests/hub.py';
import pile from './native/tests/pile.py';
import pool from './native/tests/pool.py';
import pools from './native/tests/pools.py';
import queue from './native/tests/queue.py';
import queueBetween from './native/tests/queueBetween.py';
import semaphore from './native/tests/semaphore.py';
import socket from './native/tests/socket.py';
import socketBetween from './native/tests/socketBetween.py';
import spawn from './native/tests/spawn.py';
import stress from './native/tests/stress.py';
import timeout from './native/tests/timeout.py';
import timeoutOfWaits from './native/tests/timeoutOfWaits.py';
import tpool from './native/tests/tpool.py';
import withTimeout from './native/tests/withTimeout.py';
import wsgi from './native/tests/wsgi.py';
import { eventlet } from '../../python/eventlet';
import type { Binding } from './names';

/**
 * The text of a module of unit tests for a concurrency module, of those of its names that have a stand-in. They hold with eventlet and
 * without, so they are run both ways. `used` are canonical names that are reached through the modules among the names: of a module of
 * eventlet there is only as much as that. undefined where it has no such names.
 */
export function standInTests(names: readonly Binding[], module: string, used: ReadonlySet<string> = new Set()): string | undefined {
  const sources = sourcesIn(names, used);
  const chosen = tests.filter(({ needs }) => needs.every((dotted) => sources.has(dotted)));
  if (chosen.length === 0) return undefined;
  const needed = [...new Set(chosen.flatMap(({ needs }) => needs))].map((dotted) => ({ name: lastPart(dotted), source: sources.get(dotted) ?? '' }));
  const plain = needed.filter(({ source }) => !source.includes('.')).map(({ name, source }) => (name === source ? name : `${source} as ${name}`));
  const through = needed.filter(({ source }) => source.includes('.'));
  const roots = [...new Set(through.map(({ source }) => source.split('.')[0] ?? ''))].map((root) => `${root} as _${root}`);
  const code = chosen.map((test) => test.code);
  const uses = (name: string): boolean => code.some((text) => new RegExp(`\\b${name}\\.`).test(text));
  return [
    [
      head,
      '',
      ...['contextlib', 'io'].filter(uses).map((name) => `import ${name}`),
      'import unittest',
      '',
      `from ${module} import (`,
      ...[...plain, ...roots].sort().map((name) => `    ${name},`),
      ')',
      ...(through.length > 0 ? ['', ...through.map(({ name, source }) => `${name} = _${source}`)] : []),
    ].join('\n'),
    ...code,
    "if __name__ == '__main__':\n    unittest.main()",
  ].join('\n\n\n') + '\n';
}

/** Whether a text is such a module, and nothing else: no person has changed it. */
export function isStandInTests(text: string): boolean {
  const plain = text.replace(/\r\n/g, '\n');
  const rest = tests.reduce((left, { code }) => left.replace(`\n\n\n${code}\n`, '\n'), plain);
  return rest !== plain && new RegExp(`^${head}\\n\\n(import \\w+\\n)+\\nfrom [\\w.]+ import \\(\\n(    \\w+( as \\w+)?,\\n)+\\)\\n(\\n(\\w+ = _\\w+\\.\\w+\\n)+)?\\n\\nif __name__ == '__main__':\\n    unittest\\.main\\(\\)\\n$`).test(rest);
}

const head = '"""What holds for the names of the concurrency module with eventlet and without."""';

interface StandInTest {
  /** Canonical names. */
  readonly needs: readonly string[];
  readonly code: string;
}

const tests: readonly StandInTest[] = [event, eventBetween, hub, pile, pool, pools, queue, queueBetween, semaphore, socket, socketBetween, spawn, stress, timeout, timeoutOfWaits, tpool, withTimeout, wsgi].map((source) => ({
  needs: (/^# needs: (.*)$/m.exec(source)?.[1] ?? '').split(' ').map((name) => `${eventlet.root}.${name}`),
  code: source.replace(/^# needs:.*$/m, '').trim(),
}));

/** How the module spells a canonical name: directly, or through a module that it hands out. */
function sourcesIn(names: readonly Binding[], used: ReadonlySet<string>): ReadonlyMap<string, string> {
  const through = names.filter(([dotted]) => eventlet.isModule(dotted)).flatMap(([module, name]) =>
    [...used].flatMap((dotted): readonly Binding[] => (eventlet.canonical(`${module}.${lastPart(dotted)}`) === dotted ? [[dotted, `${name}.${lastPart(dotted)}`]] : [])),
  );
  return new Map([...through, ...names]);
}

function lastPart(dotted: string): string {
  return dotted.slice(dotted.lastIndexOf('.') + 1);
}
