/** What must hold for everybody, whatever their eyes and hands: in a theme of high contrast, by keys alone, read out. */
import { execFileSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { eventually, journeys, uses } from './journey';
import { pictures } from './studio';

const journey = journeys({ settings: { 'workbench.colorTheme': 'Default High Contrast' } });

const service = `\
import eventlet

eventlet.monkey_patch()


def run():
    eventlet.sleep(1)
    eventlet.spawn(run).kill()
`;

describe('in high contrast', () => {
  journey('the history is a page with a chart, and touches no file', { 'service.py': service }, async (window, folder) => {
    const git = (day: string, ...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.c', ...args], { cwd: folder, stdio: 'pipe', env: { ...process.env, GIT_COMMITTER_DATE: `${day}T12:00:00Z` } });
    git('2026-01-01', 'init', '-q', '-b', 'main');
    git('2026-01-01', 'add', '.');
    git('2026-01-01', 'commit', '-qm', 'start');
    const later = service.replace('    eventlet.sleep(1)\n', '');
    await writeFile(join(folder, 'service.py'), later);
    git('2026-06-01', 'commit', '-qam', 'less');

    await window.showSideBar();
    await eventually(() => uses(window, 'service.py')).toContain('eventlet.monkey_patch()');
    await window.runCommand('Eventlet: Show History');
    await eventually(() => window.activeFile()).toMatch(/^Preview Uses of eventlet in /);
    await eventually(() => window.pageText()).toMatch(/4 uses are left in 1 file on 2026-06-01: 1 \(20 %\) fewer than on 2026-01-01/);
    await eventually(() => window.pagePictures()).toEqual([860]);
    expect(await readFile(join(folder, 'service.py'), 'utf8')).toBe(later);
    await window.screenshot(join(pictures, 'history.png'));
  });

  journey('every row is read out with what it is and how far its fix can be trusted', { 'service.py': service }, async (window) => {
    await window.showSideBar();
    await eventually(() => uses(window, 'service.py')).toContain('eventlet.sleep(1)');
    for (const view of ['Plan', 'Services', 'Guidance'] as const) await window.unfold(view);
    await eventually(() => window.rowLabels('Remaining')).toContainEqual(expect.stringMatching(/eventlet\.sleep, Safe to fix, service\.py:7, eventlet\.sleep\(1\)/));
    await eventually(() => window.rowLabels('Plan')).toContainEqual(expect.stringMatching(/^Step 1, /));
    await eventually(() => window.rowLabels('Services')).toContainEqual(expect.stringMatching(/service/));
    await eventually(() => window.rowLabels('Guidance')).toContainEqual(expect.stringMatching(/opens .* in the browser/));
    for (const view of ['Remaining', 'Plan', 'Services', 'Guidance'] as const) expect((await window.rowLabels(view)).filter((label) => label === '')).toEqual([]);
    await window.screenshot(join(pictures, 'high-contrast.png'));
  });
});
