import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as commands from '../../server/src/cli/commands';
import { main } from '../../server/src/cli/main';
import { nodeHost, withCache } from '../../server/src/doors/nodeHost';
import type { FoundFile, Host } from '../../server/src/host';
import { drawn } from './run';
import { temporaryFolder, type TemporaryFolder } from '../files/tree';
import { grammar } from '../kit/host';

let folder: TemporaryFolder;
let cache: string;
beforeEach(() => {
  folder = temporaryFolder({
    'app/__init__.py': '',
    'app/naps.py': 'import eventlet\n\nnap = eventlet.sleep\n',
    'app/worker.py': 'import eventlet\nfrom app.naps import nap\n\neventlet.spawn(nap, 1)\neventlet.sleep(1)\n',
    'app/main.py': 'import eventlet\n\neventlet.monkey_patch()\n\nfrom app import worker\n',
    'bin/serve': '#!/usr/bin/env python3\nfrom app import worker\n',
    'setup.cfg': '[files]\nscripts =\n    bin/serve\n',
    'requirements.txt': 'eventlet\n',
    '.gitignore': 'build/\n',
    'build/old.py': 'import eventlet\n',
  });
  cache = mkdtempSync(join(tmpdir(), 'cache-'));
});
afterEach(() => {
  folder.remove();
  rmSync(cache, { recursive: true });
});

describe('a second run on the same files', () => {
  it.each(['text', 'json', 'sarif', 'markdown', 'github', 'csv'])('gives the same report again as %s, and reads none of them', async (format) => {
    const first = await check('--format', format);
    expect(first.out).toContain('app/worker.py');
    const second = await check('--format', format);
    expect(second).toEqual({ ...first, sources: [] });
  });

  it('gives another report for another question', async () => {
    await check();
    for (const others of [['--rule', 'sleep'], ['--target', 'asyncio'], ['--python', '3.12'], ['--exclude', 'worker.py'], ['--format', 'json']]) {
      expect(await check(...others), others.join(' ')).toMatchObject(await anew(...others));
    }
  });

  it.each<[string, () => void | Promise<void>]>([
    ['a file says something else', () => folder.write('app/naps.py', 'import eventlet\n\nnap = eventlet.spawn\n')],
    ['a file says something else in as many characters', () => folder.write('app/worker.py', 'import eventlet\nfrom app.naps import nap\n\neventlet.spawn(nap, 1)\neventlet.sleep(2)\n')],
    ['a file is new', () => folder.write('app/new.py', 'import eventlet\n\neventlet.spawn(print)\n')],
    ['a file has gone', () => unlinkSync(join(folder.path, 'app/main.py'))],
    ['a file is called differently', () => renameSync(join(folder.path, 'app/worker.py'), join(folder.path, 'app/workers.py'))],
    ['two files have changed places', () => swap('app/worker.py', 'app/main.py')],
    ['a project file is new', () => folder.write('.eventlet-migration.toml', 'target = "asyncio"\n')],
    ['the project decides about a rule', () => folder.write('pyproject.toml', '[tool.eventlet-migration.severity]\nsleep = "off"\n')],
    ['the project leaves out a file', () => folder.write('.eventlet-migration.toml', 'exclude = ["app/worker.py"]\n')],
    ['the project leaves it out in a roundabout way', () => folder.write('pyproject.toml', '[tool."eventlet\\u002Dmigration"]\n"ex\\u0063lude" = ["app/worker.py"]\n')],
    ['what was ignored counts', () => folder.write('.gitignore', '')],
    ['what counted is ignored', () => folder.write('.gitignore', 'app/worker.py\n')],
    ['a script that the configuration names does something else', () => folder.write('bin/serve', '#!/usr/bin/env python3\nimport app.main\n\napp.main\n')],
    ['such a script has gone', () => unlinkSync(join(folder.path, 'bin/serve'))],
    ['the configuration names no script', () => folder.write('setup.cfg', '')],
    ['a requirement has gone', () => folder.write('requirements.txt', '')],
    ['somebody decided about a use', () => decide()],
    ['a file has a syntax error', () => folder.write('app/worker.py', 'from app.naps import nap\n\nnap(1\n')],
  ])('finds what there is to find when %s', async (_, change) => {
    const before = await check('--format', 'json');
    await change();
    const after = await check('--format', 'json');
    expect(after.out).not.toBe(before.out);
    expect(after).toMatchObject(await anew('--format', 'json'));
    expect(await check('--format', 'json')).toEqual({ ...after, sources: [] });
  });

  it.each<[string, (kept: string) => string]>([
    ['is garbage', () => '\0\uFFFD{"files": 1'],
    ['is empty', () => ''],
    ['was cut off', (kept) => kept.slice(0, kept.length / 2)],
    ['was changed', (kept) => kept.replaceAll('worker', 'walker')],
  ])('does not believe what was kept where it %s', async (_, spoil) => {
    const first = await check();
    for (const name of readdirSync(cache)) writeFileSync(join(cache, name), spoil(readFileSync(join(cache, name), 'utf8')));
    expect(await check()).toMatchObject({ code: first.code, out: first.out });
  });

  it('keeps nothing while files are so young that they may change again without a trace', async () => {
    const now = await check();
    expect(readdirSync(cache)).toHaveLength(2);
    rmSync(cache, { recursive: true });
    mkdirSync(cache);
    expect(await check.young()).toMatchObject({ code: now.code, out: now.out });
    expect(readdirSync(cache)).toHaveLength(1);
  });
});

interface Checked {
  readonly code: number | undefined;
  readonly out: string;
  readonly err: string;
  /** The Python files that were read. */
  readonly sources: readonly string[];
}

const check = Object.assign((...options: string[]) => run(['check', ...options], withCache(host(old), cache)), { young: (...options: string[]) => run(['check', ...options], withCache(host((file) => file), cache)) });

/** The same without anything kept, but what it says without having to be read. */
async function anew(...options: string[]): Promise<Omit<Checked, 'sources'>> {
  const { code, out, err } = await run(['check', ...options, '--no-cache'], host(old));
  return { code, out, err };
}

async function run(args: readonly string[], { files, ...host }: Host): Promise<Checked> {
  let out = '';
  let err = '';
  const sources: string[] = [];
  const read: Host['files']['read'] = (uri) => {
    if (uri.endsWith('.py')) sources.push(uri);
    return files.read(uri);
  };
  const say = (line: string): void => void (err += `${line}\n`);
  const code = await main([...args, '.'], {
    version: '1.2.3',
    terminal: { folder: folder.path, print: (content) => void (out += content.toString()), say, warn: say, show: () => undefined },
    host: async () => ({ ...host, files: { ...files, read } }),
    commands: async () => commands,
    png: drawn,
    serve: () => Promise.reject(new Error('no server in this test')),
  });
  return { code, out, err, sources };
}

/** Node's own host, whose files are as old as somebody wants. */
function host(aged: (file: FoundFile) => FoundFile): Host {
  const made = nodeHost(grammar, () => undefined);
  return {
    ...made,
    files: {
      ...made.files,
      async *find(uri, options) {
        for await (const file of made.files.find(uri, options)) yield aged(file);
      },
    },
  };
}

/** What was written long ago has a stamp; in a test nothing is old, so the content stands for it. */
function old(file: FoundFile): FoundFile {
  const path = fileURLToPath(file.uri);
  if (file.unreadable !== undefined || !existsSync(path) || !statSync(path).isFile()) return file;
  return { ...file, stamp: createHash('sha1').update(readFileSync(path)).digest('hex') };
}

/** Writes the checklist, and into it that a use is kept. */
async function decide(): Promise<void> {
  await run(['baseline', '--update', '--no-cache'], host(old));
  const file = '.eventlet-migration.json';
  const text = readFileSync(join(folder.path, file), 'utf8');
  folder.write(file, text.replace(/("app\/worker\.py [^"]*": \{[^\n]*)\}(,?)\n/, '$1,"decision":"keep","reason":"it stays"}$2\n'));
}

function swap(one: string, other: string): void {
  const [first, second] = [one, other].map((name) => readFileSync(join(folder.path, name), 'utf8'));
  folder.write(one, second ?? '');
  folder.write(other, first ?? '');
}
