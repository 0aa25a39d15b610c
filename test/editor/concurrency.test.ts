/**
 * One concurrency module, from the first route to the last step down, in a real Visual Studio Code. What is on disk counts: the editor
 * saves a refactoring by itself, one file after the other.
 */
import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { eventually, journeys } from './journey';
import { pictures } from './studio';

const journey = journeys();

const project = {
  'shop/__init__.py': '',
  'shop/service.py': 'import eventlet\n\n\ndef run():\n    eventlet.sleep(1)\n',
  'shop/till/__init__.py': '',
  'shop/till/queue.py': 'from eventlet import sleep\nfrom eventlet.queue import Empty\n\n\ndef wait():\n    sleep(2)\n    raise Empty\n',
};

const command = 'Eventlet: One Concurrency Module…';

journey('eventlet is routed through one module, and one undo takes all of it back', project, async (window, folder) => {
  const text = (path: string): Promise<string> => readFile(join(folder, path), 'utf8').catch(() => 'missing');
  await window.showSideBar();
  await eventually(() => window.badge()).not.toBe('');
  await window.openFile('service.py');

  await window.startCommand(command);
  await eventually(async () => (await window.question())?.rows.map((row) => row.split(',')[0])).toEqual(['Route Eventlet Through It', 'Make It Optional', 'Remove the Dual Mode']);
  await window.screenshot(join(pictures, 'concurrency-choices.png'));
  await window.choose('Route Eventlet Through It');
  await window.writeAnswer('The module that will import eventlet', 'shop/concurrency.py');
  await eventually(() => text('shop/service.py')).toContain('from shop.concurrency import eventlet\n');
  await eventually(() => text('shop/till/queue.py')).toContain('from shop.concurrency import sleep\nfrom shop.concurrency import Empty\n');
  await eventually(() => text('shop/concurrency.py')).toContain("__all__ = [\n    'Empty',\n    'eventlet',\n    'sleep',\n]\n");
  await eventually(() => window.notifications()).toContain('Eventlet is imported by shop.concurrency alone now.');

  await window.undo();
  await eventually(() => text('shop/concurrency.py')).toBe('missing');
  // The undo takes the files one after the other, and what it has not reached is not saved.
  await eventually(() => window.badge()).toBe('6');
  await window.runCommand('File: Save All Files');
  for (const [path, before] of Object.entries(project)) await eventually(() => text(path)).toBe(before);
});

journey('the module is made optional, and taken down step by step', project, async (window, folder) => {
  const text = (path: string): Promise<string> => readFile(join(folder, path), 'utf8');
  const isThere = (path: string): Promise<boolean> => access(join(folder, path)).then(() => true, () => false);
  await window.showSideBar();
  await eventually(() => window.badge()).not.toBe('');
  await window.startCommand(command);
  await window.choose('Route Eventlet Through It');
  await window.writeAnswer('The module that will import eventlet', 'shop/concurrency.py');
  await eventually(() => isThere('shop/concurrency.py')).toBe(true);
  await eventually(() => window.notifications()).toContain('Eventlet is imported by shop.concurrency alone now.');

  await window.startCommand(command);
  await window.choose('Make It Optional');
  await window.writeAnswer('The module that imports eventlet', 'shop/concurrency.py');
  await window.writeAnswer('The environment variable', 'USE_EVENTLET');
  await eventually(() => text('shop/concurrency.py')).toContain('if uses_eventlet():\n');
  await eventually(() => text('shop/concurrency_native.py')).toContain('def sleep(seconds=0):\n');
  await eventually(() => window.notifications()).toContain('shop.concurrency runs with eventlet and without now.');

  for (const done of ['Step 1 of 3', 'Step 2 of 3', 'Step 3 of 3', 'Nothing is left to do for shop.concurrency.']) {
    await window.startCommand(command);
    await window.choose('Remove the Dual Mode');
    await window.writeAnswer('The module that decides', 'shop/concurrency.py');
    await eventually(() => window.notifications()).toContainEqual(expect.stringContaining(done));
    await window.screenshot(join(pictures, `concurrency-${done.slice(0, 6).trim()}.png`));
  }
  await eventually(() => isThere('shop/concurrency.py')).toBe(false);
  await eventually(() => text('shop/till/queue.py')).toBe('from time import sleep\nfrom queue import Empty\n\n\ndef wait():\n    sleep(2)\n    raise Empty\n');
});
