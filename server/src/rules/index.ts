import type { Use } from '../python/uses';
import { event } from './event';
import { greenImport } from './green-import';
import { importRule } from './import';
import { other } from './other';
import type { Rule } from './rule';
import { queue } from './queue';
import { sleep } from './sleep';

/** All rules; `npm run new-rule` adds its own. */
export const rules: readonly Rule[] = [
  event,
  greenImport,
  importRule,
  other,
  queue,
  sleep,
];

/** The rule that answers for a use: the one with the longest matching name; of equal ones the first. */
export function ruleFor(use: Use): Rule | undefined {
  let best: Rule | undefined;
  let length = -1;
  for (const rule of rules) {
    if (!(rule.forms ?? ['name', 'member']).includes(use.form)) continue;
    const matched = Math.max(...rule.names.map((name) => matchLength(name, use.api)));
    if (matched > length) {
      best = rule;
      length = matched;
    }
  }
  return best;
}

export function ruleById(id: string): Rule | undefined {
  return rules.find((rule) => rule.id === id);
}

/** How much of a canonical name a pattern matches; below zero where it does not. An exact match is the longest. */
function matchLength(pattern: string, api: string): number {
  if (pattern === api) return Infinity;
  if (pattern === '*') return 0;
  if (!pattern.endsWith('.*')) return -1;
  const stem = pattern.slice(0, -2);
  return api === stem || api.startsWith(`${stem}.`) ? stem.length : -1;
}
