/** The loop of *Next Step*: choose, look, apply, test, and stage or take back; also when window or server go away in the middle. */
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import type { Window } from './driver';
import { eventually, journeys } from './journey';
import { killEditor, killServer, reloadTooEarly, type Kill } from './killing';
import { failing, git, light, lightIn, lightTest, makeRepository, project, settings, windows } from './lamp';
import { pictures } from './studio';

const journey = journeys({ prepare: makeRepository });
const command = 'Eventlet: Next Step';

/** A task of the workspace runs the tests. */
const byTask = {
  ...failing,
  '.vscode/settings.json': '{ "eventletMigration.test.task": "unit tests" }\n',
  '.vscode/tasks.json': '{ "version": "2.0.0", "tasks": [{ "label": "unit tests", "type": "shell", "command": "python3 -m unittest", "problemMatcher": [] }] }\n',
};

/** Something outside of the tests ends them with a signal, as a system does that is out of memory. */
const killed = { ...project, ...settings, 'lamp/tests/test_light.py': lightTest.replace('import unittest', 'import os\nimport signal\nimport unittest').replace('        self', '        os.kill(os.getpid(), signal.SIGKILL)\n        self') };

/** The tests make the file `begun`, and wait until the file `go` is there. */
const waiting = { ...project, ...settings, 'lamp/tests/test_light.py': lightTest.replace('import unittest', 'import os\nimport time\nimport unittest').replace('        self', '        open("begun", "w").close()\n        while not os.path.exists("go"):\n            time.sleep(0.1)\n        self') };

const waitingTask = { ...byTask, 'lamp/tests/test_light.py': waiting['lamp/tests/test_light.py'] };

describe('the next step', () => {
  journey('a change whose tests pass is staged with a message', project, async (window, folder) => {
    await begin(window);
    await window.screenshot(join(pictures, 'nextStep-1-pick.png'));
    await eventually(async () => (await window.question())?.rows[0]).toMatch(/1\. Sleep in lamp\/light\.py.*1 place, safe/);
    await window.choose('1. Sleep in lamp/light.py');

    await eventually(() => window.notifications()).toContainEqual(expect.stringMatching(/^Sleep in lamp\/light\.py · 2 uses in 1 file\. Safe: /));
    await eventually(() => window.tabs()).toContain('Next Step: Sleep in lamp/light.py');
    await window.screenshot(join(pictures, 'nextStep-2-shown.png'));
    await eventually(() => window.statusItem()).toBe('eventlet: a change to look at');
    expect(await lightIn(folder)).toBe(light);
    await window.startCommand(command);
    await eventually(async () => (await window.question())?.rows.map(firstWords)).toEqual(['Apply', 'Look at the Change', 'Skip', 'Stop']);
    await window.choose('Apply');

    await eventually(async () => (await window.question())?.title).toBe('How Are the Tests Run?');
    await window.screenshot(join(pictures, 'nextStep-3-way.png'));
    await window.choose('python3 -m unittest {modules}');
    await eventually(() => window.dialog()).toContain('python3 -m unittest lamp.tests.test_light');
    await window.screenshot(join(pictures, 'nextStep-4-confirm.png'));
    await window.press('Run');

    await eventually(() => window.notifications()).toContainEqual(expect.stringMatching(/^The tests passed\. lamp\/light\.py is staged/));
    await window.screenshot(join(pictures, 'nextStep-5-passed.png'));
    expect(await git(folder, 'diff', '--cached', '--name-only')).toBe('lamp/light.py\n');
    expect(await lightIn(folder)).toBe(light.replaceAll('eventlet', 'time'));
    expect(await readFile(join(folder, '.vscode/settings.json'), 'utf8')).toContain('"python3 -m unittest {modules}"');
    await eventually(() => window.tabs()).toEqual([]);

    await window.press('Show Source Control');
    await eventually(() => window.commitMessage()).toMatch(/^Replace eventlet\.sleep in lamp\/light\.py What changes: - `eventlet\.sleep`: use `time\.sleep` Why it is safe: - `time` is monkey-patched/);
    await window.screenshot(join(pictures, 'nextStep-6-staged.png'));
    expect(await git(folder, 'log', '--oneline')).toMatch(/^\w+ start\n$/);
  });

  journey('a change whose tests fail is taken back, byte for byte', failing, async (window, folder) => {
    await window.openFile('light.py');
    await apply(window);
    await eventually(() => window.notifications()).toContainEqual(expect.stringMatching(/^The tests failed with exit code 1/));
    await window.screenshot(join(pictures, 'nextStep-7-failed.png'));
    await eventually(() => window.statusItem()).toBe('eventlet: the tests failed');
    expect(await lightIn(folder)).toBe(windows.replaceAll('eventlet', 'time'));
    await eventually(() => window.text()).toContain('time.sleep(0.01)');

    await window.press('Take Back');
    await eventually(() => window.notifications()).toContainEqual(expect.stringMatching(/^Taken back: lamp\/light\.py is as it was before/));
    await window.screenshot(join(pictures, 'nextStep-8-takenBack.png'));
    expect(await lightIn(folder)).toBe(windows);
    expect(await git(folder, 'status', '--porcelain')).toBe('');
    await eventually(() => window.text()).toBe(light);
    await eventually(() => window.statusItem()).toMatch(/^eventlet: \d left$/);
  });

  journey('tests that a signal ends have not passed', killed, async (window, folder) => {
    await apply(window);
    await eventually(() => window.notifications()).toContainEqual(expect.stringMatching(/^The tests failed with exit code 137/));
    await eventually(() => window.statusItem()).toBe('eventlet: the tests failed');
    expect(await git(folder, 'diff', '--cached', '--name-only')).toBe('');
  });

  for (const [what, files] of Object.entries({ command: waiting, task: waitingTask })) {
    journey(`tests whose terminal is closed have told nothing, run by a ${what}`, files, async (window, folder) => {
      await apply(window, what === 'command');
      await eventually(() => readdir(folder)).toContain('begun');
      await window.startCommand('Terminal: Kill All Terminals');
      await eventually(() => window.notifications()).toContainEqual(expect.stringMatching(/^The tests were stopped before they told anything/));
      await eventually(() => window.statusItem()).toBe('eventlet: the tests were interrupted');
      expect(await git(folder, 'diff', '--cached', '--name-only')).toBe('');
    });
  }

  journey('an edit made after the change is never lost', byTask, async (window, folder) => {
    await begin(window);
    await window.choose('1. Sleep in lamp/light.py');
    await window.press('Apply');
    await eventually(() => window.notifications()).toContainEqual(expect.stringMatching(/^The tests failed/));
    await writeFile(join(folder, 'lamp/light.py'), '# mine\n');
    await window.press('Take Back');
    await eventually(() => window.dialog()).toContain('lamp/light.py was edited after the change');
    await window.screenshot(join(pictures, 'nextStep-9-edited.png'));
    await window.press('Compare');
    await eventually(() => window.tabs()).toContain('Next Step: Sleep in lamp/light.py');
    await window.screenshot(join(pictures, 'nextStep-10-compare.png'));
    expect(await lightIn(folder)).toBe('# mine\n');
  });
});

describe('a pattern in several files', () => {
  const several = { ...project, 'lamp/lantern.py': light };

  journey('is one change, seen in one editor, and nothing happens before it is applied', several, async (window, folder) => {
    await window.showSideBar();
    await eventually(() => window.badge()).toBe('6');
    await window.startCommand(command);
    await eventually(async () => (await window.question())?.rows[0]).toMatch(/1\. Sleep in lamp.*2 places, safe/);
    await window.choose('1. Sleep in lamp');
    await eventually(() => window.notifications()).toContainEqual(expect.stringMatching(/^Sleep in lamp · 4 uses in 2 files\. Safe: /));
    await eventually(() => window.tabs()).toEqual([expect.stringMatching(/^Next Step: Sleep in lamp/)]);
    await window.screenshot(join(pictures, 'nextStep-15-several.png'));
    await window.press('Stop');
    await eventually(() => window.tabs()).toEqual([]);
    await eventually(() => window.statusItem()).toBe('eventlet: 6 left');
    expect(await git(folder, 'status', '--porcelain')).toBe('');
  });

  journey('whose tests pass is staged whole', { ...several, ...settings }, async (window, folder) => {
    await window.showSideBar();
    await eventually(() => window.badge()).toBe('6');
    await window.startCommand(command);
    await window.choose('1. Sleep in lamp');
    await window.press('Apply');
    await window.press('Run');
    await eventually(() => window.notifications()).toContainEqual(expect.stringMatching(/^The tests passed\. lamp\/\w+\.py, lamp\/\w+\.py are staged/));
    expect(await git(folder, 'status', '--porcelain')).toBe('M  lamp/lantern.py\nM  lamp/light.py\n');
  });
});

describe('in the middle of a step', () => {
  const ways: Readonly<Record<string, Kill>> = { 'a reload': (window) => window.reload(), 'a reload of slow extensions': reloadTooEarly, 'a crash': killEditor };
  for (const [what, goAway] of Object.entries(ways)) {
    journey(`${what} loses nothing, whatever state it meets`, waiting, async (window, folder) => {
      await begin(window);
      await window.choose('1. Sleep in lamp/light.py');
      await eventually(() => window.statusItem()).toBe('eventlet: a change to look at');

      await goAway(window, folder);
      await window.showSideBar();
      await eventually(() => window.statusItem()).toBe('eventlet: a change to look at');
      await window.screenshot(join(pictures, 'nextStep-11-reloaded-shown.png'));
      await window.clickStatusItem();
      await eventually(async () => (await window.question())?.rows.map(firstWords)).toContain('Apply');
      await window.choose('Apply');
      await eventually(() => window.dialog()).toContain('python3 -m unittest lamp.tests.test_light');

      // Changed, and not tested yet.
      await goAway(window, folder);
      await window.showSideBar();
      await eventually(() => window.statusItem()).toBe('eventlet: changed, not tested yet');
      expect(await lightIn(folder)).toBe(light.replaceAll('eventlet', 'time'));
      await window.clickStatusItem();
      await window.choose('Run Tests');
      await window.press('Run');
      await eventually(() => window.statusItem()).toBe('eventlet: tests are running…');
      await window.screenshot(join(pictures, 'nextStep-12-testing.png'));

      await goAway(window, folder);
      await window.showSideBar();
      await eventually(() => window.statusItem()).toBe('eventlet: the tests were interrupted');
      await window.screenshot(join(pictures, 'nextStep-13-interrupted.png'));
      await writeFile(join(folder, 'go'), '');
      await window.clickStatusItem();
      await window.choose('Run Tests');
      await eventually(() => window.notifications()).toContainEqual(expect.stringMatching(/^The tests passed\. lamp\/light\.py is staged/));
      expect(await git(folder, 'diff', '--cached', '--name-only')).toBe('lamp/light.py\n');

      await goAway(window, folder);
      await window.showSideBar();
      await eventually(() => window.statusItem()).toMatch(/^eventlet: \d left$/);
    });
  }

  journey('after failed tests a reload still takes back what was there before', failing, async (window, folder) => {
    await apply(window);
    await eventually(() => window.statusItem()).toBe('eventlet: the tests failed');
    await window.reload();
    await window.showSideBar();
    await eventually(() => window.statusItem()).toBe('eventlet: the tests failed');
    await window.clickStatusItem();
    await eventually(async () => (await window.question())?.rows.map(firstWords)).toEqual(['Take Back', 'Run Again', 'Look at the Change', 'Keep and End']);
    await window.screenshot(join(pictures, 'nextStep-14-choices.png'));
    await window.choose('Take Back');
    await eventually(() => lightIn(folder)).toBe(windows);
    expect(await git(folder, 'status', '--porcelain')).toBe('');
  });

  journey('the server is killed, and neither the step nor the list is another one', waiting, async (window, folder) => {
    await begin(window);
    await window.choose('1. Sleep in lamp/light.py');
    await eventually(() => window.statusItem()).toBe('eventlet: a change to look at');
    await killServer(window, folder);
    await eventually(() => window.statusItem()).toBe('eventlet: a change to look at');
    await window.press('Apply');
    await window.press('Run');
    await eventually(() => window.statusItem()).toBe('eventlet: tests are running…');
    await killServer(window, folder);
    await window.startCommand(command);
    await window.choose('Stop the Tests');
    await eventually(() => window.notifications()).toContainEqual(expect.stringMatching(/^The tests were stopped/));
    await window.press('Take Back');
    await eventually(() => lightIn(folder)).toBe(light);
    await killServer(window, folder);
    await eventually(() => window.statusItem()).toBe('eventlet: 4 left');
    await eventually(async () => (await window.tree('Remaining')).filter(({ level }) => level > 1).map(({ label }) => label)).toContain('eventlet.sleep(0.01)');
    await rm(join(folder, 'go'), { force: true });
  });
});

async function begin(window: Window): Promise<void> {
  await window.showSideBar();
  await eventually(() => window.badge()).toBe('4');
  await window.startCommand(command);
  await eventually(async () => (await window.question())?.title).toBe('Next Step');
}

/** Up to the tests, which the settings name. */
async function apply(window: Window, isAsked = true): Promise<void> {
  await begin(window);
  await window.choose('1. Sleep in lamp/light.py');
  await window.press('Apply');
  if (isAsked) await window.press('Run');
}

/** `Apply` of `check  Apply, Safe: …`: what is read aloud begins with the icon. */
function firstWords(row: string): string {
  return row.replace(/,.*$/, '').replace(/^[a-z-]+ +(?=[A-Z])/, '').trim();
}
