import { describe, expect, it } from 'vitest';
import { rules } from '../../server/src/rules/index';
import type { Example, Rule } from '../../server/src/rules/rule';
import { leaveOut } from '../corpus/packages';
import { readMarked } from '../kit/markers';
import { programFiles } from './programs';
import { proofOf } from './proof';
import { pythonWithEventlet, Runs } from './python';
import { isSafe, rewritten } from './rewriting';

/** `EVENTLET_MIGRATION_PROOF=timeout,queue` runs the programs of these rules alone, for whoever writes one. */
const only = process.env['EVENTLET_MIGRATION_PROOF']?.split(',');
const files = programFiles().filter(({ rule }) => only === undefined || only.includes(rule.id));
const runs = new Runs();
const proofs = await Promise.all(files.flatMap(({ rule, programs }) => programs.map((program) => proofOf(program, rule, runs))));
const python = pythonWithEventlet();
if (!('reason' in python)) runs.run(python);

it('there is an eventlet to run programs with', ({ skip }) => {
  if ('reason' in python) leaveOut(python.reason, skip);
});

describe.each(rules.filter(({ id }) => only === undefined || only.includes(id)).map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
  const programs = files.find((file) => file.rule === rule)?.programs ?? [];
  const same = programs.filter(({ difference }) => !difference);

  for (const { program, ...proof } of proofs.filter((candidate) => candidate.rule === rule)) {
    it(program.title, () => {
      proof.expectRewriting();
      if (!('reason' in python)) proof.expectOutputs();
    });
  }

  it('runs every example that is safe', async () => {
    const examples = onThreads(rule).filter((example) => isWhollySafe(example));
    const missing = examples.filter((example) => !same.some((program) => program.example === example)).map(({ title }) => title);
    expect(missing, `programs/${id}.md does not run these examples`).toEqual([]);

    const proven = new Set<string>();
    for (const { text } of same) for (const api of await safeNames(text, rule)) proven.add(api);
    const safe = new Set<string>();
    for (const { before, patched } of onThreads(rule)) if (patched === undefined) for (const api of await safeNames(readMarked(before).text, rule)) safe.add(api);
    expect([...safe].filter((api) => !proven.has(api)), `programs/${id}.md does not use these names`).toEqual([]);
  });

  it('shows a difference where it has fixes for review', () => {
    const isReviewed = onThreads(rule).some(({ before }) => readMarked(before).markers.some(({ label }) => label === 'review'));
    if (isReviewed && !notShown.has(id)) expect(programs.filter(({ difference }) => difference), `programs/${id}.md shows none`).not.toEqual([]);
  });
});

/** Rules whose difference the eventlet of Debian does not have, with the reason. */
const notShown: ReadonlyMap<string, string> = new Map([['deprecation-warning', 'eventlet warns since 0.37']]);

function onThreads({ examples }: Rule): readonly Example[] {
  return examples.filter(({ target = 'threading' }) => target === 'threading');
}

function isWhollySafe({ before }: Example): boolean {
  const { markers } = readMarked(before);
  return markers.length > 0 && markers.every(({ label }) => label === 'safe');
}

/** The names that a rule rewrites without anybody’s look. */
async function safeNames(text: string, rule: Rule): Promise<readonly string[]> {
  const { findings } = await rewritten(text);
  return findings.filter((finding) => finding.rule === rule.id && isSafe(finding)).map(({ api }) => api);
}
