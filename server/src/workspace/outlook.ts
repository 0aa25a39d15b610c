import type { Reach } from '../python/uses';
import type { Helpers } from '../rules/kit/helpers';
import type { AnalysisContext } from './analysis';
import type { Questions } from './mentions';
import type { ModuleIndex } from './moduleIndex';
import type { Concern, Mentioned } from './modules';

/**
 * What a file sees of the others. It remembers what it was asked and what it answered, so that an analysis can tell when it is out
 * of date.
 */
export class Outlook implements AnalysisContext {
  readonly reach: Reach;
  /** Dotted names of the file that lead to eventlet through other modules of the project. */
  readonly strings: readonly string[];
  private readonly found: readonly Concern[];
  private readonly key: string;
  private revision: number;

  constructor(
    private readonly index: ModuleIndex,
    path: string,
    private readonly mentioned: Mentioned,
    readonly namedElsewhere: Questions,
    readonly python: readonly [number, number],
    readonly helpers: Helpers = {},
    readonly helperModule?: string,
  ) {
    this.found = index.current.concerns(mentioned);
    this.reach = index.current.reach(path);
    this.strings = this.found.map(({ dotted }) => dotted);
    this.key = keyOf(this.found);
    this.revision = index.revision;
  }

  /** Whether a text with these imports has to do with eventlet, although it may not name it. */
  concerns(text: string): boolean {
    return this.found.some(({ spellings }) => !spellings || spellings.some((spelling) => text.includes(spelling)));
  }

  /** Whether an analysis with another outlook would come out differently. */
  get isStale(): boolean {
    if (this.namedElsewhere.isStale) return true;
    if (this.revision === this.index.revision) return false;
    if (keyOf(this.index.current.concerns(this.mentioned)) !== this.key) return true;
    this.revision = this.index.revision;
    return false;
  }
}

function keyOf(concerns: readonly { readonly key: string }[]): string {
  return concerns.map(({ key }) => key).join('\n');
}
