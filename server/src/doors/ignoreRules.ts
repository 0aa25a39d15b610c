import ignore, { type Ignore } from 'ignore';

/**
 * What ignore files say about paths below a top folder, in git's order: the last matching line decides, deeper files come
 * later, and nothing below an ignored folder comes back. Paths are relative to the top, with forward slashes; a folder's path
 * ends with a slash.
 */
export class IgnoreRules {
  /** Names that some pattern may match, and folders below which every name may be matched; made when somebody asks. */
  private suspects: { readonly names: RegExp; readonly folders: RegExp } | undefined;

  private constructor(
    private readonly lines: Ignore,
    /** The same lines as they are written; none in most folders, and then nobody has to be asked. */
    private readonly patterns: readonly string[],
  ) {}

  /** No rules but these lines, which stand at the top. */
  static of(lines: readonly string[]): IgnoreRules {
    const patterns = lines.filter((line) => line.trim() !== '');
    return new IgnoreRules(ignore({ ignorecase: false }).add(patterns), patterns);
  }

  /** The same rules, and after them those of an ignore file in `folder` (empty for the top). */
  and(folder: string, content: string): IgnoreRules {
    const lines = content.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/).flatMap((line) => atTop(folder, line));
    return lines.length === 0 ? this : new IgnoreRules(ignore({ ignorecase: false }).add(this.lines).add(lines), [...this.patterns, ...lines]);
  }

  ignores(path: string): boolean {
    return this.patterns.length > 0 && this.lines.ignores(path);
  }

  /**
   * Whether an entry of a folder may be ignored, by its name alone; the folder itself is not. Nearly all are not, and one look at the name
   * tells so, where `ignores` goes through all patterns.
   */
  suspectsIn(folder: string): (name: string) => boolean {
    if (this.patterns.length === 0) return () => false;
    this.suspects ??= suspectsOf(this.patterns);
    const { names, folders } = this.suspects;
    return folders.test(folder) ? () => true : (name) => names.test(name);
  }
}

/** Expressions that miss nothing of what the patterns match, and may find more. */
function suspectsOf(patterns: readonly string[]): { readonly names: RegExp; readonly folders: RegExp } {
  const names: string[] = [];
  const folders: string[] = [];
  for (const line of patterns) {
    // One of the letters in brackets is some letter.
    const pattern = line.replace(/ +$/, '').replace(/\[[^[\]!^/][^[\]/]*\]/g, '?');
    // A line that takes back ignores nothing.
    if (/^[!#]/.test(pattern)) continue;
    const parts = pattern.split('/').filter((part) => part !== '');
    const name = parts.at(-1) ?? '**';
    while (/^\*+$/.test(parts.at(-1) ?? '')) parts.pop();
    // Escapes and other brackets are not understood here, and then everything is suspected.
    if (parts.length === 0 || /[\\\p{Cc}\uFEFF[]/u.test(pattern)) folders.push('.*');
    else if (name === parts.at(-1)) names.push(expression(name));
    else folders.push(below(parts));
  }
  return { names: anyOf(new Set(names)), folders: anyOf(new Set(folders)) };
}

function anyOf(sources: ReadonlySet<string>): RegExp {
  return sources.size === 0 ? /(?!)/ : new RegExp(`^(?:${[...sources].join('|')})$`, 's');
}

/** What is in a folder; between two parts that are known, `**` may stand for any others. */
function below(parts: readonly string[]): string {
  const after = parts.findLastIndex((part) => /^\*{2,}$/.test(part)) + 1;
  return `${after > 0 ? '(?:.*/)?' : ''}${parts.slice(after).map(expression).join('/')}/.*`;
}

/** Of many stars only what is before and after them counts: looking for all between them could take long. */
function expression(part: string): string {
  const literals = part.split(/\*+/).map((literal) => literal.replace(/[.+^${}()|\]]/g, '\\$&').replaceAll('?', '.'));
  return (literals.length > 3 ? [literals[0], literals.at(-1)] : literals).join('.*');
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
