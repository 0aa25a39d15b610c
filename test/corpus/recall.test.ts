import { beforeAll, describe, expect, test } from 'vitest';
import { askPython, check } from './cli';
import type { Finding } from './cli';
import { compare, describeComparison } from './compare';
import type { Place } from './compare';
import { corpus, leaveOut, noPython } from './packages';

const minute = 60_000;
const absent = noPython();
const { trees, missing } = absent ? { trees: [], missing: [absent] } : corpus(['python3-mistral', 'python3-swift']);

test('the real projects are there', ({ skip }) => {
  if (missing.length) leaveOut(missing.join('; '), skip);
  expect(trees.length).toBeGreaterThan(0);
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
  readonly uses: readonly Place[];
}

/**
 * Whether the oracle would know it too: it reads neither what strings mean elsewhere, nor hazards, nor the names that other modules pass on,
 * nor other packages.
 */
function isUse({ kind, via, api }: Finding): boolean {
  return (kind === 'code' || kind === 'test-double') && via === null && /^eventlet(\.|\(|$)/.test(api);
}

function place({ path, range: { start, end }, api }: Finding): Place {
  return { path, line: start.line, col: start.character, endLine: end.line, endCol: end.character, api };
}
