import { decisionOn, isLeft, type Decisions } from '../features/checklistFile/decisions';
import { plannedFile } from '../features/plan/planned';
import type { PlannedFile } from '../features/plan/sites';
import { countKinds, makeReport, type Report, type ReportedFile } from '../features/report/report';
import { count } from '../features/report/words';
import type { Host } from '../host';
import type { DecisionKind, Target } from '../protocol';
import type { Finding } from '../workspace/finding';
import type { Survey } from '../workspace/survey';
import { Workspace, type Memo, type WorkspaceOptions } from '../workspace/workspace';
import type { Places } from './places';
import { WrongUse, type Terminal } from './terminal';

/** What every command that looks at a project can be told. */
export interface ProjectOptions {
  readonly target?: Target;
  /** Only these rules; all where nothing is said. */
  readonly rule?: readonly string[];
  /** In the syntax of `.gitignore`, relative to each folder that is named. */
  readonly exclude?: readonly string[];
  /** Oldest Python that the code must run on, such as `3.9`. */
  readonly python?: string;
  readonly quiet?: boolean;
  /** Whether what is found out waits for the next run. */
  readonly cache?: boolean;
  readonly jobs?: number;
}

/** What of it the workspace is made with. */
export function settingsOf({ target, exclude = [], python }: ProjectOptions): Pick<WorkspaceOptions, 'settings' | 'explicit'> {
  return { settings: { exclude }, explicit: { ...(target === undefined ? {} : { target }), ...(python === undefined ? {} : { pythonVersion: python }) } };
}

/** The named files and folders. */
export class Project {
  private constructor(
    readonly places: Places,
    readonly workspace: Workspace,
    private readonly options: ProjectOptions,
    private readonly terminal: Terminal,
  ) {}

  /** Nothing is looked at yet. */
  static async at(places: Places, options: ProjectOptions, host: Host, terminal: Terminal, survey?: Survey): Promise<Project> {
    return new Project(places, await Workspace.create(host, { roots: places.roots, ...settingsOf(options), isLazy: true, ...(survey ? { survey } : {}) }), options, terminal);
  }

  static async open(places: Places, options: ProjectOptions, host: Host, terminal: Terminal, survey?: Survey): Promise<Project> {
    const project = await Project.at(places, options, host, terminal, survey);
    await project.look();
    return project;
  }

  /** Looks at every file. Rejects where a project file says what cannot be. */
  async look(): Promise<void> {
    const { workspace, terminal } = this;
    await workspace.scan({ progress: (done, total) => terminal.show(`Looked at ${done} of ${count(total, 'file')}`) });
    terminal.show(undefined);
    const wrong = workspace.projectProblems.map(({ uri, position, message }) => `${workspace.pathOf(uri)}:${position.start.line + 1}:${position.start.character + 1}: ${message}`);
    if (wrong.length > 0) throw new WrongUse(wrong.join('\n'));
  }

  /** Whether a rule was asked for. */
  readonly isAsked = (rule: string): boolean => this.options.rule?.includes(rule) ?? true;

  /** What is left, without the edits: what no comment and nobody in the checklist file keeps. */
  left(decisions: Decisions): readonly Finding[] {
    const { workspace, isAsked } = this;
    return workspace.uris.flatMap((uri) => workspace.findings(uri).filter((finding) => finding.suppressed === undefined && isAsked(finding.rule) && !isLeft(decisions, uri, finding)));
  }

  /** How many uses somebody decided to leave for now, those that a comment keeps left out. */
  settled(decisions: Decisions): Readonly<Record<DecisionKind, number>> {
    const { workspace, isAsked } = this;
    const kinds = workspace.uris.flatMap((uri) =>
      workspace.findings(uri).flatMap((finding) => {
        const { decision, holds } = decisionOn(decisions, uri, finding) ?? {};
        return decision && holds && finding.suppressed === undefined && isAsked(finding.rule) ? [decision.kind] : [];
      }),
    );
    return countKinds(kinds);
  }

  /** What is found, kept uses included. */
  get files(): readonly ReportedFile[] {
    return this.workspace.uris.map((uri) => ({ uri, findings: this.workspace.findings(uri) }));
  }

  /** The same with the edits of all fixes; reads the files once more. */
  async filesWithEdits(): Promise<readonly ReportedFile[]> {
    const { uris } = this.workspace;
    const files: ReportedFile[] = [];
    const memo: Memo = new Map();
    for (const uri of uris) {
      const file = await this.workspace.report(uri, memo);
      if (file) files.push(file);
      this.terminal.show(`Reported on ${files.length} of ${count(uris.length, 'file')}`);
    }
    this.terminal.show(undefined);
    return files;
  }

  /** What is found by the rules that are asked for and not settled, with all that decides about its place in the plan. */
  plannedFiles(decisions: Decisions): readonly PlannedFile[] {
    return this.workspace.uris.map((uri) => plannedFile(uri, this.workspace, this.places.pathOf(uri), (finding) => this.isAsked(finding.rule) && !isLeft(decisions, uri, finding)));
  }

  /** Of the project as a whole. */
  get target(): Target {
    return this.workspace.settings(this.places.roots[0] ?? '').target;
  }

  /** `tool` is the version that the report names. */
  report(files: readonly ReportedFile[], decisions: Decisions, tool: string): Report {
    const { counts, patched } = this.workspace;
    const { rule: rules } = this.options;
    return makeReport({ ...this.places, tool, target: this.target, counts, patched, files, relatedTo: (uri, finding) => this.workspace.related(uri, finding), decisionOn: (uri, finding) => decisionOn(decisions, uri, finding), ...(rules ? { rules } : {}) });
  }
}
