import { describe, expect, it } from 'vitest';
import { guidePage } from '../../server/src/features/guide';
import { allRules } from '../../server/src/rules/index';
import { aspects } from '../../server/src/rules/kit/aspects';
import { mergedFor } from '../../server/src/rules/kit/merged';

describe.each(allRules.map((rule) => [rule.id, rule] as const))('the guide of %s', (id, rule) => {
  const { guide } = rule;

  it('tells of each aspect, in a row or in words', () => {
    const untold = aspects.filter((aspect) => !guide.differences.some(({ of }) => of === aspect) && !guide.same?.[aspect]);
    expect(untold).toEqual([]);
  });

  it('says what it does, what replaces it, and where to read on', () => {
    for (const text of [guide.does, guide.replacement.threading, guide.replacement.asyncio]) expect(text).toMatch(/^\S[\s\S]*[.!?]$/);
    expect(guide.links.length).toBeGreaterThan(0);
    const hrefs = [...guide.links, ...mergedFor(id)].map(({ href }) => href);
    expect(new Set(hrefs).size, 'a page is named twice').toBe(hrefs.length);
  });

  it('has a page with all of it', () => {
    const page = guidePage(rule);
    for (const heading of ['## What replaces it', '## How they differ', '## Examples', '## To read']) expect(page).toContain(heading);
    for (const { href } of mergedFor(id)) expect(page).toContain(href);
    for (const reason of Object.values(guide.same ?? {})) expect(page).toContain(reason);
  });
});

it('changes that were merged are known by rules that there are, and by whole hashes', () => {
  const links = allRules.flatMap(({ id }) => mergedFor(id));
  expect(links.length).toBeGreaterThan(20);
  for (const { href } of links) expect(href).toMatch(/^https:\/\/github\.com\/[\w.-]+\/[\w.-]+\/commit\/[0-9a-f]{40}$/);
});
