import type { Hop } from '../python/values';
import type { Range, Target } from '../protocol';

/** What kind of text a finding is in; see `kind` in the JSON report. */
export type FindingKind = 'code' | 'test-double' | 'string' | 'config' | 'dependency' | 'docs' | 'hazard';

export type Severity = 'error' | 'warning' | 'information' | 'hint';

/** Offsets into the text of the file, UTF-16; the end is exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** One use that a rule reports, judged for the process it runs in. Plain data: it may outlive tree and text. */
export interface Finding {
  readonly rule: string;
  /** Canonical name, the shortest public spelling (catalogue 1.1); `eventlet.Event().send` for a member of an object. */
  readonly api: string;
  /** The module that the name came through, where it is not imported from eventlet itself. */
  readonly via?: string;
  /** All modules of the project that hand the name on, the one of `via` first. */
  readonly trail?: readonly Hop[];
  /** For a wrapper, a subclass or an attribute of this file: where it is defined. */
  readonly origin?: Origin;
  readonly kind: FindingKind;
  readonly message: string;
  readonly severity: Severity;
  readonly range: Span;
  /** The same range as lines and UTF-16 characters, for those who do not have the text. */
  readonly position: Range;
  /** The text of the line the range starts in, without indentation and line end, and where the name is in it. */
  readonly line: string;
  readonly highlight: readonly [start: number, end: number];
  /** URL of the guide page. */
  readonly guide: string;
  /** The wiki's pattern, 1 to 9. */
  readonly pattern: number;
  /** Survives moved lines and renamed files. */
  readonly fingerprint: string;
  /** The reason given in the comment that keeps this use. */
  readonly suppressed?: string;
  /** Why there is no safe fix, in words. */
  readonly reason?: string;
  /** Best first. */
  readonly fixes: readonly FixReport[];
}

/** Where something of a file that stands in for eventlet is defined. */
export interface Origin {
  readonly name: string;
  readonly position: Range;
}

/** A place on the way of a name to eventlet. */
export interface Related {
  readonly uri: string;
  readonly position: Range;
  /** What is bound there. */
  readonly name: string;
  /** The module that binds it; undefined in the file of the finding itself. */
  readonly module?: string;
}

/** One fix of one finding. Several of one target are alternatives. */
export interface FixReport {
  readonly title: string;
  readonly target: Target;
  readonly safety: 'safe' | 'review';
  readonly preconditions: readonly Precondition[];
  /** For `review`: the named difference that a person must look at. */
  readonly why?: string;
  /** How many files it changes, where it moves test doubles in others along with the code. */
  readonly files?: number;
  /** Of an import: how many uses of its name the fix replaces, each by the fix of its own; absent for a fix of one's own. */
  readonly uses?: number;
  /** All edits of this fix, imports included, of one text for each file, not overlapping. Empty where they were not asked for. */
  readonly edits: readonly FileEdit[];
}

export interface Precondition {
  readonly text: string;
  readonly holds: boolean;
  /** `doubles`: that no test replaces what is rewritten. The others are about the code and its processes. */
  readonly about?: 'doubles';
}

export interface FileEdit extends Span {
  readonly uri: string;
  readonly newText: string;
  /** The same range as lines and UTF-16 characters. */
  readonly position: Range;
}

/** One analysed file that has findings. */
export interface FileReport {
  readonly uri: string;
  readonly text: string;
  readonly findings: readonly Finding[];
}

/** What fixing did to one file; the edits lead from `before` to `after`. */
export interface FileChange {
  readonly uri: string;
  /** The file is not there yet, and `before` is empty. */
  readonly isNew?: true;
  /** The file is to go, and `after` is empty. */
  readonly isGone?: true;
  /** URIs of the files that a fix changes together with this one: all of them are written, or none. */
  readonly together?: readonly string[];
  readonly before: string;
  readonly after: string;
  readonly edits: readonly (Span & { readonly newText: string })[];
}
