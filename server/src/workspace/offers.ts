import { absoluteName } from './importMentions';

/** The `__all__` of a module, as far as it is written down. */
export interface Offer {
  readonly names: readonly string[];
  /** Modules whose `__all__` is part of it, as the file spells them: `other` in `__all__ += other.__all__`; relative ones made absolute. */
  readonly others: readonly string[];
}

/**
 * Reads `__all__` from the text alone: assignments, `+=`, `extend` and `append` of literals and of the `__all__` of other modules.
 * undefined where there is none or nothing of it is written down.
 */
export function offerOf(text: string, path: string): Offer | undefined {
  if (!text.includes('__all__')) return undefined;
  const names: string[] = [];
  const others: string[] = [];
  for (const match of text.matchAll(/^[ \t]*__all__[ \t]*(?::[^=\r\n]*)?(?:\+?=|\.(?:extend|append)\()/gm)) {
    for (const term of terms(text, match.index + match[0].length)) {
      const [, module] = /^([.\w]+)\.__all__$/.exec(term) ?? [];
      if (module !== undefined) others.push(absoluteName(module, path));
      else for (const [, name = ''] of term.replace(/#[^\r\n]*/g, '').matchAll(/['"](\w+)['"]/g)) names.push(name);
    }
  }
  return names.length + others.length > 0 ? { names: [...new Set(names)], others: [...new Set(others)] } : undefined;
}

/** The literals and names of a sum: `['a', 'b'] + other.__all__`, in parentheses or not. */
function* terms(text: string, start: number): Generator<string> {
  const term = /(?:[ \t(]|list\(|\\\r?\n)*(\[[^\]]*\]|\((?:[^()]|\([^()]*\))*\)|[.\w]+\.__all__|(['"])\w+\2(?:\s*,\s*(['"])\w+\3)*)[ \t)]*(?:\\\r?\n)?\s*(\+)?/y;
  term.lastIndex = start;
  for (let match = term.exec(text); match; match = term.exec(text)) {
    yield match[1] ?? '';
    if (match[4] === undefined) return;
    while (/\s/.test(text.charAt(term.lastIndex))) term.lastIndex++;
  }
}
