import type { Tree } from '../../syntax/node';
import type { Layout } from '../../edits/layout';
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
  /** Names of this module that other files import from it or patch in it: their imports must stay. */
  readonly namedElsewhere: Pick<ReadonlySet<string>, 'has'>;
  /** The oldest Python that the code must run on, as [major, minor]. */
  readonly python: readonly [number, number];
}

/** Whether code may use what came with this Python. */
export function hasPython(view: FileView, major: number, minor: number): boolean {
  const [itsMajor, itsMinor] = view.python;
  return itsMajor > major || (itsMajor === major && itsMinor >= minor);
}
