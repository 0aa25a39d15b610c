import { expect } from 'vitest';
import type { Rule } from '../../server/src/rules/rule';
import type { Program } from './programs';
import type { Runs } from './python';
import { isSafe, rewritten } from './rewriting';

/** What a program proves about a rule. */
export interface Proof {
  readonly rule: Rule;
  readonly program: Program;
  expectRewriting(): void;
  /** Only when all programs have run. */
  expectOutputs(): void;
}

/** Rewrites a program and hands both over to be run. */
export function proofOf(program: Program, rule: Rule, runs: Runs): Promise<Proof> {
  return program.difference ? proofOfDifference(program, program.difference, rule, runs) : proofOfSame(program, rule, runs);
}

/** A safe rewrite: the program does the same natively, and also while the process is still patched (catalogue R1). */
async function proofOfSame(program: Program, rule: Rule, runs: Runs): Promise<Proof> {
  const { text, fix, helperModule } = program;
  const { after, beside, findings } = await rewritten(text, { fix, helperModule });
  const own = findings.filter((finding) => finding.rule === rule.id);
  const [before, natively, meanwhile] = [runs.add(text, 'patched'), runs.add(after, 'plain', beside), runs.add(after, 'patched', beside)];
  return {
    rule,
    program,
    expectRewriting() {
      expect(own.filter(isSafe)).not.toEqual([]);
      const reasons = own.filter((finding) => !isSafe(finding)).map(({ api, reason }) => `${api}: ${reason}`);
      expect(after, reasons.join('\n')).not.toMatch(eventlet);
    },
    expectOutputs() {
      expect(before()).not.toBe('');
      expect(natively(), `natively, rewritten to:\n${after}`).toBe(before());
      expect(meanwhile(), `still under eventlet, rewritten to:\n${after}`).toBe(before());
    },
  };
}

/** A rewrite for review: the program shows what is written down, before and after. */
async function proofOfDifference(program: Program, { name, ...expected }: NonNullable<Program['difference']>, rule: Rule, runs: Runs): Promise<Proof> {
  const { text, stays, fix, helperModule } = program;
  const { after, beside, findings } = await rewritten(text, { review: true, fix, helperModule, isPatched: stays !== 'unpatched', ...(stays ? { rules: [rule] } : {}) });
  const own = findings.filter((finding) => finding.rule === rule.id);
  const whys = own.flatMap(({ fixes }) => fixes.filter(({ target, title }) => target === 'threading' && (fix === undefined || title === fix)).flatMap(({ why }) => why ?? []));
  const [before, then] = [runs.add(text, stays ?? 'patched'), runs.add(after, stays ?? 'plain', beside)];
  return {
    rule,
    program,
    expectRewriting() {
      expect(whys.join('\n')).toContain(name);
      expect(after).not.toBe(text);
      if (!stays) expect(after).not.toMatch(eventlet);
    },
    expectOutputs() {
      expect({ before: before(), after: then() }, `rewritten to:\n${after}`).toEqual(expected);
      expect(then()).not.toBe(before());
    },
  };
}

const eventlet = /eventlet|greenlet/;
