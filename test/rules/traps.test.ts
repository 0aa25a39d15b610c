import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readTraps } from '../../server/src/dev/replay/traps';
import { anyRule, rules } from '../../server/src/rules/index';
import { readMarked } from '../kit/markers';
import { rewritten } from '../proof/rewriting';

const traps = readTraps(readFileSync('test/corpus/traps.txt', 'utf8'));

/** What went wrong elsewhere is named where somebody would do the same; the replay looks at the places themselves, this test needs no clone. */
describe('what went wrong elsewhere', () => {
  it.each(traps.map((trap) => [trap.story, trap] as const))('%s', async (_, { rule: id, words }) => {
    const rule = rules.find((candidate) => candidate.id === id);
    const examples = rule?.examples.filter(({ target = 'threading' }) => target === 'threading') ?? [];
    const findings = (await Promise.all(examples.map(async ({ before }) => (await rewritten(readMarked(before).text)).findings))).flat().filter((finding) => finding.rule === id);
    const unsafe = findings.filter(({ fixes }) => !fixes.some(({ target, safety }) => target === 'threading' && safety === 'safe'));
    expect(unsafe, 'no example of the rule wants a look').not.toEqual([]);
    const said = unsafe.flatMap(({ reason, fixes }) => [reason ?? '', ...fixes.map(({ why }) => why ?? '')]);
    expect([...said, JSON.stringify(anyRule(id)?.guide)].join('\n')).toMatch(words);
  });
});
