/** The first minutes: from an empty window to the list of a project. */
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { eventually, journeys } from './journey';
import { pictures } from './studio';

const journey = journeys();

describe('the walkthrough', () => {
  journey('leads from an empty window over the sample project to the list', undefined, async (window) => {
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
  });
});
