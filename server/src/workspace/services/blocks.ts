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
 * around it. Lines that only look so inside of a long string mislead it; nobody edits by what it says. `deciding`: the blocks that count as conditions.
 */
export function blocksAround(text: string, lineStart: number, indent: number, deciding = /^(if|elif)$/): Blocks {
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
    const condition = deciding.test(keyword) ? `${/if$/.test(keyword) ? '' : `${keyword} `}${conditionAt(text, start + space.length + keyword.length)}`.trim() : undefined;
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
  return block.within === undefined && /^(['"]__main__['"] *== *)?__name__\b/.test(conditions[0] ?? '') ? { within: '__main__', conditions: conditions.slice(1) } : block;
}

/** The blocks and conditions around a call: what is called in an `except`, or in a loop, may never be. */
export function callBlocks(text: string, at: number, statement = at): Blocks {
  const line = text.lastIndexOf('\n', statement - 1) + 1;
  const blocks = blocksAround(text, line, text.slice(line, statement + 1).search(/\S/), /^(if|elif|except|for|while|case)$/);
  return { ...blocks, conditions: [...blocks.conditions, ...conditionsOnLine(text, at)] };
}

// if green: patch()    green and patch()    patch() if green else None    lambda: patch()
function conditionsOnLine(text: string, at: number): readonly string[] {
  const newLine = text.indexOf('\n', at);
  const rest = text.slice(at, newLine < 0 ? text.length : newLine);
  const before = text.slice(text.lastIndexOf('\n', at - 1) + 1, at);
  const [, keyword, condition = ''] = /^[ \t]*(if|elif|else|except|for|while|case)\b[ \t]*(.*?)[ \t]*:[ \t]*(?:.*;)?[ \t]*$/.exec(before) ?? [];
  const [, left, operator] = keyword === undefined ? (/(?:^[ \t]*|[=;(][ \t]*|\breturn[ \t]+)(\S[^;]*?)[ \t]+(and|or)[ \t]+$/.exec(before) ?? []) : [];
  const [, chosen] = /\)[ \t]+if[ \t]+(.+?)[ \t]+else\b/.exec(rest) ?? [];
  const [, other] = /\bif[ \t]+(.+?)[ \t]+else[ \t]+$/.exec(before) ?? [];
  return [
    ...(keyword === undefined ? [] : [keyword === 'if' ? condition : `${keyword} ${condition}`.trim()]),
    ...(left === undefined ? [] : [operator === 'and' ? left : negated(left)]),
    ...(chosen === undefined ? [] : [chosen]),
    ...(other === undefined ? [] : [negated(other)]),
    ...(/\blambda\b[^:]*:[^;]*$/.test(before) ? ['lambda'] : []),
  ];
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
