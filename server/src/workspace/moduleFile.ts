import { moduleName } from './mentions';
import { foldersAround } from './roots';

/**
 * The file of a module, among the files of a root; where there is none yet, the place where it is to be made: in what there is of
 * the packages around it, else below the root. A module is known by the end of its path, because the folder that Python's search
 * path starts in is not known: `src/pkg/mod.py` answers to `pkg.mod`.
 */
export function moduleFile(module: string, root: string, files: readonly { readonly uri: string; readonly path: string }[]): string {
  const names = new Map(files.map(({ uri, path }) => [moduleName(path), uri]));
  const find = (dotted: string) => names.get(dotted) ?? [...names].find(([name]) => name.endsWith(`.${dotted}`))?.[1];
  const known = find(module);
  if (known !== undefined) return known;
  const parts = module.split('.');
  for (let end = parts.length - 1; end > 0; end--) {
    const init = find(parts.slice(0, end).join('.'));
    const folder = init?.includes('/__init__.py') ? foldersAround(init)[0] : undefined;
    if (folder !== undefined) return `${[folder, ...parts.slice(end)].join('/')}.py`;
  }
  return `${[root, ...parts].join('/')}.py`;
}
