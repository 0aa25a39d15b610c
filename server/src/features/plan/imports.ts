import type { Draft } from './drafts';
import { isOneOf, modulesBehind, type Site } from './sites';

/** What goes with each draft: the imports whose last use it has, which for a module that hands names on may be in another file. */
export function importsByDraft(drafts: readonly Draft[], imports: readonly Site[]): ReadonlyMap<Draft, readonly Site[]> {
  const needs = drafts.map((draft) => ({ draft, isNeeded: isNeededBy(draft.package.sites) })).reverse();
  const groups = new Map<Draft, Site[]>();
  for (const site of imports) {
    const last = needs.find(({ isNeeded }) => isNeeded(site))?.draft;
    if (last) groups.set(last, [...(groups.get(last) ?? []), site]);
  }
  return groups;
}

/** Tells the imports that can only go when other uses have gone. */
export function isImportInUse(all: readonly Site[]): (site: Site) => boolean {
  const files = new Set(all.filter(({ finding }) => finding.rule !== 'import').map(({ path }) => path));
  const modules = modulesBehind(all);
  return ({ finding, trust, path }) => finding.rule === 'import' && (trust === 'guidance' || finding.fixes.some(({ uses }) => uses !== undefined)) && (files.has(path) || isOneOf(modules, path));
}

/** Tells the imports that cannot go before these uses have gone. */
export function isNeededBy(uses: readonly Site[]): (site: Site) => boolean {
  const files = new Set(uses.map(({ path }) => path));
  const modules = modulesBehind(uses);
  return ({ path }) => files.has(path) || isOneOf(modules, path);
}
