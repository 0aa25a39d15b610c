import type { Checklist, ChecklistItem, DecisionKind, DoneUse, Trust } from '../../../server/src/protocol';
import type { PathOf } from './order';

/** What the first level of the tree stands for. */
export type Grouping = 'pattern' | 'folder' | 'file' | 'service' | 'safety';
export const groupings: readonly Grouping[] = ['pattern', 'folder', 'file', 'service', 'safety'];

/** What of the list is shown, and how. */
export interface ViewOptions {
  readonly grouping: Grouping;
  /** Whether uses are listed that are gone from the code. */
  readonly showsDone: boolean;
  readonly filter: Filter;
}

/** Of each kind, what is let through; all where nothing is named. */
export interface Filter {
  readonly safety: readonly Trust[];
  readonly rules: readonly string[];
  /** Numbers of the wiki's patterns. */
  readonly patterns: readonly number[];
  /** Paths as people write them; what lies below belongs to them. */
  readonly folders: readonly string[];
  readonly decisions: readonly DecisionState[];
}

/** What was decided about a use, as far as that holds today. */
export type DecisionState = DecisionKind | 'open';
export const decisionStates: readonly DecisionState[] = ['open', 'keep', 'later', 'elsewhere'];
export const trusts: readonly Trust[] = ['safe', 'review', 'guidance'];

export const noFilter: Filter = { safety: [], rules: [], patterns: [], folders: [], decisions: [] };
export const usualOptions: ViewOptions = { grouping: 'pattern', showsDone: false, filter: noFilter };

/** What was remembered, as far as this version understands it: the editor keeps it over updates of the extension. */
export function optionsFrom(memory: unknown): ViewOptions {
  const { grouping, showsDone, filter } = record(memory);
  const { safety, rules, patterns, folders, decisions } = record(filter);
  return {
    grouping: groupings.find((each) => each === grouping) ?? usualOptions.grouping,
    showsDone: showsDone === true,
    filter: {
      safety: trusts.filter((each) => list(safety).includes(each)),
      rules: list(rules).filter((each) => typeof each === 'string'),
      patterns: list(patterns).filter((each) => typeof each === 'number'),
      folders: list(folders).filter((each) => typeof each === 'string'),
      decisions: decisionStates.filter((each) => list(decisions).includes(each)),
    },
  };
}

export function isFiltering(filter: Filter): boolean {
  return Object.values(filter).some((choice: readonly unknown[]) => choice.length > 0);
}

/** The list without what the filter holds back. What the whole is about, its progress for instance, stays. */
export function filtered(checklist: Checklist, filter: Filter, pathOf: PathOf): Checklist {
  if (!isFiltering(filter)) return checklist;
  const { safety, rules, patterns, folders, decisions } = filter;
  const isIn = ({ uri, rule, pattern, trust }: Pick<ChecklistItem, 'uri' | 'rule' | 'pattern'> & Pick<DoneUse, 'trust'>): boolean =>
    (safety.length === 0 || (trust !== undefined && safety.includes(trust))) &&
    // Patterns and rules are one choice: whoever names a rule beside a pattern wants both.
    (rules.length + patterns.length === 0 || rules.includes(rule) || patterns.includes(pattern)) &&
    (folders.length === 0 || folders.some((folder) => isBelow(folderOf(pathOf(uri)), folder)));
  return {
    ...checklist,
    items: decisions.length === 0 || decisions.includes('open') ? checklist.items.filter(isIn) : [],
    settled: checklist.settled.filter((item) => isIn(item) && (decisions.length === 0 || (item.decision !== undefined && decisions.includes(item.decision.kind)))),
    // Nobody decides about what is gone.
    done: decisions.length === 0 ? checklist.done.filter(isIn) : [],
  };
}

/** The folder of a path; empty for what lies at the top. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

function isBelow(folder: string, other: string): boolean {
  return folder === other || other === '' || folder.startsWith(`${other}/`);
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
