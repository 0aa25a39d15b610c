import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Window } from './driver';
import { eventually } from './journey';

/** Where decisions are written down. */
export const checklistFile = '.eventlet-migration.json';

/** Ticks a use for good, with a kind of decision and a reason; settles when that is on the disk. */
export async function decide(window: Window, folder: string, label: string, kind: string, reason: string): Promise<void> {
  await eventually(() => labels(window)).toContain(label);
  await tick(window, label);
  await window.choose(kind);
  await window.writeAnswer('The reason', reason);
  await window.writeAnswer('The day', '');
  await eventually(() => ticked(window)).toContain(label);
  // The list shows what the buffer says; git reads what is saved.
  await eventually(() => readFile(join(folder, checklistFile), 'utf8')).toContain(reason);
}

/** Ticks a use; settles when somebody is asked about it. A click on a row that is just drawn anew is lost: whoever sees that nothing asks clicks again. */
async function tick(window: Window, label: string): Promise<void> {
  for (let attempt = 1; attempt <= 5; attempt++) {
    await window.toggleRowBox('Remaining', label);
    const isAsked = await expect.poll(() => window.question(), { timeout: 5_000, interval: 100 }).toBeDefined().then(() => true, () => false);
    if (isAsked) return;
  }
}

/** Labels of the rows of the list whose box is ticked. */
export async function ticked(window: Window): Promise<string[]> {
  return (await window.tree('Remaining')).filter(({ checked }) => checked === true).map(({ label }) => label);
}

/** Labels of all rows of the list. */
export async function labels(window: Window): Promise<string[]> {
  return (await window.tree('Remaining')).map(({ label }) => label);
}

/** Runs git in a folder, as somebody with a name; gives what it prints, and throws where it fails. */
export function gitIn(folder: string): (...args: readonly string[]) => string {
  return (...args) => execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.c', '-c', 'commit.gpgsign=false', ...args], { cwd: folder, encoding: 'utf8', stdio: 'pipe' });
}
