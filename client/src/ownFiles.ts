import ignore from 'ignore';

/** Folders with other people's or generated code, whatever the settings say; a glob of the editor. */
export const neverOurs = '**/{.git,.hg,.svn,node_modules,.tox,.nox,.eggs,site-packages,__pycache__}/**';

/**
 * Those of the paths that are the project's own: not ignored, and not inside a virtual environment. Paths are relative to the
 * folder, with forward slashes; the lines are those of a `.gitignore` in that folder.
 */
export function ownFiles(paths: readonly string[], ignoreLines: readonly string[]): readonly string[] {
  const rules = ignore({ ignorecase: false }).add(ignoreLines);
  const mark = '/pyvenv.cfg';
  const environments = paths.filter((path) => path.endsWith(mark)).map((path) => path.slice(0, 1 - mark.length));
  return paths.filter((path) => !rules.ignores(path) && !environments.some((environment) => path.startsWith(environment)));
}
