import { readdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Window } from './driver';
import { eventually } from './journey';

/** Ends, as a crash would, what runs for the window of a test: `folder` is that test's own, or one beside it. `meanwhile` happens while it is dead. */
export type Kill = (window: Window, folder: string, meanwhile?: () => Promise<void>) => Promise<void>;

/** The language server; those of windows that were just closed go with it. */
export const killServer: Kill = async (_, folder, meanwhile) => {
  const servers = await untilServed(folder);
  // One that is stopped hears nothing any more, and the editor starts no other one before it ends.
  if (meanwhile) for (const { pid } of servers) process.kill(pid, 'SIGSTOP');
  await meanwhile?.();
  for (const { pid } of servers) end(pid);
};

/** The whole editor: the process of the extensions, the language server below it, and the window. */
export const killEditor: Kill = async (window, folder, meanwhile) => {
  const servers = await untilServed(folder);
  for (const { pid, parent } of servers) {
    end(parent);
    end(pid);
  }
  await window.crash(meanwhile);
};

/** Keeps the language server from answering, until it is killed. */
export const stopServer: Kill = async (_, folder) => {
  const servers = await untilServed(folder);
  for (const { pid } of servers) process.kill(pid, 'SIGSTOP');
};

/** Opens the window's address again while the process of the extensions is slow to go: it is still there when the next one starts, and goes when that has. */
export const reloadTooEarly: Kill = async (window, folder) => {
  const slow = await untilServed(folder);
  for (const { parent } of slow) process.kill(parent, 'SIGSTOP');
  await window.reload();
  for (const { parent, pid } of slow) {
    end(parent);
    end(pid);
  }
};

interface Server {
  readonly pid: number;
  /** The process of the extensions. */
  readonly parent: number;
}

/** The language servers, as soon as there is one: one that was killed a moment ago may not be back yet. */
async function untilServed(folder: string): Promise<readonly Server[]> {
  await eventually(() => serversBeside(folder)).not.toEqual([]);
  return serversBeside(folder);
}

// The command line of a server names the extension, which is installed beside the folders of the tests.
async function serversBeside(folder: string): Promise<readonly Server[]> {
  const home = dirname(folder);
  const processes = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const servers = await Promise.all(processes.map(async (pid): Promise<readonly Server[]> => {
    const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    if (!line.includes(home) || !/dist\/server\/node\.js/.test(line)) return [];
    const parent = /^PPid:\s*(\d+)$/m.exec(await readFile(`/proc/${pid}/status`, 'utf8').catch(() => ''))?.[1];
    return parent === undefined ? [] : [{ pid: Number(pid), parent: Number(parent) }];
  }));
  return servers.flat();
}

function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself in the meantime, which is as good.
  }
}
