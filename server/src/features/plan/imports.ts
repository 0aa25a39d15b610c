import type { Draft } from './drafts';
import { isModule, type Site } from './sites';

/** An import of a file goes with the last use of it, which for a module that hands names on may be in another file. */
export function importsThatGoWith(draft: Draft, drafts: readonly Draft[], imports: readonly Site[]): readonly Site[] {
  return imports.filter((site) => drafts.findLast((other) => other.package.sites.some((use) => isUseOf(use, site))) === draft);
}

/** Tells the imports that can only go when other uses have gone. */
export function isImportInUse(all: readonly Site[]): (site: Site) => boolean {
  const files = new Set(all.filter(({ finding }) => finding.rule !== 'import').map(({ path }) => path));
  const modules = [...new Set(all.flatMap(({ finding }) => finding.via ?? []))];
  return ({ finding, trust, path }) => finding.rule === 'import' && (trust === 'guidance' || finding.fixes.some(({ uses }) => uses !== undefined)) && (files.has(path) || modules.some((module) => isModule(path, module)));
}

/** Whether an import cannot go before this use has gone. */
export function isUseOf({ path, finding }: Site, { path: importing }: Site): boolean {
  return path === importing || (finding.via !== undefined && isModule(importing, finding.via));
}
