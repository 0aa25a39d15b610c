import { describe, expect, it } from 'vitest';
import { Workspace } from '../../server/src/workspace/workspace';
import { memoryHost } from '../kit/host';

const module = 'import eventlet\n\neventlet.sleep(1)\n';

async function workspace(files: Record<string, string | Uint8Array>): Promise<{ readonly of: Workspace; readonly disk: Map<string, string | Uint8Array> }> {
  const disk = new Map(Object.entries(files).map(([path, text]) => [`file:///w/${path}`, text]));
  const made = await Workspace.create(memoryHost(disk), { roots: ['file:///w'] });
  await made.scan();
  return { of: made, disk };
}

function found(of: Workspace): readonly string[] {
  return of.uris.flatMap((uri) => of.findings(uri).map(({ rule, kind, severity }) => `${of.pathOf(uri)}: ${rule}, ${kind}, ${severity}`));
}

describe('files that are no Python', () => {
  it('are found with the same look, and Python alone is counted', async () => {
    const { of } = await workspace({ 'a.py': module, 'requirements.txt': 'eventlet\n', 'tox.ini': '[testenv]\nsetenv =\n    EVENTLET_HUB=poll\n', 'README.md': 'Eventlet, eventlet.\n', 'data.json': '"eventlet"', 'run.sh': 'true\n' });
    expect(found(of)).toEqual([
      ...['README.md: mention, docs, hint', 'a.py: import, code, warning', 'a.py: sleep, code, warning'],
      ...['requirements.txt: requirement, dependency, warning', 'tox.ini: environment, config, warning'],
    ]);
    expect(of.counts).toMatchObject({ found: 1, mentioning: 1, analysed: 1, skipped: [] });
  });

  it('are changed for review only', async () => {
    const { of } = await workspace({ 'requirements.txt': 'a\neventlet\n', 'Procfile': 'web: gunicorn -k eventlet x:y\n' });
    expect(await of.fix({ review: false })).toEqual([]);
    expect((await of.fix({ review: true })).map(({ after }) => after)).toEqual(['web: gunicorn -k gthread x:y\n', 'a\n']);
    expect((await of.report('file:///w/requirements.txt'))?.findings[0]?.fixes[0]?.edits).toMatchObject([{ uri: 'file:///w/requirements.txt', start: 2, end: 11, newText: '' }]);
  });

  it('are kept by comments, and a comment that keeps nothing is told of', async () => {
    const { of } = await workspace({ 'requirements.txt': 'eventlet # eventlet: keep[requirement] a library needs it\n# eventlet: keep[requirement]\nother\n' });
    const findings = of.findings('file:///w/requirements.txt');
    expect(findings.map(({ rule, suppressed }) => [rule, suppressed])).toEqual([['requirement', 'a library needs it'], ['unused-keep', undefined]]);
    expect(await of.fix({ review: true })).toEqual([]);
  });

  it('may show such comments as examples, and tell of eventlet on purpose', async () => {
    const { of } = await workspace({ 'README.md': '```python\neventlet.sleep(0)  # eventlet: keep[sleep] why\n```\n', 'why.rst': 'On eventlet.\n\n.. # eventlet: keep[mention] its story\n' });
    expect(of.findings('file:///w/README.md').map(({ rule }) => rule)).toEqual(['mention']);
    expect(of.findings('file:///w/why.rst').map(({ suppressed }) => suppressed)).toEqual(['its story']);
  });

  it('are followed on disk, and in an editor that opens them', async () => {
    const { of, disk } = await workspace({ 'requirements.txt': 'eventlet\n' });
    disk.set('file:///w/requirements.txt', 'other\n').set('file:///w/Dockerfile', 'ENV EVENTLET_HUB=poll\n');
    await of.update(['file:///w/requirements.txt', 'file:///w/Dockerfile']);
    expect(found(of)).toEqual(['Dockerfile: environment, config, warning']);
    of.open('file:///w/requirements.txt', 'eventlet\n');
    of.edit('file:///w/requirements.txt', 'x\neventlet\n', [{ start: 0, oldEnd: 0, newEnd: 2 }]);
    expect(of.findings('file:///w/requirements.txt').map(({ range }) => range.start)).toEqual([2]);
    of.close('file:///w/requirements.txt');
    expect(found(of)).toEqual(['Dockerfile: environment, config, warning']);
  });

  it('of other encodings are told of where they name eventlet', async () => {
    const { of } = await workspace({ 'a.md': Buffer.from('caf\xe9', 'latin1'), 'b.md': Buffer.from('caf\xe9 on eventlet', 'latin1') });
    expect(of.counts.skipped.map(({ uri }) => uri)).toEqual(['file:///w/b.md']);
  });
});
