import { describe, expect, it } from 'vitest';
import type { Finding } from '../../server/src/workspace/finding';
import { Workspace, type WorkspaceOptions } from '../../server/src/workspace/workspace';
import { memoryHost } from '../kit/host';

const sleeper = 'import eventlet\n\nasync def run():\n    eventlet.sleep(1)\n';

/** What is found of the sleep in a project of these files. */
async function sleepIn(files: Readonly<Record<string, string>>, options: Partial<WorkspaceOptions> = {}, at = 'p/run.py'): Promise<Finding | undefined> {
  const all = Object.entries({ 'p/run.py': sleeper, ...files }).map(([path, text]) => [`file:///${path}`, text] as const);
  const workspace = await Workspace.create(memoryHost(new Map(all)), { roots: ['file:///p'], ...options });
  await workspace.scan();
  const found = workspace.findings(`file:///${at}`).find(({ rule }) => rule === 'sleep');
  workspace.dispose();
  return found;
}

function titles(finding: Finding | undefined): readonly string[] {
  return finding?.fixes.map(({ title, safety }) => `${title}: ${safety}`) ?? [];
}

describe('a project file decides', () => {
  it('what is patched, where nothing shows it', async () => {
    expect(titles(await sleepIn({}))).toContain('Use `time.sleep`: review');
    const stated = await sleepIn({ 'p/.eventlet-migration.toml': 'patched = ["time"]\n' });
    expect(titles(stated)).toContain('Use `time.sleep`: safe');
    expect(stated?.fixes[0]?.preconditions[0]?.text).toContain('as .eventlet-migration.toml states');
  });

  it('which targets are ruled out', async () => {
    expect(titles(await sleepIn({ 'p/pyproject.toml': '[tool.eventlet-migration]\nforbid = ["asyncio"]\n' }))).toEqual(['Use `time.sleep`: review']);
  });

  it('how loud a rule is', async () => {
    expect((await sleepIn({ 'p/pyproject.toml': '[tool.eventlet-migration]\nseverity = { sleep = "error" }\n' }))?.severity).toBe('error');
    expect(await sleepIn({ 'p/pyproject.toml': '[tool.eventlet-migration]\nseverity = { sleep = "off" }\n' })).toBeUndefined();
  });

  it('for the files below it, also where it lies above the folder that is looked at', async () => {
    const nested = { 'p/a/.eventlet-migration.toml': 'severity = { sleep = "hint" }\n', 'p/a/run.py': sleeper };
    expect((await sleepIn(nested, {}, 'p/a/run.py'))?.severity).toBe('hint');
    expect((await sleepIn(nested))?.severity).toBe('warning');
    expect((await sleepIn(nested, { roots: ['file:///p/a/run.py'] }, 'p/a/run.py'))?.severity).toBe('hint');
  });

  it('nothing where it is wrong, and says so', async () => {
    const text = 'target = "asyncio"\nseverity = { nap = "error" }\n';
    const workspace = await Workspace.create(memoryHost(new Map([['file:///p/.eventlet-migration.toml', text]])), { roots: ['file:///p'] });
    await workspace.scan();
    const position = { start: { line: 1, character: 13 }, end: { line: 1, character: 16 } };
    expect(workspace.projectProblems).toEqual([{ uri: 'file:///p/.eventlet-migration.toml', position, message: '`nap` is no rule of this tool; the editor completes those that there are' }]);
    workspace.dispose();
  });

  it('also while the files are looked at again', async () => {
    const files = new Map([['file:///p/run.py', sleeper], ['file:///p/a/pyproject.toml', '[tool.eventlet-migration]\nseverity = { sleep = "hint" }\n']]);
    const host = memoryHost(files);
    const seen = new Set<string | undefined>();
    const severity = () => workspace.settings('file:///p/a/run.py').severity['sleep'];
    const read: typeof host.files.read = (uri) => {
      seen.add(severity());
      return host.files.read(uri);
    };
    const workspace = await Workspace.create({ ...host, files: { ...host.files, read } }, { roots: ['file:///p'] });
    await workspace.scan();
    seen.clear();
    await workspace.scan();
    expect(seen).toEqual(new Set(['hint']));
    files.set('file:///p/a/pyproject.toml', '');
    await workspace.scan();
    expect(severity()).toBeUndefined();
    workspace.dispose();
  });

  it('less than the command line', async () => {
    const files = { 'p/.eventlet-migration.toml': 'target = "asyncio"\n' };
    expect((await sleepIn(files))?.reason).toContain('coroutine');
    expect((await sleepIn(files, { explicit: { target: 'threading' } }))?.reason).toContain('blocks every green thread');
  });
});
