/** A test written down in Markdown: a heading that is a sentence of behaviour, and the Python under it. */
export interface MarkdownCase {
  /** The headings down to it, joined. */
  readonly title: string;
  readonly python: string;
}

/** The fenced `python` blocks of a document; several under one heading are numbered. */
export function casesOf(markdown: string): readonly MarkdownCase[] {
  const cases: MarkdownCase[] = [];
  const seen = new Map<string, number>();
  let heading = '';
  for (const [, title, python] of markdown.matchAll(/^#+ (.*)$|^```python\n([\s\S]*?)^```$/gm)) {
    if (title !== undefined) heading = title;
    if (python === undefined) continue;
    const count = (seen.get(heading) ?? 0) + 1;
    seen.set(heading, count);
    cases.push({ title: count === 1 ? heading : `${heading} (${count})`, python });
  }
  return cases;
}

/** The document with every `python` block replaced. */
export function mapCases(markdown: string, replace: (python: string) => string): string {
  return markdown.replace(/^```python\n([\s\S]*?)^```$/gm, (_, python: string) => `\`\`\`python\n${replace(python)}\`\`\``);
}
