import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { basename, delimiter, join, resolve } from 'node:path';

/** A folder of real Python code. */
export interface Tree {
  readonly name: string;
  readonly folder: string;
}

/** What could be had, and in words why the rest could not. */
export interface Corpus {
  readonly trees: readonly Tree[];
  readonly missing: readonly string[];
}

/**
 * Real projects to test on: the folders named in EVENTLET_MIGRATION_CORPUS, or else what these Debian packages hold.
 * Packages are unpacked into a cache, never installed.
 */
export function corpus(packages: readonly string[]): Corpus {
  const given = process.env['EVENTLET_MIGRATION_CORPUS'];
  if (given) return givenFolders(given.split(delimiter).filter(Boolean));
  const trees: Tree[] = [];
  const missing: string[] = [];
  for (const name of packages) {
    const found = debianPackage(name);
    if ('folder' in found) trees.push(found);
    else missing.push(found.reason);
  }
  return { trees, missing };
}

/** The folder to put on PYTHONPATH so that `import pyflakes` works; empty where it works without. */
export function pyflakes(): { readonly pythonPath: string } | { readonly reason: string } {
  if (spawnSync('python3', ['-c', 'import pyflakes']).status === 0) return { pythonPath: '' };
  const found = debianPackage('python3-pyflakes');
  return 'folder' in found ? { pythonPath: found.folder } : found;
}

/** Why there is no Python to ask, in words; undefined where there is one. Root on Debian gets it from the distribution. */
export function noPython(): string | undefined {
  if (spawnSync('python3', ['--version']).status === 0) return undefined;
  if (process.getuid?.() !== 0) return 'python3 is not installed';
  process.stderr.write('corpus: running apt-get update and apt-get install python3\n');
  const install = 'apt-get -q update && apt-get -q install -y --no-install-recommends python3';
  const installed = spawnSync('sh', ['-c', `${install} >&2`], { encoding: 'utf8' });
  return installed.status === 0 ? undefined : 'python3 is not installed, and apt-get could not install it';
}

/** A reason not to run a test; where nothing may be left out, a failure. */
export function leaveOut(reason: string, skip: (note: string) => never): never {
  if (process.env['CI'] === 'true') throw new Error(reason);
  process.stderr.write(`corpus: skipped: ${reason}\n`);
  return skip(reason);
}

function givenFolders(folders: readonly string[]): Corpus {
  const trees = folders.map((folder) => ({ name: basename(folder), folder: resolve(folder) }));
  return {
    trees: trees.filter(({ folder }) => existsSync(folder)),
    missing: trees.filter(({ folder }) => !existsSync(folder)).map(({ folder }) => `${folder} does not exist`),
  };
}

/** The Python modules of a Debian package, fetched at most once. */
export function debianPackage(name: string): Tree | { readonly reason: string } {
  const cache = resolve(process.env['EVENTLET_MIGRATION_CACHE'] ?? '.cache', 'corpus');
  const folder = join(cache, name, 'usr/lib/python3/dist-packages');
  if (existsSync(folder)) return { name, folder };
  mkdirSync(cache, { recursive: true });
  process.stderr.write(`corpus: unpacking the Debian package ${name} into ${cache}\n`);
  // Test files run side by side: the lock makes the second one wait for the first.
  const fetched = spawnSync('flock', [join(cache, 'lock'), 'sh', '-ec', fetchAndUnpack, 'sh', cache, name], { encoding: 'utf8' });
  if (existsSync(folder)) return { name, folder };
  const said = fetched.error?.message ?? fetched.stderr.trim().split('\n').at(-1);
  return { reason: `the Debian package ${name} could not be fetched (${said})` };
}

// $1: cache folder, $2: package. Only `apt-get update` needs root, and only where the lists are missing or too old.
const fetchAndUnpack = `
cd "$1"
[ ! -d "$2" ] || exit 0
download() { apt-get -q -o APT::Sandbox::User=root download "$2" >&2; }
if ! download "$@"; then
  [ "$(id -u)" = 0 ] || { echo 'apt-get update is needed, which only root may do' >&2; exit 1; }
  echo 'corpus: running apt-get update' > /dev/stderr
  apt-get -q update >&2
  download "$@"
fi
rm -rf "$2.part"
dpkg-deb -x "$2"_*.deb "$2.part"
mv "$2.part" "$2"
rm -f "$2"_*.deb
`;
