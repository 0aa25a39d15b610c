import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { hostile, writeHostile } from '../../../../test/corpus/hostile';
import { check, measured } from './measuring';
import { diagnosticsOf, open, withServer } from './server';
import { milliseconds, times, type Row } from './table';

const plain = 'import eventlet\n\neventlet.sleep(1)\n';

/** How long an open file waits for its diagnostics in a folder that wants to keep everybody waiting, while that is looked at; and each of its files when it is open itself. */
export async function waiting(): Promise<readonly Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    writeHostile(folder);
    writeFileSync(join(folder, 'plain.py'), plain);
    const { time } = await measured([...check, '--no-cache', folder], {}, 1);
    const uriOf = (name: string): string => pathToFileURL(join(folder, name)).toString();
    return await withServer(uriOf(''), async (connection) => {
      await open(connection, uriOf('plain.py'), plain);
      const end = performance.now() + time;
      let beside = 0;
      while (performance.now() < end) beside = Math.max(beside, await timed(async () => void (await diagnosticsOf(connection, uriOf('plain.py')))));
      const own: { readonly name: string; readonly time: number }[] = [];
      for (const [name, text] of Object.entries(hostile)) {
        own.push({ name, time: await timed(async () => {
          await open(connection, uriOf(name), text);
          await diagnosticsOf(connection, uriOf(name));
        }) });
      }
      const slowest = own.reduce((a, b) => (b.time > a.time ? b : a));
      return [
        { what: 'longest answer for a small open file, while a folder of hostile files is looked at', value: milliseconds(beside), against: `looking at that folder: ${milliseconds(time)} (${times(beside, time)})` },
        { what: `first diagnostics of the slowest of them (${slowest.name})`, value: milliseconds(slowest.time), against: `looking at that folder: ${milliseconds(time)} (${times(slowest.time, time)})` },
      ];
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function timed(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
