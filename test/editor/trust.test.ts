/** A workspace that nobody has trusted yet: everything that only reads and writes works, and nothing of it is executed. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { eventually, journeys } from './journey';
import { light, lightIn, lightTest, project, settings } from './lamp';
import { pictures } from './studio';

const journey = journeys({ asksForTrust: true, settings: { 'security.workspace.trust.enabled': true, 'security.workspace.trust.startupPrompt': 'never' } });

/** Whoever loads these tests leaves a trace. */
const telling = { ...project, ...settings, 'lamp/tests/__init__.py': "open('executed', 'w').close()\n", 'lamp/tests/test_light.py': lightTest };

describe('in a workspace that is not trusted', () => {
  journey('tests are never run, however one asks for them; the change can be made and taken back', telling, async (window, folder) => {
    await window.showSideBar();
    await eventually(() => window.badge()).toBe('4');
    await window.startCommand('Eventlet: Next Step');
    await window.choose('1. Sleep in lamp/light.py');
    await window.press('Apply');
    await eventually(() => window.notifications()).toContainEqual(expect.stringMatching(/^Tests are not run, because this workspace is not trusted/));
    await eventually(() => window.statusItem()).toBe('eventlet: changed, not tested yet');
    await window.screenshot(join(pictures, 'trust-1-not-run.png'));
    expect(await lightIn(folder)).toBe(light.replaceAll('eventlet', 'time'));

    // Whoever insists is told the same.
    await window.leaveQuestion();
    await window.clickStatusItem();
    await eventually(async () => (await window.question())?.rows).toEqual([expect.stringContaining('Stage Without Tests'), expect.stringContaining('Look at the Change'), expect.stringContaining('Take Back'), expect.stringContaining('Keep and End'), expect.stringMatching(/Run Tests, Not before this workspace is trusted/)]);
    await window.choose('Run Tests');
    await eventually(async () => (await window.notifications()).filter((text) => text.startsWith('Tests are not run'))).not.toEqual([]);
    await eventually(() => window.statusItem()).toBe('eventlet: changed, not tested yet');
    expect(await window.dialog()).toBeUndefined();
    await window.choose('Take Back');
    await eventually(() => lightIn(folder)).toBe(light);
    expect(existsSync(join(folder, 'executed'))).toBe(false);
  });
});
