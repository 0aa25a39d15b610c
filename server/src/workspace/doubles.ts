import type { Precondition } from './finding';
import { isModuleName } from './moduleNames';

/** A place in a test that names what is to be replaced: `mock.patch('pkg.mod.eventlet.sleep')`, `patch.object(eventlet, 'sleep')`. */
export interface Double {
  /** Its place among the marks of the file. */
  readonly mark: number;
  /** Canonical name. */
  readonly api: string;
  /** The attribute of a module that is set while the test runs: `eventlet.sleep`; `pkg.mod.sleep` for a name that `pkg.mod` holds itself. */
  readonly attribute: string;
  /** The module that the target leads through: `pkg.mod`; empty where it begins with eventlet. */
  readonly owner: string;
  /** The target is spelled with eventlet's own name: `pkg.mod.eventlet.sleep`. */
  readonly namesEventlet: boolean;
  /** What takes its place natively: `time.sleep`; absent where the double cannot be rewritten. */
  readonly native?: string;
  /** The target stays as it is: when the module imports natively, it is the double of the native name. */
  readonly isKept?: boolean;
}

/** The test doubles of one file. */
export interface DoubleFile {
  readonly uri: string;
  readonly path: string;
  readonly doubles: readonly Double[];
  /** The files that run in tests that these doubles are in, by URI: what those tests load, and what they name. */
  readonly loaded: ReadonlySet<string>;
}

/** A use of eventlet that a double may take the place of. */
export interface DoubledUse {
  readonly uri: string;
  /** Of the module that it is in. */
  readonly module: string;
  readonly mark: number;
  readonly api: string;
  readonly attribute?: string;
  /** What stands there: a bare `sleep`, or a chain. */
  readonly text: string;
  /** The first name of that. */
  readonly name: string;
}

/** What one fix changes beside the place that it is offered at: the marks, and which of their proposals. */
export interface PartyFile {
  readonly uri: string;
  readonly hasDoubles: boolean;
  readonly picks: readonly Pick[];
}

/** One fix of one mark. */
export interface Pick {
  /** Identity of the mark. */
  readonly item: string;
  readonly proposal: number;
}

/** Code and test doubles that move in one fix. */
export interface Party {
  readonly title: string;
  readonly safety: 'safe' | 'review';
  readonly why?: string;
  readonly preconditions: readonly Precondition[];
  readonly files: readonly PartyFile[];
}

/**
 * Which uses notice a double. What `mock.patch` sets is an attribute of a module, for everybody in the process while the test runs:
 *
 * - `'eventlet.sleep'` and `'pkg.mod.eventlet.sleep'` set the same attribute of eventlet. All modules notice it that read it there
 *   (`eventlet.sleep(1)`), not only `pkg.mod`; who bound the function itself (`from eventlet import sleep`) does not.
 * - `'pkg.mod.sleep'` and `'pkg.mod.eventlet'` set a name of `pkg.mod`, and only that module notices, in all that it does with it.
 * - `'eventlet.greenthread.sleep'` is another attribute than `'eventlet.sleep'`, although both hold one function.
 *
 * Only what the test loads can run in it. Where it loads nothing that would notice, what it runs is not known (plug-ins are loaded by
 * name), and every module of the project counts.
 */
export class Audience {
  private readonly uris: readonly string[];
  private readonly loadedHere = new Map<ReadonlySet<string>, string>();
  private readonly byAttribute = new Map<string, readonly DoubledUse[]>();
  private readonly known = new Map<string, readonly DoubledUse[]>();

  constructor(private readonly uses: readonly DoubledUse[]) {
    this.uris = [...new Set(uses.map(({ uri }) => uri))];
  }

  /** In the order of the uses; the same object for doubles of one attribute in tests that load the same of their files. */
  noticing({ attribute }: Double, { loaded }: { readonly loaded: ReadonlySet<string> }): readonly DoubledUse[] {
    const key = `${attribute}\n${this.loadedOf(loaded)}`;
    const known = this.known.get(key) ?? this.noticed(attribute, loaded);
    this.known.set(key, known);
    return known;
  }

  /** Those of the files of the uses that are among these, as one text. */
  loadedOf(files: ReadonlySet<string>): string {
    const known = this.loadedHere.get(files) ?? this.uris.filter((uri) => files.has(uri)).join('\n');
    this.loadedHere.set(files, known);
    return known;
  }

  private noticed(attribute: string, loaded: ReadonlySet<string>): readonly DoubledUse[] {
    const all = this.byAttribute.get(attribute) ?? this.reading(attribute);
    this.byAttribute.set(attribute, all);
    const known = all.filter(({ uri }) => loaded.has(uri));
    return known.length > 0 ? known : all;
  }

  /** In all modules of the project. */
  private reading(attribute: string): readonly DoubledUse[] {
    const dot = attribute.lastIndexOf('.');
    const [owner, name] = [attribute.slice(0, Math.max(0, dot)), attribute.slice(dot + 1)];
    return this.uses.filter((use) => use.attribute === attribute || (use.name === name && owner !== '' && isModuleName(use.module, owner)));
  }
}
