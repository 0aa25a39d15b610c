import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
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
  say('running apt-get update and apt-get install python3');
  const problem =
    problemOf('apt-get', ['-q', 'update'], '.') ?? problemOf('apt-get', ['-q', 'install', '-y', '--no-install-recommends', 'python3'], '.');
  return problem && `python3 is not installed, and could not be: ${problem}`;
}

/** A reason not to run a test; where nothing may be left out, a failure. */
export function leaveOut(reason: string, skip: (note: string) => never): never {
  if (process.env['CI'] === 'true') throw new Error(reason);
  say(`skipped: ${reason}`);
  return skip(reason);
}

function givenFolders(folders: readonly string[]): Corpus {
  const trees = folders.map((folder) => ({ name: basename(folder), folder: resolve(folder) }));
  return {
    trees: trees.filter(({ folder }) => existsSync(folder)),
    missing: trees.filter(({ folder }) => !existsSync(folder)).map(({ folder }) => `${folder} does not exist`),
  };
}

/** The Python modules of a Debian package, fetched at most once; of another release of Debian than the system's where one is named. */
export function debianPackage(name: string, release?: string): Tree | { readonly reason: string } {
  const cache = resolve(process.env['EVENTLET_MIGRATION_CACHE'] ?? '.cache', 'corpus');
  const own = release === undefined ? name : `${name}@${release}`;
  const folder = join(cache, own, 'usr/lib/python3/dist-packages');
  if (existsSync(folder)) return { name, folder };
  mkdirSync(cache, { recursive: true });
  say(`unpacking the Debian package ${own} into ${cache}`);
  const part = mkdtempSync(join(cache, `${own}-`));
  try {
    const problem = (release === undefined ? download(name, part) : downloadFrom(release, name, part)) ?? unpack(part, join(cache, own));
    if (existsSync(folder)) return { name, folder };
    return { reason: `the Debian package ${name} could not be had: ${problem ?? 'it holds no Python modules'}` };
  } finally {
    rmSync(part, { recursive: true, force: true });
  }
}

/**
 * A Debian package together with all Python packages that it needs, and others, unpacked into one folder and not installed: for a Python that
 * runs its code. What is no Python comes from the system, or is missing, unless it is among the others.
 */
export function debianPackageWithAll(name: string, ...more: readonly string[]): Tree | { readonly reason: string } {
  const cache = resolve(process.env['EVENTLET_MIGRATION_CACHE'] ?? '.cache', 'corpus');
  const to = join(cache, [name, ...more, 'with-all'].join('+'));
  const folder = join(to, 'usr/lib/python3/dist-packages');
  if (existsSync(folder)) return { name, folder };
  mkdirSync(cache, { recursive: true });
  say(`unpacking the Debian package ${name} and all that it needs into ${cache}`);
  const part = mkdtempSync(join(cache, `${name}-`));
  try {
    // Of an empty system, so that what is installed here is fetched as well.
    writeFileSync(join(part, 'status'), '');
    const simulated = () => spawnSync('apt-get', ['install', '-s', '--no-install-recommends', '-o', `Dir::State::status=${join(part, 'status')}`, name, ...more], { encoding: 'utf8', maxBuffer: 1 << 26 });
    const named = ({ stdout }: { readonly stdout: string | null }) => [...(stdout ?? '').matchAll(/^Inst (\S+) /gm)].map(([, each]) => each ?? '').filter((each) => /^python3-|^alembic$/.test(each) || more.includes(each));
    const first = named(simulated());
    const names = first.length > 0 ? first : problemOf('apt-get', ['-q', 'update'], part) === undefined ? named(simulated()) : [];
    if (names.length === 0) return { reason: `apt-get does not know what the Debian package ${name} needs` };
    const problem = problemOf('apt-get', ['-q', '-o', 'APT::Sandbox::User=root', 'download', ...names], part);
    if (problem) return { reason: `what the Debian package ${name} needs could not be had: ${problem}` };
    for (const file of readdirSync(part).filter((each) => each.endsWith('.deb'))) {
      const broken = problemOf('dpkg-deb', ['-x', file, 'unpacked'], part);
      if (broken) return { reason: `${file} could not be unpacked: ${broken}` };
    }
    if (!existsSync(to)) renameSync(join(part, 'unpacked'), to);
    return { name, folder };
  } finally {
    rmSync(part, { recursive: true, force: true });
  }
}

/** The source that Debian made its packages of, as its authors released it, with their tests; fetched at most once. */
export function debianSource(name: string): Tree | { readonly reason: string } {
  const cache = resolve(process.env['EVENTLET_MIGRATION_CACHE'] ?? '.cache', 'corpus');
  const folder = join(cache, `${name}-source`);
  if (existsSync(folder)) return { name, folder };
  mkdirSync(cache, { recursive: true });
  say(`unpacking Debian’s source of ${name} into ${cache}`);
  const part = mkdtempSync(join(cache, `${name}-`));
  try {
    mkdirSync(join(part, 'unpacked'));
    const own = ownLists(part, archives().map((archive) => `deb-src ${archive}`));
    const problem = problemOf('apt-get', [...own, 'update'], part) ?? problemOf('apt-get', [...own, 'source', '--download-only', name], part);
    const archive = readdirSync(part).find((each) => /\.orig\.tar\.\w+$/.test(each));
    const broken = problem ?? (archive ? problemOf('tar', ['-x', '--strip-components=1', '-C', 'unpacked', '-f', archive], part) : 'apt-get brought no source');
    if (broken) return { reason: `Debian’s source of ${name} could not be had: ${broken}` };
    // Another run may have been faster; its copy is as good.
    if (!existsSync(folder)) renameSync(join(part, 'unpacked'), folder);
    return { name, folder };
  } finally {
    rmSync(part, { recursive: true, force: true });
  }
}

/** Puts the package file of another release into a folder; nothing of it is installed, and the lists of the system stay as they are. */
function downloadFrom(release: string, name: string, folder: string): string | undefined {
  const addresses = [...new Set(archives().map((archive) => archive.split(' ')[0] ?? ''))];
  const own = ownLists(folder, addresses.map((address) => `deb ${address} ${release} main`));
  return problemOf('apt-get', [...own, 'update'], folder) ?? problemOf('apt-get', [...own, 'download', `${name}/${release}`], folder);
}

/** The options with which apt has these sources alone, with lists of their own in a folder. */
function ownLists(folder: string, sources: readonly string[]): readonly string[] {
  mkdirSync(join(folder, 'lists/partial'), { recursive: true });
  writeFileSync(join(folder, 'sources.list'), sources.map((source) => `${source}\n`).join(''));
  return ['-q', '-o', `Dir::Etc::SourceList=${join(folder, 'sources.list')}`, '-o', 'Dir::Etc::SourceParts=-', '-o', `Dir::State::Lists=${join(folder, 'lists')}`, '-o', 'APT::Sandbox::User=root'];
}

/** Where Debian's own packages come from on this machine, as lines for a list of sources: address, release, component. Without updates, whose sources not every mirror has. */
function archives(): readonly string[] {
  const known = () => spawnSync('apt-get', ['indextargets', '--format', '$(REPO_URI) $(RELEASE) $(COMPONENT)', 'Created-By: Packages', 'Origin: Debian'], { encoding: 'utf8' }).stdout?.split('\n').filter((line) => /^\S+ \w+ /.test(line)) ?? [];
  const first = known();
  return [...new Set(first.length > 0 || problemOf('apt-get', ['-q', 'update'], '.') !== undefined ? first : known())];
}

/** Puts the package file into a folder. Only renewing apt's lists needs root, and only where they are missing or too old. */
function download(name: string, folder: string): string | undefined {
  const get = () => problemOf('apt-get', ['-q', '-o', 'APT::Sandbox::User=root', 'download', name], folder);
  const problem = get();
  if (!problem || process.getuid?.() !== 0) return problem;
  say('running apt-get update');
  return problemOf('apt-get', ['-q', 'update'], folder) ?? get();
}

function unpack(folder: string, to: string): string | undefined {
  const file = readdirSync(folder).find((name) => name.endsWith('.deb'));
  if (!file) return 'apt-get brought no package file';
  const problem = problemOf('dpkg-deb', ['-x', file, 'unpacked'], folder);
  // Another run may have been faster; its copy is as good.
  if (!problem && !existsSync(to)) renameSync(join(folder, 'unpacked'), to);
  return problem;
}

/** The last thing that a failed command said; undefined when it ended well. */
function problemOf(command: string, options: readonly string[], cwd: string): string | undefined {
  const ended = spawnSync(command, options, { cwd, encoding: 'utf8' });
  if (ended.status === 0) return undefined;
  return ended.error?.message ?? `${command}: ${ended.stderr.trim().split('\n').at(-1)}`;
}

function say(what: string): void {
  process.stderr.write(`corpus: ${what}\n`);
}
