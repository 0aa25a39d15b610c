import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { askPython, check } from './cli';
import type { Finding } from './cli';
import { compare, describeComparison } from './compare';
import type { Place } from './compare';
import { corpus, leaveOut, noPython } from './packages';

const minute = 60_000;
const absent = noPython();
const { trees: real, missing } = absent ? { trees: [], missing: [absent] } : corpus(['python3-mistral', 'python3-swift']);
/** In Debian's swift nothing stands behind a module of its own yet; in our own tree nearly everything does. */
const trees = absent ? [] : [...real, { name: 'our own tree', folder: join(import.meta.dirname, 'tree') }];

test('the real projects are there', ({ skip }) => {
  if (missing.length) leaveOut(missing.join('; '), skip);
  expect(real.length).toBeGreaterThan(0);
});

describe.each(trees)('in $name', ({ name, folder }) => {
  let oracle: Oracle;
  let checked: ReturnType<typeof check>;
  beforeAll(() => {
    oracle = askPython<Oracle>('oracle.py', [folder]);
    checked = check(folder);
  }, 10 * minute);

  test('every use that Python itself finds is reported, and nothing else', () => {
    const python = checked.report.findings.filter(({ path }) => path.endsWith('.py'));
    const comparison = compare(oracle.uses, python.filter(isUse).map(place), python.filter((it) => !isUse(it)).map(place));
    process.stderr.write(describeComparison(name, comparison));
    expect(oracle.uses.length).toBeGreaterThan(0);
    expect(comparison.recall).toBeGreaterThanOrEqual(0.99);
    expect(comparison.precision).toBeGreaterThanOrEqual(0.99);
  });

  test('so is every use behind other modules of the project', () => {
    const python = checked.report.findings.filter(({ path }) => path.endsWith('.py'));
    const behind = oracle.uses.filter(({ via }) => via !== null);
    const found = compare(behind, python.map(place));
    const handed = python.filter((it) => isUse(it) && it.via !== null);
    const wanted = compare(oracle.uses, handed.map(place));
    process.stderr.write(`${name}, behind its own modules: ${behind.length} uses, ${handed.length} reported, recall ${percent(found.recall)}, precision ${percent(wanted.precision)}\n`);
    expect(found.recall).toBeGreaterThanOrEqual(0.98);
    expect(wanted.precision).toBeGreaterThanOrEqual(0.995);
    // Where the oracle says that a name was handed on, so do we, and the other way round.
    expect(compare(behind, handed.map(place))).toMatchObject({ missed: [], extra: [] });
  });

  test('every use is one finding', () => {
    const places = checked.report.findings.map(place).map(({ path, line, col, endLine, endCol }) => `${path}:${line + 1}:${col}-${endLine + 1}:${endCol}`);
    expect(places.filter((each, index) => places.indexOf(each) < index)).toEqual([]);
  });

  test('every file is analysed, or its reason is told', () => {
    const { run, report } = checked;
    expect(run.status).toBe(1);
    expect(run.stderr).not.toMatch(/\bat .*:\d+:\d+/);
    expect(report.files.found).toBeGreaterThanOrEqual(oracle.files.found);
    expect(report.files.mentioning).toBeGreaterThanOrEqual(oracle.files.mentioning);
    expect(report.files.analysed + report.files.skipped.length).toBeGreaterThanOrEqual(report.files.mentioning);
    expect(report.files.skipped.filter(({ reason }) => !reason.trim())).toEqual([]);
    // What Python can read, we can.
    const unreadable = oracle.files.unparsed.map(({ path }) => path);
    expect(report.files.skipped.filter(({ path }) => !unreadable.includes(path))).toEqual([]);
  });
});

interface Oracle {
  readonly files: { readonly found: number; readonly mentioning: number; readonly unparsed: readonly { readonly path: string }[] };
  readonly uses: readonly (Place & { readonly via: string | null })[];
}

/** Whether the oracle would know it too: it reads neither what strings mean elsewhere, nor hazards, nor the keys of requests, nor other packages. */
function isUse({ kind, api, rule }: Finding): boolean {
  return (kind === 'code' || kind === 'test-double') && /^eventlet(\.|\(|$)/.test(api) && rule !== 'wsgi-environ';
}

function percent(part: number): string {
  return `${(100 * part).toFixed(2)} %`;
}

function place({ path, range: { start, end }, api }: Finding): Place {
  return { path, line: start.line, col: start.character, endLine: end.line, endCol: end.character, api };
}
