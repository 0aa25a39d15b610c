import { describe, expect, it } from 'vitest';
import { rules } from '../../server/src/rules/index';
import type { Example, Rule } from '../../server/src/rules/rule';
import { leaveOut } from '../corpus/packages';
import { readMarked } from '../kit/markers';
import { programFiles, type Program } from './programs';
import { outputOf, pythonWithEventlet, type Python } from './python';
import { isSafe, rewritten } from './rewriting';

const files = programFiles();
const found = pythonWithEventlet();

describe.each(files.map(({ rule, programs }) => [rule.id, rule, programs] as const))('%s', (_, rule, programs) => {
  it.each(programs.map((program) => [program.title, program] as const))('%s', async (_title, program, ) => {
    await (program.difference ? expectDifference(program, rule, found as Python) : expectTheSame(program, rule, found as Python));
  });
});
