import { execFileSync } from 'node:child_process';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { lineAfter, parseDiff } from '../../server/src/dev/identity/diff';
import { identity, type Identity } from '../../server/src/dev/identity/replay';
import { GitRepository } from '../../server/src/doors/gitRepository';
import { scratch, type Scratch } from '../corpus/scratch';
import { memoryHost } from '../kit/host';

const sleeper = 'import eventlet\n\n\ndef work():\n    eventlet.sleep(1)\n';

describe('the identity of uses over a history', () => {
  let folder: Scratch;
  beforeEach(() => {
    folder = scratch();
    git('init', '-q', '-b', 'main');
  });
  afterEach(() => folder.remove());

  test('outlives moved lines, reformatted code, renamed functions and renamed files', async () => {
    commit({ 'a.py': sleeper, 'other.py': 'import eventlet\neventlet.spawn(print)\n' });
    commit({ 'a.py': `# A comment.\n\n${sleeper}` });
    commit({ 'a.py': sleeper.replace('eventlet.sleep(1)', 'eventlet.sleep(\n        1)') });
    commit({ 'a.py': sleeper.replace('work', 'labour') });
    rename('a.py', 'lib/b.py');
    commit({});
    expect(await replayed()).toMatchObject({ commits: 5, items: 4, kept: 4, lost: [], falls: [], done: 0, total: 4 });
  });

  test('of equal uses beside each other is that of the line, when one of them goes', async () => {
    const three = (...lines: string[]) => `import eventlet\n\n\ndef work():\n${lines.map((line) => `    ${line}\n    eventlet.sleep(0)\n`).join('')}`;
    commit({ 'a.py': three('one()', 'two()', 'three()') });
    commit({ 'a.py': three('two()', 'three()') });
    commit({ 'a.py': three('zero()', 'two()', 'three()') });
    expect(await replayed()).toMatchObject({ items: 5, kept: 5, lost: [] });
  });

  test('ends where a use is fixed, and the done count stays', async () => {
    commit({ 'a.py': sleeper, 'b.py': sleeper });
    commit({ 'a.py': 'import time\n\n\ndef work():\n    time.sleep(1)\n' });
    commit({ 'c.py': 'print()\n' });
    remove('b.py');
    commit({});
    expect(await replayed()).toMatchObject({ items: 4, kept: 4, falls: [], done: 4, total: 4 });
  });

  test('outlives a move to another file, and a use that is written later where it was is a new one', async () => {
    const lines = '\n\nclass Sleeper:\n    def rest(self):\n        eventlet.sleep(1)\n';
    commit({ 'a.py': `import eventlet\n${lines}`, 'b.py': 'import eventlet\n' });
    commit({ 'a.py': 'import eventlet\n', 'b.py': `import eventlet\n${lines}` });
    commit({ 'a.py': 'import eventlet\n\n\nclass Other:\n    def wait(self):\n        self.ready()\n        eventlet.sleep(1)\n        self.go()\n' });
    expect(await replayed()).toMatchObject({ falls: [], returned: 0, done: 0, total: 3 });
  });

  test('ends with a fix, and whoever writes the name into another function does not undo it', async () => {
    const works = '\n\ndef work():\n    one()\n    eventlet.sleep(1)\n    two()\n    eventlet.sleep(2)\n';
    commit({ 'a.py': `import eventlet\n${works}` });
    commit({ 'a.py': `import eventlet\n${works.replace('eventlet.sleep(1)', 'time.sleep(1)')}` });
    commit({ 'a.py': `import eventlet\n${works.replace('eventlet.sleep(1)', 'time.sleep(1)')}\n\ndef other():\n    three()\n    eventlet.sleep(3)\n    four()\n` });
    expect(await replayed()).toMatchObject({ items: 4, kept: 4, falls: [], returned: 0, done: 1, total: 3 });
  });

  test('begins again where a fix is undone', async () => {
    commit({ 'a.py': sleeper });
    commit({ 'a.py': 'import time\n\n\ndef work():\n    time.sleep(1)\n' });
    commit({ 'a.py': sleeper });
    expect(await replayed()).toMatchObject({ items: 4, kept: 4, falls: [], returned: 2, done: 0, total: 2 });
  });

  test('begins again where a fix is undone of a call whose function had another name at first', async () => {
    const renamed = sleeper.replace('work', 'labour');
    commit({ 'a.py': sleeper });
    commit({ 'a.py': renamed });
    commit({ 'a.py': 'import time\n\n\ndef labour():\n    time.sleep(1)\n' });
    commit({ 'a.py': renamed });
    expect(await replayed()).toMatchObject({ items: 4, kept: 4, falls: [], returned: 2, done: 0, total: 2 });
  });

  test('does not end where a file cannot be read for a while', async () => {
    commit({ 'a.py': sleeper });
    commit({ 'a.py': `${sleeper}def broken(:\n` });
    commit({ 'a.py': sleeper });
    expect(await replayed()).toMatchObject({ items: 2, kept: 2, falls: [], done: 0 });
  });

  function commit(files: Readonly<Record<string, string>>): void {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder.folder, name)), { recursive: true });
      writeFileSync(join(folder.folder, name), text);
    }
    git('add', '-A');
    git('commit', '-qm', 'a change');
  }

  function rename(from: string, to: string): void {
    mkdirSync(dirname(join(folder.folder, to)), { recursive: true });
    renameSync(join(folder.folder, from), join(folder.folder, to));
  }

  function remove(name: string): void {
    rmSync(join(folder.folder, name));
  }

  async function replayed(): Promise<Identity> {
    const repository = await GitRepository.around(folder.folder);
    if (!repository) throw new Error('there is no repository');
    const result = await identity(repository, memoryHost(new Map()), undefined);
    repository.close();
    return result;
  }

  function git(...args: string[]): void {
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.c', '-c', 'commit.gpgsign=false', ...args], { cwd: folder.folder, stdio: 'pipe' });
  }
});

describe('what git says of lines', () => {
  const diff = ['diff --git old.py new.py', 'similarity index 90%', 'rename from old.py', 'rename to new.py', '--- old.py', '+++ new.py', '@@ -2 +2,2 @@ def f():', '--- x', '+a', '+b', '@@ -5,2 +5,0 @@', '-c', '-d', '@@ -9,0 +9 @@', '+e', ''].join('\n');

  test('is read with renamed files, and lines that look like headings', () => {
    expect(parseDiff(diff)).toEqual([{ before: 'old.py', after: 'new.py', hunks: [{ before: [1, 2], after: [1, 3] }, { before: [4, 6], after: [5, 5] }, { before: [9, 9], after: [8, 9] }] }]);
  });

  test('tells where each line is afterwards', () => {
    const [{ hunks } = { hunks: [] }] = parseDiff(diff);
    expect([0, 1, 2, 3, 4, 5, 6, 8, 9].map((line) => lineAfter(line, hunks))).toEqual([0, undefined, 3, 4, undefined, undefined, 5, 7, 9]);
  });
});
