/** Takes the picture of the README: the sample project, what is left of it, and a light bulb that is just being used. */
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { root, startStudio } from './studio';

const size = { width: 1400, height: 860 };

const settings = {
  'editor.minimap.enabled': false,
  'editor.stickyScroll.enabled': false,
  'breadcrumbs.enabled': false,
  'window.commandCenter': false,
  'workbench.layoutControl.enabled': false,
};

void main().catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exitCode = 1;
});

async function main(): Promise<void> {
  const studio = await startStudio({ settings });
  if ('reason' in studio) throw new Error(studio.reason);
  try {
    const { window } = await studio.open(await studio.copyOf(join(root, 'media', 'sample')), size);
    await window.showSideBar();
    await window.setSideBarWidth(440);
    await window.openFile('keeper.py');
    await until(async () => (await window.squiggles()) > 0 && (await window.tree('Remaining')).length > 0);
    await window.lightBulb(50, 22);
    await window.screenshot(join(root, 'media', 'screenshot.png'));
  } finally {
    await studio.close();
  }
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await after(100);
}
