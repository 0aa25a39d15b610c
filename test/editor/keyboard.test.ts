/** The whole way with the keyboard alone: not one click. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import type { Window } from './driver';
import { eventually, journeys } from './journey';
import { pictures } from './studio';

const journey = journeys();

const service = 'import eventlet\n\neventlet.monkey_patch()\n\n\ndef run():\n    eventlet.sleep(1)\n    eventlet.sleep(2)\n    eventlet.sleep(3)\n';

describe('with the keyboard alone', () => {
  journey('one gets from the list to a fix, a decision, the next step, a review, and back', { 'service.py': service }, async (window, folder) => {
    const onDisk = () => readFile(join(folder, 'service.py'), 'utf8');

    // The list, and what can be done with a row.
    await window.untilExtended();
    await focusList(window);
    await eventually(() => labels(window)).toContain('eventlet.sleep(3)');
    // A view that had no rows yet may have lost the keyboard to them.
    await focusList(window);
    await goToRow(window, /sleep\(1\)$/);
    await window.keys('Shift+F10');
    await eventually(() => window.menu()).toEqual(['Fix This Use', 'Open Guidance', 'Decide About Uses…', 'Next Step', 'Review and Fix Uses of eventlet…']);
    await window.screenshot(join(pictures, 'keyboard-1-list.png'));
    await window.keys('Escape');
    await eventually(() => window.menu()).toEqual([]);
    await window.keys('Enter');
    await eventually(() => window.selection()).toBe('Ln 7, Col 19 (14 selected)');

    // The fix of the next use.
    await window.keys('Control+1', 'Control+K', 'Alt+n');
    await eventually(() => window.selection()).toBe('Ln 8, Col 19 (14 selected)');
    await eventually(async () => {
      await window.keys('Control+.');
      // The server may not have looked at the file yet.
      await expect.poll(() => window.actionTitles(), { timeout: 5_000, interval: 50 }).not.toEqual([]).catch(() => undefined);
      return window.actionTitles();
    }).toContain('Use `time.sleep`');
    await window.screenshot(join(pictures, 'keyboard-2-fix.png'));
    await window.keys('Enter');
    await eventually(() => window.text()).toContain('    time.sleep(2)\n');
    await window.keys('Control+S');
    await eventually(onDisk).toContain('    time.sleep(2)\n');
    const fixed = await onDisk();

    // A decision: the space bar ticks the box.
    await focusList(window);
    await eventually(() => labels(window)).not.toContain('eventlet.sleep(2)');
    await goToRow(window, /sleep\(3\)$/);
    await window.keys('Space');
    await eventually(async () => (await window.question())?.rows[1]).toMatch(/^Later/);
    await window.keys('ArrowDown', 'Enter');
    await eventually(() => window.prompt()).toContain('The reason');
    await window.write('after the release');
    await window.keys('Enter');
    await eventually(() => window.prompt()).toContain('The day');
    await window.keys('Enter');
    await eventually(() => ticked(window)).toEqual(['eventlet.sleep(3)']);
    await eventually(() => readFile(join(folder, '.eventlet-migration.json'), 'utf8')).toContain('"decision":"later","reason":"after the release"');
    await window.screenshot(join(pictures, 'keyboard-3-decided.png'));
    await focusList(window);
    await goToRow(window, /sleep\(3\)$/);
    await window.keys('Space');
    await eventually(() => ticked(window)).toEqual([]);

    // The next step, and back.
    await window.keys('Control+K', 'Alt+s');
    await eventually(async () => (await window.question())?.rows[0]).toContain('Sleep in service.py');
    await window.keys('Enter');
    await eventually(() => window.statusItem()).toBe('eventlet: a change to look at');
    await eventually(async () => (await window.diffTexts()).join()).toContain('time.sleep(1)');
    await window.screenshot(join(pictures, 'keyboard-4-step.png'));
    await goOn(window, 'Apply');
    await eventually(async () => (await window.question())?.title).toBe('How Are the Tests Run?');
    await window.write('by hand');
    await eventually(async () => (await window.question())?.rows).toHaveLength(1);
    await window.keys('Enter');
    await eventually(() => window.statusItem()).toBe('eventlet: changed, not tested yet');
    await eventually(onDisk).not.toContain('eventlet.sleep(1)');
    await eventually(async () => (await window.question())?.rows.join()).toContain('Take Back');
    await window.write('Take Back');
    await eventually(async () => (await window.question())?.rows).toHaveLength(1);
    await window.keys('Enter');
    await eventually(onDisk).toBe(fixed);

    // A review: one change less than was ticked, looked at and made; one undo, and all is as it was.
    await eventually(() => window.badge()).toBe('4');
    await review(window);
    await goToRow(window, /service\.py:11$/);
    await window.keys('Space');
    await eventually(() => window.viewText('Review Changes')).toBe('1 of 2 changes ticked');
    await goToRow(window, /service\.py:9$/, 'ArrowUp');
    await window.keys('Enter');
    await eventually(() => window.activeFile()).toMatch(/^service\.py: Use time\.sleep/);
    await window.screenshot(join(pictures, 'keyboard-5-review.png'));
    expect(await window.focused()).toMatch(/service\.py:9$/);
    await window.keys('Control+Enter');
    await eventually(() => window.viewText('Review Changes')).toContain('1 use gone in 1 file');
    await window.keys('Control+P');
    await window.write('service.py');
    // The difference that is open has a name that begins so, too.
    await goToRow(window, /^service\.py(?!:)/);
    await window.keys('Enter');
    await eventually(() => window.activeFile()).toBe('service.py');
    await eventually(() => window.text()).toBe(fixed.replace('eventlet.sleep(1)', 'time.sleep(1)'));
    await window.keys('Control+1', 'Control+Z');
    await eventually(() => window.text()).toBe(fixed);
    await window.keys('Control+S');
    await eventually(onDisk).toBe(fixed);

    // A review after which nothing is left to review: the keyboard goes on in the list.
    await eventually(() => window.badge()).toBe('4');
    await review(window);
    await window.keys('Control+Enter');
    await eventually(() => window.viewText('Review Changes')).toContain('2 uses gone in 1 file');
    await goToRow(window, /monkey_patch\(\)$/);
    await window.screenshot(join(pictures, 'keyboard-6-made.png'));
    // Nothing spoke up by itself; what the step came to may still be there.
    await eventually(async () => (await window.notifications()).filter((text) => !/^(Sleep in|Taken back:) service\.py/.test(text))).toEqual([]);
  });
});

async function focusList(window: Window): Promise<void> {
  await window.keys('F1');
  await window.write('Eventlet Migration: Focus on Remaining View');
  await eventually(() => window.quickOptions()).toContainEqual(expect.stringContaining('Focus on Remaining View'));
  await window.keys('Enter');
  await eventually(() => window.question()).toBeUndefined();
}

/** Begins a review of what sleeps. */
async function review(window: Window): Promise<void> {
  await window.keys('F1');
  await window.write('Eventlet: Review and Fix Uses');
  await eventually(async () => (await window.quickOptions())[0]).toContain('Review and Fix Uses of eventlet');
  await window.keys('Enter');
  await eventually(async () => (await window.question())?.rows[0]).toContain('All rules');
  await window.write('sleep');
  await eventually(async () => (await window.question())?.rows).toHaveLength(1);
  await window.keys('Enter');
  await eventually(() => window.focused()).toBe('sleep, 2 of 2 changes ticked');
}

/** Presses an arrow until the row that has the keyboard is read out so. */
async function goToRow(window: Window, row: RegExp, arrow: 'ArrowDown' | 'ArrowUp' = 'ArrowDown'): Promise<void> {
  await eventually(async () => {
    const before = await window.focused();
    if (row.test(before)) return before;
    await window.keys(arrow);
    // Whoever does not look where the key led presses it once too often. A key that came while the rows were drawn anew is lost.
    await expect.poll(() => window.focused(), { timeout: 2_000, interval: 50 }).not.toBe(before).catch(() => undefined);
    return window.focused();
  }).toMatch(row);
}

/** Goes on with the step that is under way. */
async function goOn(window: Window, choice: string): Promise<void> {
  await window.keys('Control+K', 'Alt+s');
  await eventually(async () => (await window.question())?.rows.join()).toContain(choice);
  await window.write(choice);
  await eventually(async () => (await window.question())?.rows).toHaveLength(1);
  await window.keys('Enter');
}

async function labels(window: Window): Promise<readonly string[]> {
  return (await window.tree('Remaining')).map(({ label }) => label);
}

async function ticked(window: Window): Promise<readonly string[]> {
  return (await window.tree('Remaining')).filter(({ checked }) => checked).map(({ label }) => label);
}
