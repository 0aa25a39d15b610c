import type { Trust } from '../../protocol';
import type { Family } from './families';
import { limit, packagesOf, pathOf, weightOf, whereInWords, type Package, type Placed } from './packages';
import { partition, without } from './partition';
import { folderOf, type Site } from './sites';
import { isBefore, type StageId } from './stages';

/** A step before it is known what stands before it. */
export interface Draft {
  readonly family: Family;
  /** Beside the family and the package, what makes it a step of its own. */
  readonly part: 'safe' | 'code' | 'unpatched' | 'tests';
  readonly stage: StageId;
  readonly package: Package;
  /** Where, in words; tests that come along with their code are not told of. */
  readonly where: string;
}

/** Stays the same as long as the family has places in the package. */
export function idOf({ family, part, package: where }: Draft): string {
  return [family.id, part, pathOf(where)].filter((each) => each !== '').join('/');
}

/** Cuts the places into changes that can be reviewed, in no order. Each place is in exactly one. */
export function draftsOf(sites: readonly Site[]): readonly Draft[] {
  const families = [...new Set(sites.map(({ family }) => family.id))].sort();
  return families.flatMap((id) => {
    const own = sites.filter(({ family }) => family.id === id);
    return own[0] ? draftsOfFamily(own[0].family, own) : [];
  });
}

function draftsOfFamily(family: Family, sites: readonly Site[]): readonly Draft[] {
  const [tests, code] = partition(sites, ({ isTest }) => isTest);
  if (family.stage === 'patching' && family.id !== 'patcher') return [...byFile(tests, family, 'tests'), ...byFile(code, family, 'code')];
  // What can only go when nothing else is left is never a first step, however safe its edit.
  if (!isBefore(family.stage, 'tests')) return packed(sites.map(alone), family, 'code', family.stage);

  const isSafe = ({ trust, isDouble }: Site): boolean => trust === 'safe' && !isDouble;
  const [late, early] = partition(without(code, isSafe), ({ isUnpatched }) => family.stage === 'primitives' && isUnpatched);
  const parts = [
    { part: 'code', stage: family.stage, sites: early },
    { part: 'unpatched', stage: 'unpatched', sites: late },
    { part: 'safe', stage: 'safe', sites: sites.filter(isSafe) },
  ] as const;
  const [doubles, uses] = partition(without(tests, isSafe), ({ isDouble }) => isDouble);
  const anchors = doubles.map((site) => ({ site, code: parts.flatMap((each) => codeOf(site, each.sites) ?? [])[0] }));
  const ofCode = parts.flatMap(({ part, stage, sites: own }) => {
    const along = anchors.flatMap(({ site, code: its }) => (its && own.includes(its) ? [{ site, anchor: its.path }] : []));
    return packed([...own.map(alone), ...along], family, part, stage);
  });
  const { joined, left } = withTheirTests(ofCode, uses);
  const lonely = anchors.flatMap(({ site, code: its }) => (its ? [] : [site]));
  return [...joined, ...packed([...left, ...lonely].map(alone), family, 'tests', 'tests')];
}

/** The place that a test double stands in for: in the module that it names, or in the folder that its test mirrors. */
function codeOf({ home }: Site, code: readonly Site[]): Site | undefined {
  return code.find(({ path }) => path === home) ?? code.find(({ path, isTest }) => !isTest && folderOf(path) === home);
}

function alone(site: Site): Placed {
  return { site, anchor: site.path };
}

function packed(placed: readonly Placed[], family: Family, part: Draft['part'], stage: StageId): readonly Draft[] {
  return packagesOf(placed).map((each) => ({ family, part, stage, package: each, where: whereInWords(each) }));
}

/** Each file that patches is the entry of a process, and a step. */
function byFile(sites: readonly Site[], family: Family, part: Draft['part']): readonly Draft[] {
  const files = [...new Set(sites.map(({ path }) => path))];
  return files.map((path) => ({ family, part, stage: family.stage, package: { folder: folderOf(path), members: [path], sites: sites.filter((site) => site.path === path) }, where: path }));
}

/** Other uses in tests come along with the code that they test where the change stays small and no riskier. */
function withTheirTests(drafts: readonly Draft[], tests: readonly Site[]): { readonly joined: readonly Draft[]; readonly left: readonly Site[] } {
  let left = tests;
  const joined = drafts.map((draft) => {
    const { sites } = draft.package;
    const folders = new Set(sites.filter(({ isTest }) => !isTest).map(({ path }) => folderOf(path)));
    const [near, far] = partition(left, ({ home }) => folders.has(home));
    const isRiskier = near.some(({ trust }) => risk[trust] > Math.max(...sites.map((site) => risk[site.trust])));
    if (isRiskier || weightOf([...sites, ...near]) > limit) return draft;
    left = far;
    return { ...draft, package: { ...draft.package, sites: [...sites, ...near] } };
  });
  return { joined, left };
}

const risk: Readonly<Record<Trust, number>> = { safe: 0, review: 1, guidance: 2 };
