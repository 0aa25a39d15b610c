/** The first minutes: from an empty window to the list of a project. */
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { eventually, journeys } from './journey';
import { killEditor, killServer } from './killing';
import { pictures } from './studio';

const journey = journeys();

describe('the walkthrough', () => {
  journey('leads from an empty window over the sample project to the list, which stays whatever dies', undefined, async (window, folder) => {
    await window.showSideBar();
    await eventually(() => window.viewText('Remaining')).toContain('Try a Sample Project');
    await window.runCommandWith('Welcome: Open Walkthrough...', 'Leave eventlet step by step');
    await eventually(() => window.walkthroughStep()).toContain('Open a project');
    await window.screenshot(join(pictures, 'walkthrough-1-start.png'));

    await window.clickLink('Open the Sample Project');
    await window.untilFolderOpens();
    await eventually(() => window.walkthroughStep()).toContain('See what is left');
    await eventually(() => window.badge()).toMatch(/^\d+$/);
    await eventually(async () => (await window.tree('Remaining')).length).toBeGreaterThan(5);
    await window.screenshot(join(pictures, 'walkthrough-2-list.png'));
    // Also when everything has come to rest, and in one tab.
    expect(await window.walkthroughStep()).toContain('See what is left');
    expect(await window.tabs()).toHaveLength(1);
    await eventually(() => window.statusItem()).toMatch(/^eventlet: \d+ left$/);
    await window.clickLink('Show What Is Left');
    await eventually(() => window.doneSteps()).toEqual(['Open a project', 'See what is left']);

    const list = await window.tree('Remaining');
    const badge = await window.badge();
    await killServer(window, folder);
    await killEditor(window, folder);
    await window.showSideBar();
    await eventually(() => window.badge()).toBe(badge);
    await eventually(() => window.tree('Remaining')).toEqual(list);
    await window.runCommandWith('Welcome: Open Walkthrough...', 'Leave eventlet step by step');
    await eventually(() => window.doneSteps()).toEqual(['Open a project', 'See what is left']);
    expect(await window.notifications()).toEqual([]);
  });
});

describe('the health of the server', () => {
  journey('is told beside the language, with the files that were not analysed and why', { 'main.py': 'import eventlet\neventlet.sleep(1)\n', 'broken.py': 'import eventlet\ndef (:\n' }, async (window) => {
    await window.openFile('main.py');
    await eventually(() => window.languageStatus()).toContain('1 file not analysed');
    await window.screenshot(join(pictures, 'walkthrough-3-health.png'));
    await window.clickLanguageStatus('Show Why');
    await eventually(() => window.quickOptions()).toEqual([expect.stringContaining('broken.py')]);
    await window.screenshot(join(pictures, 'walkthrough-4-why.png'));

    // Where the extension runs already there is nothing to open.
    await window.leaveQuestion();
    await window.runCommandWith('Welcome: Open Walkthrough...', 'Leave eventlet step by step');
    await eventually(() => window.doneSteps()).toEqual(['Open a project']);
  });
});
