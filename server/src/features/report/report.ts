import type { Decision, DecisionKind, FileCounts, Range, Target, Trust } from '../../protocol';
import type { FileReport, Finding, FindingKind, FixReport, Precondition, Related, Severity } from '../../workspace/finding';

/**
 * What one run of `check` found: the object that `--format json` prints, from which every other format is made. Paths are
 * relative to `root`, with forward slashes; ranges are zero-based and UTF-16, the end exclusive. Findings stand in the order
 * of path and place.
 */
export interface Report {
  /** Of this shape; it grows when a reader would have to change. */
  readonly version: 1;
  /** Version of the tool. */
  readonly tool: string;
  /** As the user would spell it: `.` or a path. */
  readonly root: string;
  /** What the summary counts fixes for. */
  readonly target: Target;
  readonly files: ReportedFiles;
  readonly patched: readonly { readonly entryPoint: string; readonly modules: readonly string[] }[];
  readonly findings: readonly ReportedFinding[];
  readonly summary: Summary;
}

export interface ReportedFiles {
  readonly found: number;
  readonly mentioning: number;
  readonly analysed: number;
  readonly skipped: readonly { readonly path: string; readonly reason: string }[];
}

export interface ReportedFinding {
  readonly path: string;
  readonly range: Range;
  /** The text of the line that the range starts in, without indentation and line ending. */
  readonly line: string;
  /** Where the name is in `line`; half-open, UTF-16. */
  readonly highlight: readonly [start: number, end: number];
  readonly rule: string;
  readonly api: string;
  readonly via: string | null;
  /** Where the names on the way to eventlet are bound, the nearest first; `module` is null in the file itself. */
  readonly related: readonly { readonly path: string; readonly range: Range; readonly module: string | null; readonly name: string }[];
  readonly kind: FindingKind;
  /** Of the nine on the OpenStack wiki. */
  readonly pattern: number;
  readonly message: string;
  readonly severity: Severity;
  readonly guide: string;
  readonly fingerprint: string;
  readonly suppressed: string | null;
  /** What somebody decided in the checklist file; absent where nobody did. */
  readonly decision?: Decision;
  /** The decision holds today, so that the use is not counted as left. */
  readonly settled?: true;
  readonly fixes: readonly ReportedFix[];
  readonly reason: string | null;
}

export interface ReportedFix {
  readonly title: string;
  readonly target: Target;
  readonly safety: 'safe' | 'review';
  readonly preconditions: readonly Precondition[];
  /** For `review`: what a person must look at. */
  readonly why: string | null;
  /** Of all the files that it changes; where one of them does not exist yet, its whole text. */
  readonly edits: readonly { readonly path: string; readonly range: Range; readonly newText: string }[];
}

/** Of the findings that are neither suppressed nor settled; `safe`, `review` and `guidance` add up to `findings`. */
export interface Summary {
  readonly findings: number;
  readonly safe: number;
  readonly review: number;
  readonly guidance: number;
  /** Suppressed ones: uses that a comment keeps on purpose. */
  readonly kept: number;
  /** Others that a decision leaves for now, by its kind. */
  readonly settled: Readonly<Record<DecisionKind, number>>;
  readonly byRule: Readonly<Record<string, number>>;
}

/** What a report is made of. */
export interface ReportParts {
  readonly tool: string;
  readonly root: string;
  /** The path of a file as the report shows it. */
  pathOf(uri: string): string;
  readonly target: Target;
  readonly counts: FileCounts;
  readonly patched: readonly { readonly entryPoint: string; readonly modules: readonly string[] }[];
  readonly files: Iterable<ReportedFile>;
  /** The places on the way of a finding to eventlet. */
  relatedTo(uri: string, finding: Finding): readonly Related[];
  /** `holds` tells whether it does so today. */
  decisionOn?(uri: string, finding: Finding): { readonly decision: Decision; readonly holds: boolean } | undefined;
  /** Only findings of these rules; all where there is nothing said. */
  readonly rules?: readonly string[];
}

/** A file that has findings. */
export type ReportedFile = Pick<FileReport, 'uri' | 'findings'>;

export function makeReport(parts: ReportParts): Report {
  const { tool, root, target, counts, pathOf } = parts;
  const findings = [...parts.files].flatMap((file) => reported(file, parts));
  findings.sort((a, b) => compare(a.path, b.path) || a.range.start.line - b.range.start.line || a.range.start.character - b.range.start.character);
  return {
    version: 1,
    tool,
    root,
    target,
    files: { ...counts, skipped: counts.skipped.map(({ uri, reason }) => ({ path: pathOf(uri), reason })).sort((a, b) => compare(a.path, b.path)) },
    patched: parts.patched.map(({ entryPoint, modules }) => ({ entryPoint: pathOf(entryPoint), modules })),
    findings,
    summary: summaryOf(findings, target),
  };
}

/** Those that are still to be dealt with. */
export function remaining(report: Report): readonly ReportedFinding[] {
  return report.findings.filter(isLeft);
}

/** The fix to offer for a target: the first safe one, else the first one. */
export function bestFix<Fix extends Pick<ReportedFix, 'target' | 'safety'>>({ fixes }: { readonly fixes: readonly Fix[] }, target: Target): Fix | undefined {
  const own = fixes.filter((fix) => fix.target === target);
  return own.find(({ safety }) => safety === 'safe') ?? own[0];
}

export function trustOf(finding: ReportedFinding, target: Target): Trust {
  return bestFix(finding, target)?.safety ?? 'guidance';
}

function reported(file: ReportedFile, { pathOf, relatedTo, decisionOn, rules }: ReportParts): ReportedFinding[] {
  const path = pathOf(file.uri);
  return file.findings.filter(({ rule }) => rules?.includes(rule) ?? true).map(finding);

  function finding(finding: Finding): ReportedFinding {
    const { position, line, highlight, rule, api, kind, pattern, message, severity, guide, fingerprint } = finding;
    const { decision, holds } = decisionOn?.(file.uri, finding) ?? {};
    return {
      ...{ path, range: position, line, highlight, rule, api, via: finding.via ?? null },
      related: relatedTo(file.uri, finding).map((place) => ({ path: pathOf(place.uri), range: place.position, module: place.module ?? null, name: place.name })),
      ...{ kind, pattern, message, severity, guide, fingerprint, suppressed: finding.suppressed ?? null, ...(decision ? { decision } : {}), ...(holds ? { settled: true } : {}) },
      fixes: finding.fixes.map(fix),
      reason: finding.reason ?? null,
    };
  }

  function fix({ title, target, safety, preconditions, why, edits }: FixReport): ReportedFix {
    return { title, target, safety, preconditions, why: why ?? null, edits: edits.map(edit) };
  }

  function edit({ uri, position, newText }: FixReport['edits'][number]): ReportedFix['edits'][number] {
    return { path: pathOf(uri), range: position, newText };
  }
}

function summaryOf(findings: readonly ReportedFinding[], target: Target): Summary {
  const left = findings.filter(isLeft);
  const unsuppressed = findings.filter(({ suppressed }) => suppressed === null);
  const trusted = (trust: Trust): number => left.filter((finding) => trustOf(finding, target) === trust).length;
  return {
    findings: left.length,
    safe: trusted('safe'),
    review: trusted('review'),
    guidance: trusted('guidance'),
    kept: findings.length - unsuppressed.length,
    settled: countKinds(unsuppressed.flatMap(({ decision, settled }) => (decision && settled ? [decision.kind] : []))),
    byRule: countBy(left, ({ rule }) => rule),
  };
}

export function countKinds(kinds: readonly DecisionKind[]): Readonly<Record<DecisionKind, number>> {
  const times = (kind: DecisionKind): number => kinds.filter((each) => each === kind).length;
  return { keep: times('keep'), later: times('later'), elsewhere: times('elsewhere') };
}

function isLeft({ suppressed, settled }: ReportedFinding): boolean {
  return suppressed === null && !settled;
}

/** How often each key occurs, the most frequent first, then by name. */
export function countBy<T>(items: readonly T[], keyOf: (item: T) => string): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1);
  return Object.fromEntries([...counts].sort(([a, times], [b, others]) => others - times || compare(a, b)));
}

/** By code units, so that the order is the same on every machine. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
