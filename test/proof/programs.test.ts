import { describe, expect, it } from 'vitest';
import { rules } from '../../server/src/rules/index';
import type { Example, Rule } from '../../server/src/rules/rule';
import { leaveOut } from '../corpus/packages';
import { readMarked } from '../kit/markers';
import { programFiles, type Program } from './programs';
import { outputOf, pythonWithEventlet } from './python';
import { isSafe, rewritten } from './rewriting';

const files = programFiles();
const found = pythonWithEventlet();

describe.each(files.map(({ rule, programs }) => [rule.id, rule, programs] as const))('%s', (_id, rule, programs) => {
  it.each(programs.map((program) => [program.title, program] as const))('%s', async (_title, program) => {
    if (program.difference) await expectDifference(program, program.difference, rule);
    else await expectTheSame(program, rule);
  });
});

it('there is an eventlet to run them with', ({ skip }) => {
  if ('reason' in found) leaveOut(found.reason, skip);
});

describe.each(rules.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
  const programs = files.find((file) => file.rule === rule)?.programs ?? [];
  const same = programs.filter(({ difference }) => !difference);

  it('runs every example that is safe', async () => {
    const examples = onThreads(rule).filter((example) => isWholly('safe', example));
    const missing = examples.filter((example) => !same.some((program) => program.example === example)).map(({ title }) => title);
    expect(missing, `programs/${id}.md does not run these examples`).toEqual([]);

    const proven = new Set<string>();
    for (const { text, isPatched } of same) for (const api of await safeNames(text, isPatched, rule)) proven.add(api);
    const safe = new Set<string>();
    for (const { before, patched } of onThreads(rule)) for (const api of await safeNames(readMarked(before).text, patched?.length !== 0, rule)) safe.add(api);
    expect([...safe].filter((api) => !proven.has(api)), `programs/${id}.md does not use these names`).toEqual([]);
  });

  it('shows a difference where it has fixes for review', () => {
    const isReviewed = onThreads(rule).some(({ before }) => readMarked(before).markers.some(({ label }) => label === 'review'));
    if (isReviewed) expect(programs.filter(({ difference }) => difference), `programs/${id}.md shows none`).not.toEqual([]);
  });
});

/** A safe rewrite: the program does the same, and so it does while the process is still patched (catalogue R1). */
async function expectTheSame({ text, isPatched }: Program, rule: Rule): Promise<void> {
  const { after, findings } = await rewritten(text, { isPatched });
  const own = findings.filter((finding) => finding.rule === rule.id);
  expect(own.filter((finding) => !isSafe(finding)).map(({ api, reason }) => `${api}: ${reason}`)).toEqual([]);
  expect(own).not.toEqual([]);
  expect(after).not.toMatch(eventlet);
  if ('reason' in found) return;
  const green = isPatched ? 'patched' : 'unpatched';
  const before = outputOf(text, green, found);
  expect(before).not.toBe('');
  expect(outputOf(after, 'plain', found), `natively, rewritten to:\n${after}`).toBe(before);
  expect(outputOf(after, green, found), `still under eventlet, rewritten to:\n${after}`).toBe(before);
}

/**
 * A rewrite for review: the program does what is written down, before and after. Where nothing is patched, eventlet stays, and the rule’s
 * own fixes alone are made.
 */
async function expectDifference({ text, isPatched }: Program, { name, ...expected }: NonNullable<Program['difference']>, rule: Rule): Promise<void> {
  const { after, findings } = await rewritten(text, { isPatched, review: true, ...(isPatched ? {} : { rules: [rule] }) });
  const named = findings.filter((finding) => finding.rule === rule.id && !isSafe(finding)).map(({ reason }) => reason);
  expect(named.join('\n')).toContain(name);
  if (isPatched) expect(after).not.toMatch(eventlet);
  if ('reason' in found) return;
  const seen = { before: outputOf(text, isPatched ? 'patched' : 'unpatched', found), after: outputOf(after, isPatched ? 'plain' : 'unpatched', found) };
  expect(seen, `rewritten to:\n${after}`).toEqual(expected);
  expect(seen.after).not.toBe(seen.before);
}

const eventlet = /eventlet|greenlet/;

function onThreads({ examples }: Rule): readonly Example[] {
  return examples.filter(({ target = 'threading' }) => target === 'threading');
}

function isWholly(label: string, { before }: Example): boolean {
  const { markers } = readMarked(before);
  return markers.length > 0 && markers.every((marker) => marker.label === label);
}

/** The names that a rule rewrites without anybody’s look. */
async function safeNames(text: string, isPatched: boolean, rule: Rule): Promise<readonly string[]> {
  const { findings } = await rewritten(text, { isPatched });
  return findings.filter((finding) => finding.rule === rule.id && isSafe(finding)).map(({ api }) => api);
}
