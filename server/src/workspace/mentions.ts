/** Dotted names that a file takes from modules: `pkg.mod.name` for each `from pkg.mod import name` and each string that looks like one. */
export function mentionsOf(text: string, module: string): readonly string[] {
  const found = new Set<string>();
  for (const [, from = '', names = ''] of text.matchAll(/^[ \t]*from[ \t]+([.\w]+)[ \t]+import[ \t]+(\([^)]*\)|[^\r\n]*)/gm)) {
    const base = absolute(from, module);
    for (const [name] of names.replace(/#[^\r\n]*/g, '').matchAll(/(?<![\w.]|\bas\s+)[A-Za-z_]\w*(?=\s*(?:,|$|\)|\s+as\b))/g)) found.add(`${base}.${name}`);
  }
  if (/\b(mock|patch|setattr|stub)/i.test(text)) {
    for (const [, , dotted = ''] of text.matchAll(/(['"])([A-Za-z_]\w*(?:\.\w+)+)\1/g)) found.add(dotted);
  }
  return [...found];
}

/** `.x` in module `a.b` is `a.x`. */
function absolute(from: string, module: string): string {
  const dots = /^\.*/.exec(from)?.[0].length ?? 0;
  if (dots === 0) return from;
  const base = module.split('.').slice(0, -dots);
  return [...base, ...(from.length > dots ? [from.slice(dots)] : [])].join('.');
}

/** Module name of a file by its path below the root; packages are named by their folder. */
export function moduleName(path: string): string {
  return path
    .replace(/\.pyi?w?$/, '')
    .replace(/\/__init__$/, '')
    .replaceAll('/', '.');
}

/**
 * Who names what of whom. A module is known by the end of its path, because the folder that Python's search path
 * starts in is not known: `src/pkg/mod.py` answers to `pkg.mod`.
 */
export class Mentions {
  private readonly byEnd = new Map<string, Set<string>>();

  constructor(all: Iterable<string>) {
    for (const dotted of all) {
      const parts = dotted.split('.');
      for (let at = 1; at < parts.length; at++) {
        const key = parts[at - 1] ?? '';
        const set = this.byEnd.get(key) ?? new Set();
        this.byEnd.set(key, set.add(`${parts.slice(0, at).join('.')}:${parts[at] ?? ''}`));
      }
    }
  }

  /** The names of a module that somebody mentions. */
  of(module: string): ReadonlySet<string> {
    const names = new Set<string>();
    for (const mention of this.byEnd.get(module.split('.').at(-1) ?? module) ?? []) {
      const [prefix = '', name = ''] = mention.split(':');
      if (module === prefix || module.endsWith(`.${prefix}`) || prefix.endsWith(`.${module}`)) names.add(name);
    }
    return names;
  }
}
