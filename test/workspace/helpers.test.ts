import { describe, expect, it } from 'vitest';
import { Workspace } from '../../server/src/workspace/workspace';
import { memoryHost } from '../kit/host';

/** What becomes of `a/work.py` when everything is fixed in a project with these helpers. */
async function fixed(helpers: string, python: string, others: Readonly<Record<string, string>> = {}): Promise<string> {
  const files = new Map(Object.entries({ 'file:///p/.eventlet-migration.toml': `[helpers]\n${helpers}\n`, 'file:///p/a/work.py': python, ...others }));
  const workspace = await Workspace.create(memoryHost(files), { roots: ['file:///p'] });
  await workspace.scan();
  const change = (await workspace.fix({ review: true })).find(({ uri }) => uri === 'file:///p/a/work.py');
  workspace.dispose();
  return change?.after ?? python;
}

describe('the project’s own helpers', () => {
  it('take the place of eventlet’s names, in the same calls', async () => {
    expect(await fixed('spawn = "a.threads.spawn"', 'import eventlet\n\n\ndef run(work):\n    return eventlet.spawn(work, 1)\n')).toBe(
      'from a import threads\n\n\ndef run(work):\n    return threads.spawn(work, 1)\n',
    );
  });

  it('are spelled as the file spells them already', async () => {
    expect(await fixed('spawn = "a.threads.spawn"', 'from a import threads as own\nimport eventlet\n\neventlet.spawn(own.work)\n')).toBe('from a import threads as own\n\nown.spawn(own.work)\n');
    expect(await fixed('spawn = "a.threads.spawn"', 'import eventlet\n\nthreads = 2\neventlet.spawn(print, threads)\n')).toBe('import a.threads\n\nthreads = 2\na.threads.spawn(print, threads)\n');
  });

  it('tell a sleep that only yields from one that waits', async () => {
    expect(await fixed('"sleep(0)" = "a.threads.pause"', 'import time\n\nimport eventlet\n\neventlet.sleep()\neventlet.sleep(0)\neventlet.sleep(0.5)\n')).toBe(
      'import time\n\nfrom a import threads\n\nthreads.pause()\nthreads.pause()\ntime.sleep(0.5)\n',
    );
  });

  it('are not used where they are made', async () => {
    const python = 'import eventlet\n\n\ndef spawn(f):\n    return eventlet.spawn(f)\n';
    expect(await fixed('spawn = "a.work.spawn"', python)).not.toContain('a.work');
  });

  it('leave what they give to a person', async () => {
    const python = 'import eventlet\n\nthread = eventlet.spawn(print)\nthread.wait()\n';
    expect(await fixed('spawn = "a.threads.spawn"', python)).toBe('from a import threads\n\nthread = threads.spawn(print)\nthread.wait()\n');
  });
});
