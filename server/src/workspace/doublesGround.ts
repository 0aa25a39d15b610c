import type { FileFacts, MarkFacts } from './analysis';
import type { Double, DoubledUse } from './doubles';
import { suppresses } from './judge';
import type { Process } from './process';
import type { ProjectSettings } from './projects';
import { isSameData } from './sameData';
import type { Services } from './services/services';

/** What follows from the test doubles of a project follows from this: as long as it is the same, that does not have to be worked out again. */
export interface DoublesGround {
  readonly guests: readonly Guest[];
  readonly anywhere: Process;
  readonly services: Services;
  /** Of what the files say of each other. */
  readonly revision: number;
}

/** A double, or a use that one may take the place of. */
interface Guest {
  readonly uri: string;
  readonly mark: MarkFacts;
  readonly isKept: boolean;
  readonly settings: ProjectSettings;
  readonly what: Omit<Double, 'mark'> | Omit<DoubledUse, 'mark'>;
}

export type ByFile<Thing> = ReadonlyMap<string, readonly Thing[]>;

export function guestsOf(things: ByFile<Double | DoubledUse>, factsOf: (uri: string) => FileFacts | undefined, settingsOf: (uri: string) => ProjectSettings): readonly Guest[] {
  return [...things].flatMap(([uri, own]) => {
    const { marks, suppressions } = factsOf(uri) ?? { marks: [], suppressions: [] };
    const settings = settingsOf(uri);
    return own.flatMap(({ mark: index, ...what }): readonly Guest[] => {
      const mark = marks[index];
      return mark ? [{ uri, mark, isKept: suppressions.some((suppression) => suppresses(suppression, mark)), settings, what }] : [];
    });
  });
}

export function isSameGround(a: DoublesGround, b: DoublesGround): boolean {
  if (a.anywhere !== b.anywhere || a.services !== b.services || a.revision !== b.revision || a.guests.length !== b.guests.length) return false;
  return a.guests.every((guest, index) => isSameGuest(guest, b.guests[index]));
}

/** Where something speaks against a fix, its line is named; other places do not matter. */
function isSameGuest(a: Guest, b: Guest | undefined): boolean {
  return (
    a.uri === b?.uri &&
    a.mark.identity === b.mark.identity &&
    a.mark.position.start.line === b.mark.position.start.line &&
    a.isKept === b.isKept &&
    a.settings === b.settings &&
    isSameData(a.what, b.what) &&
    isSameData(a.mark.proposals, b.mark.proposals)
  );
}
