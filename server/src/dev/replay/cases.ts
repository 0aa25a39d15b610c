/** One place where a person took a use of eventlet away or bound its name anew. Facts, no code: the code is in the clone. */
export interface Case {
  readonly repo: string;
  /** The commit; the old side is its first parent. */
  readonly sha: string;
  /** Path on the old side. */
  readonly path: string;
  /** On the old side; the line counts from 1, the column from 0, in characters of Unicode, as Python's `ast` does in ASCII lines. */
  readonly line: number;
  readonly column: number;
  /** Canonical name as whoever wrote the list resolved it; `str:…` and `try_import:…` for names in strings. */
  readonly api: string;
  /** What took the place: one expression, one statement, several, an import line, or nothing, because the name behind it changed. */
  readonly level: 'expr' | 'stmt' | 'block' | 'import' | 'implicit';
  /**
   * A: an expression or statement with a native target. B: an import that just goes. C: the line stays, a name that is bound anew
   * does it. P: the project has a helper of its own. R: redesign.
   */
  readonly kind: 'A' | 'B' | 'C' | 'P' | 'R';
  /** Why the row says nothing about us, where somebody has looked and found that. */
  readonly exception?: string;
}

/**
 * Reads a list of cases: JSON lines with `repo`, `sha`, `path`, `old_lines`, `col`, `api`, `level`, `mechanical`, or the shorter form
 * that this repository keeps, where a line `repo sha` and a line with a path stand above the cases of a file. Throws at the first
 * line that it does not understand.
 */
export function readCases(text: string): readonly Case[] {
  return text.trimStart().startsWith('{') ? fromJson(text) : fromList(text);
}

/** The shorter form of a list. */
export function writeCases(cases: readonly Case[]): string {
  const lines: string[] = [];
  let commit = '';
  let path = '';
  for (const each of cases) {
    const head = `${each.repo} ${each.sha}`;
    if (head !== commit) lines.push((commit = head));
    if (head + each.path !== path) lines.push(`  ${each.path}`);
    path = head + each.path;
    lines.push(`    ${each.line}:${each.column} ${each.kind} ${each.level} ${each.api}${each.exception === undefined ? '' : ` # ${each.exception}`}`);
  }
  return `${lines.join('\n')}\n`;
}

interface JsonRow extends Pick<Case, 'repo' | 'sha' | 'path' | 'api' | 'level'> {
  readonly old_lines: readonly [number, number];
  readonly col: number;
  readonly mechanical: Case['kind'];
}

function fromJson(text: string): readonly Case[] {
  return text.split('\n').filter((line) => line.trim() !== '').map((line) => {
    // The fields are those that the doc comment names; a list of another shape finds no commit and is said to be empty.
    const { repo, sha, path, old_lines: [first], col, api, level, mechanical } = JSON.parse(line) as JsonRow;
    return { repo, sha, path, line: first, column: col, api, level, kind: mechanical };
  });
}

function fromList(text: string): readonly Case[] {
  const cases: Case[] = [];
  let [repo, sha, path] = ['', '', ''];
  for (const [index, line] of text.split('\n').entries()) {
    const head = /^(\S+\/\S+) ([0-9a-f]{40})$/.exec(line);
    const file = /^ {2}(\S.*)$/.exec(line);
    const row = /^ {4}(\d+):(\d+) ([ABCPR]) (expr|stmt|block|import|implicit) (.+?)(?: # (.+))?$/.exec(line);
    if (head) [, repo = '', sha = ''] = head;
    else if (file) path = file[1] ?? '';
    else if (row) {
      const [, lineNumber, column, kind, level, api = '', exception] = row;
      // The pattern lets nothing else pass.
      cases.push({ repo, sha, path, line: Number(lineNumber), column: Number(column), kind: kind as Case['kind'], level: level as Case['level'], api, ...(exception === undefined ? {} : { exception }) });
    } else if (line.trim() !== '' && !line.startsWith('# ')) throw new Error(`line ${index + 1} of the list of cases is not understood: ${line}`);
  }
  return cases;
}
