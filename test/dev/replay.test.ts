import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readCases, writeCases, type Case } from '../../server/src/dev/replay/cases';
import { Clone } from '../../server/src/dev/replay/clone';
import { replay, type Outcome } from '../../server/src/dev/replay/replay';
import { misses, shares } from '../../server/src/dev/replay/summary';
import { describeWarning, readTraps, warnings, type Warning } from '../../server/src/dev/replay/traps';
import { scratch, type Scratch } from '../corpus/scratch';
import { memoryHost } from '../kit/host';

describe('going back to before what a person did', () => {
  let folder: Scratch;
  beforeAll(() => {
    folder = scratch();
    git('init', '-q');
  });
  afterAll(() => folder.remove());

  test('the same in another form is the same', async () => {
    const sha = change('import eventlet\n\n\ndef work(n):\n    eventlet.sleep(n,)\n', 'from time import sleep\n\n\ndef work(n):\n    sleep(\n        n)  # a while\n');
    const outcomes = await outcomesOf([row(sha, 5, 4, 'eventlet.sleep'), { ...row(sha, 1, 0, 'eventlet'), kind: 'B', level: 'import' }]);
    expect(outcomes.map(({ found, rewrite }) => [found, rewrite])).toEqual([['eventlet.sleep', 'alone'], ['eventlet', 'together']]);
  });

  test('something else is not', async () => {
    const sha = change('import eventlet\n\neventlet.sleep(1)\n', 'import time\n\ntime.sleep(2)\n');
    const outcomes = await outcomesOf([row(sha, 3, 0, 'eventlet.sleep')]);
    expect(outcomes[0]?.rewrite).toBe('other');
    expect(misses(outcomes)).toEqual([expect.stringContaining('no rewrite')]);
    expect(shares(outcomes).find(({ least }) => least === 0.9)).toMatchObject({ reached: 0, of: 1 });
  });

  test('a variable on the way does not count', async () => {
    const sha = change('import eventlet\n\neventlet.spawn(print, 1)\n', 'import threading\n\nt = threading.Thread(target=print, args=(1,))\nprint()\nt.start()\n');
    expect((await outcomesOf([{ ...row(sha, 3, 0, 'eventlet.spawn'), level: 'stmt' }]))[0]?.rewrite).toBe('alone');
  });

  test('a decorator is a line of its own', async () => {
    const sha = change(
      "from unittest import mock\n\n\n@mock.patch('eventlet.spawn', print)\n@mock.patch('eventlet.sleep')\ndef test(sleep):\n    sleep()\n",
      "import time\nfrom unittest import mock\n\n\n@mock.patch('pool.submit', print)\n@mock.patch.object(time, 'sleep')\ndef test(sleep):\n    sleep()\n",
    );
    const outcomes = await outcomesOf([{ ...row(sha, 4, 12, 'eventlet.spawn'), level: 'stmt' }, { ...row(sha, 5, 12, 'eventlet.sleep'), level: 'stmt' }]);
    expect(outcomes.map(({ found, rewrite }) => [found, rewrite])).toEqual([['eventlet.spawn', 'other'], ['eventlet.sleep', 'alone']]);
  });

  test('a line that stays is right where the name behind it changes', async () => {
    const sha = change('from eventlet import queue\n\nq = queue.Queue()\nq.put(1)\n', 'import queue\n\nq = queue.Queue()\nq.put(1)\n');
    expect((await outcomesOf([{ ...row(sha, 4, 0, 'eventlet.Queue().put'), kind: 'C', level: 'implicit' }]))[0]).toMatchObject({ found: 'eventlet.Queue().put', rewrite: 'alone' });
  });

  test('a place that nobody reports is missed', async () => {
    const sha = change('import time\n\ntime.sleep(1)\n', 'import time\n');
    const outcomes = await outcomesOf([row(sha, 3, 0, 'eventlet.sleep')]);
    expect(outcomes[0]?.found).toBeUndefined();
    expect(shares(outcomes)[0]).toMatchObject({ reached: 0, of: 1 });
  });

  test('how far a rewrite can be trusted depends on the process', async () => {
    const sleep = (head: string) => `import eventlet\n${head}\n\ndef work():\n    eventlet.sleep(1)\n    eventlet.getcurrent().throw()\n`;
    for (const [head, safety] of [['eventlet.monkey_patch()', 'safe'], ['', 'review']] as const) {
      const sha = change(sleep(head), 'pass\n');
      const outcomes = await outcomesOf([row(sha, 5, 4, 'eventlet.sleep'), row(sha, 6, 4, 'eventlet.getcurrent')]);
      expect(outcomes.map((outcome) => outcome.safety)).toEqual([safety, undefined]);
      expect(outcomes.map(({ hasReason }) => hasReason)).toEqual([safety === 'review', true]);
    }
  });

  test('taking eventlet behind a module of the project is safe', async () => {
    mkdirSync(join(folder.folder, 'pkg'), { recursive: true });
    writeFileSync(join(folder.folder, 'pkg/concurrency.py'), 'from eventlet import Timeout, sleep\n');
    const text = (module: string) => `from ${module} import Timeout\nfrom ${module} import sleep\n\nwith Timeout(3):\n    sleep(1)\n`;
    const sha = change(text('eventlet'), text('pkg.concurrency'));
    const [timeout] = await outcomesOf([{ ...row(sha, 4, 5, 'eventlet.Timeout'), kind: 'P', level: 'implicit' }]);
    expect(timeout).toMatchObject({ found: 'eventlet.Timeout', safety: 'safe' });
  });

  /** Commits one text of a file and then the other. */
  function change(before: string, after: string): string {
    for (const text of [before, after]) {
      const file = join(folder.folder, 'pkg/module.py');
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
      git('add', '.');
      git('-c', 'user.name=n', '-c', 'user.email=e', 'commit', '-q', '--allow-empty', '-m', 'm');
    }
    return git('rev-parse', 'HEAD').trim();
  }

  function git(...options: readonly string[]): string {
    return execFileSync('git', ['-C', folder.folder, ...options], { encoding: 'utf8' });
  }

  async function outcomesOf(cases: readonly Case[]): Promise<readonly Outcome[]> {
    const outcomes: Outcome[] = [];
    for await (const some of replay(new Clone(folder.folder), cases, memoryHost(new Map()))) outcomes.push(...some);
    return outcomes;
  }
});

test('a list is read as it was written', () => {
  const cases: readonly Case[] = [
    { ...row('a'.repeat(40), 1, 0, 'eventlet'), kind: 'B', level: 'import' },
    row('a'.repeat(40), 2, 4, "str:async_mode='eventlet'"),
    { ...row('b'.repeat(40), 3, 0, 'eventlet.spawn'), path: 'a b.py', exception: 'a helper of the project took the place' },
  ];
  expect(readCases(writeCases(cases))).toEqual(cases);
  expect(() => readCases('    1:2 X expr eventlet')).toThrow('line 1');
});

test('a trap is named at the place, in the guide, or nowhere', async () => {
  const folder = scratch();
  const git = (...options: readonly string[]) => execFileSync('git', ['-C', folder.folder, '-c', 'user.name=n', '-c', 'user.email=e', ...options], { encoding: 'utf8' });
  git('init', '-q');
  writeFileSync(join(folder.folder, 'loop.py'), 'import eventlet\n\ndef work():\n    while True:\n        print()\n\neventlet.spawn_n(work)\n');
  git('add', '.');
  git('commit', '-q', '-m', 'm');
  git('commit', '-q', '--allow-empty', '-m', 'm');
  const trap = { repo: 'someone/project', sha: git('rev-parse', 'HEAD').trim(), path: 'loop.py', rule: 'spawn', story: 'it ran on' };
  const named: Warning[] = [];
  for await (const warning of warnings(new Clone(folder.folder), [/stop event/, /os\.fork/, /volcano/].map((words) => ({ ...trap, words })), memoryHost(new Map()))) named.push(warning);
  folder.remove();
  expect(named.map((warning) => warning.named)).toEqual(['there', 'in the guide', 'nowhere']);
  expect(named.map(describeWarning)[0]).toContain('loop.py:7, eventlet.spawn_n');
});

test('the lists of this repository can be read', () => {
  const cases = readCases(readFileSync('test/corpus/cases.txt', 'utf8'));
  expect(cases.length).toBeGreaterThan(2000);
  expect(cases.filter(({ exception }) => exception !== undefined).length).toBeLessThan(cases.length / 20);
  expect(readTraps(readFileSync('test/corpus/traps.txt', 'utf8')).length).toBeGreaterThan(10);
});

function row(sha: string, line: number, column: number, api: string): Case {
  return { repo: 'someone/project', sha, path: 'pkg/module.py', line, column, api, level: 'expr', kind: 'A' };
}
