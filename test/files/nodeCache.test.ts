import { mkdtempSync, readdirSync, rmSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nodeCache, userCacheFolder } from '../../server/src/doors/nodeCache';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'cache-'))));
afterEach(() => rmSync(folder, { recursive: true }));

const program = join(process.cwd(), 'package.json');

function open(at = folder): { readonly cache: ReturnType<typeof nodeCache>; readonly logged: string[] } {
  const logged: string[] = [];
  return { cache: nodeCache(at, [program], (line) => void logged.push(line)), logged };
}

describe('a cache folder', () => {
  it('gives back what was kept, to every process', async () => {
    await open(join(folder, 'not', 'there')).cache.write('a', 'text\n');
    expect(await open(join(folder, 'not', 'there')).cache.read('a')).toBe('text\n');
    expect(await open().cache.read('b')).toBeUndefined();
    expect(open().logged).toEqual([]);
  });

  it('holds one whole text, whoever writes last', async () => {
    const texts = Array.from({ length: 8 }, (_, index) => String(index).repeat(200_000));
    await Promise.all(texts.map((text) => open().cache.write('a', text)));
    expect(texts).toContain(await open().cache.read('a'));
    expect(readdirSync(folder)).toEqual(['a']);
  });

  it('that cannot be had is told of in one line', async () => {
    writeFileSync(join(folder, 'file'), '');
    const { cache, logged } = open(join(folder, 'file', 'below'));
    await cache.write('a', 'text');
    await cache.write('b', 'text');
    expect(await cache.read('a')).toBeUndefined();
    expect(logged).toEqual([expect.stringContaining('nothing is kept for the next start')]);
  });

  it('does not grow without end: what was not read for long goes', async () => {
    for (const [name, day] of [['old', 1], ['new', 2]] as const) {
      writeFileSync(join(folder, name), '');
      truncateSync(join(folder, name), 200e6);
      utimesSync(join(folder, name), day * 86_400, day * 86_400);
    }
    await open().cache.write('a', 'text');
    expect(readdirSync(folder).sort()).toEqual(['a', 'new']);
  });

  it('loses what a process left behind that died while it wrote', async () => {
    writeFileSync(join(folder, 'a.1.part'), 'te');
    utimesSync(join(folder, 'a.1.part'), 0, 0);
    await open().cache.write('b', 'text');
    expect(readdirSync(folder)).toEqual(['b']);
  });

  it('lies where the system wants it', () => {
    const home = homedir();
    expect(userCacheFolder({ XDG_CACHE_HOME: '/x' }, 'linux')).toBe(join('/x', 'eventlet-migration'));
    expect(userCacheFolder({ XDG_CACHE_HOME: 'relative' }, 'linux')).toBe(join(home, '.cache', 'eventlet-migration'));
    expect(userCacheFolder({}, 'darwin')).toBe(join(home, 'Library', 'Caches', 'eventlet-migration'));
    expect(userCacheFolder({ LOCALAPPDATA: join(home, 'L') }, 'win32')).toBe(join(home, 'L', 'eventlet-migration', 'Cache'));
  });
});
