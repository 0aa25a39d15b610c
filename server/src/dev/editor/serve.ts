import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Editor } from './install';
import { run } from './run';

/** A running Visual Studio Code that a browser can open. */
export interface Served {
  /** `http://127.0.0.1:<port>/` */
  readonly address: string;
  /** Address of the editor with a folder open, or with nothing. */
  urlOf(folder: string | undefined): string;
  /** Ends the server and everything it started; safe to call twice. */
  stop(): Promise<void>;
}

export interface ServeOptions {
  readonly editor: Editor;
  /** Folder for the user's data and the extensions of this server; made where it is missing. Short, for a socket lives in it. */
  readonly profile: string;
  readonly extension: string;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Whether folders are trusted only when somebody says so, as in the editor of most people; else everything is trusted. */
  readonly asksForTrust?: boolean;
}

/** Nothing that stands between a person, or a test, and the code. */
export const quietSettings: Readonly<Record<string, unknown>> = {
  'workbench.startupEditor': 'none',
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
  'workbench.tips.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.disableAIFeatures': true,
  'chat.commandCenter.enabled': false,
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'extensions.ignoreRecommendations': true,
  'update.mode': 'none',
  // In the browser the default is to save by itself; on the desktop a person saves.
  'files.autoSave': 'off',
};

/** Installs the extension from its VSIX and serves the editor on a free port of this machine. */
export async function serve({ editor, profile, extension, settings, asksForTrust = false }: ServeOptions): Promise<Served> {
  const user = join(profile, 'user');
  await mkdir(join(user, 'User'), { recursive: true });
  await writeFile(join(user, 'User', 'settings.json'), JSON.stringify({ ...quietSettings, ...settings }, undefined, 2));
  // Without a configuration file of its own code-server writes one into the user's home.
  const configuration = join(profile, 'config.yaml');
  await writeFile(configuration, 'cert: false\n');
  const common = [editor.entry, '--config', configuration, '--user-data-dir', user, '--extensions-dir', join(profile, 'extensions')];
  const env = withoutEditor(process.env);
  await run(editor.node, [...common, '--install-extension', extension], { env });

  const child = spawn(
    editor.node,
    [...common, '--auth', 'none', '--bind-addr', '127.0.0.1:0', '--disable-telemetry', '--disable-update-check',
      ...(asksForTrust ? [] : ['--disable-workspace-trust']), '--disable-getting-started-override', '--reconnection-grace-time', '5'],
    // A group of its own, so that the extension hosts and their children end with it.
    { env, cwd: profile, stdio: ['ignore', 'pipe', 'pipe'], detached: true },
  );
  const stop = stopper(child);
  try {
    const address = await addressOf(child);
    return { address, urlOf: (folder) => (folder === undefined ? `${address}?ew=true` : `${address}?folder=${encodeURIComponent(folder)}`), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Inside an editor's terminal these variables make code-server talk to that editor instead of starting. */
function withoutEditor(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !/^(VSCODE_|CODE_SERVER_|NODE_OPTIONS$|PASSWORD$|HASHED_PASSWORD$|PORT$)/.test(name)),
  );
}

function stopper(child: ChildProcess): () => Promise<void> {
  const kill = (): void => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    } catch {
      // The group is gone already, which is what was wanted.
    }
  };
  process.once('exit', kill);
  return async () => {
    process.off('exit', kill);
    const ended = child.exitCode === null && child.signalCode === null ? once(child, 'exit') : undefined;
    kill();
    await ended;
  };
}

/** The address that the server says it listens on. Rejects with its last words if it ends instead. */
async function addressOf(child: ChildProcess): Promise<string> {
  const { stdout, stderr } = child;
  if (!stdout || !stderr) throw new Error('code-server was started without pipes');
  const said: string[] = [];
  stderr.on('data', (chunk: Buffer) => said.push(chunk.toString()));
  for await (const line of createInterface(stdout)) {
    said.push(line);
    const address = /HTTP server listening on (\S+)/.exec(line)?.[1];
    if (address) {
      stdout.resume();
      return address.endsWith('/') ? address : `${address}/`;
    }
  }
  throw new Error(`code-server did not start:\n${said.join('\n').slice(-3000)}`);
}
