import type { Target } from '../protocol';
import type { Variable } from '../python/names';
import type { NameUse, Use } from '../python/uses';
import type { Change } from './kit/change';
import type { FileView } from './kit/view';

/**
 * One rule: what it answers for, what it says, and how it rewrites. A file of its own, named after the thing it finds;
 * the id is for ever, because it stands in settings, comments and links.
 */
export interface Rule {
  readonly id: string;
  /** In the wiki's order, see `wikiPatterns`. */
  readonly pattern: PatternNumber;
  /**
   * The canonical names it answers for: `eventlet.sleep`, everything below a module or class with `eventlet.wsgi.*`,
   * all members of a class with `eventlet.Event().*`, all of eventlet with `*`, anything with `**`. The longest match wins, an exact one first.
   */
  readonly names: readonly string[];
  /** The forms of use it answers for; references and members where nothing is said. */
  readonly forms?: readonly Use['form'][];
  /** Whether there is nothing to say once some module outside the tests has chosen a native backend for oslo.service. */
  readonly endsWithNativeBackend?: true;
  /** Narrows that down where name and form do not tell: a string in a mock from one in an import. */
  answers?(use: Use): boolean;
  /** What kind of text its findings are in, where that does not follow from the form of use. */
  readonly kind?: 'code' | 'config' | 'dependency' | 'docs' | 'test-double';
  /** `warning` where nothing is said. */
  readonly severity?: 'error' | 'warning' | 'information' | 'hint';
  /** One sentence: what this is and what becomes of it. Names in backticks. */
  message(use: Use): string;
  readonly guide: Guide;
  /** The fixes of one use, best first, or why there is none; several of one target are alternatives. Pure and synchronous. */
  proposals(use: Use, view: FileView): readonly Proposal[];
  /** They are the tests of the rule, and its guide page shows them. */
  readonly examples: readonly Example[];
}

export type PatternNumber = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;

export type Proposal = Fix | NoFix;

export interface Fix {
  readonly target: Target;
  /** What will happen, in the imperative; code in backticks. */
  readonly title: string;
  /**
   * `safe`: the behaviour is kept wherever all conditions hold. `review`: a named difference needs a person's look, whatever
   * the conditions say.
   */
  readonly claim: 'safe' | 'review';
  readonly conditions: readonly Condition[];
  /** For `review`: the difference, in words. */
  readonly why?: string;
  readonly change: Change;
  /** Canonical names of further uses that the change rewrites: a test double of any of them stands in its way. */
  readonly affects?: readonly string[];
  /** The uses that become native by the change of an import. */
  readonly reads?: readonly NameUse[];
}

/** No edit for this target; the guide page says what to do. */
export interface NoFix {
  readonly target: Target;
  /** Why there is no local rewrite, in words. */
  readonly reason: string;
  /** The name that this brings in: where each of its uses in the file has a fix, all of them together are the fix, and the reason does not hold. */
  readonly unlessFixed?: Variable;
}

/** What must hold for a safe fix to be safe. */
export type Condition =
  /** Looked up in the process: these groups of modules are monkey-patched wherever the file runs (catalogue 0, R1 to R3). */
  | { readonly kind: 'patched'; readonly groups: readonly PatchGroup[]; readonly otherwise: string; readonly binds?: Binding }
  /** Checked by the rule itself and shown to the user. */
  | { readonly kind: 'checked'; readonly text: string };

/**
 * Why it must be patched before a file is loaded, or before the moment while it is loaded: `names` where the fix binds names for good
 * (`from time import sleep`), else when the file makes, calls or inherits from what is native then.
 */
export type Binding = 'names' | LoadMoment;

/** A moment while a module is loaded, by what of it has been done before. */
export interface LoadMoment {
  /** How many imports stand above. */
  readonly imports: number;
  /** How many calls of `monkey_patch` do. */
  readonly patches: number;
}

/** What `eventlet.monkey_patch` patches as a whole (catalogue R3). */
export type PatchGroup = 'os' | 'select' | 'socket' | 'subprocess' | 'thread' | 'time' | 'psycopg' | 'MySQLdb' | 'builtins';

/** The text of the guide page and of the hover. Markdown. */
export interface Guide {
  /** What the thing is called in a heading: "Sleeping". */
  readonly title: string;
  /** What it does, in one or two sentences. */
  readonly does: string;
  /** What replaces it, by target. */
  readonly replacement: Readonly<Record<Target, string>>;
  /** How they differ; each row tells of one aspect. */
  readonly differences: readonly Difference[];
  /** The aspects that no row tells of: why there is nothing to tell, in words. */
  readonly same?: Readonly<Partial<Record<Aspect, string>>>;
  readonly links: readonly Link[];
}

/** What a person asks of every replacement. */
export type Aspect = 'value' | 'exceptions' | 'blocking' | 'order' | 'cancellation' | 'defaults';

export interface Difference {
  readonly of?: Aspect;
  /** What the row is about. */
  readonly aspect: string;
  readonly eventlet: string;
  readonly threading: string;
  readonly asyncio?: string;
}

export interface Link {
  readonly title: string;
  readonly href: string;
}

/** Python before and after. */
export interface Example {
  /** A sentence of behaviour: "somebody else's sleep is left alone". */
  readonly title: string;
  /** Underlines mark the findings: `#^^^ safe`, `#^^^ review`, `#^^^ none`; the `#` counts as the first caret. */
  readonly before: string;
  /** After all fixes that the marks name; absent where nothing changes. */
  readonly after?: string;
  readonly target?: Target;
  /** The modules that the process is said to have patched; all of the default ones where nothing is said, `[]` for none. */
  readonly patched?: readonly PatchGroup[];
  /** The oldest Python that the code must run on, as [major, minor]; 3.9 where nothing is said. */
  readonly python?: readonly [number, number];
  /** The module that the project file names for helper code. */
  readonly helperModule?: string;
  /** The rules whose fixes make `after`; only the example's own where nothing is said. */
  readonly also?: readonly string[];
}

export function isFix(proposal: Proposal): proposal is Fix {
  return 'change' in proposal;
}
