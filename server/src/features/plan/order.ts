import { idOf, type Draft } from './drafts';
import { rankOf } from './families';
import type { Step } from './plan';
import { isOneOf, modulesBehind, type Site } from './sites';
import { stages } from './stages';

/**
 * By stage; inside of one pattern by pattern, those first of which nothing needs a person; inside of a pattern what is for review
 * only before the rest, then by path.
 */
export function inOrder(drafts: readonly Draft[]): readonly Draft[] {
  const isHard = ({ package: { sites } }: Draft): number => (sites.some(({ trust }) => trust === 'guidance') ? 1 : 0);
  const hardFamilies = new Set(drafts.filter(isHard).map(({ stage, family }) => `${stage} ${family.id}`));
  const key = (draft: Draft): readonly number[] => [
    stages.findIndex(({ id }) => id === draft.stage),
    // What patches goes before what asks for it, however hard.
    draft.stage !== 'patching' && hardFamilies.has(`${draft.stage} ${draft.family.id}`) ? 1 : 0,
    rankOf(draft.family),
    // Tests show whether the code runs unpatched, before a service does.
    draft.stage === 'patching' && draft.part !== 'tests' ? 1 : 0,
    isHard(draft),
    // What a service is known to load goes before what others may load.
    draft.package.sites.some(({ services }) => services.length > 0) ? 0 : 1,
  ];
  return [...drafts].sort((a, b) => compareAll(key(a), key(b)) || (idOf(a) < idOf(b) ? -1 : 1));
}

function compareAll(a: readonly number[], b: readonly number[]): number {
  return a.map((each, index) => each - (b[index] ?? 0)).find((difference) => difference !== 0) ?? 0;
}

/** Ids of the steps that must be done before one: the green threads around unpatched code, the code before the patching, and so on. */
export function whatComesFirst({ stage, package: where, sites }: Step, before: readonly Step[]): readonly string[] {
  const ids = (is: (step: Step) => boolean): readonly string[] => before.filter(is).map(({ id }) => id);
  switch (stage.id) {
    case 'unpatched':
      return ids(({ stage: { id }, package: other }) => (id === 'server' || id === 'spawn') && isSameTop(other, where));
    case 'imports':
      return ids(({ sites: others }) => isAnyOf(modulesBehind(others), sites));
    case 'patching': {
      if (sites.some(({ family }) => family.id === 'patcher')) return ids(({ stage: { id }, sites: others }) => id !== 'patching' || others.some(({ family }) => family.id !== 'patcher'));
      const patched = new Set(sites.flatMap(({ patches }) => patches));
      return ids(({ stage: { id }, sites: others }) => id !== 'patching' && others.some(({ services }) => patched.size === 0 || services.length === 0 || services.some((name) => patched.has(name))));
    }
    case 'settings':
      return ids(({ stage: { id } }) => id !== 'settings');
    case 'guard':
      return ids(({ stage: { id } }) => id !== 'docs');
    case 'safe':
    case 'primitives':
    case 'server':
    case 'spawn':
    case 'design':
    case 'libraries':
    case 'tests':
    case 'docs':
      return [];
  }
}

function isAnyOf(modules: ReadonlySet<string>, sites: readonly Site[]): boolean {
  return sites.some(({ path }) => isOneOf(modules, path));
}

function isSameTop(a: string, b: string): boolean {
  return a === '' || b === '' || a.split('/')[0] === b.split('/')[0];
}

