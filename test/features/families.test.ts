import { expect, it } from 'vitest';
import { familyOf, rankOf } from '../../server/src/features/plan/families';
import { allRules } from '../../server/src/rules/index';

it('each rule has its family in the plan', () => {
  const behind = rankOf(familyOf('no rule of ours'));
  expect(allRules.map(({ id }) => id).filter((id) => rankOf(familyOf(id)) >= behind)).toEqual([]);
});
