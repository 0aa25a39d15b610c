/** Many changes at once, reviewed in a tree, made in one step and taken back in one step. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import type { Window } from './driver';
import { eventually, journeys } from './journey';
import { pictures } from './studio';

const journey = journeys();

const names = Array.from({ length: 30 }, (_, index) => `lib/part${String(index).padStart(2, '0')}.py`);
const part = 'import eventlet\n\n\ndef poll():\n    eventlet.sleep(1)\n';
const partAfter = 'import time\n\n\ndef poll():\n    time.sleep(1)\n';
const doubtful = 'from eventlet import sleep\n\npause = sleep\n';
const main = 'import eventlet\neventlet.monkey_patch()\n';
const project = { 'main.py': main, 'lib/odd.py': doubtful, ...Object.fromEntries(names.map((name) => [name, part])) };

const review = 'Eventlet: Review and Fix Uses of eventlet…';
const apply = 'Make the Ticked Changes';

describe('a review', () => {
  journey('of thirty files makes exactly what is ticked, and one undo takes all of it back', project, async (window, folder) => {
    await window.showSideBar();
    await eventually(() => window.badge()).toBe('64');
    await window.runCommandWith(review, 'sleep');
    await eventually(async () => (await rows(window)).slice(0, 5)).toEqual(['sleep 30/31 -', 'odd.py lib · 0/1 -', 'pause = sleep Use time.sleep -', 'part00.py lib · 1 x', 'eventlet.sleep(1) Use time.sleep x']);
    await eventually(() => window.viewText('Review Changes')).toBe('30 of 31 changes ticked');
    const spoken = await window.spoken('Review Changes');
    expect(spoken[0]).toMatch(/^sleep, 30 of 31 changes ticked/);
    expect(spoken[2]).toMatch(/^pause = sleep, Use time\.sleep, Fix to review, lib\/odd\.py:3.* \| .*Use time\.sleep, lib\/odd\.py:3/);
    await window.screenshot(join(pictures, 'review-1-tree.png'));

    await window.toggleRowBox('Review Changes', 'pause = sleep');
    await window.toggleRowBox('Review Changes', 'part00.py');
    await eventually(async () => (await rows(window)).slice(0, 4)).toEqual(['sleep 30/31 -', 'odd.py lib · 1 x', 'pause = sleep Use time.sleep x', 'part00.py lib · 0/1 -']);
    await window.clickTreeRow('Review Changes', 'pause = sleep');
    await eventually(() => window.activeFile()).toContain('odd.py: Use time.sleep');
    await eventually(async () => (await window.diffTexts()).join()).toContain('pause = time.sleep');
    await window.screenshot(join(pictures, 'review-2-diff.png'));
    await window.clickViewAction('Review Changes', 'Show All Ticked Changes');
    await eventually(() => window.activeFile()).toContain('Review Changes');
    await eventually(async () => (await window.diffTexts()).filter((text) => text.includes('time.sleep(1)')).length).toBeGreaterThan(3);
    await window.screenshot(join(pictures, 'review-3-diffs.png'));

    await window.clickViewAction('Review Changes', apply);
    await eventually(() => window.viewText('Review Changes')).toContain('30 uses gone in 30 files; one undo takes all of it back.');
    await eventually(() => rows(window)).toEqual(['sleep 0/1 -', 'part00.py lib · 0/1 -', 'eventlet.sleep(1) Use time.sleep -']);
    await window.screenshot(join(pictures, 'review-4-made.png'));
    await eventually(() => texts(folder, ['lib/part00.py', ...names.slice(1)])).toEqual([part, ...names.slice(1).map(() => partAfter)]);
    await eventually(() => texts(folder, ['lib/odd.py', 'main.py'])).toEqual(['import time\n\npause = time.sleep\n', main]);

    await window.openFile('lib/part07.py');
    await window.undo();
    await eventually(() => window.text()).toBe(part);
    await window.runCommand('File: Save All Files');
    await eventually(() => texts(folder, Object.keys(project))).toEqual(Object.values(project));
    for (const theme of ['Dark Modern', 'Dark High Contrast']) {
      await window.runCommandWith('Preferences: Color Theme', theme);
      await window.screenshot(join(pictures, `review-6-${theme}.png`));
    }
  });

  journey('leaves out a file that has changed since, says so, and looks again when asked', { 'main.py': main, 'a.py': part, 'b.py': part }, async (window, folder) => {
    await window.openFile('a.py');
    await window.showSideBar();
    await eventually(() => window.badge()).toBe('6');
    await window.goTo(6, 1);
    await window.type('# not saved yet');
    await window.runCommandWith(review, 'sleep');
    await eventually(() => rows(window)).toEqual(['sleep 2 x', 'a.py 1 x', 'eventlet.sleep(1) Use time.sleep x', 'b.py 1 x', 'eventlet.sleep(1) Use time.sleep x']);
    await writeFile(join(folder, 'b.py'), `${part}# by somebody else\n`);
    await window.clickViewAction('Review Changes', apply);
    await eventually(() => window.viewText('Review Changes')).toContain('1 file has changed since and will be left out');
    await eventually(() => rows(window)).toEqual(['sleep 0/1  ', 'b.py changed since: look again  ', 'eventlet.sleep(1) changed since: look again  ']);
    await eventually(() => window.text()).toBe(`${partAfter}# not saved yet`);
    expect(await texts(folder, ['b.py'])).toEqual([`${part}# by somebody else\n`]);
    await window.screenshot(join(pictures, 'review-7-changed.png'));

    await window.clickViewAction('Review Changes', 'Refresh');
    await eventually(() => rows(window)).toEqual(['sleep 1 x', 'b.py 1 x', 'eventlet.sleep(1) Use time.sleep x']);
    await window.clickViewAction('Review Changes', apply);
    await eventually(() => window.viewText('Review Changes')).toContain('1 use gone in 1 file');
    await window.clickViewAction('Review Changes', 'Refresh');
    await eventually(() => window.viewText('Review Changes')).toContain('Nothing is left to review here.');
    await window.screenshot(join(pictures, 'review-8-nothing-left.png'));
    await window.clickLink('Close');
    await eventually(() => window.tree('Review Changes')).toEqual([]);
    await window.openFile('b.py');
    await eventually(() => window.text()).toBe(`${partAfter}# by somebody else\n`);
  });
});

/** Label, description and box of each row that is in sight. */
async function rows(window: Window): Promise<readonly string[]> {
  return (await window.tree('Review Changes')).map(({ label, description, checked }) => `${label} ${description} ${checked === undefined ? ' ' : checked ? 'x' : '-'}`);
}

function texts(folder: string, paths: readonly string[]): Promise<readonly string[]> {
  return Promise.all(paths.map((path) => readFile(join(folder, path), 'utf8')));
}
