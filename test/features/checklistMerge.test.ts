import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decided } from '../../server/src/features/checklistFile/decide';
import { decisionKinds, formatChecklistFile, keyOf, parseChecklistFile, type Entry } from '../../server/src/features/checklistFile/entries';
import { progress, type CurrentUse } from '../../server/src/features/checklistFile/progress';
import type { Decision } from '../../server/src/protocol';
import { scratch, type Scratch } from '../corpus/scratch';

/** What git does with the checklist file when two branches meet; the decisions are random, and the same in each run. */
describe('two branches', () => {
  let folder: Scratch;
  beforeAll(() => {
    folder = scratch();
  });
  afterAll(() => folder.remove());

  it('that decide about different uses of the list are merged without a conflict, neighbours too', { timeout: 60_000 }, () => {
    const random = randomFrom(1);
    for (let round = 0; round < 40; round++) {
      const { base, ours, theirs, expected } = branches(random, 'known');
      const { text, conflicts } = merged(base, ours, theirs);
      expect(conflicts).toBe(0);
      expect(parseChecklistFile(text)).toEqual({ entries: expected, problems: [] });
      expect(text).toBe(formatChecklistFile({ entries: expected }));
    }
  });

  it('that also add uses, at one place too, are merged as .gitattributes says, and each keeps what was decided', { timeout: 60_000 }, () => {
    const random = randomFrom(2);
    for (let round = 0; round < 40; round++) {
      const { base, ours, theirs, expected } = branches(random, 'known or new');
      const { text, conflicts } = merged(base, ours, theirs, '--union');
      expect(conflicts).toBe(0);
      expect(parseChecklistFile(text)).toEqual({ entries: expected, problems: [] });
    }
  });

  function merged(base: string, ours: string, theirs: string, ...options: readonly string[]): { readonly text: string; readonly conflicts: number | null } {
    const names = ['ours', 'base', 'theirs'];
    [ours, base, theirs].forEach((text, index) => writeFileSync(join(folder.folder, names[index] ?? ''), text));
    const { stdout, status } = spawnSync('git', ['merge-file', '-p', ...options, ...names], { cwd: folder.folder, encoding: 'utf8' });
    return { text: stdout, conflicts: status };
  }
});

interface Branches {
  readonly base: string;
  readonly ours: string;
  readonly theirs: string;
  /** What the merged file should say. */
  readonly expected: readonly Entry[];
}

/** A list, and two branches in each of which somebody decides about some of the uses that the other leaves alone. */
function branches(random: () => number, which: 'known' | 'known or new'): Branches {
  const uses = Array.from({ length: 12 }, (_, index): CurrentUse => ({ path: `${'abc'[Math.floor(index / 4)]}.py`, fingerprint: `f${index % 4}`, rule: 'sleep', api: 'eventlet.sleep' }));
  const isKnown = uses.map(() => which === 'known' || random() < 0.6);
  const entries = uses.filter((_, index) => isKnown[index]).map((use): Entry => (random() < 0.3 ? { ...use, decision: decision(random) } : use));
  const base = formatChecklistFile({ entries });
  const expected = new Map(entries.map((entry) => [keyOf(entry), entry]));
  let [ours, theirs] = [base, base];
  for (const use of uses) {
    const chance = random();
    // A decision that is changed right beside a line that the other branch adds stays, too, and then the file is told to have two.
    if (chance > 0.7 || (which === 'known or new' && expected.get(keyOf(use))?.decision)) continue;
    const made = which === 'known' && random() < 0.3 ? null : decision(random);
    expected.set(keyOf(use), { ...use, ...(made ? { decision: made } : {}) });
    const after = (text: string): string => decided(text, progress(parseChecklistFile(text), uses, { exists: () => true, isSeen: () => true }), new Set([use]), made);
    if (chance < 0.35) ours = after(ours);
    else theirs = after(theirs);
  }
  return { base, ours, theirs, expected: parseChecklistFile(formatChecklistFile({ entries: [...expected.values()] })).entries };
}

function decision(random: () => number): Decision {
  const kind = decisionKinds[Math.floor(random() * decisionKinds.length)] ?? 'keep';
  return { kind, reason: 'because', ...(random() < 0.5 ? { until: `20${27 + Math.floor(random() * 50)}-01-01` } : {}) };
}

/** Numbers from 0 to 1 (mulberry32), the same for the same seed. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
