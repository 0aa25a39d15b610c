import type { Reach } from '../python/uses';
import type { AnalysisContext } from './analysis';
import type { Concern, Mentioned, ModuleFile, Modules } from './modules';
import { contextOf, type AnalysisSettings, type SeenFrom } from './trace';

/** What a file sees of the others, as they are now. */
export class Outlook implements SeenFrom {
  readonly reach: Reach;
  /** Dotted names of the file that lead to eventlet through other modules of the project. */
  readonly strings: readonly string[];
  /** Equal for outlooks that lead to eventlet in the same ways. */
  readonly key: string;
  private readonly found: readonly Concern[];

  constructor(
    modules: Modules,
    { path, root }: Pick<ModuleFile, 'path' | 'root'>,
    mentioned: Mentioned,
    /** Names of its module that other files mention, and whether they may mean its names with an underscore; as in `AnalysisContext`. */
    readonly namedElsewhere: AnalysisContext['namedElsewhere'],
    readonly settings: AnalysisSettings,
  ) {
    this.found = modules.concerns(mentioned, path, root);
    this.reach = modules.reach(path, root);
    this.strings = this.found.map(({ dotted }) => dotted);
    this.key = waysOf(this.found);
  }

  /** What an analysis is made with. */
  get context(): AnalysisContext {
    return contextOf(this);
  }

  /** Whether a text with these imports has to do with eventlet, although it may not name it. */
  concerns(text: string): boolean {
    return this.found.some(({ spellings, replacing }) => !spellings || spellings.some((spelling) => text.includes(spelling)) || replacing?.test(text) === true);
  }
}

/** In which ways a file leads to eventlet; equal texts for equal ways. */
export function waysOf(concerns: readonly Concern[]): string {
  return concerns.map(({ key }) => key).join('\n');
}
