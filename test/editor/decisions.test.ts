/** The checklist that a team works from: decisions, what is done, branches; each in a real Visual Studio Code. */
import { existsSync } from 'node:fs';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { checklistFile as file, decide, gitIn, labels, ticked } from './deciding';
import { eventually, journeys } from './journey';
import { pictures } from './studio';

const journey = journeys();
const client = 'import eventlet\n\n\ndef fetch(url):\n    eventlet.sleep(2)\n    return url\n';
const worker = 'import eventlet\n\n\ndef work(job):\n    eventlet.sleep(1)\n    eventlet.spawn_n(job)\n';
const project = { 'lib/client.py': client, 'worker.py': worker };

describe('the checklist', () => {
  journey('a use is ticked with a reason, and still is after a reload; unticked it is open again', project, async (window, folder) => {
    await window.showSideBar();
    await eventually(() => ticked(window)).toEqual([]);
    await window.toggleRowBox('Remaining', 'eventlet.sleep(2)');
    await eventually(() => window.hint()).toContain('with all 5 uses of today');
    await eventually(async () => (await window.question())?.rows).toEqual([expect.stringMatching(/^Kept on purpose/), expect.stringMatching(/^Later/), expect.stringMatching(/^Not ours/)]);
    await window.choose('Later');
    await window.writeAnswer('The reason', 'after the release');
    await window.writeAnswer('The day', '2099-03-01');
    await eventually(() => ticked(window)).toEqual(['eventlet.sleep(2)']);
    await eventually(() => window.viewText('Remaining')).toBe('0 of 5 done · 1 later');
    await eventually(() => window.badge()).toBe('4');
    await eventually(async () => (await window.spoken('Remaining')).filter((row) => row.includes('after the release'))).toHaveLength(1);
    await eventually(() => readFile(join(folder, file), 'utf8')).toMatch(/^"lib\/client\.py \w+": \{"rule":"sleep",.*"decision":"later","reason":"after the release","until":"2099-03-01"\},$/m);

    await window.reload();
    await window.showSideBar();
    await eventually(() => ticked(window)).toEqual(['eventlet.sleep(2)']);
    await window.toggleRowBox('Remaining', 'eventlet.sleep(2)');
    await eventually(() => ticked(window)).toEqual([]);
    await eventually(() => readFile(join(folder, file), 'utf8')).not.toContain('after the release');
    expect(await window.notifications()).toEqual([]);
  });

  journey('who takes the question back leaves the box empty and writes nothing', project, async (window, folder) => {
    await window.showSideBar();
    await eventually(() => labels(window)).toContain('eventlet.sleep(2)');
    await window.toggleRowBox('Remaining', 'eventlet.sleep(2)');
    await eventually(() => window.question()).toBeDefined();
    await window.leaveQuestion();
    await eventually(() => ticked(window)).toEqual([]);
    expect(existsSync(join(folder, file))).toBe(false);
  });

  journey('several are decided about at once', project, async (window) => {
    await window.showSideBar();
    await window.clickTreeRow('Remaining', 'eventlet.sleep(1)');
    await window.alsoSelect('Remaining', 'eventlet.sleep(2)');
    await window.startCommand('Eventlet: Decide About Uses…');
    await window.choose('Not ours');
    await window.writeAnswer('The reason', 'the plug-in’s');
    await window.writeAnswer('The day', '');
    await eventually(async () => (await ticked(window)).sort()).toEqual(['eventlet.sleep(1)', 'eventlet.sleep(2)']);
    await eventually(() => window.viewText('Remaining')).toBe('0 of 5 done · 2 not ours');
  });

  journey('what is gone ticks itself, also with its file, and a renamed one keeps its decisions', project, async (window, folder) => {
    await window.showSideBar();
    await decide(window, folder, 'eventlet.sleep(2)', 'Kept on purpose', 'a demo');
    await rename(join(folder, 'lib', 'client.py'), join(folder, 'lib', 'fetcher.py'));
    await eventually(async () => (await window.tree('Remaining')).filter(({ checked }) => checked).map(({ description }) => description)).toEqual(['Kept on purpose: a demo · lib/fetcher.py:5']);
    await eventually(() => window.viewText('Remaining')).toBe('0 of 5 done · 1 kept on purpose');

    await writeFile(join(folder, 'worker.py'), worker.replace('    eventlet.sleep(1)\n', ''));
    await eventually(() => window.viewText('Remaining')).toBe('1 of 5 done · 1 kept on purpose');
    await rm(join(folder, 'worker.py'));
    await eventually(() => window.viewText('Remaining')).toBe('3 of 5 done · 1 kept on purpose');
    await eventually(() => window.statusItem()).toBe('eventlet: 3 of 5 done');
    await window.runCommandWith('Eventlet: View Options…', 'Show Done');
    await eventually(async () => (await ticked(window)).sort()).toEqual(['eventlet', 'eventlet.sleep', 'eventlet.sleep(2)', 'eventlet.spawn_n']);
    await window.screenshot(join(pictures, 'checklist-with-progress.png'));
  });

  journey('a filter is seen, and taken back with a click', project, async (window) => {
    await window.showSideBar();
    await eventually(() => labels(window)).toContain('eventlet.sleep(2)');
    await window.startCommand('Eventlet: View Options…');
    await window.choose('Filter by Folder');
    await window.choose('lib');
    await window.confirm();
    await eventually(() => window.viewText('Remaining')).toContain('only lib');
    await eventually(() => labels(window)).not.toContain('eventlet.sleep(1)');
    await window.reload();
    await window.showSideBar();
    await eventually(() => labels(window)).toContain('Clear Filter');
    await window.screenshot(join(pictures, 'checklist-with-filter.png'));
    await window.clickTreeRow('Remaining', 'Clear Filter');
    await eventually(() => labels(window)).toContain('eventlet.sleep(1)');
    await eventually(() => labels(window)).not.toContain('Clear Filter');
  });

  journey('two branches with different decisions merge without a conflict, and the list shows both', project, async (window, folder) => {
    const git = gitIn(folder);
    git('init', '-q', '-b', 'main');
    await window.showSideBar();
    await decide(window, folder, 'eventlet.spawn_n(job)', 'Later', 'with the pools');
    await eventually(() => readFile(join(folder, '.gitattributes'), 'utf8')).toBe(`${file} merge=union\n`);
    git('add', '.');
    git('commit', '-qm', 'start');
    git('checkout', '-qb', 'other');
    await decide(window, folder, 'eventlet.sleep(1)', 'Kept on purpose', 'a demo');
    git('commit', '-qam', 'one');
    git('checkout', '-q', 'main');
    await eventually(() => ticked(window)).toEqual(['eventlet.spawn_n(job)']);
    await decide(window, folder, 'eventlet.sleep(2)', 'Not ours', 'the plug-in’s');
    git('commit', '-qam', 'two');
    git('merge', '-q', '-m', 'both', 'other');
    await eventually(async () => (await ticked(window)).sort()).toEqual(['eventlet.sleep(1)', 'eventlet.sleep(2)', 'eventlet.spawn_n(job)']);
    await eventually(() => window.viewText('Remaining')).toBe('0 of 5 done · 1 kept on purpose, 1 later, 1 not ours');
    await window.screenshot(join(pictures, 'checklist-after-merge.png'));
  });
});
