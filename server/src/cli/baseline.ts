import { promises as fs } from 'node:fs';
import * as path from 'node:path';
import { URI } from 'vscode-uri';
import { nearestWith } from '../doors/nearest';
import { isMissing, reasonOf } from '../doors/systemErrors';
import { attributesName, mergeLineFor } from '../features/checklistFile/attributes';
import { checklistFileName, formatChecklistFile, type ChecklistFile, type Entry } from '../features/checklistFile/entries';
import { updated, type Progress } from '../features/checklistFile/progress';
import { counts, type SheetUse } from '../features/checklistFile/sheet';
import { count } from '../features/report/words';
import type { Host } from '../host';
import type { OutputOptions } from './carryOut';
import { accountOf } from './checklist';
import { nearestChecklist, readChecklist } from './decided';
import { advice, writeGuard } from './guard';
import { placesOf, type Places } from './places';
import { Project, type ProjectOptions } from './project';
import { endingWith, warnOfSkipped } from './skipped';
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
  const file = await checklistPath(places, terminal);
  const known = await readChecklist(file, terminal);
  if (!known && !options.update) throw new WrongUse(`there is no ${checklistFileName} in ${path.dirname(file)} or above; \`baseline --update\` writes one`);

  const project = await Project.open(places, options, host, terminal);
  warnOfSkipped(project.workspace.counts, places, terminal);
  return endingWith(await carriedOut(project, file, known, options, host, terminal), project.workspace.counts, places);
}

/** Does what is asked for, as if every file had been analysed. */
async function carriedOut(project: Project, file: string, known: ChecklistFile | undefined, options: BaselineOptions, host: Host, terminal: Terminal): Promise<ExitCode> {
  const { places } = project;
  const { progress: now, outside } = accountOf(file, known?.entries ?? [], project);
  if (options.guard) {
    const left = [...now.there.map(({ use }) => use), ...now.fresh].filter(isLeftInCode);
    if (left[0]) throw new WrongUse(`the linters would complain now: the code still uses eventlet in ${count(left.length, 'place')}, such as ${placeOf(left[0], places)}`);
    return writeGuard(path.dirname(file), options, places, host, terminal);
  }
  if (options.update) {
    await write(file, { entries: [...outside, ...updated(now).entries] });
    terminal.say(`Wrote ${path.relative(terminal.folder, file)}: ${inWords(now, host.today())}.`);
    if (!known && (await letGitMerge(path.dirname(file)))) terminal.say(`Wrote ${path.relative(terminal.folder, path.join(path.dirname(file), attributesName))}: git takes both sides where two branches add to it.`);
    return 0;
  }
  const { lines, exitCode } = await verdict(now, project, file, host);
  terminal.print(`${lines.join('\n')}\n`);
  return exitCode;
}

/** What there is to say, and whether it fails. Comments and pages may speak of eventlet as they like: they are told of once it is gone. */
async function verdict(now: Progress<SheetUse>, { places, workspace }: Project, file: string, host: Host): Promise<{ readonly lines: readonly string[]; readonly exitCode: ExitCode }> {
  const { there, done } = now;
  const today = host.today();
  const fresh = now.fresh.filter(({ finding }) => finding.kind !== 'docs' && finding.suppressed === undefined);
  const isSure = workspace.counts.skipped.length === 0;
  const isGone = isSure && done.length > 0 && !there.some(({ use }) => isLeftInCode(use));
  if (fresh.length > 0) {
    const are = fresh.length === 1 ? 'is' : 'are';
    const lines = [
      isGone ? `This project is off eventlet, and ${count(fresh.length, 'use')} of it ${are} new:` : `${count(fresh.length, 'use')} of eventlet ${are} new since the checklist was written:`,
      ...fresh.map((use) => `  ${placeOf(use, places)}: ${use.rule}: ${use.finding.message}`),
      '',
      `${inWords(now, today)}. Replace what is new, keep it with a comment that says why, or take it up with \`baseline --update\`.`,
    ];
    return { lines, exitCode: 1 };
  }
  const mentions = [...there.map(({ use }) => use), ...now.fresh].filter(({ finding }) => finding.suppressed === undefined);
  if (isGone) return { lines: [...(await advice(path.dirname(file), mentions.map((use) => ({ place: placeOf(use, places), finding: use.finding })), host)), '', `${inWords(now, today)}.${unwritten(done)}`], exitCode: 0 };
  const isClean = isSure && there.length + now.fresh.length === 0;
  return { lines: [isClean ? 'Nothing of eventlet is left.' : `Nothing is new. ${inWords(now, today)}.${unwritten(done)}`], exitCode: 0 };
}

/** A use that is gone may come back unseen, as long as the file does not say that it is gone. */
function unwritten(done: readonly Entry[]): string {
  const many = done.filter((entry) => !entry.done).length;
  return many === 0 ? '' : ` ${many} of those done may come back unseen: \`baseline --update\` writes down that ${many === 1 ? 'it is' : 'they are'} gone.`;
}

/** `nova/utils.py:41:9`, as the user would spell it. */
function placeOf({ uri, finding }: SheetUse, { pathOf }: Places): string {
  const { line, character } = finding.position.start;
  return `${pathOf(uri)}:${line + 1}:${character + 1}`;
}

function isLeftInCode({ finding }: SheetUse): boolean {
  return finding.suppressed === undefined && !['config', 'dependency', 'docs'].includes(finding.kind);
}

/** `34 of 212 done, 5 decided, 173 open`. */
function inWords(now: Progress<SheetUse>, today: string): string {
  const { total, done, settled, left } = counts([now], today);
  const decided = settled.keep + settled.later + settled.elsewhere;
  return [`${done} of ${total} done`, ...(decided > 0 ? [`${decided} decided`] : []), `${left} open`].join(', ');
}

/** The checklist file that counts for the named places, else the one that there would be at the top of them. */
async function checklistPath({ root, roots }: Places, { folder }: Terminal): Promise<string> {
  const nearest = new Set(await Promise.all(roots.map((uri) => nearestChecklist(URI.parse(uri).fsPath))));
  const [only] = nearest;
  const top = path.resolve(folder, root);
  return (nearest.size === 1 ? only : await nearestChecklist(top)) ?? path.join(top, checklistFileName);
}

/** Adds the attribute for the checklist file in a work tree of git, where none says anything of it. Whether that was to be done. */
async function letGitMerge(folder: string): Promise<boolean> {
  const file = path.join(folder, attributesName);
  if ((await nearestWith('.git', folder)) === undefined) return false;
  try {
    const known = await fs.readFile(file, 'utf8').catch((error: unknown) => {
      if (isMissing(error)) return '';
      throw error;
    });
    const line = mergeLineFor(known);
    await fs.appendFile(file, line);
    return line !== '';
  } catch (error) {
    throw new WrongUse(`${file}: ${reasonOf(error, 'write')}`);
  }
}

async function write(file: string, content: ChecklistFile): Promise<void> {
  try {
    await fs.writeFile(file, formatChecklistFile(content));
  } catch (error) {
    throw new WrongUse(`${file}: ${reasonOf(error, 'write')}`);
  }
}
