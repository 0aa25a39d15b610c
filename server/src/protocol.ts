/**
 * The server's own requests, beside what plain LSP carries. Data only: this is the one server file that the client imports.
 * Positions are LSP positions (zero-based lines, UTF-16 characters, end exclusive).
 */

export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** How far the best fix of a finding can be trusted; `guidance` where there is no edit at all. */
export type Trust = 'safe' | 'review' | 'guidance';

export type Target = 'threading' | 'asyncio';

/** Request, client → server. Params: `ChecklistParams`; result: `Checklist`. */
export const checklistRequest = 'eventlet/checklist';
/** Notification, server → client, without content: ask again. Sent at most once per burst of changes. */
export const checklistChangedNotification = 'eventlet/checklistChanged';
/** Request, client → server. Params: `PreviewFixesParams`; result: `PreviewFixesResult`. */
export const previewFixesRequest = 'eventlet/previewFixes';

/** Request, client → server. Params: `ReviewParams`; result: `Review`. What there is to tick before anything is changed. */
export const reviewRequest = 'eventlet/review';
/** Request, client → server. Params: `ReviewEditParams`; result: `ReviewEdit`. The edit of what was ticked. */
export const reviewEditRequest = 'eventlet/reviewEdit';

/** Request, client → server. Params: `PlanParams`; result: `Plan`. Worked out anew each time; `eventlet/checklistChanged` says when to ask again. */
export const planRequest = 'eventlet/plan';
/** Command of `workspace/executeCommand`. Arguments: a URI and a `Position`. Asks before it changes anything. */
export const convertCallChainCommand = 'eventlet.convertCallChain';

/** Request, client → server. Params: `ServicesParams`; result: `ServicesReport`. */
export const servicesRequest = 'eventlet/services';

/** Request, client → server: writes down what a person decided about uses. Params: `DecideParams`; result: `DecideResult`. */
export const decideRequest = 'eventlet/decide';

/** Request, client → server. Params: `HistoryParams`; result: `History`. Reports `$/progress` (work done) on the token, and can be cancelled. */
export const historyRequest = 'eventlet/history';

/** Request, client → server: what makes the linters of a project keep eventlet out. Params: `GuardParams`; result: `GuardResult`. */
export const guardRequest = 'eventlet/guard';

export interface GuardParams {
  /** URI of the project's top folder. */
  readonly folder: string;
}

export interface GuardResult {
  /** An LSP `WorkspaceEdit` with annotations that ask for a person's look; absent where there is nothing to write. */
  readonly edit?: unknown;
  /** What each linter does or needs, in sentences. */
  readonly notes: readonly string[];
}

export interface HistoryParams {
  /** URI of a folder in a git repository. */
  readonly folder: string;
  /** What the page calls it. */
  readonly name: string;
  readonly workDoneToken?: string;
}

/** How many uses were left over the last three years, or why that cannot be told. */
export interface History {
  /** In a sentence for the user; then there is nothing else. */
  readonly problem?: string;
  /** A page with chart and table, in Markdown. */
  readonly page?: string;
  readonly points: readonly HistoryPoint[];
}

/** What was left at one point of a repository's history. */
export interface HistoryPoint {
  /** Full hash. */
  readonly commit: string;
  /** The day of the commit, `2026-11-21`. */
  readonly date: string;
  /** Uses that no comment keeps; `safe`, `review` and `guidance` add up to it. */
  readonly findings: number;
  readonly safe: number;
  readonly review: number;
  readonly guidance: number;
  /** Files with such uses. */
  readonly files: number;
  readonly byRule: Readonly<Record<string, number>>;
}

/** Request, client → server: the list as a text to be handed on. Params: `ReportParams`; result: `ReportResult`. */
export const reportRequest = 'eventlet/report';

export type ExportFormat = 'markdown' | 'csv' | 'sarif';
export const exportFormats: readonly ExportFormat[] = ['markdown', 'csv', 'sarif'];

export interface ReportParams {
  readonly format: ExportFormat;
  /** Version of the tool that the report names. */
  readonly tool: string;
}

export interface ReportResult {
  /** Absent where it could not be made; the log says why. */
  readonly text?: string;
}

/**
 * How far the look at all files of the workspace has come: `scanning` while the first one is under way; `stopped` where a person cancelled
 * it, until everything is looked at again.
 */
export type LookState = 'scanning' | 'stopped' | 'ready';

export interface ChecklistParams {}

export interface Checklist {
  /** Unless it is `ready`, items are what is known so far. */
  readonly state: LookState;
  readonly files: FileCounts;
  /** What is left: neither kept by a comment nor settled by a decision. */
  readonly items: readonly ChecklistItem[];
  /** Uses kept on purpose by a comment. */
  readonly kept: number;
  readonly patterns: readonly Pattern[];
  /** Uses about which somebody decided, as far as that holds today; each has its `decision`. */
  readonly settled: readonly ChecklistItem[];
  /** What the checklist file knows and the code does no longer. */
  readonly done: readonly DoneUse[];
  /** Absent where the workspace has no checklist file, and before everything was looked at. */
  readonly progress?: Progress;
  /** By URI, the names of the processes that load a file. Files that none is known to load are left out. */
  readonly services: Readonly<Record<string, readonly string[]>>;
}

/** How far the project has come since its checklist file was begun; `done`, `settled` and `left` add up to `total`. */
export interface Progress {
  readonly total: number;
  readonly done: number;
  /** Uses that stay for now: those that a comment keeps count as `keep`. */
  readonly settled: Readonly<Record<DecisionKind, number>>;
  readonly left: number;
}

/** `keep`: it stays on purpose. `later`: not in this round. `elsewhere`: it is not ours to change. */
export type DecisionKind = 'keep' | 'later' | 'elsewhere';

/** What a person said about a use, instead of migrating it now. */
export interface Decision {
  readonly kind: DecisionKind;
  readonly reason: string;
  /** The day on which the use is open again, `2027-03-01`; for good where there is none. */
  readonly until?: string;
}

/** Whether a text is a day of the calendar in the form `2027-03-01`. */
export function isDay(text: string): boolean {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text) : NaN;
  // JavaScript reads 30 February as 2 March.
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** A use that was in the code when it was written down, and is gone. */
export interface DoneUse {
  /** Names one of them in the workspace. */
  readonly id: string;
  /** Of the file that it was in, which may be gone, too. */
  readonly uri: string;
  readonly rule: string;
  readonly api: string;
  /** The wiki pattern, 1 to 9. */
  readonly pattern: number;
  /** As it was when it was written down, where that is known. */
  readonly trust?: Trust;
}

export interface DecideParams {
  readonly items: readonly ItemId[];
  /** null takes back what was decided before. */
  readonly decision: Decision | null;
}

export interface DecideResult {
  /** An LSP `WorkspaceEdit` of the checklist files; absent where there is nothing to change. */
  readonly edit?: unknown;
  /** URIs of what it changes: the checklist files, and with a new one in a work tree of git `.gitattributes`, which says how it is merged. */
  readonly files: readonly string[];
  /** How many uses are written down by it because there was no checklist file yet: all there are. */
  readonly inventory: number;
  /** Why it cannot be written, in words for the user. */
  readonly problem?: string;
}

export interface FileCounts {
  /** Python files that the project counts as its own. */
  readonly found: number;
  /** Those whose text mentions eventlet. */
  readonly mentioning: number;
  readonly analysed: number;
  readonly skipped: readonly { readonly uri: string; readonly reason: string }[];
}

/** One of the nine patterns of the OpenStack wiki's page "Eventlet-removal", in its order. */
export interface Pattern {
  /** 1 to 9. */
  readonly number: number;
  readonly title: string;
  readonly href: string;
}

export interface ChecklistItem {
  /** The finding's fingerprint: survives moved lines and renamed files. */
  readonly id: string;
  readonly uri: string;
  readonly range: Range;
  readonly rule: string;
  /** Canonical name, such as `eventlet.sleep`. */
  readonly api: string;
  readonly message: string;
  /** The wiki pattern, 1 to 9. */
  readonly pattern: number;
  readonly trust: Trust;
  /** The text of the line the range starts in, without indentation and line end. */
  readonly line: string;
  /** Where the name is in `line`; half-open, UTF-16. */
  readonly highlight: readonly [start: number, end: number];
  /** Title of the fix that a click on *fix* applies, where there is one. */
  readonly fix?: string;
  /** Why there is no safe fix. */
  readonly reason?: string;
  /** Guide page of the rule. */
  readonly guide: string;
  /** What somebody decided; of an item that is left, a decision whose day has come. */
  readonly decision?: Decision;
}

export interface PlanParams {}

/** What to do, in which order, and why in this order. */
export interface Plan {
  /** Unless it is `ready`, steps are those of what is known so far. */
  readonly state: LookState;
  readonly steps: readonly PlanStep[];
  readonly effort: Effort;
  readonly services: ServicesReport;
}

/** One change that can be reviewed: one pattern in one package. */
export interface PlanStep {
  /** Stays the same as long as the step is there. */
  readonly id: string;
  /** All steps of one stage come before those of the next. */
  readonly stage: { readonly id: string; readonly title: string };
  /** What it is about, in a word or two. */
  readonly topic: string;
  /** What to do, in the imperative; code in backticks. */
  readonly action: string;
  /** Where, in words: `wholeProject` where it is in no one folder; empty for what is done once for all. */
  readonly where: string;
  /** Why it stands here, in sentences. */
  readonly why: string;
  readonly rules: readonly string[];
  /** How many places a fix changes safely, for review, or a person by guidance only. */
  readonly safe: number;
  readonly review: number;
  readonly guidance: number;
  readonly effort: Effort;
  /** Ids of the steps that must come first. */
  readonly after: readonly string[];
  /** What else stands in the way, in sentences. */
  readonly blockers: readonly string[];
  /** What went wrong in other projects at this point, with the change that shows it. */
  readonly traps: readonly { readonly text: string; readonly href?: string }[];
  /** The places, and behind them the imports that go with the last use in their file. */
  readonly items: readonly ChecklistItem[];
}

/** Hours of one person. */
export interface Effort {
  readonly from: number;
  readonly to: number;
}

export interface ServicesParams {}

/** May each process of the project drop `monkey_patch` now, and if not, what stands in the way? */
export interface ServicesReport {
  readonly services: readonly ServiceReport[];
  readonly tests: readonly TestsReport[];
  /** Files with uses of eventlet that no process imports, and that no string names in what one of them loads. */
  readonly unreached: readonly Place[];
}

export interface ServiceReport {
  /** `nova-compute`, or the path of a program that has no other name. */
  readonly name: string;
  /** `script`: a command; `wsgi`: an application that a server loads; `program`: a module that is run; `module`: one that patches, whoever loads it. */
  readonly kind: 'script' | 'wsgi' | 'program' | 'module';
  /** Where it starts. */
  readonly uri: string;
  /** How many modules of the project it loads. */
  readonly files: number;
  /** What is monkey-patched in a usual run: `socket`, `thread`, `time`. */
  readonly patched: readonly string[];
  readonly calls: readonly PatchCallReport[];
  /**
   * Whether it may do without `monkey_patch` now. `nothing`: it does not patch. `perhaps`: nothing is in the way in the modules that it
   * is known to load, but there are others with uses of eventlet that it might load: those of `named`, and the `unreached` ones of the report.
   */
  readonly mayDrop: 'yes' | 'no' | 'perhaps' | 'nothing';
  /** Something to put in order about the patching itself; whole sentences. */
  readonly problems: readonly PatchProblem[];
  readonly blockers: readonly Blocker[];
  /** Files with uses that it does not import, but may load: strings name them in what it loads, as managers and drivers are named. */
  readonly named: readonly Place[];
  /** Where it relies silently on the patching: native names that wait, and let other green threads run only because they are patched. */
  readonly relies: readonly (Place & { readonly names: readonly string[] })[];
}

export interface PatchCallReport {
  readonly uri: string;
  readonly range?: Range;
  /** Absent where the arguments cannot be read. */
  readonly groups?: readonly string[];
  /** The functions on the way to it, as they are called. */
  readonly through: readonly string[];
  /** The conditions under which it runs. */
  readonly conditions: readonly string[];
  /** `loading`: while modules are loaded; `running`: the program's function does it; `later`: at a time of its own, or never. */
  readonly when: 'loading' | 'running' | 'later';
  /** Whether it happens in a usual run; absent where that cannot be told. */
  readonly isUsual?: boolean;
}

export interface PatchProblem {
  /** `early`: a module binds a native name before it is patched; `twice`; `switch`: it depends on how the process is started; `unreadable`: which modules it patches cannot be told. */
  readonly kind: 'early' | 'twice' | 'switch' | 'unreadable';
  readonly message: string;
  readonly places: readonly Place[];
}

/** What stands in the way of one service, by rule. */
export interface Blocker {
  /** `uses`: of eventlet itself; `library`: one below that runs on eventlet. */
  readonly kind: 'uses' | 'library';
  readonly rule: string;
  readonly count: number;
  /** The files, those with most first. */
  readonly places: readonly Place[];
}

/** A file, with the first place in it and how many there are. */
export interface Place {
  readonly uri: string;
  readonly range?: Range;
  readonly count: number;
}

export interface TestsReport {
  readonly folder: string;
  /** How many test modules these are. */
  readonly modules: number;
  readonly patched: readonly string[];
}

/** Which fixes to compute; all given conditions must hold. */
export interface PreviewFixesParams {
  readonly uri?: string;
  /** Only the finding with this fingerprint. */
  readonly item?: string;
  /** Only these findings; a fingerprint may be found in several files. */
  readonly items?: readonly ItemId[];
  readonly rule?: string;
  readonly target?: Target;
  /** Also fixes that want a person's look. */
  readonly review?: boolean;
  /** Also what it takes to commit the change. */
  readonly commit?: boolean;
}

export interface PreviewFixesResult {
  /** An LSP `WorkspaceEdit` with versioned document changes (closed files have version null); absent where there is nothing to do. */
  readonly edit?: unknown;
  readonly fixed: number;
  /** Findings that stay, with the reason. */
  readonly left: readonly { readonly uri: string; readonly range: Range; readonly reason: string }[];
  /** Only where it was asked for and there is something to do. */
  readonly commit?: CommitFacts;
}

/** What it takes to commit a change with a good conscience. */
export interface CommitFacts {
  /** What was replaced, why it is safe, what is open; the first line is the subject. */
  readonly message: string;
  /** How many of the uses that go want a person's look, and at what, in sentences. */
  readonly review: number;
  readonly differences: readonly string[];
  /** URIs of the test modules that belong to the changed files. */
  readonly tests: readonly string[];
  /** SHA-1 of the text, without a byte order mark, that the edits of each file refer to; of the empty text for a file that is made. */
  readonly digests: readonly { readonly uri: string; readonly digest: string }[];
}

export interface ReviewParams {
  /** The uses that are asked about, by file and fingerprint. */
  readonly items: readonly ItemId[];
}

export interface ItemId {
  readonly uri: string;
  /** The finding's fingerprint. */
  readonly id: string;
}

export interface Review {
  /** In the order of their files. Each stands for itself: any of them can be made without the others. */
  readonly changes: readonly ReviewChange[];
  /** The texts that the changes are of, one for each file that they touch and that is there. */
  readonly texts: readonly TextId[];
  /** How many of the uses have no fix at all. */
  readonly left: number;
}

/** What is made as a whole or not at all: the fix of one use, or of several that move together. */
export interface ReviewChange {
  /** Stays the same as long as its first use is there. */
  readonly id: string;
  /** Title of the fix. */
  readonly title: string;
  readonly trust: 'safe' | 'review';
  /** For `review`: the difference that a person must look at. */
  readonly why?: string;
  /** The uses that it takes away; the change is listed under the first one. */
  readonly items: readonly [ChecklistItem, ...ChecklistItem[]];
  /** The files that it touches, that of the first use first. */
  readonly files: readonly string[];
}

/** Names one text of a file, in the buffer or on disk. */
export interface TextId {
  readonly uri: string;
  readonly digest: string;
}

export interface ReviewEditParams {
  /** The uses of the changes that were ticked. */
  readonly items: readonly ItemId[];
  /** The texts that were looked at. */
  readonly texts: readonly TextId[];
}

export interface ReviewEdit {
  /** An LSP `WorkspaceEdit` as in `PreviewFixesResult`, but without questions; absent where there is nothing to do, or a text is another one by now. */
  readonly edit?: unknown;
  /** How many uses it takes away. */
  readonly fixed: number;
  /** Those that it does not, with the reason. */
  readonly left: readonly { readonly uri: string; readonly range: Range; readonly reason: string }[];
  /** Files with another text than the one that was looked at. */
  readonly changed: readonly string[];
}

/** Request, client → server: take eventlet behind one module. Params: `RouteParams`; result: `ModuleEdits`. */
export const routeRequest = 'eventlet/route';
/** Request, client → server: let that module decide between eventlet and native threads. Params: `MakeOptionalParams`; result: `ModuleEdits`. */
export const makeOptionalRequest = 'eventlet/makeOptional';
/** Request, client → server: the next step of taking such a module down. Params: `RemoveDualParams`; result: `RemoveDualResult`. */
export const removeDualRequest = 'eventlet/removeDual';

export interface RouteParams {
  /** URI of the module's file, there already or not. */
  readonly module: string;
  /** Only the files below this folder; all of the workspace where none is named. */
  readonly folder?: string;
}

export interface MakeOptionalParams {
  /** URI of the module's file. */
  readonly module: string;
  /** The environment variable that decides: `USE_EVENTLET`. */
  readonly variable: string;
  /** URI of a file for the tests of the stand-ins. */
  readonly tests?: string;
}

export interface RemoveDualParams {
  /** URI of the module's file. */
  readonly module: string;
}

export interface ModuleEdits {
  /** An LSP `WorkspaceEdit`; absent where there is nothing to do. */
  readonly edit?: unknown;
  /** Dotted name of the module. */
  readonly module: string;
  /** Imports that stay as they are, with the reason. The line counts from zero. */
  readonly left: readonly { readonly uri: string; readonly line: number; readonly reason: string }[];
  /** Canonical names that nothing takes the place of on native threads. */
  readonly missing: readonly string[];
}

/** The module is empty for one that is not of that kind. */
export interface RemoveDualResult extends ModuleEdits {
  /**
   * `switch`: what decided goes. `names`: every file imports from where a name is defined. `files`: the module goes, with its tests,
   * unused stand-ins and the requirement. `nothing`: all is done.
   */
  readonly step: 'switch' | 'names' | 'files' | 'nothing';
}

/** Requests, server → client, for servers that cannot read files themselves (web worker, virtual workspaces). */
export const findFilesRequest = 'eventlet/findFiles';
export const readFileRequest = 'eventlet/readFile';

export interface FindFilesParams {
  readonly folder: string;
  readonly exclude: readonly string[];
}
export interface FindFilesResult {
  readonly files: readonly { readonly uri: string; readonly size: number; readonly unreadable?: string }[];
}
export interface ReadFileParams {
  readonly uri: string;
}
/** Exactly one of the members is there. */
export interface ReadFileResult {
  readonly base64?: string;
  readonly missing?: true;
  readonly unreadable?: string;
}

/** `initializationOptions` of the `initialize` request; all of it may be missing. */
export interface InitializationOptions {
  readonly settings?: Partial<Settings>;
  /** A command of the client that opens the guide page of a rule, whose id is its argument. Without it the server opens a web page. */
  readonly guideCommand?: string;
  /** Path of a folder outside of the project, in which the server may keep what it found out for the next start. */
  readonly cacheFolder?: string;
}

/** The client's settings, section `eventletMigration`; sent with `initialize` and pulled by `workspace/configuration`. */
export interface Settings {
  readonly target: Target;
  /** `workspace`: closed files too; `openFiles`: only what is open. */
  readonly diagnosticMode: 'workspace' | 'openFiles';
  readonly exclude: readonly string[];
  /** Oldest Python that the code must run on, such as `3.9`; empty: from `requires-python`. */
  readonly pythonVersion: string;
  /** Per rule: `error`, `warning`, `information`, `hint` or `off`. */
  readonly severity: Readonly<Record<string, 'error' | 'warning' | 'information' | 'hint' | 'off'>>;
}

export const defaultSettings: Settings = {
  target: 'threading',
  diagnosticMode: 'workspace',
  exclude: [],
  pythonVersion: '',
  severity: {},
};

/** Where a step of the plan is that is in no one folder. */
export const wholeProject = 'the project';

/** The files in which a project says what it wants of us. */
export const projectFilesPattern = '**/{pyproject.toml,.eventlet-migration.toml}';

/** The files in which a project writes down what there is to migrate, and what was decided about it. */
export const checklistFilesPattern = '**/.eventlet-migration.json';

/** The files that tell git how to merge those. */
export const attributesFilesPattern = '**/.gitattributes';

/** Names of the files beside Python that are looked at, and of some more: what is none is left out when it is told of. */
export const otherFilesPattern = '**/{*.{txt,in,pip,toml,lock,cfg,ini,conf,yml,yaml,env,service,sh,bash,spec,rst,md,markdown,adoc,dockerfile},[Dd]ockerfile*,[Cc]ontainerfile*,Procfile*,Makefile*,Pipfile*,justfile,control,.env*,.coveragerc,.pylintrc,.flake8}';
