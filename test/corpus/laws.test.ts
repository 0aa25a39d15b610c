import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { diffLines } from 'diff';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { askPython, check, run } from './cli';
import type { Run } from './cli';
import { corpus, leaveOut, noPython, pyflakes } from './packages';
import type { Tree } from './packages';
import { contents, differing, scratchCopy } from './scratch';
import type { Scratch } from './scratch';

const minute = 60_000;
const { trees, missing, pythonPath } = whatThereIs();

test('the real projects and pyflakes are there', ({ skip }) => {
  if (missing.length) leaveOut(missing.join('; '), skip);
  expect(trees.length).toBeGreaterThan(0);
});

describe.each([
  { which: 'all safe fixes', options: [] },
  { which: 'all fixes, also those that want a look', options: ['--review'] },
])('$which', ({ options }) => {
  describe.each(trees)('in $name', ({ folder }) => {
    let copy: Scratch;
    let fixed: Fixed;
    beforeAll(() => {
      copy = scratchCopy(folder);
      fixed = fix(folder, copy.folder, options);
    }, 10 * minute);
    afterAll(() => copy.remove());

    test('are applied', () => {
      expect(fixed.run.status, fixed.run.stderr).toBeLessThan(2);
      expect(fixed.changed.length).toBeGreaterThan(0);
    });

    test('leave nothing behind that they call safe', () => {
      const { findings } = check(copy.folder).report;
      const left = findings.filter(({ fixes }) => fixes.some(({ safety }) => safety === 'safe'));
      expect(left.map(({ path, range, rule }) => `${path}:${range.start.line + 1} ${rule}`)).toEqual([]);
    }, 5 * minute);

    test('leave every file that Python could read readable', () => {
      expect(fixed.changed.filter((path) => fixed.before[path]?.parses && !fixed.after[path]?.parses)).toEqual([]);
    });

    test('give pyflakes nothing new to say', () => {
      const news = lost(fixed.after, fixed.before, 'messages');
      // What a deleted call took as its argument may be used for nothing else; whoever reviews the change sees that.
      const isLeftOver = (message: string) => options.includes('--review') && /imported but unused|assigned to but never used/.test(message);
      expect(news.filter((message) => !isLeftOver(message))).toEqual([]);
    });

    test('lose no comment', () => {
      expect(lost(fixed.before, fixed.after, 'comments')).toEqual([]);
    });

    test('leave files without findings as they are, byte for byte', () => {
      expect(fixed.changed.filter((path) => !fixed.withFindings.has(path))).toEqual([]);
    });

    test('change nothing when they are applied again', () => {
      const once = contents(copy.folder);
      run(copy.folder, 'fix', '--write', ...options, '.');
      expect(differing(once, contents(copy.folder))).toEqual([]);
    }, 5 * minute);
  });
});

describe.each(trees.filter(({ folder }) => existsSync(join(folder, 'mistral'))))('the first step in $name, `fix --write --rule sleep`,', ({ folder }) => {
  let copy: Scratch;
  let fixed: Fixed;
  beforeAll(() => {
    copy = scratchCopy(folder);
    fixed = fix(folder, copy.folder, ['--rule', 'sleep']);
  }, 10 * minute);
  afterAll(() => copy.remove());

  test('leaves no sleep but those that are listed with a reason', () => {
    const left = sleeps(copy.folder);
    const listed = check(copy.folder, '--rule', 'sleep').report.findings.filter(({ reason }) => reason);
    const unlisted = left.filter(({ path, line }) => !listed.some((it) => it.path === path && it.range.start.line === line));
    expect(unlisted).toEqual([]);
    expect(left.length).toBeLessThan(sleeps(folder).length / 10);
  }, 5 * minute);

  test('keeps the imports tidy', () => {
    expect(lost(fixed.after, fixed.before, 'messages')).toEqual([]);
  });

  test('is as small as what a person would write', () => {
    const before = contents(folder);
    const after = contents(copy.folder);
    const all = sleeps(folder);
    const larger = fixed.changed.flatMap((path) => {
      const sites = all.filter((use) => use.path === path).length;
      const lines = changedLines(before.get(path), after.get(path));
      // One line out and one in for every place; `import eventlet` with a blank line out, `import time` with one in.
      return lines <= 2 * sites + 4 ? [] : [`${path}: ${lines} lines for ${sites} places`];
    });
    expect(larger).toEqual([]);
  }, 5 * minute);
});

interface Facts {
  readonly parses: boolean;
  readonly comments: readonly string[];
  readonly messages: readonly string[];
}

type TreeFacts = Readonly<Record<string, Facts>>;

interface Fixed {
  readonly run: Run;
  readonly changed: readonly string[];
  readonly withFindings: ReadonlySet<string>;
  /** Facts of the changed Python files, before and after. */
  readonly before: TreeFacts;
  readonly after: TreeFacts;
}

/** Fixes the copy of a folder. */
function fix(folder: string, copy: string, options: readonly string[]): Fixed {
  const { report } = check(copy);
  const original = contents(copy);
  const ended = run(copy, 'fix', '--write', ...options, '.');
  const changed = differing(original, contents(copy));
  const python = changed.filter((path) => path.endsWith('.py'));
  return {
    run: ended,
    changed,
    withFindings: new Set(report.findings.map(({ path }) => path)),
    before: facts(folder, python),
    after: facts(copy, python),
  };
}

function facts(folder: string, paths: readonly string[]): TreeFacts {
  return askPython<TreeFacts>('tree_facts.py', [folder], { input: JSON.stringify(paths), pythonPath });
}

/** What `from` has and `to` lacks, told with the file; each repetition counts. */
function lost(from: TreeFacts, to: TreeFacts, what: 'comments' | 'messages'): readonly string[] {
  return Object.entries(from).flatMap(([path, there]) => {
    const rest = [...(to[path]?.[what] ?? [])];
    return there[what].flatMap((each) => {
      const at = rest.indexOf(each);
      if (at < 0) return [`${path}: ${each}`];
      rest.splice(at, 1);
      return [];
    });
  });
}

function sleeps(folder: string): readonly { readonly path: string; readonly line: number }[] {
  const { uses } = askPython<{ readonly uses: readonly { path: string; line: number; api: string; kind: string }[] }>('oracle.py', [folder]);
  return uses.filter(({ api, kind }) => api === 'eventlet.sleep' && kind === 'name');
}

function changedLines(before: Buffer | undefined, after: Buffer | undefined): number {
  const parts = diffLines(before?.toString('utf8') ?? '', after?.toString('utf8') ?? '');
  return parts.filter(({ added, removed }) => added || removed).reduce((sum, { count }) => sum + count, 0);
}

function whatThereIs(): { readonly trees: readonly Tree[]; readonly missing: readonly string[]; readonly pythonPath: string } {
  const absent = noPython();
  if (absent) return { trees: [], missing: [absent], pythonPath: '' };
  const flakes = pyflakes();
  if ('reason' in flakes) return { trees: [], missing: [flakes.reason], pythonPath: '' };
  return { ...corpus(['python3-mistral', 'python3-swift']), pythonPath: flakes.pythonPath };
}
