import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { service } from './editing';
import { check, measured, searcher } from './measuring';
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

function write(folder: string, name: string, text: string): void {
  const path = join(folder, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, text);
}

/** A module of some hundred lines that imports others of its kind. */
function other(index: number): string {
  const imports = [1, 7, 31].map((step) => Math.max(0, index - step)).map((before) => `from other.p${before % 25} import m${before}\n`);
  const functions = Array.from({ length: 40 }, (_, at) => `\n\ndef function_${at}(argument, other=None):\n    value = compute(argument, [other, 'text'])\n    return value + ${at}\n`);
  return `import logging\nimport os\nimport time\n${imports.join('')}${functions.join('')}`;
}
