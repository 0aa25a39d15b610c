import ignore, { type Ignore } from 'ignore';

/**
 * What ignore files say about paths below a top folder, in git's order: the last matching line decides, deeper files come
 * later, and nothing below an ignored folder comes back. Paths are relative to the top, with forward slashes; a folder's path
 * ends with a slash.
 */
export class IgnoreRules {
  private constructor(
    private readonly lines: Ignore,
    /** Most folders have no rules, and then nobody has to be asked. */
    private readonly isEmpty: boolean,
  ) {}

  /** No rules but these lines, which stand at the top. */
  static of(lines: readonly string[]): IgnoreRules {
    return new IgnoreRules(ignore({ ignorecase: false }).add(lines), lines.every((line) => line.trim() === ''));
  }

  /** The same rules, and after them those of an ignore file in `folder` (empty for the top). */
  and(folder: string, content: string): IgnoreRules {
    const lines = content.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/).flatMap((line) => atTop(folder, line));
    return lines.length === 0 ? this : new IgnoreRules(ignore({ ignorecase: false }).add(this.lines).add(lines), false);
  }

  ignores(path: string): boolean {
    return !this.isEmpty && this.lines.ignores(path);
  }
}

/** A line of an ignore file in a folder, as it would read at the top. Nothing for blank lines and comments. */
function atTop(folder: string, line: string): string[] {
  if (/^(#|\s*$)/.test(line)) return [];
  if (folder === '') return [line];
  const [, not = '', pattern = ''] = /^(!?)(.*)$/.exec(line) ?? [];
  // A pattern with a slash before its end belongs to its folder; any other one holds at every depth.
  const isAnchored = /\/(?=.*\S)/.test(pattern);
  const below = isAnchored ? pattern.replace(/^\//, '') : '**/' + pattern.replace(/^\\(?=[#!])/, '');
  return [`${not}/${folder.replace(/[\\*?[\] ]/g, '\\$&')}${below}`];
}
