import { chmodSync } from 'node:fs';
import * as path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { URI } from 'vscode-uri';
import { nodeFiles } from '../../server/src/doors/nodeFiles';
import type { FoundFile } from '../../server/src/host';
import { temporaryFolder, type TemporaryFolder } from './tree';

const folders: TemporaryFolder[] = [];
afterEach(() => folders.splice(0).forEach((folder) => folder.remove()));

function folderWith(...names: string[]): TemporaryFolder {
  const folder = temporaryFolder(Object.fromEntries(names.map((name) => [name, ''])));
  folders.push(folder);
  return folder;
}

async function found(folder: string, ...exclude: string[]): Promise<FoundFile[]> {
  const files: FoundFile[] = [];
  for await (const file of nodeFiles.find(URI.file(folder).toString(), { exclude })) files.push(file);
  return files;
}

/** Names relative to the folder; what could not be read carries the reason. */
async function names(folder: string, ...exclude: string[]): Promise<string[]> {
  const files = await found(folder, ...exclude);
  return files.map(({ uri, unreadable }) => {
    const name = path.relative(folder, URI.parse(uri).fsPath);
    return unreadable === undefined ? name : `${name}: ${unreadable}`;
  });
}

describe('finding files', () => {
  it('walks in the order of names, whatever order the disk has', async () => {
    const { path } = folderWith('b/z.py', 'b/a.py', 'c.py', 'a.py', 'b.py');
    expect(await names(path)).toEqual(['a.py', 'b/a.py', 'b/z.py', 'b.py', 'c.py']);
  });

  it('tells the size in bytes', async () => {
    const folder = folderWith();
    folder.write('a.py', 'é\n');
    expect((await found(folder.path))[0]?.size).toBe(3);
  });

  it('finds a file that is named itself, ignored or not', async () => {
    const folder = folderWith('a.py', 'b.py');
    folder.write('.gitignore', 'a.py\n');
    const file = path.join(folder.path, 'a.py');
    expect((await found(file)).map(({ uri }) => URI.parse(uri).fsPath)).toEqual([file]);
  });

  it('says that a folder does not exist', async () => {
    expect((await found('/no/such/folder')).map(({ unreadable }) => unreadable)).toEqual(['does not exist']);
  });

  it('says that something is neither file nor folder', async () => {
    expect(await found('/dev/null')).toEqual([{ uri: 'file:///dev/null', size: 0, unreadable: 'not a regular file' }]);
  });

  it('stops when it is cancelled', async () => {
    const folder = folderWith('a.py', 'b.py', 'c.py');
    let seen = 0;
    for await (const _ of nodeFiles.find(URI.file(folder.path).toString(), { exclude: [], isCancelled: () => seen >= 2 })) seen++;
    expect(seen).toBe(2);
  });

  it('keeps names with spaces, signs and other scripts', async () => {
    const folder = folderWith('a b.py', 'c#d%20.py', 'é漢😀.py');
    expect(await names(folder.path)).toEqual(['a b.py', 'c#d%20.py', 'é漢😀.py']);
  });
});

describe('what is not the project’s own', () => {
  it('is left out: caches, packages, tools’ folders', async () => {
    const { path } = folderWith('a.py', '.git/x.py', 'node_modules/x.py', '.tox/x.py', '.nox/x.py', '__pycache__/x.py', 'lib/site-packages/x.py');
    expect(await names(path)).toEqual(['a.py']);
  });

  it('is left out: a virtual environment of any name, but not a folder that is only called so', async () => {
    const { path } = folderWith('env/a.py', 'venv/pyvenv.cfg', 'venv/x.py', 'my-python/pyvenv.cfg', 'my-python/lib/x.py');
    expect(await names(path)).toEqual(['env/a.py']);
  });

  it('is walked where somebody names it', async () => {
    const { path: folder } = folderWith('site-packages/a.py', 'site-packages/pyvenv.cfg');
    expect(await names(path.join(folder, 'site-packages'))).toEqual(['a.py', 'pyvenv.cfg']);
  });
});

describe('ignore files', () => {
  async function namesWith(ignores: Record<string, string>, ...files: string[]): Promise<string[]> {
    const folder = folderWith(...files);
    for (const [name, content] of Object.entries(ignores)) folder.write(name, content);
    return (await names(folder.path)).filter((name) => name.endsWith('.py'));
  }

  it('leave out files and folders', async () => {
    expect(await namesWith({ '.gitignore': 'build/\n*_pb2.py\r\n# a.py\n' }, 'a.py', 'build/b.py', 'x/build/c.py', 'x/d_pb2.py')).toEqual(['a.py']);
  });

  it('in a folder hold for that folder', async () => {
    expect(await namesWith({ 'x/.gitignore': '/a.py\nb.py\n' }, 'a.py', 'b.py', 'x/a.py', 'x/b.py', 'x/y/a.py', 'x/y/b.py')).toEqual(['a.py', 'b.py', 'x/y/a.py']);
  });

  it('in a deeper folder take back what a higher one says, folders too', async () => {
    expect(await namesWith({ '.gitignore': 'b.py\nbuild/\n', 'x/.gitignore': '!b.py\n!build/\n' }, 'b.py', 'build/a.py', 'x/b.py', 'x/build/a.py')).toEqual(['x/b.py', 'x/build/a.py']);
  });

  it('cannot take back what is below an ignored folder', async () => {
    expect(await namesWith({ '.gitignore': 'x/\n!x/a.py\n' }, 'a.py', 'x/a.py')).toEqual(['a.py']);
  });

  it('are called .ignore, too', async () => {
    expect(await namesWith({ '.ignore': 'b.py\n' }, 'a.py', 'b.py')).toEqual(['a.py']);
  });

  it('hold in folders whose names look like patterns', async () => {
    expect(await namesWith({ '[x] y/.gitignore': 'a.py\n' }, 'x/a.py', '[x] y/a.py', '[x] y/b.py')).toEqual(['[x] y/b.py', 'x/a.py']);
  });

  it('above the folder count, as far as the repository goes', async () => {
    const folder = folderWith('repo/.git/HEAD', 'repo/x/a.py', 'repo/x/b.py', 'repo/x/c.py', 'repo/x/d.py');
    folder.write('.gitignore', 'a.py\n');
    folder.write('repo/.gitignore', '/x/b.py\n');
    folder.write('repo/.git/info/exclude', 'c.py\n');
    expect(await names(path.join(folder.path, 'repo/x'))).toEqual(['a.py', 'd.py']);
  });

  it('above the folder do not count where they ignore that folder itself: somebody named it', async () => {
    const folder = folderWith('.git/HEAD', 'build/a.py', 'build/lib/b.py');
    folder.write('.gitignore', 'build/\n');
    expect(await names(path.join(folder.path, 'build'))).toEqual(['a.py', 'lib/b.py']);
  });

  it('and excludes add up, and excludes win', async () => {
    const folder = folderWith('a.py', 'tests/a.py', 'x/tests/a.py');
    folder.write('.gitignore', '!tests/\n');
    expect(await names(folder.path, '/tests/', '.*')).toEqual(['a.py', 'x/tests/a.py']);
  });
});

describe('links', () => {
  it('that loop are not entered', async () => {
    const folder = folderWith('a/b.py');
    folder.link('a/again', '..');
    folder.link('a/self', 'self');
    folder.link('a/above', '../..');
    expect(await names(folder.path)).toEqual(['a/b.py', 'a/self: a link that leads in a circle']);
  });

  it('to a place inside show nothing twice', async () => {
    const folder = folderWith('real/a.py');
    folder.link('alias', 'real');
    folder.link('alias.py', 'real/a.py');
    expect(await names(folder.path)).toEqual(['real/a.py']);
  });

  it('to a place outside are followed once', async () => {
    const outside = folderWith('a.py', 'deep/b.py');
    const folder = folderWith();
    folder.link('one', outside.path);
    folder.link('two', outside.path);
    folder.link('two.py', path.join(outside.path, 'a.py'));
    expect(await names(folder.path)).toEqual(['one/a.py', 'one/deep/b.py']);
  });

  it('outside that loop end', async () => {
    const outside = folderWith('a.py');
    outside.link('again', '.');
    const folder = folderWith();
    folder.link('one', outside.path);
    expect(await names(folder.path)).toEqual(['one/a.py']);
  });

  it('that lead nowhere are told, unless they are Emacs’s marks', async () => {
    const folder = folderWith('a.py');
    folder.link('b.py', 'gone.py');
    folder.link('.#a.py', 'me@host:1');
    expect(await names(folder.path)).toEqual(['a.py', 'b.py: does not exist']);
  });

  it('may be the way to the folder itself', async () => {
    const folder = folderWith('real/a.py');
    folder.link('alias', 'real');
    expect(await names(path.join(folder.path, 'alias'))).toEqual(['a.py']);
  });
});

describe('reading', () => {
  const read = (name: string) => nodeFiles.read(URI.file(name).toString());

  it('gives the bytes', async () => {
    const folder = folderWith();
    folder.write('a.py', Uint8Array.of(0xef, 0xbb, 0xbf, 0x00));
    expect(await read(path.join(folder.path, 'a.py'))).toEqual({ bytes: Buffer.from([0xef, 0xbb, 0xbf, 0x00]) });
  });

  it('tells apart what is missing and what cannot be read', async () => {
    const folder = folderWith('a.py');
    folder.link('loop', 'loop');
    expect(await read(path.join(folder.path, 'b.py'))).toEqual({ missing: true });
    expect(await read(path.join(folder.path, 'a.py/b.py'))).toEqual({ missing: true });
    expect(await read(folder.path)).toEqual({ unreadable: 'not a regular file' });
    expect(await read('/dev/null')).toEqual({ unreadable: 'not a regular file' });
    expect(await read(path.join(folder.path, 'loop'))).toEqual({ unreadable: 'a link that leads in a circle' });
    expect(await nodeFiles.read('untitled:Untitled-1')).toEqual({ unreadable: 'not a file of this disk' });
  });
});

describe('without permission', () => {
  it('files and folders are told, and the rest is found', async () => {
    const folder = folderWith('a.py', 'secret.py', 'secret/b.py');
    chmodSync(path.join(folder.path, 'secret.py'), 0);
    chmodSync(path.join(folder.path, 'secret'), 0);
    await asNobody(async () => {
      expect(await names(folder.path)).toEqual(['a.py', 'secret: no permission to read', 'secret.py']);
      expect((await found(folder.path))[1]?.uri).toMatch(/\/secret\/$/);
      const file = URI.file(path.join(folder.path, 'secret.py')).toString();
      expect(await nodeFiles.read(file)).toEqual({ unreadable: 'no permission to read' });
    });
  });
});

/** Root may read everything, so a test that runs as root puts its rights down for a while. */
async function asNobody(work: () => Promise<void>): Promise<void> {
  const isRoot = process.geteuid?.() === 0;
  if (isRoot) process.seteuid?.(65534);
  try {
    await work();
  } finally {
    if (isRoot) process.seteuid?.(0);
  }
}
