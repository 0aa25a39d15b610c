import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
}

/**
 * The standard output of a command that ended well. Rejects with the command and the end of what it said otherwise;
 * nothing is shown while it runs.
 */
export function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...args], {
      cwd: options.cwd ?? tmpdir(),
      env: options.env ?? process.env,
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
    });
    let output = '';
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      said += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (code === 0) resolve(output);
      else reject(new Error(`${[command, ...args].join(' ')} ended with ${code ?? signal}:\n${said.slice(-3000)}`));
    });
  });
}

/** Runs npm: the one that runs us where there is one, so that no shell is needed, not even on Windows. */
export function npm(args: readonly string[], options: RunOptions = {}): Promise<string> {
  const script = process.env['npm_execpath'];
  if (script?.endsWith('npm-cli.js')) return run(process.execPath, [script, ...args], options);
  return run(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, options);
}
