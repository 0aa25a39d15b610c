/**
 * `npm start -- /path/to/project`: opens that project in Visual Studio Code with this extension. On the desktop where
 * `code` is installed, else in the browser. Without a path: a copy of the sample project.
 */
import { spawn } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { cacheFolder, repositoryRoot } from './editor/cache';
import { editor } from './editor/install';
import { serve } from './editor/serve';
import { vsix } from './editor/vsix';

void main(process.argv.slice(2)).catch((error: unknown) => {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});

async function main(args: readonly string[]): Promise<void> {
  const [path] = args;
  if (args.length > 1 || path?.startsWith('-')) return misused('usage: npm start -- [path of a project]');
  // npm runs us in the folder of the package; a relative path is meant from where the person stands.
  const folder = path === undefined ? undefined : resolve(process.env['INIT_CWD'] ?? process.cwd(), path);
  if (folder !== undefined && !existsSync(folder)) return misused(`${folder} does not exist; give the path of a project`);
  if (folder !== undefined && !statSync(folder).isDirectory()) return misused(`${folder} is a file; give the folder of a project`);

  const root = repositoryRoot(dirname(resolve(process.argv[1] ?? '.')));
  const extension = await vsix(root, say);
  const project = folder ?? (await sampleProject(root));
  const desktop = desktopEditor();
  if (desktop) return openOnDesktop(desktop, root, project);
  await openInBrowser(root, extension, project);
}

async function sampleProject(root: string): Promise<string> {
  const project = join(await mkdtemp(join(tmpdir(), 'eventlet-migration-')), 'lighthouse');
  await cp(join(root, 'media', 'sample'), project, { recursive: true });
  say(`No path was given, so this is a copy of the sample project: ${project}`);
  return project;
}

/** The `code` command, where there is one and a screen for it. The `code` of an editor's remote terminal is not one. */
function desktopEditor(): string | undefined {
  if (!hasScreen()) return undefined;
  const name = process.platform === 'win32' ? 'code.cmd' : 'code';
  return onPath(name).find((file) => !file.includes('remote-cli'));
}

function openOnDesktop(code: string, root: string, project: string): void {
  say(`Opening ${project} in Visual Studio Code.`);
  // A .cmd file needs a shell, and a shell needs quotes.
  const isScript = process.platform === 'win32';
  const args = [`--extensionDevelopmentPath=${root}`, project].map((arg) => (isScript ? `"${arg}"` : arg));
  const child = spawn(isScript ? `"${code}"` : code, args, { stdio: 'inherit', shell: isScript });
  child.on('error', (error) => say(`${code} did not start: ${error.message}`));
  child.on('exit', (status) => (process.exitCode = status ?? 1));
}

async function openInBrowser(root: string, extension: string, project: string): Promise<void> {
  const program = await editor(cacheFolder(root), say);
  const profile = await mkdtemp(join(tmpdir(), 'em-'));
  const served = await serve({ editor: program, profile, extension });
  const address = served.urlOf(project);
  say(`Open ${address}`);
  say('Anybody on this machine can use that address while this runs. Press Ctrl+C to stop.');
  showInBrowser(address);
  await interrupted();
  await served.stop();
  await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  say('Stopped.');
}

/** Opens the person's browser if there is one; the address was printed, so nothing is lost if not. */
function showInBrowser(address: string): void {
  if (!hasScreen()) return;
  const [command, ...args] = {
    darwin: ['open', address],
    win32: ['cmd', '/c', 'start', '""', address],
  }[process.platform as string] ?? ['xdg-open', address];
  spawn(command ?? '', args, { stdio: 'ignore', detached: true }).on('error', () => undefined).unref();
}

function hasScreen(): boolean {
  if (process.platform !== 'linux') return true;
  return Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);
}

function onPath(name: string): string[] {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.map((folder) => join(folder, name)).filter((file) => existsSync(file));
}

function interrupted(): Promise<void> {
  return new Promise((done) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => done());
  });
}

function misused(message: string): void {
  say(message);
  process.exitCode = 2;
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
