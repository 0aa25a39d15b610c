import { closestMatch } from 'leven';
import { parseTOML, type AST } from 'toml-eslint-parser';
import type { Span } from './finding';
import { projectKeys, type Choice, type ProjectFile, type Shape, type Table, type Text } from './project/keys';
import { isOwnProjectFile } from './project/files';
import { presets } from './project/presets';

/** Something wrong in a project file; offsets into its text. What is wrong does not count, the rest does. */
export interface Problem extends Span {
  readonly message: string;
}

export interface ReadProject {
  readonly project: ProjectFile;
  readonly problems: readonly Problem[];
}

/** Reads a project file; undefined for a `pyproject.toml` that has nothing to say about us. */
export function readProjectFile(uri: string, text: string): ReadProject | undefined {
  const isOwn = isOwnProjectFile(uri);
  let document: AST.TOMLProgram;
  try {
    document = parseTOML(text);
  } catch (error) {
    // A broken pyproject.toml that does not mention us is not ours to complain about.
    return isOwn || text.includes('eventlet-migration') ? { project: {}, problems: [syntaxProblem(error, text)] } : undefined;
  }
  const reader = new Reader();
  const isThere = reader.read(document.body[0], isOwn ? [] : ownTable);
  const python = isOwn ? undefined : requiredPython(document.body[0]);
  if (!isThere && !isOwn && python === undefined) return undefined;
  return { project: { ...(python === undefined ? {} : { python }), ...withPreset(reader.project) }, problems: reader.problems };
}

/** What a file says, and under it what its preset says. */
function withPreset({ preset, ...said }: ProjectFile): ProjectFile {
  if (preset === undefined) return said;
  const { about: _, helpers, ...given } = presets[preset];
  return { ...given, ...said, ...(helpers || said.helpers ? { helpers: { ...helpers, ...said.helpers } } : {}) };
}

/** The table of a `pyproject.toml` that is ours. */
export const ownTable: readonly string[] = ['tool', 'eventlet-migration'];

/** The setting at an offset of a project file that is TOML: its keys below our table, and the word of its value where the offset is on one. */
export function settingAt(uri: string, text: string, offset: number): (Span & { readonly path: readonly string[]; readonly word?: string }) | undefined {
  const table = isOwnProjectFile(uri) ? [] : ownTable;
  for (const { path, pair } of pairsOf(text)) {
    if (!table.every((part, index) => path[index] === part)) continue;
    const own = path.slice(table.length);
    if (isAt(pair.key, offset)) return { path: own, start: pair.key.range[0], end: pair.key.range[1] };
    for (const value of pair.value.type === 'TOMLArray' ? pair.value.elements : [pair.value]) {
      if (isAt(value, offset) && value.type === 'TOMLValue' && value.kind === 'string') return { path: own, word: value.value, start: value.range[0], end: value.range[1] };
    }
  }
  return undefined;
}

function isAt({ range: [start, end] }: AST.TOMLNode, offset: number): boolean {
  return start <= offset && offset <= end;
}

/** None where the text is no TOML. */
function pairsOf(text: string): readonly { readonly path: readonly string[]; readonly pair: AST.TOMLKeyValue }[] {
  try {
    return [...pairs(parseTOML(text).body[0])];
  } catch {
    return [];
  }
}

/** Collects the values of one table, wherever TOML lets them be written. */
class Reader {
  readonly problems: Problem[] = [];
  private readonly values: Record<string, unknown> = {};

  /** What was right. */
  get project(): ProjectFile {
    // Each value was read in the shape of its key, and the type follows from the shapes.
    return this.values as ProjectFile;
  }

  /** Whether the table is there. */
  read(top: AST.TOMLTopLevelTable, table: readonly string[]): boolean {
    let isThere = table.length === 0;
    for (const { path, pair } of pairs(top)) {
      if (!table.every((part, index) => path[index] === part)) continue;
      isThere = true;
      const [key, ...rest] = path.slice(table.length);
      if (key !== undefined) this.entry(key, rest, pair);
    }
    return isThere;
  }

  private entry(key: string, rest: readonly string[], { value, key: at }: AST.TOMLKeyValue): void {
    if (!isKey(key)) {
      this.complain(at, `\`${key}\` is no setting; ${suggestion(key, Object.keys(projectKeys))}`);
      return;
    }
    const { shape, example }: { readonly shape: Shape; readonly example: string } = projectKeys[key];
    if (shape.kind === 'table') this.row(key, shape, rest, value, at, example);
    else if (rest.length > 0) this.complain(at, `\`${key}\` is no table; write it as \`${key} = ${example}\``);
    else {
      const read = shape.kind === 'list' ? this.list(value, shape.of, example) : this.word(value, shape);
      if (read !== undefined) this.values[key] = read;
    }
  }

  /** TOML lets a dotted name be written without quotes, and then means tables in tables. */
  private row(key: string, { of, isKey, keys, noun }: Table, rest: readonly string[], value: AST.TOMLContentNode, at: AST.TOMLNode, example: string): void {
    if (rest.length === 0) {
      this.complain(value, `\`${key}\` is a table, such as \`${key} = ${example}\``);
      return;
    }
    const name = rest.join('.');
    if (!isKey(name)) this.complain(at, `\`${name}\` is no ${noun}; ${suggestion(name, Object.keys(keys()))}`);
    const read = this.word(value, of);
    const known = this.values[key];
    if (read !== undefined) this.values[key] = { ...(typeof known === 'object' ? known : {}), [name]: read };
  }

  private list(value: AST.TOMLContentNode, of: Choice<string> | Text, example: string): readonly string[] | undefined {
    if (value.type !== 'TOMLArray') return void this.complain(value, `this must be a list, such as ${example}`);
    return value.elements.flatMap((element) => this.word(element, of) ?? []);
  }

  private word(value: AST.TOMLContentNode, shape: Choice<string> | Text): string | undefined {
    if (value.type !== 'TOMLValue' || value.kind !== 'string') return void this.complain(value, 'this must be a string in quotes');
    const word = value.value;
    if (shape.kind === 'text') return shape.form.test(word) ? word : void this.complain(value, `\`${word}\` is not ${shape.is}`);
    const choices = Object.keys(shape.choices);
    return choices.includes(word) ? word : void this.complain(value, `\`${word}\` is none of ${choices.join(', ')}`);
  }

  private complain(at: AST.TOMLNode, message: string): void {
    this.problems.push({ start: at.range[0], end: at.range[1], message });
  }
}

function isKey(key: string): key is keyof typeof projectKeys {
  return Object.hasOwn(projectKeys, key);
}

/** What somebody may have meant, or everything there is where that is little. */
function suggestion(word: string, all: readonly string[]): string {
  const meant = closestMatch(word, all, { maxDistance: Math.max(2, Math.floor(word.length / 3)) });
  if (meant !== undefined) return `did you mean \`${meant}\`?`;
  return all.length > 12 ? 'the editor completes those that there are' : `there are ${all.slice(0, -1).join(', ')} and ${all.at(-1) ?? ''}`;
}

/** All key-value pairs of a document with their whole path; array tables are left out, because no setting of ours lives there. */
function* pairs(top: AST.TOMLTopLevelTable): Generator<{ readonly path: readonly string[]; readonly pair: AST.TOMLKeyValue }> {
  for (const node of top.body) {
    if (node.type === 'TOMLKeyValue') yield* flattened(node, []);
    else if (node.kind === 'standard') for (const pair of node.body) yield* flattened(pair, node.resolvedKey.map(String));
  }
}

/** A pair, and where its value is an inline table the pairs in it too. */
function* flattened(pair: AST.TOMLKeyValue, table: readonly string[]): Generator<{ readonly path: readonly string[]; readonly pair: AST.TOMLKeyValue }> {
  const path = [...table, ...keyOf(pair)];
  if (pair.value.type === 'TOMLInlineTable') for (const inner of pair.value.body) yield* flattened(inner, path);
  else yield { path, pair };
}

function keyOf({ key }: AST.TOMLKeyValue): string[] {
  return key.keys.map((part) => (part.type === 'TOMLBare' ? part.name : part.value));
}

/** The lowest version that `requires-python` admits: `>=3.9,<4` is 3.9. */
function requiredPython(top: AST.TOMLTopLevelTable): string | undefined {
  for (const { path, pair } of pairs(top)) {
    if (path.join('.') !== 'project.requires-python') continue;
    if (pair.value.type !== 'TOMLValue' || pair.value.kind !== 'string') return undefined;
    return /(?:>=|~=|==)\s*(3\.\d+)/.exec(pair.value.value)?.[1];
  }
  return undefined;
}

function syntaxProblem(error: unknown, text: string): Problem {
  // The parser's error carries the offset; anything else is about the file as a whole.
  const index = typeof error === 'object' && error !== null && 'index' in error && typeof error.index === 'number' ? error.index : 0;
  const start = Math.min(index, text.length);
  return { start, end: Math.min(start + 1, text.length), message: `this is no TOML: ${error instanceof Error ? error.message : String(error)}` };
}
