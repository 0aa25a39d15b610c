/** What a review is about: a rule, a folder, what is selected in the tree. Each is made, and nothing else is touched. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe } from 'vitest';
import type { Window } from './driver';
import { eventually, journeys, uses } from './journey';
import { pictures } from './studio';

const journey = journeys();
const review = 'Review and Fix Uses of eventlet…';

const project = {
  'main.py': 'import eventlet\neventlet.monkey_patch()\n',
  'lib/lamp.py': 'import eventlet\n\n\ndef blink():\n    eventlet.sleep(1)\n    eventlet.sleep(2)\n',
  'lib/desk.py': 'from eventlet.queue import Empty\n\n\ndef take():\n    raise Empty\n',
  'web/page.py': 'import eventlet\n\n\ndef load():\n    eventlet.sleep(3)\n',
};
const lampAfter = 'import time\n\n\ndef blink():\n    time.sleep(1)\n    time.sleep(2)\n';
const lampHalf = 'import time\n\nimport eventlet\n\n\ndef blink():\n    eventlet.sleep(1)\n    time.sleep(2)\n';
const deskAfter = 'from queue import Empty\n\n\ndef take():\n    raise Empty\n';
const pageAfter = 'import time\n\n\ndef load():\n    time.sleep(3)\n';

describe('a review', () => {
  journey('of one rule is about all its uses, in every folder', project, async (window, folder) => {
    await open(window);
    await window.runCommandWith(`Eventlet: ${review}`, 'sleep');
    await eventually(() => shown(window)).toEqual(['eventlet.sleep(1)', 'eventlet.sleep(2)', 'eventlet.sleep(3)']);
    await window.screenshot(join(pictures, 'scope-1-rule.png'));
    await make(window, folder, { 'lib/lamp.py': lampAfter, 'web/page.py': pageAfter });
  });

  journey('of one folder is about what is below it, of every rule', project, async (window, folder) => {
    await open(window);
    await window.runCommandWith('Eventlet: View Options…', 'Folder');
    await eventually(async () => (await window.tree('Remaining')).filter(({ level }) => level === 1).map(({ label }) => label)).toContain('lib');
    await window.chooseFromMenu('Remaining', 'lib', review);
    await eventually(() => shown(window)).toEqual(['eventlet.sleep(1)', 'eventlet.sleep(2)', 'raise Empty']);
    await window.screenshot(join(pictures, 'scope-2-folder.png'));
    await make(window, folder, { 'lib/lamp.py': lampAfter, 'lib/desk.py': deskAfter });
  });

  journey('of what is selected in the tree is about that alone', project, async (window, folder) => {
    await open(window);
    await window.clickTreeRow('Remaining', 'eventlet.sleep(2)');
    await window.alsoSelect('Remaining', 'eventlet.sleep(3)');
    await window.chooseFromMenu('Remaining', 'eventlet.sleep(3)', review);
    await eventually(() => shown(window)).toEqual(['eventlet.sleep(2)', 'eventlet.sleep(3)']);
    await window.screenshot(join(pictures, 'scope-3-selection.png'));
    await make(window, folder, { 'lib/lamp.py': lampHalf, 'web/page.py': pageAfter });
  });
});

async function open(window: Window): Promise<void> {
  await window.showSideBar();
  await eventually(() => uses(window, 'web/page.py')).toContain('eventlet.sleep(3)');
}

/** The uses that the review is about. */
async function shown(window: Window): Promise<readonly string[]> {
  return (await window.tree('Review Changes')).filter(({ level }) => level === 3).map(({ label }) => label);
}

/** Makes all that is offered, and looks at every file. */
async function make(window: Window, folder: string, after: Readonly<Record<string, string>>): Promise<void> {
  await window.clickViewAction('Review Changes', 'Make the Ticked Changes');
  const expected = { ...project, ...after };
  await eventually(() => Promise.all(Object.keys(expected).map((path) => readFile(join(folder, path), 'utf8')))).toEqual(Object.values(expected));
}
