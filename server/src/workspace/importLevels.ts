/** A file as far as its place among the others goes. */
export interface Importer {
  /** Dotted name of its module. */
  readonly module: string;
  /** Dotted names of what it imports: modules, or names in them. */
  readonly imports: readonly string[];
}

/**
 * Puts files into groups, so that each file comes after the ones that it imports; those of one group do not need each other. Where
 * files import each other in a circle, one of them has to come first.
 */
export function importLevels<File extends Importer>(files: readonly File[]): readonly (readonly File[])[] {
  const byModule = new Map(files.map((file) => [file.module, file]));
  const needed = (file: File): File[] => [...new Set(file.imports.flatMap((dotted) => moduleIn(dotted, byModule) ?? []))];
  const levels = new Map<File, number>();
  for (const file of files) placeWithImports(file, needed, levels);
  const groups: File[][] = [];
  for (const [file, level] of levels) (groups[level] ??= []).push(file);
  return groups;
}

/** Goes down without recursion: chains of imports may be longer than the stack. */
function placeWithImports<File>(first: File, needed: (file: File) => File[], levels: Map<File, number>): void {
  const path = [{ file: first, left: needed(first), level: 0 }];
  const open = new Set([first]);
  if (levels.has(first)) return;
  for (let top = path.at(-1); top; top = path.at(-1)) {
    const next = top.left.pop();
    if (next === undefined) {
      path.pop();
      open.delete(top.file);
      levels.set(top.file, top.level);
      const above = path.at(-1);
      if (above) above.level = Math.max(above.level, top.level + 1);
    } else if (levels.has(next)) top.level = Math.max(top.level, (levels.get(next) ?? 0) + 1);
    else if (!open.has(next)) {
      open.add(next);
      path.push({ file: next, left: needed(next), level: 0 });
    }
  }
}

/** The longest module in front of a dotted name. */
function moduleIn<File>(dotted: string, byModule: ReadonlyMap<string, File>): File | undefined {
  for (let end = dotted.length; end > 0; end = dotted.lastIndexOf('.', end - 1)) {
    const file = byModule.get(dotted.slice(0, end));
    if (file) return file;
  }
  return undefined;
}
