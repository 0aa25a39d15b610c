/** Whether a line goes as a whole together with the one that is asked about. */
type Goes = (line: string) => boolean;

/** Whether the line at an offset is all that its key in YAML holds: without it, the key would hold nothing. */
export function isOnlyEntry(code: string, lineStart: number, goes: Goes): boolean {
  const { line, above, below } = around(code, lineStart, goes);
  const indent = indentOf(line);
  const isItem = line.trimStart().startsWith('-');
  return /:[ \t\r]*$/.test(above) && (below === '' || indentOf(below) < indent || (isItem && !below.trimStart().startsWith('-')));
}

/** Whether a shell could not do without the line at an offset: it is all that a block does, or the end of a longer command. */
export function isOnlyCommand(code: string, lineStart: number, goes: Goes): boolean {
  const { above, below } = around(code, lineStart, goes);
  if (/(\\|&&|\|)[ \t\r]*$/.test(above)) return true;
  return /(^|[\s;])(then|do|else|\{|\()[ \t\r]*$/.test(above) && /^[ \t]*(fi|done|else|elif|\}|\))/.test(below);
}

/** A line and its neighbours: empty ones and those that go, too, do not count. */
function around(code: string, lineStart: number, goes: Goes): { readonly line: string; readonly above: string; readonly below: string } {
  const line = /^.*/.exec(code.slice(lineStart))?.[0] ?? '';
  const stays = (each: string): boolean => each.trim() !== '' && !goes(each);
  const above = code.slice(0, lineStart).split('\n').findLast(stays) ?? '';
  const below = code.slice(lineStart + line.length).split('\n').find(stays) ?? '';
  return { line, above, below };
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}
