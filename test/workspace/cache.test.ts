import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { CacheStore, FoundFile, Host } from '../../server/src/host';
import { SyntaxParser } from '../../server/src/syntax/parser';
import { Workspace } from '../../server/src/workspace/workspace';
import { memoryHost } from '../kit/host';

const project: Readonly<Record<string, string>> = {
  'app/__init__.py': '',
  'app/naps.py': 'import eventlet\n\nnap = eventlet.sleep\n',
  'app/worker.py': 'from app.naps import nap\n\nnap(1)\n',
  'app/other.py': 'import eventlet\n\neventlet.spawn(print)\n',
  'app/silent.py': 'import time\n\ntime.sleep(1)\n',
  'requirements.txt': 'eventlet\n',
};

afterEach(() => void vi.restoreAllMocks());

describe('the second start', () => {
  it('parses nothing, reads nothing and finds the same', async () => {
    const disk = new Disk(project);
    const first = await disk.start();
    const second = await disk.start();
    expect(first.parses).toBe(3);
    expect(second).toEqual({ ...first, parses: 0, reads: 0 });
  });

  it('parses what has changed, and what sees something else because of it', async () => {
    const disk = new Disk(project);
    await disk.start();
    disk.write('app/other.py', 'import eventlet\n\neventlet.spawn(print, 1)\n');
    expect(await disk.start()).toMatchObject({ parses: 1, reads: 2 });
    disk.write('app/naps.py', 'import eventlet\n\nnap = eventlet.spawn\n');
    const changed = await disk.start();
    expect(changed.parses).toBe(2);
    expect(changed.findings).toEqual((await new Disk(disk.texts).start()).findings);
  });

  it('finds a text again under another name, and forgets what has gone', async () => {
    const disk = new Disk(project);
    await disk.start();
    disk.write('app/renamed.py', disk.write('app/other.py', undefined) ?? '');
    expect(await disk.start()).toMatchObject({ parses: 0, findings: expect.arrayContaining(['app/renamed.py spawn: eventlet.spawn(print)']) });
    expect(await disk.start()).toMatchObject({ parses: 0, reads: 0, findings: expect.not.arrayContaining(['app/other.py spawn: eventlet.spawn(print)']) });
  });

  it.each<[string, (kept: string) => string]>([
    ['is garbage', () => '\0\uFFFD{"files": 1'],
    ['is empty', () => ''],
    ['was cut off', (kept) => kept.slice(0, kept.length / 2)],
    ['was changed', (kept) => kept.replace('naps', 'maps')],
    ['is of another version', (kept) => kept.replace('first version', 'other version')],
  ])('makes a cache anew that %s, and says so once', async (_, spoil) => {
    const disk = new Disk(project);
    const first = await disk.start();
    disk.spoil(spoil);
    const second = await disk.start();
    expect(second).toEqual({ ...first, logged: ['what was remembered of the last start is of another version or damaged; it is made anew'] });
    expect(await disk.start()).toMatchObject({ parses: 0, logged: [] });
  });
});

/** A disk and the cache beside it, on which one process after the other looks at the project. */
class Disk {
  private readonly files: Map<string, string>;
  private readonly kept = new Map<string, string>();

  constructor(files: Readonly<Record<string, string>>) {
    this.files = new Map(Object.entries(files).map(([path, text]) => [uriOf(path), text]));
  }

  get texts(): Readonly<Record<string, string>> {
    return Object.fromEntries([...this.files].map(([uri, text]) => [uri.slice(uriOf('').length), text]));
  }

  /** Gives the text that was there; undefined deletes. */
  write(path: string, text: string | undefined): string | undefined {
    const before = this.files.get(uriOf(path));
    if (text === undefined) this.files.delete(uriOf(path));
    else this.files.set(uriOf(path), text);
    return before;
  }

  spoil(change: (kept: string) => string): void {
    for (const [name, text] of this.kept) this.kept.set(name, change(text));
  }

  async start(): Promise<{ readonly parses: number; readonly reads: number; readonly findings: readonly string[]; readonly logged: readonly string[] }> {
    const parse = vi.spyOn(SyntaxParser.prototype, 'parse');
    const host = memoryHost(this.files);
    let reads = 0;
    const read: Host['files']['read'] = (uri) => {
      if (!uri.endsWith('.toml')) reads++;
      return host.files.read(uri);
    };
    const workspace = await Workspace.create({ ...host, files: { read, find: (folder) => this.find(folder) }, cache: this.cache() }, { roots: ['file:///w'], isLazy: true });
    await workspace.scan();
    const findings = workspace.uris.flatMap((uri) => workspace.findings(uri).map(({ rule, line }) => `${workspace.pathOf(uri)} ${rule}: ${line}`));
    const parses = parse.mock.calls.length;
    parse.mockRestore();
    workspace.dispose();
    return { parses, reads, findings, logged: host.logged };
  }

  private async *find(folder: string): AsyncIterable<FoundFile> {
    for (const [uri, text] of this.files) if (uri.startsWith(folder)) yield { uri, size: text.length, stamp: createHash('sha1').update(text).digest('hex') };
  }

  private cache(): CacheStore {
    return {
      version: 'first version',
      read: async (name) => this.kept.get(name),
      write: async (name, text) => void this.kept.set(name, [...text].join('')),
    };
  }
}

function uriOf(path: string): string {
  return `file:///w/${path}`;
}
