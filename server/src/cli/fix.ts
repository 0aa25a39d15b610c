import { unifiedDiff } from '../features/report/unifiedDiff';
import { count } from '../features/report/words';
import type { Host } from '../host';
import type { Finding } from '../workspace/finding';
import { deliver } from './deliver';
import { placesOf, type Places } from './places';
import { Project, type ProjectOptions } from './project';
import { overlaid, rewrite, takeBack, write, type Rewritten, type Untouched } from './rewrite';
import type { ExitCode, Terminal } from './terminal';

export interface FixOptions extends ProjectOptions {
  /** Also fixes that want a person's look. */
  readonly review?: boolean;
  readonly write?: boolean;
  /** Print the difference, as is done anyway where nothing is written. */
  readonly diff?: boolean;
  /** A file for the difference, instead of standard output. */
  readonly output?: string;
}

/** Fixes what can be fixed, and says what stays and why. */
export async function fix(paths: readonly string[], options: FixOptions, host: Host, terminal: Terminal): Promise<ExitCode> {
  const places = await placesOf(paths, terminal.folder);
  const written = new Map<string, Uint8Array>();
  const project = await Project.open(places, options, overlaid(host, written), terminal);
  const results = allOrNone(await rewriteAll(project, options, host, terminal), places);
  const files = results.filter((result) => 'after' in result);
  const untouched: Untouched[] = results.filter((result) => 'reason' in result);

  if (options.diff || !options.write) await deliver(Buffer.concat(files.map((file) => difference(file, places, host))), options.output, terminal);
  if (options.write) untouched.push(...(await writeAll(files, places, host)));

  const before = project.findings;
  const made = files.filter(({ change }) => !untouched.some((other) => other.change === change));
  for (const { change, after } of made) written.set(change.uri, after);
  await project.workspace.update([...written.keys()]);
  summary(before, project.findings, made.length, options).forEach(terminal.say);
  untouched.forEach(({ change, reason }) => terminal.warn(`${places.pathOf(change.uri)} was left alone: ${reason}`));
  return untouched.length > 0 ? 2 : 0;
}

async function rewriteAll({ workspace }: Project, { target, rule: rules, review = false }: FixOptions, host: Host, terminal: Terminal): Promise<(Rewritten | Untouched)[]> {
  const changes = await workspace.fix(
    { review, ...(target ? { target } : {}), ...(rules ? { rules } : {}) },
    { progress: (done, total) => terminal.show(`Fixed ${done} of ${count(total, 'file')}`) },
  );
  terminal.show(undefined);
  return Promise.all(changes.map((change) => rewrite(change, host)));
}

/** What one fix changes in several files is made in all of them: where one has to stay as it is, the others do so, too. */
function allOrNone(results: readonly (Rewritten | Untouched)[], { pathOf }: Places): readonly (Rewritten | Untouched)[] {
  const failed = results.filter((result) => 'reason' in result);
  return results.map((result): Rewritten | Untouched => {
    const other = failed.find(({ change }) => result.change.together?.includes(change.uri));
    return other && 'after' in result ? { change: result.change, reason: `it changes together with ${pathOf(other.change.uri)}, which cannot be written` } : result;
  });
}

async function writeAll(files: readonly Rewritten[], places: Places, host: Host): Promise<readonly Untouched[]> {
  const results: (Rewritten | Untouched)[] = [];
  for (const file of files) results.push((await write(file, host)) ?? file);
  const untouched = allOrNone(results, places).filter((result) => 'reason' in result);
  const written = results.filter((result) => 'after' in result);
  const final: Untouched[] = [];
  for (const each of untouched) {
    const back = written.find(({ change }) => change === each.change);
    final.push((back && (await takeBack(back))) ?? each);
  }
  return final;
}

/** As bytes in the encoding of the file, so that `git apply` finds the lines it looks for. */
function difference({ change, source }: Rewritten, { pathOf }: Places, { text }: Host): Uint8Array {
  const mark = source.hasByteOrderMark ? '\uFEFF' : '';
  const patch = unifiedDiff(pathOf(change.uri), change.isNew ? undefined : mark + change.before, mark + change.after);
  return text.encode(patch, source.encoding) ?? new TextEncoder().encode(patch);
}

function summary(before: readonly Finding[], after: readonly Finding[], files: number, { write, review }: FixOptions): string[] {
  const fixed = `${before.length - after.length} of ${count(before.length, 'finding')} in ${count(files, 'file')}`;
  return [
    write ? `Fixed ${fixed}.` : `Would fix ${fixed}; add --write to do so.`,
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
