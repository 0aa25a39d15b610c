import type { Effort, FileCounts, Range, ServicesReport, Target, Trust } from '../../protocol';
import { wikiPatterns } from '../../rules/kit/links';
import type { ReportedFiles } from '../report/report';
import type { Plan, Step } from './plan';
import { reportedServices, type ReportedServices } from './reportedServices';
import type { Site } from './sites';
import type { Trap } from './traps';

/**
 * The object that `plan --format json` prints, from which the other formats are made. Paths are relative to `root`, with forward
 * slashes; ranges are zero-based and UTF-16, the end exclusive.
 */
export interface PlanReport extends ReportedServices {
  /** Of this shape; it grows when a reader would have to change. */
  readonly version: 1;
  /** Version of the tool. */
  readonly tool: string;
  /** As the user would spell it: `.` or a path. */
  readonly root: string;
  readonly target: Target;
  readonly files: ReportedFiles;
  readonly summary: PlanSummary;
  /** In the order in which they are to be done. */
  readonly steps: readonly ReportedStep[];
}

/** `safe`, `review` and `guidance` add up to `findings`, but for imports that go with the last use. */
export interface PlanSummary {
  readonly steps: number;
  readonly findings: number;
  /** How many files these are in. */
  readonly files: number;
  readonly safe: number;
  readonly review: number;
  readonly guidance: number;
  readonly imports: number;
  /** Hours of one person. */
  readonly effort: Effort;
}

export interface ReportedStep {
  /** From 1, the place in this plan; it moves as steps get done. */
  readonly number: number;
  /** Stays the same as long as the step is there. */
  readonly id: string;
  /** Id of the stage. */
  readonly stage: string;
  readonly stageTitle: string;
  /** What to do and where: `action` and `where` in one. */
  readonly title: string;
  readonly action: string;
  readonly where: string;
  readonly why: string;
  /** Number of the wiki pattern; null for a step without places. */
  readonly pattern: number | null;
  readonly patternTitle: string | null;
  readonly rules: readonly string[];
  /** Folder or file; empty for the whole project. */
  readonly package: string;
  /** How many places are changed; `safe`, `review` and `guidance` add up to it. */
  readonly sites: number;
  readonly safe: number;
  readonly review: number;
  readonly guidance: number;
  /** Imports that go with the last use in their file. */
  readonly imports: number;
  readonly effort: Effort;
  /** Ids of steps that must come first. */
  readonly after: readonly string[];
  readonly blockers: readonly string[];
  readonly traps: readonly Trap[];
  /** Guide pages of the rules, in their order. */
  readonly guides: readonly string[];
  readonly findings: readonly PlannedFinding[];
}

export interface PlannedFinding {
  readonly path: string;
  readonly range: Range;
  readonly rule: string;
  readonly api: string;
  readonly trust: Trust;
  readonly fingerprint: string;
  /** The text of the line, without indentation and line end. */
  readonly line: string;
}

export interface PlanReportParts {
  readonly tool: string;
  readonly root: string;
  pathOf(uri: string): string;
  readonly counts: FileCounts;
  readonly services: ServicesReport;
}

export function planReport(plan: Plan, { tool, root, pathOf, counts, services }: PlanReportParts): PlanReport {
  const steps = plan.steps.map(reported);
  const imports = steps.reduce((sum, step) => sum + step.imports, 0);
  const { safe, review, guidance } = plan.share;
  return {
    ...{ version: 1, tool, root, target: plan.target },
    files: { ...counts, skipped: counts.skipped.map(({ uri, reason }) => ({ path: pathOf(uri), reason })) },
    summary: { steps: steps.length, findings: safe + review + guidance + imports, files: new Set(steps.flatMap(({ findings }) => findings.map(({ path }) => path))).size, safe, review, guidance, imports, effort: plan.effort },
    ...reportedServices(services, pathOf),
    steps,
  };
}

function reported(step: Step, index: number): ReportedStep {
  const { id, stage, action, where, why, pattern, rules, share, effort, after, blockers, traps } = step;
  const all = [...step.sites, ...step.imports];
  return {
    ...{ number: index + 1, id, stage: stage.id, stageTitle: stage.title, title: where === '' ? action : `${action} in ${where}`, action, where, why, pattern: pattern ?? null },
    patternTitle: wikiPatterns.find(({ number }) => number === pattern)?.title ?? null,
    ...{ rules, package: step.package, sites: step.sites.length, ...share, imports: step.imports.length },
    ...{ effort, after, blockers, traps },
    guides: rules.flatMap((rule) => all.find(({ finding }) => finding.rule === rule)?.finding.guide ?? []),
    findings: all.map(finding),
  };
}

function finding({ path, trust, finding: { position, rule, api, fingerprint, line } }: Site): PlannedFinding {
  return { path, range: position, rule, api, trust, fingerprint, line };
}
