import type { Effort, Target, Trust } from '../../protocol';
import { draftsOf, idOf, type Draft } from './drafts';
import { effortOf, sumOf, type Share } from './effort';
import { importsByDraft, isImportInUse, isNeededBy } from './imports';
import { inOrder, whatComesFirst } from './order';
import { commonFolder } from './packages';
import { partition } from './partition';
import { sitesOf, type PlannedFile, type Site } from './sites';
import { stageOf, type Stage } from './stages';
import { traps, type Trap } from './traps';

/** What to do, in which order, and why in this order. The same findings give the same plan. */
export interface Plan {
  readonly target: Target;
  readonly steps: readonly Step[];
  /** Of all steps. */
  readonly share: Share;
  readonly effort: Effort;
}

/** One change that can be reviewed: one pattern in one package. */
export interface Step {
  /** `sleep/safe/mistral`: family, part of the family, package. Stays the same as long as the step is there. */
  readonly id: string;
  readonly stage: Stage;
  /** What it is about, in a word or two. */
  readonly topic: string;
  /** What to do, in the imperative, with code in backticks. */
  readonly action: string;
  /** Where, in words: `mistral/engine`. Empty for what is done once for all. */
  readonly where: string;
  /** Folder or file that all of it is in; empty where that is the whole project. */
  readonly package: string;
  /** Why it stands here, in sentences. */
  readonly why: string;
  /** Ids, the most frequent first. */
  readonly rules: readonly string[];
  /** The wiki pattern of most of its places, 1 to 9; undefined where there are none. */
  readonly pattern?: number;
  /** In the order of path and place. */
  readonly sites: readonly Site[];
  /** Imports that go with the last use in their file; in no share. */
  readonly imports: readonly Site[];
  readonly share: Share;
  readonly effort: Effort;
  /** Ids of the steps that must come first. */
  readonly after: readonly string[];
  /** What else stands in the way, in sentences. */
  readonly blockers: readonly string[];
  readonly traps: readonly Trap[];
}

/** Every finding that nobody keeps is in exactly one step. No steps where nothing is left. */
export function makePlan(files: Iterable<PlannedFile>, target: Target): Plan {
  const all = sitesOf(files);
  const [waiting, others] = partition(all, isImportInUse(all));
  // An import that only another import needs has no use to go with.
  const [imports, alone] = partition(waiting, isNeededBy(others));
  const sites = [...others, ...alone];
  const drafts = inOrder(draftsOf(sites));
  const going = importsByDraft(drafts, imports);
  const steps = drafts.map((draft) => step(draft, target, going.get(draft) ?? []));
  const complete = steps.length > 0 ? [...steps, guard(target)] : [];
  const linked = complete.map((each, index) => linkedTo(each, complete.slice(0, index)));
  return { target, steps: linked, share: shareOf(sites), effort: sumOf(linked.map(({ effort }) => effort)) };
}

function linkedTo(step: Step, before: readonly Step[]): Step {
  const after = whatComesFirst(step, before);
  const libraries = step.stage.id === 'patching' ? before.filter(({ id, stage }) => stage.id === 'libraries' && after.includes(id)) : [];
  return { ...step, after, blockers: libraries.map(({ action, where }) => `A library below still runs on eventlet. First: ${action} in ${where}.`) };
}

function whoIsPatched({ stage, package: { sites } }: Draft): readonly string[] {
  const names = [...new Set(stage === 'patching' ? sites.flatMap(({ patches }) => patches) : [])].map((name) => `\`${name}\``);
  if (names.length === 0) return [];
  const shown = names.length > 4 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ');
  return [`It patches ${shown}.`];
}

function step(draft: Draft, target: Target, imports: readonly Site[]): Step {
  const { family, package: { sites } } = draft;
  const sorted = [...sites].sort(byPlace);
  const pattern = mostFrequent(sorted.map(({ finding }) => finding.pattern))[0];
  return {
    id: idOf(draft),
    stage: stageOf(draft.stage),
    topic: family.topic,
    action: family.title[target],
    where: draft.where,
    package: commonFolder(sorted),
    why: [stageOf(draft.stage).why, ...whoIsPatched(draft)].join(' '),
    rules: mostFrequent(sorted.map(({ finding }) => finding.rule)),
    ...(pattern === undefined ? {} : { pattern }),
    sites: sorted,
    imports: [...imports].sort(byPlace),
    share: shareOf(sorted),
    effort: effortOf(shareOf(sorted)),
    after: [],
    blockers: [],
    traps: trapsOf(draft),
  };
}

function trapsOf({ family, stage, package: { sites } }: Draft): readonly Trap[] {
  if (stage === 'safe') return [];
  const inTests = sites.some(({ isTest }) => isTest) && (family.stage === 'spawn' || family.stage === 'server') ? (['luckyAssertions', 'leakingThreads'] as const) : [];
  const doubles = family.id !== 'doubles' && sites.some(({ isDouble }) => isDouble) ? (['staleDoubles'] as const) : [];
  return [...family.traps, ...doubles, ...inTests].map((id) => traps[id]);
}

function guard(target: Target): Step {
  const share = { safe: 0, review: 0, guidance: 0 };
  const action = 'Ban new uses of eventlet';
  const how = 'Run `eventlet-migration check` in CI. While something is left, `eventlet-migration baseline` stops what is new.';
  return { id: `guard/${target}`, stage: stageOf('guard'), topic: 'Guard', action, where: '', package: '', why: `${stageOf('guard').why} ${how}`, rules: [], sites: [], imports: [], share, effort: effortOf(share), after: [], blockers: [], traps: [] };
}

function shareOf(sites: readonly Site[]): Share {
  const count = (trust: Trust): number => sites.filter((site) => site.trust === trust).length;
  return { safe: count('safe'), review: count('review'), guidance: count('guidance') };
}

function mostFrequent<T extends string | number>(values: readonly T[]): readonly T[] {
  const count = (value: T): number => values.filter((other) => other === value).length;
  return [...new Set(values)].sort((a, b) => count(b) - count(a) || (a < b ? -1 : 1));
}

function byPlace(a: Site, b: Site): number {
  if (a.path !== b.path) return a.path < b.path ? -1 : 1;
  return a.finding.range.start - b.finding.range.start;
}

