import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import type { Log } from './cache';
import { chromiumFromNpm } from './install';
import { run } from './run';

/** The path of a browser's program, or why there is none, in words. */
export type BrowserFound = { readonly path: string } | { readonly reason: string };

/**
 * A Chromium that starts: one that is installed; else npm's, which changes nothing on the machine; else Debian's, where
 * we may install it (root on a machine with `apt-get`, or any CI job).
 */
export async function browser(cache: string, log: Log): Promise<BrowserFound> {
  const chosen = process.env['CHROME_PATH'];
  if (chosen) return (await startFailure(chosen)) ?? { path: chosen };

  const installed = await firstThatStarts(installedBrowsers());
  if (installed) return { path: installed };

  const reasons: string[] = [];
  for (const source of [chromiumFromNpm, chromiumFromApt]) {
    try {
      const path = await source(cache, log);
      const failure = await startFailure(path);
      if (!failure) return { path };
      reasons.push(failure.reason);
    } catch (error) {
      reasons.push(error instanceof Error ? error.message : String(error));
    }
  }
  return { reason: `no Chromium could be had; set CHROME_PATH to one.\n${reasons.join('\n')}` };
}

function installedBrowsers(): string[] {
  return [
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    chromium.executablePath(),
  ].filter((path) => existsSync(path));
}

async function firstThatStarts(paths: readonly string[]): Promise<string | undefined> {
  for (const path of paths) if (!(await startFailure(path))) return path;
  return undefined;
}

/** A browser that misses a system library does not even tell its version. */
async function startFailure(path: string): Promise<{ readonly reason: string } | undefined> {
  try {
    await run(path, ['--version']);
    return undefined;
  } catch (error) {
    return { reason: `${path} does not start: ${error instanceof Error ? error.message : String(error)}` };
  }
}

async function chromiumFromApt(_cache: string, log: Log): Promise<string> {
  if (!existsSync('/usr/bin/apt-get')) throw new Error('this machine has no apt-get to install Chromium with');
  const isRoot = process.getuid?.() === 0;
  if (!isRoot && !process.env['CI']) throw new Error('only root (or a CI job) installs Chromium with apt-get unasked');
  const command = isRoot ? ['apt-get'] : ['sudo', '-n', 'apt-get'];
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  log('Installing the system package "chromium" for the tests in the editor: apt-get update && apt-get install -y chromium');
  const [program = 'apt-get', ...before] = command;
  await run(program, [...before, 'update'], { env });
  await run(program, [...before, 'install', '-y', '--no-install-recommends', 'chromium'], { env });
  return '/usr/bin/chromium';
}
