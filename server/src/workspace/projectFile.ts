import { parseTOML, type AST } from 'toml-eslint-parser';
import type { Target } from '../protocol';
import { patchGroups } from '../rules/kit/patching';
import type { PatchGroup } from '../rules/rule';
import type { Severity, Span } from './finding';

/** What a project says of itself, in `[tool.eventlet-migration]` of its `pyproject.toml` or in `.eventlet-migration.toml`. */
export interface ProjectFile {
  readonly target?: Target;
  /** Targets that the project has ruled out. */
  readonly forbid?: readonly Target[];
  /** Oldest Python that the code must run on; from `requires-python` where the table says nothing. */
  readonly python?: string;
  readonly exclude?: readonly string[];
  /** What is monkey-patched wherever the code runs, where it cannot be derived; empty for nothing. */
  readonly patched?: readonly PatchGroup[];
  readonly severity?: Readonly<Record<string, Severity | 'off'>>;
}

/** Something wrong in a project file; offsets into its text. What is wrong does not count, the rest does. */
export interface Problem extends Span {
  readonly message: string;
}

export interface ReadProject {
  readonly project: ProjectFile;
  readonly problems: readonly Problem[];
}

const targets: readonly Target[] = ['threading', 'asyncio'];
const severities: readonly (Severity | 'off')[] = ['error', 'warning', 'information', 'hint', 'off'];

export function isProjectFile(uri: string): boolean {
  return /\/(pyproject\.toml|\.eventlet-migration\.toml)$/.test(uri);
}

/** Reads a project file; undefined for a `pyproject.toml` that has nothing to say about us. `ruleIds` are the rules that `severity` may name. */
export function readProjectFile(uri: string, text: string, ruleIds: readonly string[]): ReadProject | undefined {
  const isOwn = uri.endsWith('/.eventlet-migration.toml');
  let document: AST.TOMLProgram;
  try {
    document = parseTOML(text);
  } catch (error) {
    // A broken pyproject.toml that does not mention us is not ours to complain about.
    return isOwn || text.includes('eventlet-migration') ? { project: {}, problems: [syntaxProblem(error, text)] } : undefined;
  }
  const reader = new Reader(ruleIds);
  const table = isOwn ? [] : ['tool', 'eventlet-migration'];
  const isThere = reader.read(document.body[0], table);
  const python = isOwn ? undefined : requiredPython(document.body[0]);
  if (!isThere && !isOwn && python === undefined) return undefined;
  return { project: { ...(python === undefined ? {} : { python }), ...reader.project }, problems: reader.problems };
}

/** Collects the values of one table, wherever TOML lets them be written. */
class Reader {
  readonly problems: Problem[] = [];
  project: { -readonly [Key in keyof ProjectFile]: ProjectFile[Key] } = {};

  constructor(private readonly ruleIds: readonly string[]) {}

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
    switch (key) {
      case 'target':
        this.set('target', this.oneOf(value, targets));
        return;
      case 'forbid':
        this.set('forbid', this.listOf(value, targets));
        return;
      case 'python':
        this.set('python', this.python(value));
        return;
      case 'exclude':
        this.set('exclude', this.strings(value));
        return;
      case 'patched':
        this.set('patched', this.listOf(value, patchGroups));
        return;
      case 'severity':
        this.severity(rest, value, at);
        return;
      default:
        this.complain(at, `\`${key}\` is no setting; there are target, forbid, python, exclude, patched and severity`);
    }
  }

  private set<Key extends keyof ProjectFile>(key: Key, value: ProjectFile[Key] | undefined): void {
    if (value !== undefined) this.project[key] = value as (typeof this.project)[Key];
  }

  private severity(rest: readonly string[], value: AST.TOMLContentNode, at: AST.TOMLNode): void {
    const [rule] = rest;
    if (rule === undefined) {
      this.complain(value, '`severity` is a table of rules, such as `severity = { sleep = "error" }`');
      return;
    }
    if (!this.ruleIds.includes(rule)) this.complain(at, `\`${rule}\` is no rule of this tool`);
    const severity = this.oneOf(value, severities);
    if (severity !== undefined) this.project.severity = { ...this.project.severity, [rule]: severity };
  }

  private python(value: AST.TOMLContentNode): string | undefined {
    const text = this.string(value);
    if (text === undefined || /^3\.\d+$/.test(text)) return text;
    this.complain(value, `\`${text}\` is no version of Python; write it as "3.9"`);
    return undefined;
  }

  private oneOf<Choice extends string>(value: AST.TOMLContentNode, choices: readonly Choice[]): Choice | undefined {
    const text = this.string(value);
    if (text === undefined) return undefined;
    const found = choices.find((choice) => choice === text);
    if (found === undefined) this.complain(value, `\`${text}\` is none of ${choices.join(', ')}`);
    return found;
  }

  private listOf<Choice extends string>(value: AST.TOMLContentNode, choices: readonly Choice[]): readonly Choice[] | undefined {
    if (value.type !== 'TOMLArray') return void this.complain(value, 'this must be a list, such as ["…"]');
    return value.elements.flatMap((element) => this.oneOf(element, choices) ?? []);
  }

  private strings(value: AST.TOMLContentNode): readonly string[] | undefined {
    if (value.type !== 'TOMLArray') return void this.complain(value, 'this must be a list of globs');
    return value.elements.flatMap((element) => this.string(element) ?? []);
  }

  private string(value: AST.TOMLContentNode): string | undefined {
    if (value.type === 'TOMLValue' && value.kind === 'string') return value.value;
    return void this.complain(value, 'this must be a string in quotes');
  }

  private complain(at: AST.TOMLNode, message: string): void {
    this.problems.push({ start: at.range[0], end: at.range[1], message });
  }
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
