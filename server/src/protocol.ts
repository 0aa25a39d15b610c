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

export interface ChecklistParams {}

export interface Checklist {
  /** `scanning` while the first look at the workspace is under way: items are what is known so far. */
  readonly state: 'scanning' | 'ready';
  readonly files: FileCounts;
  readonly items: readonly ChecklistItem[];
  /** Uses kept on purpose by a comment. */
  readonly kept: number;
  readonly patterns: readonly Pattern[];
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
}

/** Which fixes to compute; all given conditions must hold. */
export interface PreviewFixesParams {
  readonly uri?: string;
  /** Only the finding with this fingerprint. */
  readonly item?: string;
  readonly rule?: string;
  readonly target?: Target;
  /** Also fixes that want a person's look. */
  readonly review?: boolean;
}

export interface PreviewFixesResult {
  /** An LSP `WorkspaceEdit` with versioned document changes (closed files have version null); absent where there is nothing to do. */
  readonly edit?: unknown;
  readonly fixed: number;
  /** Findings that stay, with the reason. */
  readonly left: readonly { readonly uri: string; readonly range: Range; readonly reason: string }[];
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
