import type { TextEdit } from '../../edits/textEdit';
import type { Target } from '../../protocol';
import type { Guide, NoFix, Rule } from '../rule';

/**
 * A rule for files that are no Python: requirements, configuration, documentation. They have no tree; a rule looks for the few
 * forms in which people write such a thing, and for no other.
 */
export interface TextRule {
  readonly id: string;
  /** 5, WSGI, 8, configuration and dependencies, or 9, documentation; see `wikiPatterns`. */
  readonly pattern: 5 | 8 | 9;
  readonly kind: 'dependency' | 'config' | 'docs' | 'hazard';
  /** `warning` where nothing is said. */
  readonly severity?: Rule['severity'];
  /** Whether a file is of a kind that the rule reads, by its path below the root, with forward slashes. */
  files(path: string): boolean;
  /** One sentence: what this is and what becomes of it. */
  message(match: Pick<TextMatch, 'api'>): string;
  readonly guide: Guide;
  /** In any order; of two rules that find the same text, the one listed first counts. */
  find(file: TextFile): readonly TextMatch[];
  /** They are the tests of the rule, and its guide page shows them. */
  readonly examples: readonly TextExample[];
}

/** One file as the rules see it. */
export interface TextFile {
  readonly path: string;
  readonly text: string;
  /** The text with blanks in the place of comments, of the same length. */
  readonly code: string;
}

/** Where a file names eventlet. Offsets are UTF-16, half-open. */
export interface TextMatch {
  readonly start: number;
  readonly end: number;
  /** What is named: `eventlet`, `celery[eventlet]`, `EVENTLET_HUB`. */
  readonly api: string;
  readonly proposals: readonly TextProposal[];
}

export type TextProposal = TextFix | NoFix;

export interface TextFix {
  readonly target: Target;
  readonly title: string;
  readonly claim: 'safe' | 'review';
  /** For `review`: what a person has to look at. */
  readonly why?: string;
  /** They do not overlap. */
  readonly edits: readonly TextEdit[];
}

/** A file before and after. */
export interface TextExample {
  readonly title: string;
  /** Where the file is, below the root. */
  readonly path: string;
  /** Underlines mark the findings, as in examples of Python: `#^^^ review`, `#^^^ none`. */
  readonly before: string;
  /** After all fixes; absent where nothing changes. */
  readonly after?: string;
  readonly target?: Target;
}
