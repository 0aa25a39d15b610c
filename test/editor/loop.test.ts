/** From a fresh workspace to a change that is staged, or taken back: the way that the walkthrough leads a person. */
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import type { Window } from './driver';
import { eventually, journeys } from './journey';
import { failing, git, light, lightIn, makeRepository, project, settings, windows } from './lamp';
import { pictures } from './studio';

// The whole message is to be seen.
const journey = journeys({ prepare: makeRepository, settings: { 'scm.inputMaxLineCount': 30 } });
const typed = 'Lamps blink without eventlet';

describe('from the walkthrough over the list and the next step', () => {
  journey('tests that pass lead to a staged change, and what was typed stays above its message', { ...project, ...settings }, async (window, folder) => {
    await window.typeCommitMessage(typed);
    await toTheTests(window, 'passes');
    await eventually(() => window.notifications()).toContainEqual(expect.stringMatching(/^The tests passed\. lamp\/light\.py is staged/));
    await window.screenshot(join(pictures, 'loop-passes-5-staged.png'));
    expect(await git(folder, 'diff', '--cached', '--name-only')).toBe('lamp/light.py\n');
    expect(await lightIn(folder)).toBe(light.replaceAll('eventlet', 'time'));
    await eventually(() => window.statusItem()).toBe('eventlet: 2 left');

    await window.press('Show Source Control');
    await eventually(() => window.commitMessage()).toMatch(new RegExp(`^${typed} Replace eventlet\\.sleep in lamp/light\\.py `));
    await window.screenshot(join(pictures, 'loop-passes-6-message.png'));
    expect(await git(folder, 'log', '--oneline')).toMatch(/^\w+ start\n$/);
  });

  journey('tests that fail lead back to the bytes of before, and to what was typed alone', failing, async (window, folder) => {
    await window.typeCommitMessage(typed);
    await toTheTests(window, 'fails');
    await eventually(() => window.notifications()).toContainEqual(expect.stringMatching(/^The tests failed with exit code 1/));
    await window.screenshot(join(pictures, 'loop-fails-5-failed.png'));
    expect(await lightIn(folder)).toBe(windows.replaceAll('eventlet', 'time'));

    await window.press('Take Back');
    await eventually(() => window.notifications()).toContainEqual(expect.stringMatching(/^Taken back: lamp\/light\.py is as it was before/));
    await eventually(() => window.statusItem()).toBe('eventlet: 4 left');
    await window.screenshot(join(pictures, 'loop-fails-6-takenBack.png'));
    expect(await lightIn(folder)).toBe(windows);
    expect(await git(folder, 'status', '--porcelain')).toBe('');
    await eventually(() => window.commitMessage()).toBe(typed);
  });
});

async function toTheTests(window: Window, name: string): Promise<void> {
  const picture = (station: string): Promise<void> => window.screenshot(join(pictures, `loop-${name}-${station}.png`));
  await window.runCommandWith('Welcome: Open Walkthrough...', 'Leave eventlet step by step');
  await window.openWalkthroughStep('See what is left');
  await picture('1-walkthrough');
  await window.clickLink('Show What Is Left');
  await eventually(async () => (await window.tree('Remaining')).map(({ label }) => label)).toContain('eventlet.sleep(0.01)');
  await eventually(() => window.badge()).toBe('4');
  await picture('2-list');

  await window.openWalkthroughStep('Take the next step');
  await window.clickLink('Next Step');
  await eventually(async () => (await window.question())?.rows[0]).toMatch(/1\. Sleep in lamp\/light\.py.*1 place, safe/);
  await window.choose('1. Sleep in lamp/light.py');
  await eventually(() => window.notifications()).toContainEqual(expect.stringMatching(/^Sleep in lamp\/light\.py · 2 uses in 1 file\. Safe: /));
  await eventually(async () => (await window.diffTexts()).join()).toContain('time.sleep(0.01)');
  await picture('3-change');
  await window.press('Apply');
  await eventually(() => window.dialog()).toContain('python3 -m unittest lamp.tests.test_light');
  await picture('4-command');
  await window.press('Run');
}
