import type { ImportMention } from '../importMentions';

/** Which of some names of other people's modules a module uses, as `time.sleep`, sorted. A text search: a name in a string counts too. */
export function namesUsed(text: string, imports: readonly ImportMention[], namesOf: (module: string) => readonly string[] | undefined): readonly string[] {
  const found = imports.flatMap(({ dotted, bound }) => {
    const dot = dotted.lastIndexOf('.');
    if (namesOf(dotted.slice(0, Math.max(dot, 0)))?.includes(dotted.slice(dot + 1))) return [dotted];
    const names = namesOf(dotted);
    if (!names) return [];
    const used = new RegExp(`(?<![\\w.])${bound.replaceAll('.', '\\.')}\\.(${names.join('|')})\\b`, 'g');
    return [...text.matchAll(used)].map(([, name = '']) => `${dotted}.${name}`);
  });
  return [...new Set(found)].sort();
}
