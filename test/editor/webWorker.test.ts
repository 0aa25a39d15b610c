/** The same product where there is no process to start, as on vscode.dev: extension and server run in web workers. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { eventually, journeys, uses } from './journey';
import { pictures } from './studio';

const journey = journeys({ settings: { 'remote.extensionKind': { 'eventlet-migration.eventlet-migration': ['web'] } } });

const service = `\
import eventlet

eventlet.monkey_patch()
eventlet.sleep(1)
`;

describe('in a web worker', () => {
  journey('a use is listed, fixed by the light bulb and gone', { 'service.py': service }, async (window, folder) => {
    await window.showSideBar();
    await window.openFile('service.py');
    await eventually(() => uses(window, 'service.py')).toContain('eventlet.sleep(1)');
    await eventually(() => window.extensionHost()).toBe('web worker');

    await window.lightBulb(4, 12);
    await window.pickAction('Use `time.sleep`');
    await eventually(() => window.text()).toContain('\ntime.sleep(1)\n');
    await eventually(() => uses(window, 'service.py')).not.toContain('eventlet.sleep(1)');
    await window.save();
    expect(await readFile(join(folder, 'service.py'), 'utf8')).toBe(await window.text());
  });

  journey('the next step says that tests cannot be run here, and is taken back byte for byte', { 'service.py': service }, async (window, folder) => {
    await window.showSideBar();
    await eventually(() => uses(window, 'service.py')).toContain('eventlet.sleep(1)');
    await window.startCommand('Eventlet: Next Step');
    await window.choose('1. Sleep');
    await window.press('Apply');
    await eventually(() => window.notifications()).toContainEqual(expect.stringMatching(/^Tests cannot be run here: this window has no machine behind it/));
    await eventually(() => window.statusItem()).toBe('eventlet: changed, not tested yet');
    await window.screenshot(join(pictures, 'nextStep-16-web.png'));
    expect(await readFile(join(folder, 'service.py'), 'utf8')).toContain('\ntime.sleep(1)\n');

    await window.choose('Take Back');
    await eventually(() => readFile(join(folder, 'service.py'), 'utf8')).toBe(service);
  });
});
