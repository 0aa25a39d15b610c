/**
 * Files come, go and move while the server or the editor dies: just before, so that nobody has looked at them yet, or while there is nobody to
 * look. The list is afterwards what the files say, with every decision, and shown as it was left.
 */
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { checklistFile, decide, gitIn } from './deciding';
import type { Window } from './driver';
import { eventually, journeys, rows, texts } from './journey';
import { killEditor, killServer, type Kill } from './killing';
import { pictures } from './studio';

const journey = journeys();

const client = 'import eventlet\n\n\ndef fetch(url):\n    eventlet.sleep(2)\n    return url\n';
const worker = 'import eventlet\n\n\ndef work(job):\n    eventlet.sleep(1)\n    eventlet.spawn_n(job)\n';
const pool = 'from eventlet import GreenPool\n\npool = GreenPool(3)\n';

describe('branches', () => {
  journey('are switched and merged while something dies, and each has its own decisions', { 'lib/client.py': client, 'lib/pool.py': pool, 'worker.py': worker }, async (window, folder) => {
    const git = gitIn(folder);
    const isWith = async (list: readonly string[]): Promise<void> => {
      await window.showSideBar();
      await eventually(() => shown(window)).toEqual(list);
      expect(git('status', '--porcelain')).toBe('');
    };
    git('init', '-q', '-b', 'bare');
    git('add', '.');
    git('commit', '-qm', 'the code');
    git('checkout', '-qb', 'main');
    await window.showSideBar();
    await decide(window, folder, 'eventlet.spawn_n(job)', 'Later', 'with the pools');
    await eventually(() => readFile(join(folder, '.gitattributes'), 'utf8')).toBe(`${checklistFile} merge=union\n`);
    git('add', '.');
    git('commit', '-qm', 'a decision');
    git('checkout', '-qb', 'other');
    await decide(window, folder, 'eventlet.sleep(1)', 'Kept on purpose', 'a demo');
    git('rm', '-q', 'lib/pool.py');
    git('commit', '-qam', 'another one, and no pool');

    await dying(killServer, 'dies after it', window, folder, async () => git('checkout', '-q', 'main'));
    await isWith(onMain);
    await dying(killEditor, 'is dead', window, folder, async () => git('checkout', '-q', 'bare'));
    await isWith(bare);
    await dying(killEditor, 'dies after it', window, folder, async () => git('checkout', '-q', 'other'));
    await isWith(onOther);
    await dying(killServer, 'is dead', window, folder, async () => git('checkout', '-q', 'main'));
    await isWith(onMain);

    await decide(window, folder, 'eventlet.sleep(2)', 'Not ours', 'the plug-in’s');
    git('commit', '-qam', 'a third one');
    git('tag', 'before');
    for (const [kill, when] of [[killServer, 'dies after it'], [killEditor, 'is dead'], [killEditor, 'dies after it'], [killServer, 'is dead']] as const) {
      git('reset', '-q', '--hard', 'before');
      await isWith(beforeMerge);
      await dying(kill, when, window, folder, async () => git('merge', '-q', '-m', 'both', 'other'));
      await isWith(merged);
    }
    await window.screenshot(join(pictures, 'kills-4-merged.png'));
    expect(await window.notifications()).toEqual([]);
  });

  const withPool = (sum: readonly string[], uses: readonly string[]): readonly string[] => [
    ...sum,
    '  1. Importing Eventlet 3', '- import eventlet lib/client.py:1', '- from eventlet import GreenPool lib/pool.py:1', '- import eventlet worker.py:1',
    '  4. Green Threads and GreenPool 4', ...uses,
  ];
  const withoutPool = (sum: readonly string[], uses: readonly string[]): readonly string[] => [
    ...sum,
    '  1. Importing Eventlet 1/3', '- import eventlet lib/client.py:1', '- import eventlet worker.py:1',
    '  4. Green Threads and GreenPool 1/4', ...uses,
  ];
  const open = { sleep2: '- eventlet.sleep(2) lib/client.py:5', pool: '- pool = GreenPool(3) lib/pool.py:3', sleep1: '- eventlet.sleep(1) worker.py:5', spawn: '- eventlet.spawn_n(job) worker.py:6' };
  const decided = {
    sleep2: 'x eventlet.sleep(2) Not ours: the plug-in’s · lib/client.py:5',
    sleep1: 'x eventlet.sleep(1) Kept on purpose: a demo · worker.py:5',
    spawn: 'x eventlet.spawn_n(job) Later: with the pools · worker.py:6',
  };
  const bare = withPool(['7 left in 3 files', '7'], [open.sleep2, open.pool, open.sleep1, open.spawn]);
  const onMain = withPool(['0 of 7 done · 1 later', '6'], [open.sleep2, open.pool, open.sleep1, decided.spawn]);
  const onOther = withoutPool(['2 of 7 done · 1 kept on purpose, 1 later', '3'], [open.sleep2, decided.sleep1, decided.spawn]);
  const beforeMerge = withPool(['0 of 7 done · 1 later, 1 not ours', '5'], [decided.sleep2, open.pool, open.sleep1, decided.spawn]);
  const merged = withoutPool(['2 of 7 done · 1 kept on purpose, 1 later, 1 not ours', '2'], [decided.sleep2, decided.sleep1, decided.spawn]);
});

describe('files', () => {
  const project = { 'lib/client.py': client, 'worker.py': worker };

  journey('are renamed, deleted and made while something dies, and decisions go with them', project, async (window, folder) => {
    const at = (path: string): string => join(folder, path);
    const isWith = async (list: readonly string[]): Promise<void> => {
      await window.showSideBar();
      await eventually(() => shown(window)).toEqual(list);
      expect(await texts(folder, [checklistFile])).toEqual(written);
    };
    await window.showSideBar();
    await decide(window, folder, 'eventlet.sleep(2)', 'Kept on purpose', 'a demo');
    const written = await texts(folder, [checklistFile]);

    await dying(killServer, 'dies after it', window, folder, () => rename(at('lib/client.py'), at('lib/fetcher.py')));
    await isWith(kept('lib/fetcher.py'));
    await dying(killEditor, 'is dead', window, folder, () => rename(at('lib'), at('net')));
    await isWith(kept('net/fetcher.py'));
    await dying(killServer, 'is dead', window, folder, () => rename(at('net'), at('lib')));
    await isWith(kept('lib/fetcher.py'));
    await dying(killEditor, 'dies after it', window, folder, () => rename(at('lib/fetcher.py'), at('lib/client.py')));
    await isWith(kept('lib/client.py'));

    await dying(killServer, 'dies after it', window, folder, () => rm(at('worker.py')));
    await isWith(onlyClient);
    await dying(killEditor, 'is dead', window, folder, () => writeFile(at('worker.py'), worker));
    await isWith(kept('lib/client.py'));
    await dying(killServer, 'is dead', window, folder, () => rm(at('lib'), { recursive: true }));
    await isWith(onlyWorker);
    await dying(killEditor, 'dies after it', window, folder, async () => {
      await mkdir(at('lib'));
      await writeFile(at('lib/client.py'), client);
    });
    await isWith(kept('lib/client.py'));
    await window.screenshot(join(pictures, 'kills-5-files.png'));
    expect(await window.notifications()).toEqual([]);
  });

  const inWorker = ['- eventlet.sleep(1) worker.py:5', '- eventlet.spawn_n(job) worker.py:6'];
  const kept = (path: string): readonly string[] => [
    '0 of 5 done · 1 kept on purpose', '4',
    '  1. Importing Eventlet 2', `- import eventlet ${path}:1`, '- import eventlet worker.py:1',
    '  4. Green Threads and GreenPool 3', `x eventlet.sleep(2) Kept on purpose: a demo · ${path}:5`, ...inWorker,
  ];
  const onlyClient = [
    '3 of 5 done · 1 kept on purpose', '1',
    '  1. Importing Eventlet 1/2', '- import eventlet lib/client.py:1',
    '  4. Green Threads and GreenPool 2/3', 'x eventlet.sleep(2) Kept on purpose: a demo · lib/client.py:5',
  ];
  const onlyWorker = ['2 of 5 done', '3', '  1. Importing Eventlet 1/2', '- import eventlet worker.py:1', '  4. Green Threads and GreenPool 1/3', ...inWorker];
});

describe('what a window shows', () => {
  const project = { 'lib/client.py': client, 'lib/pool.py': pool, 'worker.py': worker };

  journey('is shown again: grouping and filter', project, async (window, folder) => {
    await window.showSideBar();
    await eventually(() => window.badge()).toBe('7');

    await window.runCommandWith('Eventlet: View Options…', 'Folder');
    await killEditor(window, folder);
    await window.showSideBar();
    await eventually(() => shown(window)).toEqual(byFolder);

    await window.startCommand('Eventlet: View Options…');
    await window.choose('Filter by Folder');
    await window.choose('lib');
    await window.confirm();
    await killEditor(window, folder);
    await window.showSideBar();
    await eventually(() => shown(window)).toEqual(onlyLib('lib/pool.py'));
    await killServer(window, folder, () => rename(join(folder, 'lib/pool.py'), join(folder, 'lib/green.py')));
    await eventually(() => shown(window)).toEqual(onlyLib('lib/green.py'));
    await window.screenshot(join(pictures, 'kills-6-shown.png'));
    expect(await window.notifications()).toEqual([]);
  });

  const inLib = (second: string): readonly string[] => [
    '  lib 4', '- import eventlet lib/client.py:1', '- eventlet.sleep(2) lib/client.py:5', `- from eventlet import GreenPool ${second}:1`, `- pool = GreenPool(3) ${second}:3`,
  ];
  const byFolder = ['7 left in 3 files', '7', '  At the top 3', '- import eventlet worker.py:1', '- eventlet.sleep(1) worker.py:5', '- eventlet.spawn_n(job) worker.py:6', ...inLib('lib/pool.py')];
  const onlyLib = (second: string): readonly string[] => ['7 left in 3 files · only lib', '7', '  Clear Filter 3 not shown', ...inLib(second)];
});

describe('an undo of a review', () => {
  const main = 'import eventlet\neventlet.monkey_patch()\n';
  const sleeper = 'import eventlet\n\n\ndef poll():\n    eventlet.sleep(1)\n';
  const made = 'import time\n\n\ndef poll():\n    time.sleep(1)\n';
  const parts = ['a.py', 'b.py', 'c.py', 'd.py'];
  const project = { 'main.py': main, ...Object.fromEntries(parts.map((part) => [part, sleeper])) };

  journey('takes all of it back, whether the server dies before or after it', project, async (window, folder) => {
    await window.showSideBar();
    await eventually(() => window.badge()).toBe('10');
    await window.runCommandWith('Eventlet: Review and Fix Uses of eventlet…', 'sleep');
    await eventually(() => window.viewText('Review Changes')).toBe('4 of 4 changes ticked');
    await window.clickViewAction('Review Changes', 'Make the Ticked Changes');
    await eventually(() => texts(folder, parts)).toEqual(Object.fromEntries(parts.map((part) => [part, made])));
    await killServer(window, folder);
    await eventually(() => window.badge()).toBe('2');

    await window.openFile('c.py');
    await window.undo();
    await killServer(window, folder);
    await eventually(() => window.text()).toBe(sleeper);
    await eventually(() => window.badge()).toBe('10');
    await window.runCommand('File: Save All Files');
    await eventually(() => texts(folder, Object.keys(project))).toEqual(project);
    await killEditor(window, folder);
    await window.showSideBar();
    await eventually(() => shown(window)).toEqual(all);
    expect(await texts(folder, Object.keys(project))).toEqual(project);
    await window.screenshot(join(pictures, 'kills-7-undone.png'));
    expect(await window.notifications()).toEqual([]);
  });

  const all = [
    '10 left in 5 files', '10',
    '  1. Importing Eventlet 5', ...parts.map((part) => `- import eventlet ${part}:1`), '- import eventlet main.py:1',
    '  2. Use of monkey_patch() 1', '- eventlet.monkey_patch() main.py:2',
    '  4. Green Threads and GreenPool 4', ...parts.map((part) => `- eventlet.sleep(1) ${part}:5`),
  ];
});

/** Something happens while what `kill` ends is dead, or just before it dies, when it cannot have looked yet. */
async function dying(kill: Kill, when: 'dies after it' | 'is dead', window: Window, folder: string, happens: () => Promise<unknown>): Promise<void> {
  if (when === 'dies after it') {
    await happens();
    await kill(window, folder);
  } else {
    await kill(window, folder, async () => void (await happens()));
  }
}

/** What stands above the rows of the list, what our icon counts, and the rows. */
async function shown(window: Window): Promise<readonly string[]> {
  return [await window.viewText('Remaining'), await window.badge(), ...(await rows(window, 'Remaining'))];
}
