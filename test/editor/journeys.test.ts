/**
 * What a person does, in a real Visual Studio Code: the extension is installed from its VSIX, the server runs as a
 * process, the window is driven by keys and clicks.
 */
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { eventually, journeys, uses } from './journey';

const journey = journeys();

const service = `\
import eventlet

eventlet.monkey_patch()


def run():
    eventlet.sleep(1)
    while True:
        eventlet.sleep(0.5)
`;

const client = `\
import eventlet


def fetch(url):
    eventlet.sleep(2)
    return url
`;

const project = { 'service.py': service, 'lib/client.py': client };

describe('in the editor', () => {
  journey('a squiggle leads to a fix, the tree shrinks, and undo restores everything', project, async (window, folder) => {
    await window.showSideBar();
    await window.openFile('service.py');
    await eventually(() => window.squiggles()).toBeGreaterThanOrEqual(3);
    await eventually(() => uses(window, 'service.py')).toContain('eventlet.sleep(1)');

    const titles = await window.lightBulb(7, 15);
    expect(titles).toContain('Use `time.sleep`');
    await window.pickAction('Use `time.sleep`');
    await eventually(() => window.text()).toContain('    time.sleep(1)\n');
    const fixed = await window.text();
    expect(fixed).toContain('import time\n');
    expect(fixed).toContain('        eventlet.sleep(0.5)\n');
    await eventually(() => uses(window, 'service.py')).not.toContain('eventlet.sleep(1)');
    await eventually(() => uses(window, 'service.py')).toContain('eventlet.sleep(0.5)');

    await window.save();
    expect(await readFile(join(folder, 'service.py'), 'utf8')).toBe(fixed);

    await window.undo();
    await eventually(() => window.text()).toBe(service);
    await eventually(() => uses(window, 'service.py')).toContain('eventlet.sleep(1)');
    await window.save();
    expect(await readFile(join(folder, 'service.py'), 'utf8')).toBe(service);
  });

  journey('all safe fixes of a file are one step', project, async (window) => {
    await window.openFile('service.py');
    await eventually(() => window.squiggles()).toBeGreaterThanOrEqual(3);

    await window.lightBulb(7, 15);
    await window.pickAction('Fix all safe');
    await eventually(() => window.text()).toContain('        time.sleep(0.5)\n');
    await eventually(() => window.text()).not.toContain('eventlet.sleep');

    await window.undo();
    await eventually(() => window.text()).toBe(service);
  });

  journey('a use that is kept gets a comment and is no longer counted', project, async (window) => {
    await window.showSideBar();
    await window.openFile('service.py');
    await eventually(() => uses(window, 'service.py')).toContain('eventlet.sleep(1)');
    await eventually(() => window.badge()).toBe('6');

    await window.lightBulb(7, 15);
    await window.pickAction('Keep');
    await eventually(() => window.text()).toContain('# eventlet: keep[sleep]');
    await eventually(() => uses(window, 'service.py')).not.toContain('eventlet.sleep(1)');
    await eventually(() => window.badge()).toBe('5');
    await eventually(() => window.viewText('Remaining')).toContain('1 kept');
  });

  journey('the hover tells what the name does and what replaces it', project, async (window) => {
    await window.openFile('service.py');
    await eventually(() => window.squiggles()).toBeGreaterThanOrEqual(3);
    await window.goTo(7, 15);
    await eventually(() => window.hover()).toMatch(/time\.sleep/);
  });

  journey('files that are not open have problems too', project, async (window) => {
    await window.openFile('service.py');
    await eventually(() => window.problems()).toContainEqual(expect.stringMatching(/file client\.py/));
    await eventually(() => window.problems()).toContainEqual(expect.stringMatching(/eventlet\.sleep.* line 5 .*eventlet/));
  });
});

describe('in the side bar', () => {
  journey('a click opens the file and selects the name', project, async (window) => {
    await window.showSideBar();
    await eventually(() => uses(window, 'lib/client.py')).toContain('eventlet.sleep(2)');
    const row = (await window.tree('Remaining')).find(({ label }) => label === 'eventlet.sleep(2)');
    expect(row?.highlight).toBe('eventlet.sleep');

    await window.clickTreeRow('Remaining', 'eventlet.sleep(2)');
    await eventually(() => window.activeFile()).toBe('client.py');
    await eventually(() => window.selection()).toBe('Ln 5, Col 19 (14 selected)');
  });

  journey('a use is fixed by the button in its row', project, async (window) => {
    await window.showSideBar();
    await eventually(() => uses(window, 'service.py')).toContain('eventlet.sleep(0.5)');
    await window.clickRowAction('Remaining', 'eventlet.sleep(0.5)', 'Fix This Use');
    await eventually(() => window.activeFile()).toBe('service.py');
    await eventually(() => window.text()).toContain('        time.sleep(0.5)\n');
    await eventually(() => uses(window, 'service.py')).not.toContain('eventlet.sleep(0.5)');
  });

  journey('the guidance of a use is one click away', project, async (window) => {
    await window.showSideBar();
    await eventually(() => uses(window, 'service.py')).toContain('eventlet.sleep(1)');
    await window.clickRowAction('Remaining', 'eventlet.sleep(1)', 'Open Guidance');
    await eventually(() => window.activeFile()).toMatch(/^Preview sleep\.md$/);
  });

  journey('next and previous walk from use to use, over the ends of files', project, async (window) => {
    await window.showSideBar();
    await window.openFile('service.py');
    await eventually(() => uses(window, 'service.py')).toContain('eventlet.sleep(1)');
    await window.goTo(4, 1);

    await window.runCommand('Eventlet: Go to Next Use');
    await eventually(() => window.selection()).toBe('Ln 7, Col 19 (14 selected)');
    await window.runCommand('Eventlet: Go to Next Use');
    await eventually(() => window.selection()).toBe('Ln 9, Col 23 (14 selected)');
    await window.runCommand('Eventlet: Go to Next Use');
    await eventually(() => window.activeFile()).toBe('client.py');
    await window.runCommand('Eventlet: Go to Previous Use');
    await eventually(() => window.activeFile()).toBe('service.py');
    await eventually(() => window.selection()).toBe('Ln 9, Col 23 (14 selected)');
  });

  journey('the status item and the badge count what is left', project, async (window) => {
    await window.showSideBar();
    // Two imports, one call that patches, three that sleep.
    await eventually(() => window.badge()).toBe('6');
    await eventually(() => window.statusItem()).toBe('eventlet: 6 left');
    await eventually(() => window.viewText('Remaining')).toBe('6 left in 2 files');
    expect(await window.notifications()).toEqual([]);
  });

  journey('the guidance lists the pages to read and a page for each rule', project, async (window) => {
    await window.showSideBar();
    await window.unfold('Guidance');
    await eventually(async () => (await window.tree('Guidance')).map(({ label }) => label)).toContain('OpenStack wiki: Eventlet removal');
  });

  journey('where nothing mentions eventlet it says so', { 'main.py': 'print("hello")\n' }, async (window) => {
    await window.openFile('main.py');
    await window.showSideBar();
    await eventually(() => window.viewText('Remaining')).toContain('No eventlet here');
    await eventually(() => window.tree('Remaining')).toEqual([]);
    await eventually(() => window.badge()).toBe('');
    await eventually(() => window.statusItem()).toBeUndefined();
    expect(await window.notifications()).toEqual([]);
  });
});

describe('when files change on disk', () => {
  journey('a renamed file is listed under its new name', project, async (window, folder) => {
    await window.showSideBar();
    await eventually(() => uses(window, 'lib/client.py')).toContain('eventlet.sleep(2)');
    await rename(join(folder, 'lib', 'client.py'), join(folder, 'lib', 'fetcher.py'));
    await eventually(() => uses(window, 'lib/fetcher.py')).toContain('eventlet.sleep(2)');
    await eventually(() => uses(window, 'lib/client.py')).toEqual([]);
  });

  journey('a deleted file is gone from the tree', project, async (window, folder) => {
    await window.showSideBar();
    await eventually(() => window.badge()).toBe('6');
    await rm(join(folder, 'lib', 'client.py'));
    await eventually(() => window.badge()).toBe('4');
    await eventually(() => uses(window, 'lib/client.py')).toEqual([]);
  });

  journey('another branch is another tree', project, async (window, folder) => {
    await window.showSideBar();
    await eventually(() => window.badge()).toBe('6');
    await Promise.all([
      writeFile(join(folder, 'service.py'), service.replaceAll('eventlet.sleep', 'time.sleep').replace('import eventlet', 'import time\n\nimport eventlet')),
      writeFile(join(folder, 'lib', 'client.py'), 'def fetch(url):\n    return url\n'),
      writeFile(join(folder, 'lib', 'pool.py'), 'import eventlet\n\npool = eventlet.GreenPool(3)\n'),
    ]);
    await eventually(() => uses(window, 'lib/pool.py')).toContain('pool = eventlet.GreenPool(3)');
    await eventually(() => window.badge()).toBe('4');
    await eventually(() => uses(window, 'lib/client.py')).toEqual([]);
  });
});

describe('the plan', () => {
  const planned = {
    'setup.cfg': '[entry_points]\nconsole_scripts =\n    lamp = lamp.main:run\n    bell = lamp.bell:run\n',
    'lamp/__init__.py': '',
    'lamp/main.py': 'import eventlet\n\neventlet.monkey_patch()\n\nfrom lamp import light\n\n\ndef run():\n    light.blink()\n',
    'lamp/bell.py': 'import eventlet\n\neventlet.monkey_patch()\n\n\ndef run():\n    print("ding")\n',
    'lamp/light.py': 'import eventlet\n\n\ndef blink():\n    eventlet.sleep(1)\n    eventlet.spawn(print)\n',
  };

  journey('its first step is reviewed and made, and the next one moves up', planned, async (window) => {
    await window.showSideBar();
    await window.unfold('Plan');
    const steps = async (): Promise<string[]> => (await window.tree('Plan')).filter(({ level }) => level === 1).map(({ label }) => label);
    await eventually(steps).toEqual([
      '1. Sleep in lamp/light.py',
      '2. Green threads in lamp/light.py',
      '3. monkey_patch in lamp/bell.py',
      '4. monkey_patch in lamp/main.py',
      '5. Ban new uses of eventlet',
    ]);
    await window.clickRowAction('Plan', '1. Sleep in lamp/light.py', 'Review and Fix');
    await eventually(async () => (await window.tree('Review Changes')).map(({ label }) => label)).toEqual(['sleep', 'light.py', 'eventlet.sleep(1)']);
    await window.clickViewAction('Review Changes', 'Make the Ticked Changes');
    await eventually(() => window.viewText('Review Changes')).toContain('1 use gone in 1 file');
    await eventually(steps).toEqual(['1. Green threads in lamp/light.py', '2. monkey_patch in lamp/bell.py', '3. monkey_patch in lamp/main.py', '4. Ban new uses of eventlet']);
    await window.clickTreeRow('Plan', '1. Green threads');
    await eventually(async () => (await window.tree('Plan')).map(({ label }) => label)).toContain('light.py');
    await window.clickTreeRow('Plan', 'eventlet.spawn(print)');
    await eventually(() => window.activeFile()).toBe('light.py');
  });

  journey('a process may drop monkey patching or not, and what stands in the way is shown', planned, async (window) => {
    await window.showSideBar();
    await window.unfold('Services');
    await eventually(async () => (await window.tree('Services')).map(({ label, description }) => `${label}: ${description}`)).toEqual(['bell: may drop monkey patching now', 'lamp: not yet: 2 uses in the way']);
    await window.runCommandWith('Eventlet: May This Service Drop Monkey Patching?', 'lamp');
    await eventually(async () => (await window.tree('Services')).map(({ label }) => label)).toContain('lamp/light.py:5');
  });
});
