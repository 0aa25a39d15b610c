import { placedImports } from './importMentions';
import type { Mentioned } from './modules';
import { noOutline, outlineOf } from './services/outline';

/** What the text of a file says of others: its imports, what it runs while it is loaded, and in a file with mocks each string that looks like a dotted name. */
export function mentionedIn(text: string, path: string): Mentioned {
  const strings = new Set<string>();
  if (/\b(mock|patch|setattr|stub)/i.test(text)) {
    for (const [, , dotted = ''] of text.matchAll(/(['"])([A-Za-z_]\w*(?:\.\w+)+)\1/g)) strings.add(dotted);
  }
  const imports = placedImports(text, path);
  return { imports: imports.map(({ mention }) => mention), strings: [...strings], outline: outlineOf(text, imports) };
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
  private readonly byFile = new Map<string, Mentioned>();
  /** Last part of a module's name → `module:name` → how many files mention it. */
  private readonly byEnd = new Map<string, Map<string, number>>();
  private readonly known = new Map<string, ReadonlySet<string>>();

  /** Grows with every change of what is mentioned. */
  revision = 0;

  /** What one file mentions, as it is now. */
  set(uri: string, mentioned: Mentioned): void {
    const before = this.byFile.get(uri) ?? nothing;
    if (before === mentioned || JSON.stringify(before) === JSON.stringify(mentioned)) return;
    this.byFile.set(uri, mentioned);
    this.count(before, -1);
    this.count(mentioned, 1);
    this.known.clear();
    this.revision++;
  }

  /** What a file mentions. */
  from(uri: string): Mentioned {
    return this.byFile.get(uri) ?? nothing;
  }

  delete(uri: string): void {
    this.set(uri, nothing);
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

  private count({ imports, strings }: Mentioned, step: 1 | -1): void {
    for (const dotted of [...imports.map((mention) => mention.dotted), ...strings]) {
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

/** What a file says of others that is no Python. */
export const nothing: Mentioned = { imports: [], strings: [], outline: noOutline };

function lastPart(module: string): string {
  return module.split('.').at(-1) ?? module;
}
