/**
 * Whatever dies, and wherever a person is: nothing is lost. The language server is killed while something is asked, the whole editor while
 * something is under way; the list is the same afterwards, and the files are as before or as after, all of them.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import type { Window } from './driver';
import { eventually, journeys, rows, texts } from './journey';
import { killEditor, killServer, stopServer } from './killing';
import { pictures } from './studio';

const journey = journeys();

describe('what is asked', () => {
  const main = 'import eventlet\n\neventlet.monkey_patch()\n';
  const client = 'import eventlet\n\n\ndef fetch(url):\n    eventlet.sleep(2)\n    return url\n';
  const worker = 'from eventlet import sleep\n\n\ndef work():\n    sleep(1)\n';
  const project = { 'shop/__init__.py': '', 'shop/main.py': main, 'shop/client.py': client, 'shop/worker.py': worker };

  const listed = [
    '  1. Importing Eventlet 3', '- import eventlet shop/client.py:1', '- import eventlet shop/main.py:1', '- from eventlet import sleep shop/worker.py:1',
    '  2. Use of monkey_patch() 1', '- eventlet.monkey_patch() shop/main.py:3',
    '  4. Green Threads and GreenPool 2', '- eventlet.sleep(2) shop/client.py:5', '- sleep(1) shop/worker.py:5',
  ];
  const decided = listed.map((row): unknown => (row.includes('sleep(2)') ? expect.stringMatching(/^x eventlet\.sleep\(2\) Later.*after the release/) : row));

  const exporting: Way = {
    list: listed,
    questions: [
      async (window) => {
        await window.startCommand('Eventlet: Export the Checklist…');
        await eventually(async () => (await window.question())?.rows).toHaveLength(4);
      },
      async (window) => {
        await window.choose('CSV File');
        await eventually(async () => (await window.question())?.rows).toContainEqual(expect.stringMatching(/^shop/));
      },
    ],
    answer: (window, folder) => window.writeAnswer('Export the Checklist', join(folder, 'eventlet.csv')),
    after: { 'eventlet.csv': expect.stringMatching(/^(.*\r\n){7}$/) },
    left: '6',
  };

  const deciding: Way = {
    list: listed,
    questions: [
      async (window) => {
        await window.toggleRowBox('Remaining', 'eventlet.sleep(2)');
        await eventually(() => window.question()).toBeDefined();
      },
      async (window) => {
        await window.choose('Later');
        await eventually(() => window.prompt()).toContain('The reason');
      },
      async (window) => {
        await window.writeAnswer('The reason', 'after the release');
        await eventually(() => window.prompt()).toContain('The day');
      },
    ],
    answer: (window) => window.writeAnswer('The day', '2099-03-01'),
    after: { '.eventlet-migration.json': expect.stringContaining('"decision":"later","reason":"after the release","until":"2099-03-01"') },
    left: '5',
  };

  const routing: Way = {
    list: decided,
    questions: [
      async (window) => {
        await window.startCommand('Eventlet: One Concurrency Module…');
        await eventually(() => window.question()).toBeDefined();
      },
      async (window) => {
        await window.choose('Route Eventlet Through It');
        await eventually(() => window.prompt()).toContain('The module that will import eventlet');
      },
    ],
    answer: (window) => window.writeAnswer('The module that will import eventlet', 'shop/concurrency.py'),
    after: {
      'shop/main.py': main.replace('import eventlet', 'from shop.concurrency import eventlet'),
      'shop/client.py': client.replace('import eventlet', 'from shop.concurrency import eventlet'),
      'shop/worker.py': worker.replace('from eventlet', 'from shop.concurrency'),
      'shop/concurrency.py': expect.stringContaining('import eventlet\n'),
    },
    left: '8',
  };

  const ways = [exporting, deciding, routing];
  const paths = [...new Set([...Object.keys(project), ...ways.flatMap(({ after }) => Object.keys(after))])];

  journey('is given up where the editor dies, and answered although the server dies at every question', project, async (window, folder) => {
    await window.showSideBar();
    for (const { list, questions, answer, after, left } of ways) {
      await eventually(() => rows(window, 'Remaining')).toEqual(list);
      const before = await texts(folder, paths);
      for (const ask of questions) await ask(window);
      await killEditor(window, folder);
      await window.showSideBar();
      await eventually(() => rows(window, 'Remaining')).toEqual(list);
      expect(await texts(folder, paths)).toEqual(before);

      for (const ask of questions.slice(0, -1)) {
        await ask(window);
        await killServer(window, folder);
      }
      for (const ask of questions.slice(-1)) await ask(window);
      await eventually(() => rows(window, 'Remaining')).toEqual(list);
      await stopServer(window, folder);
      await answer(window, folder);
      expect(await texts(folder, paths)).toEqual(before);
      await killServer(window, folder);
      await eventually(() => texts(folder, paths)).toEqual({ ...before, ...after });
      await eventually(() => window.badge()).toBe(left);
    }
    await window.screenshot(join(pictures, 'kills-1-asked.png'));
    expect(await window.notifications()).not.toContainEqual(expect.stringMatching(/server/));
  });
});

describe('a server that hangs', () => {
  journey('is ended and started again by Restart, asked once', { 'main.py': 'import eventlet\n\neventlet.monkey_patch()\n' }, async (window, folder) => {
    await window.showSideBar();
    await eventually(() => window.statusItem()).toBe('eventlet: 2 left');
    await stopServer(window, folder);
    await window.startCommand('Eventlet: Restart Language Server');
    await eventually(() => window.statusItem()).not.toBe('eventlet: 2 left');
    await eventually(() => window.statusItem()).toBe('eventlet: 2 left');
    expect(await window.notifications()).toEqual([]);
  });
});

describe('a review', () => {
  const sleeper = 'import eventlet\n\n\ndef poll():\n    eventlet.sleep(1)\n';
  const made = 'import time\n\n\ndef poll():\n    time.sleep(1)\n';
  const main = 'import eventlet\neventlet.monkey_patch()\n';
  const command = 'Eventlet: Review and Fix Uses of eventlet…';
  const shown = (window: Window) => rows(window, 'Review Changes');

  journey('goes on with its ticks after server and editor were killed, is made once, and stays closed', { 'main.py': main, 'a.py': sleeper, 'b.py': sleeper, 'c.py': sleeper, 'd.py': sleeper, 'odd.py': 'from eventlet import sleep\n\npause = sleep\n' }, async (window, folder) => {
    await window.showSideBar();
    await eventually(() => window.badge()).toBe('12');
    await killServer(window, folder);
    await window.runCommandWith(command, 'sleep');
    await eventually(() => shown(window)).toEqual(['- sleep', 'x a.py', 'x eventlet.sleep(1)', 'x b.py', 'x eventlet.sleep(1)', 'x c.py', 'x eventlet.sleep(1)', 'x d.py', 'x eventlet.sleep(1)', '- odd.py', '- pause = sleep']);
    await window.toggleRowBox('Review Changes', 'a.py');
    await window.toggleRowBox('Review Changes', 'odd.py');
    await eventually(() => shown(window)).toEqual(['- sleep', '- a.py', '- eventlet.sleep(1)', 'x b.py', 'x eventlet.sleep(1)', 'x c.py', 'x eventlet.sleep(1)', 'x d.py', 'x eventlet.sleep(1)', 'x odd.py', 'x pause = sleep']);
    // Twice somebody else makes one of the changes.
    await writeFile(join(folder, 'c.py'), made);
    await killServer(window, folder);
    await window.clickViewAction('Review Changes', 'Refresh');
    await eventually(() => shown(window)).toEqual(['- sleep', '- a.py', '- eventlet.sleep(1)', 'x b.py', 'x eventlet.sleep(1)', 'x d.py', 'x eventlet.sleep(1)', 'x odd.py', 'x pause = sleep']);
    await writeFile(join(folder, 'b.py'), made);
    await killEditor(window, folder);
    await window.showSideBar();
    await eventually(() => shown(window)).toEqual(['- sleep', '- a.py', '- eventlet.sleep(1)', 'x d.py', 'x eventlet.sleep(1)', 'x odd.py', 'x pause = sleep']);
    await eventually(() => window.viewText('Review Changes')).toBe('1 change is left out: its code has changed. · 2 of 3 changes ticked');
    await window.screenshot(join(pictures, 'kills-2-resumed.png'));

    const after = { 'main.py': main, 'a.py': sleeper, 'b.py': made, 'c.py': made, 'd.py': made, 'odd.py': 'import time\n\npause = time.sleep\n' };
    const left = ['- sleep', '- a.py', '- eventlet.sleep(1)'];
    await window.clickViewAction('Review Changes', 'Make the Ticked Changes');
    await eventually(() => texts(folder, Object.keys(after))).toEqual(after);
    await eventually(() => shown(window)).toEqual(left);
    await killEditor(window, folder);
    await window.showSideBar();
    await eventually(() => shown(window)).toEqual(left);
    await window.clickViewAction('Review Changes', 'Close');
    await eventually(() => shown(window)).toEqual([]);
    await killEditor(window, folder);
    await window.showSideBar();
    await eventually(() => window.badge()).toBe('4');
    expect(await shown(window)).toEqual([]);
    expect(await texts(folder, Object.keys(after))).toEqual(after);
    expect(await window.notifications()).toEqual([]);
  });

  const many = Object.fromEntries(Array.from({ length: 120 }, (_, index) => [`lib/part${String(index).padStart(3, '0')}.py`, sleeper]));

  journey('of many files is made whole where the editor dies while it saves them', { 'main.py': main, ...many }, async (window, folder) => {
    const parts = async (): Promise<readonly unknown[]> => Object.values(await texts(folder, Object.keys(many)));
    await window.showSideBar();
    await eventually(() => window.badge()).toBe('242');
    await window.runCommandWith(command, 'sleep');
    await eventually(() => window.viewText('Review Changes')).toBe('120 of 120 changes ticked');
    await window.clickViewAction('Review Changes', 'Make the Ticked Changes');
    await expect.poll(parts, { timeout: 60_000, interval: 1 }).toContain(made);
    await killEditor(window, folder);
    await window.showSideBar();
    await eventually(parts).toEqual(Object.keys(many).map(() => made));
    await eventually(() => window.badge()).toBe('2');
    await window.screenshot(join(pictures, 'kills-3-whole.png'));
  });
});

/** A way through questions, up to an answer that changes something. */
interface Way {
  /** The rows of the list, whatever dies before the answer. */
  readonly list: readonly unknown[];
  /** What a person does to be asked; settles when the question is there. */
  readonly questions: readonly ((window: Window) => Promise<void>)[];
  answer(window: Window, folder: string): Promise<void>;
  /** What the answer changes: path → text after it, or what can be said of that. */
  readonly after: Readonly<Record<string, unknown>>;
  /** How many uses are left then. */
  readonly left: string;
}
