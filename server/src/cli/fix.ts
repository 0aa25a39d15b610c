import { countBy } from '../features/report/report';
import { unifiedDiff } from '../features/report/unifiedDiff';
import { count } from '../features/report/words';
import type { Host } from '../host';
import type { Finding } from '../workspace/finding';
import { deliver } from './deliver';
import { placesOf, type Places } from './places';
import { Project, type ProjectOptions } from './project';
import { rewrite, withRewritten, write, type Rewritten, type Untouched } from './rewrite';
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
  const project = await Project.open(places, options, host, terminal);
  const results = await rewriteAll(project, options, host, terminal);
  const files = results.filter((result) => 'after' in result);
  const untouched: Untouched[] = results.filter((result) => 'reason' in result);

  if (options.diff || !options.write) await deliver(Buffer.concat(files.map((file) => difference(file, places, host))), options.output, terminal);
  if (options.write) untouched.push(...(await writeAll(files, host)));

  const made = files.filter(({ change }) => !untouched.some((other) => other.change === change));
  const after = await Project.open(places, options, withRewritten(host, made), terminal);
  summary(project.findings, after.findings, made.length, options).forEach(terminal.say);
  untouched.forEach(({ change, reason }) => terminal.warn(`${places.pathOf(change.uri)} was left alone: ${reason}`));
  return untouched.length > 0 ? 2 : 0;
}

async function rewriteAll({ workspace }: Project, { target, rule: rules, review = false }: FixOptions, host: Host, terminal: Terminal): Promise<(Rewritten | Untouched)[]> {
  const changes = await workspace.fix(
    { target, review, ...(rules.length > 0 ? { rules } : {}) },
    { progress: (done, total) => terminal.show(`Fixed ${done} of ${count(total, 'file')}`) },
  );
  terminal.show(undefined);
  return Promise.all(changes.map((change) => rewrite(change, host)));
}

async function writeAll(files: readonly Rewritten[], host: Host): Promise<Untouched[]> {
  const untouched: Untouched[] = [];
  for (const file of files) {
    const failed = await write(file, host);
    if (failed) untouched.push(failed);
  }
  return untouched;
}

/** As bytes in the encoding of the file, so that `git apply` finds the lines it looks for. */
function difference({ change, source }: Rewritten, { pathOf }: Places, { text }: Host): Uint8Array {
  const mark = source.hasByteOrderMark ? '\uFEFF' : '';
  const patch = unifiedDiff(pathOf(change.uri), mark + change.before, mark + change.after);
  return text.encode(patch, source.encoding) ?? new TextEncoder().encode(patch);
}

function summary(before: readonly Finding[], after: readonly Finding[], files: number, { write, review }: FixOptions): string[] {
  const fixed = `${before.length - after.length} of ${count(before.length, 'finding')} in ${count(files, 'file')}`;
  const reasons = countBy(after, ({ reason }) => reason ?? 'a safe fix is there, but it has to wait for the next run');
  const digits = String(after.length).length;
  return [
    write ? `Fixed ${fixed}.` : `Would fix ${fixed}; add --write to do so.`,
    ...(after.length > 0 ? [`${after.length} left:`] : []),
    ...Object.entries(reasons).map(([reason, times]) => `  ${String(times).padStart(digits)} ${reason}`),
    ...(!review && after.some(({ fixes }) => fixes.length > 0) ? ['Some of them have a fix that wants a look; --review includes those.'] : []),
  ];
}
