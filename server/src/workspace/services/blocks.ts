/** The blocks around a line of Python, read from the text alone. */
export interface Blocks {
  /**
   * The outermost function, with the class it is a method of: `main`, `Service.run`; `__main__` for the block of a program, which runs only
   * where a process starts with the module. undefined in what runs while the module is loaded.
   */
  readonly within?: string;
  /** The conditions of the `if` statements around, the outermost first; of an `else` the negated one. */
  readonly conditions: readonly string[];
}

const none: Blocks = { conditions: [] };

/**
 * Looks upwards from an offset at the start of a line with this indentation: each line that opens a block and is indented less is
 * around it. Lines that only look so inside of a long string mislead it; nobody edits by what it says.
 */
export function blocksAround(text: string, lineStart: number, indent: number): Blocks {
  if (indent === 0) return none;
  let left = indent;
  const names: string[] = [];
  const conditions: string[] = [];
  /** How many of the conditions are inside of the outermost function; those around its definition are of another time. */
  let inside: number | undefined;
  /** The indentation of an `else` or `elif` whose `if` is looked for. */
  let open: number | undefined;
  for (let end = lineStart - 1; end > 0 && (left > 0 || open !== undefined); ) {
    const start = text.lastIndexOf('\n', end - 1) + 1;
    const match = /^([ \t]*)(?:(?:async[ \t]+)?(def|class)[ \t]+(\w+)|(if|elif|else|for|while|with|try|except|finally|match|case)\b)/.exec(text.slice(start, end));
    const [, space = '', definition, name = '', keyword = ''] = match ?? [];
    const condition = /^(if|elif)$/.test(keyword) ? conditionAt(text, start + space.length + keyword.length) : undefined;
    if (match && space.length < left) {
      left = space.length;
      if (definition) names.unshift(definition === 'class' ? `${name}.` : name);
      if (definition === 'def') inside = conditions.length;
      if (condition !== undefined) conditions.unshift(condition);
      open = keyword === 'else' || keyword === 'elif' ? left : undefined;
    } else if (open === space.length && keyword !== '') {
      if (condition !== undefined) conditions.unshift(negated(condition));
      if (keyword !== 'elif') open = undefined;
    }
    end = start - 1;
  }
  const block = { ...qualified(names), conditions: inside === undefined ? conditions : conditions.slice(conditions.length - inside) };
  return block.within === undefined && /^__name__\b/.test(conditions[0] ?? '') ? { within: '__main__', conditions: conditions.slice(1) } : block;
}

/** What runs in a class body runs while the module is loaded. */
function qualified(names: readonly string[]): Pick<Blocks, 'within'> {
  const first = names.findIndex((name) => !name.endsWith('.'));
  return first < 0 ? {} : { within: names.slice(0, first + 1).join('') };
}

/** The condition up to the colon that opens the block, on one line. */
function conditionAt(text: string, start: number): string {
  const [condition = ''] = /^[\s\S]*?(?=:[ \t]*(?:#[^\n]*)?(?:\r?\n|$))|^[^\n:]*/.exec(text.slice(start, start + 400)) ?? [];
  const line = condition.replace(/[\s\\]+/g, ' ').trim();
  return /^\([^()]*(?:\([^()]*\)[^()]*)*\)$/.test(line) ? line.slice(1, -1).trim() : line;
}

/** The opposite, as a person would write it. */
export function negated(condition: string): string {
  return /^\w[\w.]*(\(.*\))?$/.test(condition) ? `not ${condition}` : `not (${condition})`;
}
