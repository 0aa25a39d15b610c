import { LineIndex } from '../edits/lines';
import type { Host } from '../host';
import type { OtherFile } from '../rules/kit/change';
import type { SyntaxParser } from '../syntax/parser';
import { factsOf, type Analysis, type AnalysisContext } from './analysis';
import { ChangeSet } from './changeSet';
import type { FileChange, FileEdit, FileReport, Finding } from './finding';
import { draftOf, fixText, type Draft, type FixChoice } from './fix';
import type { Court } from './judge';
import type { Target } from '../protocol';
import { draftOfText, fixTextFile } from './texts';

/** Which fixes are wanted; of each file for the target that is set for it, where none is named. */
export type WorkspaceFixChoice = Omit<FixChoice, 'target' | 'items'> & {
  readonly target?: Target;
  /** Only these findings: fingerprints by the URI of their file. */
  readonly items?: ReadonlyMap<string, ReadonlySet<string>>;
};

/** What fixing has to know of the workspace. */
export interface Desk {
  readonly host: Host;
  readonly parser: SyntaxParser;
  court(uri: string): Court;
  target(uri: string): Target;
  pathOf(uri: string): string;
  isText(uri: string): boolean;
  /** The text as it is now, in the buffer or on disk; undefined where there is no such file. */
  read(uri: string): Promise<string | undefined | { readonly reason: string }>;
  contextOf(uri: string, text: string): AnalysisContext;
  withAnalysis<Result>(uri: string, ask: (analysis: Analysis) => Result): Promise<Result | undefined>;
  /** The file of a module, named as a file of the same project does; where there is none yet, the one to be made. */
  moduleFile(module: string, near: string): string;
}

/** Computes what fixes change, in one file or in several. Nothing is written. */
export class Fixer {
  constructor(private readonly desk: Desk) {}

  /** What fixing would do to the files, computed in memory to a fixed point. */
  async fix(choice: WorkspaceFixChoice, uris: readonly string[], { progress, isCancelled }: { progress?(done: number, total: number): void; isCancelled?(): boolean } = {}): Promise<readonly FileChange[]> {
    const made = new ChangeSet();
    await this.desk.parser.ready();
    for (const [index, uri] of uris.entries()) {
      if (isCancelled?.()) break;
      const text = made.textOf(uri) ?? (await this.desk.read(uri));
      if (typeof text === 'string') await this.make(uri, text, this.fixed(uri, text, choice), made);
      progress?.(index + 1, uris.length);
      await this.desk.host.pause();
    }
    return made.all;
  }

  /** What one fix of a finding changes; nothing where the file has moved on and the finding is of another text. */
  async changesOf(uri: string, finding: Finding, fix: number): Promise<readonly FileChange[]> {
    const found = await this.drafts(uri, [finding]);
    const draft = found?.draft(finding, fix);
    return found && draft ? this.changes(uri, found.text, draft) : [];
  }

  /** Findings of one text with the edits of their fixes filled in. */
  async report(uri: string, findings: readonly Finding[]): Promise<FileReport | undefined> {
    const found = await this.drafts(uri, findings);
    if (!found) return undefined;
    const filled: Finding[] = [];
    for (const finding of findings) {
      const fixes: Finding['fixes'][number][] = [];
      for (const [index, fix] of finding.fixes.entries()) {
        const changes = await this.changes(uri, found.text, found.draft(finding, index));
        fixes.push({ ...fix, edits: changes.flatMap(fileEdits) });
      }
      filled.push({ ...finding, fixes });
    }
    return { uri, text: found.text, findings: filled };
  }

  private fixed(uri: string, text: string, { items, target, ...choice }: WorkspaceFixChoice): Draft {
    const { desk } = this;
    const whole = { ...choice, target: target ?? desk.target(uri), ...(items ? { items: items.get(uri) ?? new Set<string>() } : {}) };
    const court = desk.court(uri);
    if (desk.isText(uri)) return { ...fixTextFile(text, desk.pathOf(uri), whole, court), elsewhere: [] };
    return fixText(text, whole, { parser: desk.parser, context: desk.contextOf(uri, text), court });
  }

  /** The text of a file and the drafts of all fixes of its findings, worked out in one turn. */
  private async drafts(uri: string, findings: readonly Finding[]): Promise<{ readonly text: string; draft(finding: Finding, fix: number): Draft } | undefined> {
    const { desk } = this;
    const text = desk.isText(uri) ? await desk.read(uri) : undefined;
    const worked = (draft: (finding: Finding, fix: number) => Draft) => new Map(findings.map((finding) => [finding, finding.fixes.map((_, index) => draft(finding, index))]));
    const found =
      typeof text !== 'string'
        ? await desk.withAnalysis(uri, (analysis) => {
            const facts = factsOf(analysis);
            return { text: analysis.view.text, drafts: worked((finding, fix) => draftOf(analysis, facts, finding, fix, desk.court(uri))) };
          })
        : { text, drafts: worked((finding, fix) => draftOfText(finding, fix, text, desk.pathOf(uri))) };
    return found && { text: found.text, draft: (finding, fix) => found.drafts.get(finding)?.[fix] ?? { edits: [], elsewhere: [] } };
  }

  private async changes(uri: string, text: string, draft: Draft): Promise<readonly FileChange[]> {
    const made = new ChangeSet();
    await this.make(uri, text, draft, made);
    return made.all;
  }

  /** All of a draft or, where a file that it needs cannot be read, nothing. */
  private async make(uri: string, text: string, { edits, elsewhere }: Draft, made: ChangeSet): Promise<void> {
    const others: { readonly file: string; readonly text: string | undefined; readonly other: OtherFile }[] = [];
    for (const other of elsewhere) {
      const file = this.desk.moduleFile(other.module, uri);
      const present = made.textOf(file) ?? (await this.desk.read(file));
      if (typeof present === 'object') return;
      others.push({ file, text: present, other });
    }
    made.add(uri, text, edits);
    for (const { file, text: present, other } of others) {
      made.add(file, present, other.edits(made.textOf(file) ?? present));
      made.tie([uri, file]);
    }
  }
}

function fileEdits({ uri, before, edits }: FileChange): readonly FileEdit[] {
  const lines = new LineIndex(before);
  return edits.map(({ start, end, newText }) => ({ uri, start, end, newText, position: { start: lines.position(start), end: lines.position(end) } }));
}
