/** Many changes at once, reviewed in a tree, made in one step and taken back in one step. */
import { readFile } from 'node:fs/promises';
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
const project = { 'main.py': 'import eventlet\neventlet.monkey_patch()\n', 'lib/odd.py': doubtful, ...Object.fromEntries(names.map((name) => [name, part])) };

describe('a review of thirty files', () => {
  journey('makes exactly what is ticked, and one undo takes all of it back', project, async (window, folder) => {
    await window.showSideBar();
    await eventually(() => window.badge()).toBe('64');
    await window.runCommandWith('Eventlet: Review and Fix Uses of eventlet…', 'sleep');
    await eventually(async () => (await rows(window)).slice(0, 5)).toEqual(['sleep 30/31 -', 'odd.py lib · 0/1 -', 'pause = sleep Use `time.sleep` -', 'part00.py lib · 1 x', 'eventlet.sleep(1) Use time.sleep x']);
    await window.screenshot(join(pictures, 'review-1-tree.png'));

    await window.toggleRowBox('Review Changes', 'pause = sleep');
    await window.toggleRowBox('Review Changes', 'part00.py');
    await eventually(async () => (await rows(window))[0]).toBe('sleep 30/31 -');
    await window.clickTreeRow('Review Changes', 'pause = sleep');
    await eventually(() => window.activeFile()).toContain('odd.py');
    await window.screenshot(join(pictures, 'review-2-diff.png'));
    await window.clickViewAction('Review Changes', 'Show All Ticked Changes');
    await eventually(() => window.activeFile()).toContain('Review Changes');
    await window.screenshot(join(pictures, 'review-3-diffs.png'));

    await window.clickViewAction('Review Changes', 'Make the Ticked Changes');
    await eventually(() => window.viewText('Review Changes')).toContain('30 uses gone in 30 files');
    await window.screenshot(join(pictures, 'review-4-made.png'));
    await eventually(() => texts(folder, ['lib/part00.py', ...names.slice(1)])).toEqual([part, ...names.slice(1).map(() => partAfter)]);
    expect(await texts(folder, ['lib/odd.py'])).toEqual(['import time\n\npause = time.sleep\n']);

    await window.openFile('lib/part07.py');
    await window.undo();
    await window.screenshot(join(pictures, 'review-5-undo.png'));
    await window.answer('Undo in 30 Files');
    await eventually(() => window.text()).toBe(part);
    await window.runCommand('File: Save All Files');
    await eventually(() => texts(folder, Object.keys(project))).toEqual(Object.values(project));
    await window.screenshot(join(pictures, 'review-6-undone.png'));
  });
});

/** Label, description and box of each row that is in sight. */
async function rows(window: Window): Promise<readonly string[]> {
  return (await window.tree('Review Changes')).map(({ label, description, checked }) => `${label} ${description} ${checked === undefined ? ' ' : checked ? 'x' : '-'}`);
}

function texts(folder: string, paths: readonly string[]): Promise<readonly string[]> {
  return Promise.all(paths.map((path) => readFile(join(folder, path), 'utf8')));
}
