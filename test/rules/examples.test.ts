import { describe, expect, it } from 'vitest';
import { rules } from '../../server/src/rules/index';
import { checkExample } from '../kit/check';

describe.each(rules.map((rule) => [rule.id, rule] as const))('%s', (_id, rule) => {
  it('has examples', () => expect(rule.examples.length).toBeGreaterThan(0));
  it.each(rule.examples.map((example) => [example.title, example] as const))('%s', (_title, example) => checkExample(rule, example));
});
