/** Folders that are put on the search path and are no packages themselves. */
const sources = new Set(['src', 'lib', 'python']);

/**
 * The names under which a file can be imported, the likeliest first: counted from the topmost package above it; below a folder for
 * sources; below the root as a whole (a namespace package, or a search path that starts there); and its own name alone, for scripts
 * of the same folder. `path` is the one below the root, with forward slashes.
 */
export function moduleNames(path: string, isPackage: (folder: string) => boolean): readonly string[] {
  const parts = path.replace(/\.pyi?w?$/, '').split('/');
  if (parts.at(-1) === '__init__') parts.pop();
  const folders = path.split('/').slice(0, -1);
  let top = folders.length;
  while (top > 0 && isPackage(folders.slice(0, top).join('/'))) top--;
  const below = sources.has(parts[0] ?? '') && top > 0 ? parts.slice(1) : parts;
  const names = [...(top < folders.length ? [parts.slice(top)] : []), below, parts, parts.slice(top)].map((each) => each.join('.')).filter((name) => name !== '');
  return [...new Set(names)];
}

export function isInit(path: string): boolean {
  return /(^|\/)__init__\.py$/.test(path);
}

/** The folder that a file is in; empty at the root. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** `a.b.c`, `a.b` and `a`: importing a module loads the packages around it. */
export function withPackages(dotted: string): readonly string[] {
  const parts = dotted.split('.');
  return parts.map((_, index) => parts.slice(0, index + 1).join('.'));
}

/** Whether two names may mean one module. */
export function isModuleName(name: string, other: string): boolean {
  return name === other || name.endsWith(`.${other}`) || other.endsWith(`.${name}`);
}
