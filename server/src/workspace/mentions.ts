/**
 * Dotted names that a file takes from modules: `pkg.mod.name` for each `from pkg.mod import name`, `pkg.mod.*` for a star,
 * `pkg.mod` for each `import pkg.mod`, and each string in a file with mocks that looks like one.
 */
export function mentionsOf(text: string, path: string): readonly string[] {
  const found = new Set<string>();
  for (const [, from = '', names = ''] of text.matchAll(/^[ \t]*from[ \t]+([.\w]+)[ \t]+import[ \t]*(\([^)]*\)|[^\r\n]*)/gm)) {
    const base = absolute(from, path);
    const listed = names.replace(/#[^\r\n]*/g, '').replace(/[()\\]/g, ' ');
    for (const item of listed.split(',')) {
      const [name = ''] = item.trim().split(/\s+/);
      if (/^(\w+|\*)$/.test(name)) found.add(base === '' ? name : `${base}.${name}`);
    }
  }
  for (const [, names = ''] of text.matchAll(/^[ \t]*import[ \t]+([^\r\n#]+)/gm)) {
    for (const item of names.split(',')) {
      const [name = ''] = item.trim().split(/\s+/);
      if (/^[\w.]+$/.test(name)) found.add(name);
    }
  }
  if (/\b(mock|patch|setattr|stub)/i.test(text)) {
    for (const [, , dotted = ''] of text.matchAll(/(['"])([A-Za-z_]\w*(?:\.\w+)+)\1/g)) found.add(dotted);
  }
  return [...found];
}

/** `.x` in module `a.b`, or in the package `a`, is `a.x`. */
function absolute(from: string, path: string): string {
  const dots = /^\.*/.exec(from)?.[0].length ?? 0;
  if (dots === 0) return from;
  const package_ = path.split('/').slice(0, -1);
  const base = dots > 1 ? package_.slice(0, 1 - dots) : package_;
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
  private readonly byFile = new Map<string, readonly string[]>();
  /** Last part of a module's name → `module:name` → how many files mention it. */
  private readonly byEnd = new Map<string, Map<string, number>>();
  private readonly known = new Map<string, ReadonlySet<string>>();

  /** Grows with every change of what is mentioned. */
  revision = 0;

  /** The mentions of one file, as they are now. */
  set(uri: string, mentions: readonly string[]): void {
    const before = this.byFile.get(uri) ?? [];
    if (isSame(before, mentions)) return;
    this.byFile.set(uri, mentions);
    this.count(before, -1);
    this.count(mentions, 1);
    this.known.clear();
    this.revision++;
  }

  delete(uri: string): void {
    this.set(uri, []);
    this.byFile.delete(uri);
  }

  /** The names of a module that somebody mentions. */
  of(module: string): ReadonlySet<string> {
    const known = this.known.get(module);
    if (known) return known;
    const names = new Set<string>();
    for (const mention of this.byEnd.get(lastPart(module))?.keys() ?? []) {
      const [prefix = '', name = ''] = mention.split(':');
      if (module === prefix || module.endsWith(`.${prefix}`) || prefix.endsWith(`.${module}`)) names.add(name);
    }
    this.known.set(module, names);
    return names;
  }

  private count(mentions: readonly string[], step: 1 | -1): void {
    for (const dotted of mentions) {
      const parts = dotted.split('.');
      for (let at = 1; at < parts.length; at++) {
        const counts = this.byEnd.get(parts[at - 1] ?? '') ?? new Map<string, number>();
        const key = `${parts.slice(0, at).join('.')}:${parts[at] ?? ''}`;
        const next = (counts.get(key) ?? 0) + step;
        if (next > 0) counts.set(key, next);
        else counts.delete(key);
        this.byEnd.set(parts[at - 1] ?? '', counts);
      }
    }
  }
}

/** What one file asks about the others while it is analysed; remembered, because the others change. */
export class Questions {
  private readonly answers = new Map<string, boolean>();
  private revision: number;

  constructor(
    private readonly mentions: Mentions,
    private readonly module: string,
  ) {
    this.revision = mentions.revision;
  }

  /** Whether another file names this name of the module. */
  has(name: string): boolean {
    const answer = this.mentions.of(this.module).has(name);
    this.answers.set(name, answer);
    return answer;
  }

  /** Whether a question would be answered differently today. */
  get isStale(): boolean {
    if (this.revision === this.mentions.revision) return false;
    const names = this.mentions.of(this.module);
    for (const [name, answer] of this.answers) if (names.has(name) !== answer) return true;
    this.revision = this.mentions.revision;
    return false;
  }
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((text, index) => text === b[index]);
}

function lastPart(module: string): string {
  return module.split('.').at(-1) ?? module;
}
