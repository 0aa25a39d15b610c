import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { check, measured, searcher } from './measuring';
import { other, service, write } from './modules';
import { milliseconds, times, type Row } from './table';

const using = 40;
const others = 500;

/** What more and more files cost that have nothing to do with eventlet, while its uses stay the same. */
export async function curve(): Promise<readonly Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    for (let index = 0; index < using; index++) write(folder, `service/s${index}.py`, service(400));
    const rows: Row[] = [];
    let first: number | undefined;
    let there = 0;
    for (const factor of [1, 4, 16]) {
      for (; there < factor * others; there++) write(folder, `other/p${there % 25}/m${there}.py`, other(there));
      const { time } = await measured([...check, '--no-cache', folder]);
      const search = await measured(searcher([folder]));
      first ??= time;
      const growth = factor === 1 ? '' : `${times(time, first)} the time for ${factor} × the other files; `;
      rows.push({ what: `first scan of ${using} files that use eventlet, among ${there.toLocaleString('en')} others`, value: milliseconds(time), against: `${growth}search for the word: ${milliseconds(search.time)} (${times(time, search.time)})` });
    }
    return rows;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
