import type { Host } from '../host';
import { encode } from '../edits/encoding';
import { countBy, remaining, type Report } from '../features/report/report';
import { unifiedDiff } from '../features/report/unifiedDiff';
import { count } from '../features/report/words';
import { deliver } from './check';
import type { Project, ProjectOptions } from './project';
import { rewritten, writeBack, type Rewritten } from './rewrite';
import type { ExitCode, Terminal } from './terminal';

export interface FixOptions extends ProjectOptions {
  /** Also fixes that want a person's look. */
  readonly review: boolean;
  readonly write: boolean;
  /** Print the difference; so it is where nothing is written. */
  readonly diff: boolean;
  /** A file for the difference, instead of standard output. */
  readonly output?: string;
}

/**
 * Fixes what can be fixed safely and says what stays, and why. `look` looks at the same project again through another host.
 */
export async function fix(project: Project, options: FixOptions, host: Host, terminal: Terminal, look: (host: Host) => Promise<Project>): Promise<ExitCode> {
  const { target, review, rule } = options;
  const changes = await project.workspace.fix({ target, review, ...(rule.length > 0 ? { rules: rule } : {}) }, {
    progress: (done, total) => terminal.show(`Fixing ${count(total, 'file')}: ${done}`),
  });
  terminal.show(undefined);

  const all = await Promise.all(changes.map((change) => rewritten(change, host)));
  const problems = all.flatMap((file) => ('reason' in file ? [file] : []));
  const files = all.filter((file) => !('reason' in file));
  if (options.diff || !options.write) await deliver(Buffer.concat(files.map((file) => difference(file, project, host))), options.output, terminal);
  if (options.write) for (const file of files) problems.push(...(await writeBack(file)));

  const failed = new Set(problems.map(({ uri }) => uri));
  const made = files.filter(({ uri }) => !failed.has(uri));
  const after = await (await look(withFiles(host, made))).report();
  summary(await project.report(), after, made.length, options).forEach(terminal.say);
  problems.forEach(({ uri, reason }) => terminal.say(`Not written: ${project.places.pathOf(uri)}: ${reason}`));
  return problems.length > 0 ? 2 : 0;
}
