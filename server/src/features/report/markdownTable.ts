/** A table of Markdown; columns that hold numbers are aligned to the right. */
export function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const alignment = head.map((_, column) => (rows.some((row) => typeof row[column] === 'number') ? '---:' : '---'));
  return [head, alignment, ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n');
}

/** Inline code, whatever is in it: the fence is longer than any run of backticks inside. */
export function code(content: string): string {
  const runs = content.match(/`+/g) ?? [];
  const fence = '`'.repeat(Math.max(0, ...runs.map(({ length }) => length)) + 1);
  return runs.length > 0 ? `${fence} ${content} ${fence}` : `${fence}${content}${fence}`;
}

function cell(content: string | number): string {
  return String(content).replace(/\s*[\r\n]+\s*/g, ' ').replaceAll('|', '\\|');
}
