import { promises as fs } from 'node:fs';
import * as path from 'node:path';
import { URI } from 'vscode-uri';
import { isMissing, reasonOf } from '../doors/systemErrors';
import { checklistFileName, formatChecklistFile, parseChecklistFile, type ChecklistFile, type Entry } from '../features/checklistFile/entries';
import { isSettled, progress, updated, type CurrentUse, type Progress } from '../features/checklistFile/progress';
import { count } from '../features/report/words';
import { trustOf } from '../features/trust';
import type { Host } from '../host';
import type { Trust } from '../protocol';
import type { Finding } from '../workspace/finding';
import type { OutputOptions } from './carryOut';
import { advice, writeGuard } from './guard';
import { isWithin, placesOf, type Places } from './places';
import { Project, type ProjectOptions } from './project';
import { WrongUse, type ExitCode, type Terminal } from './terminal';

export interface BaselineOptions extends ProjectOptions, OutputOptions {
  /** Write the checklist file, with the uses of today in it. */
  readonly update?: boolean;
  /** Once the last use is gone: make the linters of the project keep eventlet out. */
  readonly guard?: boolean;
}

/** Compares the uses of today with the checklist file: one that is new fails. With `update` what is new is taken up instead. */
export async function baseline(paths: readonly string[], options: BaselineOptions, host: Host, terminal: Terminal): Promise<ExitCode> {
  const places = await placesOf(paths, terminal.folder);
  const file = await checklistPath(path.resolve(terminal.folder, places.root));
  const known = await read(file, terminal);
  if (!known && !options.update) throw new WrongUse(`there is no ${checklistFileName} in ${path.dirname(file)} or above; \`baseline --update\` writes one`);

  const project = await Project.open(places, options, host, terminal);
  const scope = new Scope(path.dirname(file), places, options);
  const { inside, outside } = scope.divide(known?.entries ?? []);
  const now = progress({ entries: inside }, scope.uses(project), {
    exists: (name) => project.workspace.isKnown(scope.uriOf(name)),
    isSeen: (name, rule) => project.workspace.isWhole(scope.uriOf(name)) && project.workspace.settings(scope.uriOf(name)).severity[rule] !== 'off',
  });

  if (options.guard) {
    const left = [...now.there.map(({ use }) => use), ...now.fresh].filter(isInCode);
    if (left.length > 0) throw new WrongUse(`the linters would complain now: the code still uses eventlet in ${count(left.length, 'place')}, such as ${left[0]?.place ?? ''}`);
    return writeGuard(path.dirname(file), options, places, host, terminal);
  }
  if (options.update) {
    await write(file, { entries: [...outside, ...updated(now).entries] });
    terminal.say(`Wrote ${path.relative(terminal.folder, file)}: ${counts(now, host.today())}.`);
    return 0;
  }
  const { lines, exitCode } = await verdict(now, file, host);
  terminal.print(`${lines.join('\n')}\n`);
  return exitCode;
}

interface Use extends CurrentUse {
  readonly finding: Finding;
  /** `nova/utils.py:41:9`, as the user would spell it. */
  readonly place: string;
}

/** What of a checklist file a run is about: the named files and folders, and the rules that were asked for. */
class Scope {
  constructor(
    private readonly folder: string,
    private readonly places: Places,
    private readonly options: BaselineOptions,
  ) {}

  uses({ files, workspace }: Project): readonly Use[] {
    return files.flatMap(({ uri, findings }) => {
      const surroundings = workspace.surroundings(uri);
      const { target } = workspace.settings(uri);
      const asked = findings.filter((finding) => finding.suppressed === undefined && this.isAsked(finding.rule));
      return asked.map((finding) => this.use(uri, finding, trustOf(finding, target), surroundings.get(finding.fingerprint)));
    });
  }

  divide(entries: readonly Entry[]): { readonly inside: readonly Entry[]; readonly outside: readonly Entry[] } {
    const roots = this.places.roots.map((uri) => URI.parse(uri).fsPath);
    const isInside = ({ path: name, rule }: Entry): boolean => this.isAsked(rule) && roots.some((root) => isWithin(root, path.join(this.folder, name)));
    return { inside: entries.filter(isInside), outside: entries.filter((entry) => !isInside(entry)) };
  }

  uriOf(name: string): string {
    return URI.file(path.join(this.folder, name)).toString();
  }

  private use(uri: string, finding: Finding, safety: Trust, near: string | undefined): Use {
    const { line, character } = finding.position.start;
    const name = path.relative(this.folder, URI.parse(uri).fsPath).split(path.sep).join('/');
    return { ...finding, finding, path: name, safety, ...(near === undefined ? {} : { near }), place: `${this.places.pathOf(uri)}:${line + 1}:${character + 1}` };
  }

  private isAsked(rule: string): boolean {
    return this.options.rule?.includes(rule) ?? true;
  }
}

/** What there is to say, and whether it fails. Comments and pages may speak of eventlet as they like: they are told of once it is gone. */
async function verdict(now: Progress<Use>, file: string, host: Host): Promise<{ readonly lines: readonly string[]; readonly exitCode: ExitCode }> {
  const { there, done } = now;
  const today = host.today();
  const fresh = now.fresh.filter(({ finding }) => finding.kind !== 'docs');
  const isGone = done.length > 0 && !there.some(({ use }) => isInCode(use));
  if (fresh.length > 0) {
    const are = fresh.length === 1 ? 'is' : 'are';
    const lines = [
      isGone ? `This project is off eventlet, and ${count(fresh.length, 'use')} of it ${are} new:` : `${count(fresh.length, 'use')} of eventlet ${are} new since the checklist was written:`,
      ...fresh.map(({ place, finding }) => `  ${place}: ${finding.rule}: ${finding.message}`),
      '',
      `${counts(now, today)}. Replace what is new, keep it with a comment that says why, or take it up with \`baseline --update\`.`,
    ];
    return { lines, exitCode: 1 };
  }
  if (isGone) return { lines: [...(await advice(path.dirname(file), [...there.map(({ use }) => use), ...now.fresh], host)), '', `${counts(now, today)}.${unwritten(done)}`], exitCode: 0 };
  const isClean = there.length + now.fresh.length === 0;
  return { lines: [isClean ? 'Nothing of eventlet is left.' : `Nothing is new. ${counts(now, today)}.${unwritten(done)}`], exitCode: 0 };
}

/** A use that is gone may come back unseen, as long as the file does not say that it is gone. */
function unwritten(done: readonly Entry[]): string {
  const many = done.filter((entry) => !entry.done).length;
  return many === 0 ? '' : ` ${many} of those done may come back unseen: \`baseline --update\` writes down that ${many === 1 ? 'it is' : 'they are'} gone.`;
}

function isInCode({ finding }: Use): boolean {
  return !['config', 'dependency', 'docs'].includes(finding.kind);
}

/** `34 of 212 done, 5 decided, 173 open`. */
function counts({ there, done, fresh }: Progress<Use>, today: string): string {
  const settled = there.filter(({ entry }) => isSettled(entry, today)).length;
  const open = there.length - settled + fresh.length;
  return [`${done.length} of ${done.length + there.length + fresh.length} done`, ...(settled > 0 ? [`${settled} decided`] : []), `${open} open`].join(', ');
}

/** The checklist file that counts for a folder: the nearest at or above it, else the one that there would be in it. */
async function checklistPath(folder: string): Promise<string> {
  for (let at = folder; ; at = path.dirname(at)) {
    const file = path.join(at, checklistFileName);
    const isThere = await fs.access(file).then(
      () => true,
      () => false,
    );
    if (isThere) return file;
    if (at === path.dirname(at)) return path.join(folder, checklistFileName);
  }
}

async function read(file: string, terminal: Terminal): Promise<ChecklistFile | undefined> {
  try {
    const { entries, problems } = parseChecklistFile(await fs.readFile(file, 'utf8'));
    for (const { line, message } of problems) terminal.warn(`${path.relative(terminal.folder, file)}:${line + 1}: ${message}`);
    return { entries };
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw new WrongUse(`${file}: ${reasonOf(error, 'read')}`);
  }
}

async function write(file: string, content: ChecklistFile): Promise<void> {
  try {
    await fs.writeFile(file, formatChecklistFile(content));
  } catch (error) {
    throw new WrongUse(`${file}: ${reasonOf(error, 'write')}`);
  }
}
