import { openUses, type Decisions } from '../features/checklistFile/decisions';
import { checklistFileName } from '../features/checklistFile/entries';
import { count, settledInWords } from '../features/report/words';
import type { Host } from '../host';
import type { FileChange, Finding } from '../workspace/finding';
import { carryOut, warnOf, type OutputOptions } from './carryOut';
import { decisionsIn } from './checklist';
import { decidedFiles } from './decided';
import { placesOf } from './places';
import { Project, type ProjectOptions } from './project';
import { overlaid } from './rewrite';
import { endingWith, warnOfSkipped } from './skipped';
import type { ExitCode, Terminal } from './terminal';

export interface FixOptions extends ProjectOptions, OutputOptions {
  /** Also fixes that want a person's look. */
  readonly review?: boolean;
}

/** Fixes what can be fixed, and says what stays and why. */
export async function fix(paths: readonly string[], options: FixOptions, host: Host, terminal: Terminal): Promise<ExitCode> {
  const places = await placesOf(paths, terminal.folder);
  const written = new Map<string, Uint8Array>();
  const project = await Project.open(places, options, overlaid(host, written), terminal);
  const decided = await decidedFiles(places, terminal);
  const decisions = decisionsIn(decided, project, host.today());
  const { made, untouched } = await carryOut(await changesOf(project, decisions, options, terminal), options, places, host, terminal);

  const before = project.left(decisions);
  const settled = settledInWords(project.settled(decisions));
  for (const { change, after } of made) written.set(change.uri, after);
  await project.workspace.update([...written.keys()]);
  summary(before, project.left(decisionsIn(decided, project, host.today())), settled, made.length, options).forEach(terminal.say);
  warnOf(untouched, places, terminal);
  warnOfSkipped(project.workspace.counts, places, terminal);
  return endingWith(untouched.length > 0 ? 2 : 0, project.workspace.counts, places);
}

async function changesOf(project: Project, decisions: Decisions, { target, rule: rules, review = false }: FixOptions, terminal: Terminal): Promise<readonly FileChange[]> {
  const { workspace } = project;
  const items = openUses(decisions, workspace.uris, (uri) => workspace.findings(uri));
  const changes = await workspace.fix(
    { review, ...(target ? { target } : {}), ...(rules ? { rules } : {}), ...(items ? { items } : {}) },
    { progress: (done, total) => terminal.show(`Fixed ${done} of ${count(total, 'file')}`) },
  );
  terminal.show(undefined);
  return changes;
}

function summary(before: readonly Finding[], after: readonly Finding[], settled: string, files: number, { write, review }: FixOptions): string[] {
  const fixed = `${before.length - after.length} of ${count(before.length, 'finding')} in ${count(files, 'file')}`;
  return [
    write ? `Fixed ${fixed}.` : `Would fix ${fixed}; add --write to do so.`,
    ...(settled === '' ? [] : [`Left alone, as ${checklistFileName} says: ${settled}.`]),
    ...(after.length > 0 ? [`${after.length} left:`, ...whyLeft(after)] : []),
    ...(!review && after.some(({ fixes }) => fixes.length > 0) ? ['Some of them have a fix that wants a look; --review includes those.'] : []),
  ];
}

/** The most frequent reasons. Those that differ only in the names they speak of are one. */
function whyLeft(findings: readonly Finding[]): string[] {
  const reasons = new Map<string, string[]>();
  for (const { reason = 'a safe fix is there, but it has to wait for the next run' } of findings) {
    const shape = reason.replace(/`[^`]*`/g, '`…`').replace(/\d+/g, '…');
    reasons.set(shape, [...(reasons.get(shape) ?? []), reason]);
  }
  const groups = [...reasons].sort(([, a], [, b]) => b.length - a.length);
  const digits = String(findings.length).length;
  const line = (times: number, words: string): string => `  ${String(times).padStart(digits)} ${words}`;

  const shown = groups.slice(0, shownReasons).map(([shape, all]) => line(all.length, new Set(all).size === 1 ? (all[0] ?? shape) : shape));
  const others = groups.slice(shownReasons).reduce((sum, [, all]) => sum + all.length, 0);
  return others === 0 ? shown : [...shown, line(others, `for ${count(groups.length - shownReasons, 'other reason')}, which \`check\` tells one by one`)];
}

const shownReasons = 12;
