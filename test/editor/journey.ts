import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { patience, type View, type Window } from './driver';
import { pictures, startStudio, type Studio, type StudioOptions } from './studio';

/** Declares a test that walks through a window of its own, opened on a new folder with the given files (path → text), or on nothing. */
export type Journey = (title: string, files: Readonly<Record<string, string>> | undefined, walk: (window: Window, folder: string) => Promise<void>) => void;

/**
 * One editor for the journeys of a test file. Where no editor or browser can be had they are skipped and say why; in
 * CI that is a failure. A journey that fails leaves a picture behind. `prepare` finishes a folder before it is opened.
 */
export function journeys({ prepare, ...options }: StudioOptions & { readonly prepare?: (folder: string) => Promise<void> } = {}): Journey {
  let studio: Studio | undefined;
  let unavailable = '';

  beforeAll(async () => {
    const started = await startStudio(options);
    if (!('reason' in started)) {
      studio = started;
      return;
    }
    unavailable = `The journeys in a real editor were skipped: ${started.reason}`;
    if (process.env['CI']) throw new Error(unavailable);
    process.stderr.write(`${unavailable}\n`);
  });

  afterAll(() => studio?.close());

  return (title, files, walk) =>
    test(title, async ({ skip }) => {
      if (!studio) return skip(unavailable);
      const folder = await studio.folder(files ?? {});
      await prepare?.(folder);
      const { window, close } = await studio.open(files && folder);
      try {
        await walk(window, folder);
      } catch (error) {
        await window.screenshot(join(pictures, `${title.replaceAll(/\W+/g, '-')}.png`));
        throw error;
      } finally {
        await close();
      }
    });
}

/** Polls what can be seen until it is as expected. */
export function eventually<T>(look: () => Promise<T>): ReturnType<typeof expect.poll<T>> {
  return expect.poll(look, { timeout: patience, interval: 100 });
}

/** Source lines of the uses that the tree lists for a file, as in `lib/client.py`. */
export async function uses(window: Window, path: string): Promise<string[]> {
  const rows = await window.tree('Remaining');
  return rows.filter(({ description }) => description.startsWith(`${path}:`)).map(({ label }) => label);
}

/** Each row that is in sight, with its box; in the list also what stands beside it. */
export async function rows(window: Window, view: View): Promise<readonly string[]> {
  const all = await window.tree(view);
  return all.map(({ label, description, checked }) => [checked === undefined ? ' ' : checked ? 'x' : '-', label, ...(view === 'Remaining' ? [description] : [])].join(' '));
}

/** What is on the disk: path → text; undefined where there is no such file. */
export async function texts(folder: string, paths: readonly string[]): Promise<Readonly<Record<string, unknown>>> {
  return Object.fromEntries(await Promise.all(paths.map(async (path) => [path, await readFile(join(folder, path), 'utf8').catch(() => undefined)] as const)));
}
