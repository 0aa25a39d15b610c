import type { Tree } from '../../syntax/node';
import type { Layout } from '../../edits/layout';
import type { Helpers } from './helpers';
import type { Names } from '../../python/names';
import type { Holder, Uses } from '../../python/uses';

/** What a rule can see of one version of one file. Valid for one synchronous turn. */
export interface FileView {
  readonly text: string;
  readonly tree: Tree;
  readonly names: Names;
  readonly uses: Uses['all'];
  readonly holders: readonly Holder[];
  readonly layout: Layout;
  /**
   * Names of this module that other files import from it or patch in it: their imports must stay. With a dot in front, names with an underscore that
   * they may mean, whatever has them here: `._done`.
   */
  readonly namedElsewhere: Pick<ReadonlySet<string>, 'has'>;
  /** Whether it is a module of tests that no other module names: what is in it is its own. */
  readonly isUnshared?: true;
  /** Of a package: its modules that are called like one of the standard library. */
  readonly submodules?: readonly string[];
  /** The oldest Python that the code must run on, as [major, minor]. */
  readonly python: readonly [number, number];
  /** What the project has of its own in the place of eventlet's names. */
  readonly helpers?: Helpers;
  /** Dotted name of the module into which helper code is written, if the project names one. */
  readonly helperModule?: string;
  /** What rules found out about this version of the file and may ask again. */
  readonly memory: Memory;
}

/** Answers about one version of one file: several uses of one object ask the same, and it is worked out once. */
export class Memory {
  private readonly answers = new Map<string, unknown>();

  /** The answer under a key, made when it is asked for first. */
  recall<Answer>(key: string, make: () => Answer): Answer {
    if (!this.answers.has(key)) this.answers.set(key, make());
    // A key belongs to one caller, and so its answers are of one type.
    return this.answers.get(key) as Answer;
  }
}

/** Whether code may use what came with this Python. */
export function hasPython(view: FileView, major: number, minor: number): boolean {
  const [itsMajor, itsMinor] = view.python;
  return itsMajor > major || (itsMajor === major && itsMinor >= minor);
}
