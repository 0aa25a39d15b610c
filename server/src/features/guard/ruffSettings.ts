import { getStaticTOMLValue, parseTOML, type AST } from 'toml-eslint-parser';
import { apply, type TextEdit } from '../../edits/textEdit';

/** The check of ruff that keeps names out. */
export const bannedApi = 'TID251';

/** Whether ruff is configured by this file, `pyproject.toml` or one of its own. */
export function isRuffFile(name: string, text: string): boolean {
  if (name !== 'pyproject.toml') return true;
  return isRecord(at(valueOf(text), ['tool', 'ruff']));
}

/**
 * The edits with which ruff forbids eventlet (`TID251`, `banned-api`); none where it does already. undefined where the file is no TOML, or
 * written in a way that a person has to extend: what the edits lead to is read again and has to say what is wanted.
 */
export function banEventlet(name: string, text: string, message: string): readonly TextEdit[] | undefined {
  const value = valueOf(text);
  if (value === undefined) return undefined;
  const settings = new RuffSettings(text, name === 'pyproject.toml' ? ['tool', 'ruff'] : []);
  const first = settings.isSelected(value) ? [] : settings.select();
  // One after the other, because both may want to stand in the same place.
  const between = apply(text, first);
  if (valueOf(between) === undefined) return undefined;
  const then = new RuffSettings(between, settings.ruff);
  const second = then.isBanned(value) ? [] : then.ban(message);
  const result = valueOf(apply(between, second));
  if (!settings.isSelected(result) || !settings.isBanned(result)) return undefined;
  return first.length === 0 ? second : second.length === 0 ? first : whole(text, apply(between, second));
}

/** Where ruff's settings are in a TOML file; `ruff` is the path of its table. */
class RuffSettings {
  private readonly top: AST.TOMLTopLevelTable;
  /** The table of the checks: `lint`, or in older files ruff's own. */
  private readonly lint: readonly string[];

  constructor(
    private readonly text: string,
    readonly ruff: readonly string[],
  ) {
    this.top = parseTOML(text).body[0];
    const table = at(valueOf(text), ruff);
    const isOld = isRecord(table) && !('lint' in table) && ('select' in table || 'extend-select' in table);
    this.lint = isOld ? ruff : [...ruff, 'lint'];
  }

  isSelected(value: unknown): boolean {
    const codes = ['select', 'extend-select'].flatMap((key) => at(value, [...this.lint, key]) ?? []);
    return codes.some((code) => typeof code === 'string' && (code === 'ALL' || bannedApi.startsWith(code)));
  }

  isBanned(value: unknown): boolean {
    return at(value, [...this.lint, 'flake8-tidy-imports', 'banned-api', 'eventlet']) !== undefined;
  }

  select(): readonly TextEdit[] {
    const list = this.pairAt([...this.lint, 'extend-select']) ?? this.pairAt([...this.lint, 'select']);
    if (list?.pair.value.type === 'TOMLArray') return this.append(list.pair.value);
    return this.add(this.lint, 'extend-select', `["${bannedApi}"]`);
  }

  ban(message: string): readonly TextEdit[] {
    return this.add([...this.lint, 'flake8-tidy-imports', 'banned-api'], '"eventlet".msg', `"${message}"`);
  }

  /** Writes a pair into a table: where it is; or where others write into it by dotted names; or into a new one. */
  private add(table: readonly string[], key: string, value: string): readonly TextEdit[] {
    const there = this.tables().find((each) => isSame(each.resolvedKey.map(String), table));
    if (there) return [this.below(there.body.at(-1) ?? there.key, `${key} = ${value}`)];
    for (let length = table.length; length > this.ruff.length; length--) {
      const dotted = this.pairBelow(table.slice(0, length));
      if (dotted) return [this.below(dotted.pair, `${[...table.slice(dotted.depth), key].join('.')} = ${value}`)];
    }
    const neighbour = this.tables().findLast(({ resolvedKey }) => isBelow(resolvedKey.map(String), this.ruff));
    const last = this.ruff.length === 0 ? this.top.body.at(-1) : neighbour;
    const header = `[${table.join('.')}]${this.eol}${key} = ${value}`;
    return last ? [this.below(last, `${this.eol}${header}`)] : [{ start: this.text.length, end: this.text.length, newText: `${header}${this.eol}` }];
  }

  private append({ elements, range: [start, end] }: AST.TOMLArray): readonly TextEdit[] {
    const last = elements.at(-1);
    if (!last) return [{ start: start + 1, end: start + 1, newText: `"${bannedApi}"` }];
    const quote = this.text[last.range[0]] === "'" ? "'" : '"';
    const code = quote + bannedApi + quote;
    const behind = this.text.slice(last.range[1], end);
    if (!/\n/.test(behind)) return [{ start: last.range[1], end: last.range[1], newText: `, ${code}` }];
    // On a line of its own, below the comment that may follow the last one.
    const isEnded = behind.trimStart().startsWith(',');
    const lineStart = this.text.lastIndexOf('\n', last.range[0]) + 1;
    const indent = /^\s*/.exec(this.text.slice(lineStart, last.range[0]))?.[0] ?? '';
    const line = { ...this.below(last, indent + code), newText: `${this.eol}${indent}${code}${isEnded ? ',' : ''}` };
    return isEnded ? [line] : [{ start: last.range[1], end: last.range[1], newText: ',' }, line];
  }

  private below({ range: [, end] }: AST.TOMLNode, line: string): TextEdit {
    const next = /\r?\n|$/.exec(this.text.slice(end))?.index ?? 0;
    return { start: end + next, end: end + next, newText: this.eol + line };
  }

  private get eol(): string {
    return this.text.includes('\r\n') ? '\r\n' : '\n';
  }

  private tables(): readonly AST.TOMLTable[] {
    return this.top.body.flatMap((node) => (node.type === 'TOMLTable' && node.kind === 'standard' ? [node] : []));
  }

  private pairAt(path: readonly string[]): Placed | undefined {
    return this.pairs().find((placed) => isSame(placed.path, path));
  }

  /** A pair that is written into this table by a dotted name, from a table above it. */
  private pairBelow(path: readonly string[]): Placed | undefined {
    return this.pairs().find((placed) => placed.depth < path.length && isBelow(placed.path, path));
  }

  private pairs(): readonly Placed[] {
    return this.top.body.flatMap((node): Placed[] => {
      if (node.type === 'TOMLKeyValue') return [placed(node, [])];
      return node.kind === 'standard' ? node.body.map((pair) => placed(pair, node.resolvedKey.map(String))) : [];
    });
  }
}

interface Placed {
  /** Names from the top of the file. */
  readonly path: readonly string[];
  /** How many of them are the header's. */
  readonly depth: number;
  readonly pair: AST.TOMLKeyValue;
}

function placed(pair: AST.TOMLKeyValue, table: readonly string[]): Placed {
  return { path: [...table, ...pair.key.keys.map((part) => (part.type === 'TOMLBare' ? part.name : part.value))], depth: table.length, pair };
}

/** undefined where the text is no TOML. */
function valueOf(text: string): unknown {
  try {
    return getStaticTOMLValue(parseTOML(text));
  } catch {
    // Somebody is writing it, or it is broken: not ours to complain about.
    return undefined;
  }
}

function at(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((inside, key) => (isRecord(inside) && Object.hasOwn(inside, key) ? inside[key] : undefined), value);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && isBelow(a, b);
}

function isBelow(path: readonly string[], above: readonly string[]): boolean {
  return above.every((part, index) => path[index] === part);
}

/** One edit for the part in which two texts differ. */
function whole(before: string, after: string): readonly TextEdit[] {
  let start = 0;
  while (start < before.length && before[start] === after[start]) start++;
  let end = 0;
  while (end < before.length - start && before.at(-1 - end) === after.at(-1 - end)) end++;
  return [{ start, end: before.length - end, newText: after.slice(start, after.length - end) }];
}
