import type { TextEdit } from '../../edits/textEdit';
import type { ImportedName } from '../../python/imports';
import { functionAround, scopesAt } from '../../python/scopes';
import { linesOfComment } from '../../syntax/commentRuns';
import type { Node } from '../../syntax/node';
import { importedAs, type ImportRequest } from './imports';
import { indentAt, lineEnd, lineStart } from './lines';
import type { FileView } from './view';

/**
 * What a fix does to a file, before it is joined with the other fixes: the imports it needs and makes superfluous are
 * settled once for all fixes together, in `compose.ts`.
 */
export interface Change {
  readonly edits: readonly TextEdit[];
  readonly needs: readonly ImportRequest[];
  /** Imports that go even though nothing else says so. */
  readonly drops: readonly ImportedName[];
  /** Whole statements that `edits` take out: several changes together must not leave a block empty. */
  readonly removed: readonly Node[];
  /** What other files must get for it, in the same fix. */
  readonly elsewhere: readonly OtherFile[];
  /** The modules that the new code names, dotted, by how it spells them: `time_module`. */
  readonly modules: ReadonlyMap<string, string>;
  /** Why it cannot be made after all: a module cannot be named where it is needed. */
  readonly refusal?: string;
}

/**
 * What a fix does to another module of the project, which it may create: helper code that new code imports is written once. Several
 * fixes may want the same module; each is asked in turn, with what the ones before made of it.
 */
export interface OtherFile {
  /** Dotted: `pkg.concurrency`. Of a module that is not there, the file is made beside the package that is. */
  readonly module: string;
  /** The edits, of the text as it is then; undefined where there is no file yet. None where it has all that is needed. */
  edits(text: string | undefined): readonly TextEdit[];
}

/** Collects what a fix changes. Most fixes are one expression: `change(view).replace(use.node, …).done()`. */
export function change(view: FileView): ChangeBuilder {
  return new ChangeBuilder(view);
}

export class ChangeBuilder {
  private readonly edits: TextEdit[] = [];
  private readonly needs: ImportRequest[] = [];
  private readonly drops: ImportedName[] = [];
  private readonly removed: Node[] = [];
  private readonly elsewhere: OtherFile[] = [];
  private readonly modules = new Map<string, string>();
  private refusal: string | undefined;

  constructor(private readonly view: FileView) {}

  replace(node: { readonly startIndex: number; readonly endIndex: number }, newText: string): this {
    return this.replaceRange(node.startIndex, node.endIndex, newText);
  }

  replaceRange(start: number, end: number, newText: string): this {
    this.edits.push({ start, end, newText });
    return this;
  }

  insert(offset: number, newText: string): this {
    return this.replaceRange(offset, offset, newText);
  }

  /** Deletes the whole line or lines of a statement; leaves `pass` where its block would be empty. */
  removeStatement(statement: Node): this {
    this.edits.push(removal(this.view, statement));
    this.removed.push(statement);
    return this;
  }

  /** Drops one name of an import statement. */
  drop(imported: ImportedName): this {
    this.drops.push(imported);
    return this;
  }

  /** Makes sure that this import is there; with `insteadOf`, in the place of another one. */
  need(request: ImportRequest): this {
    this.needs.push(request);
    return this;
  }

  /** Changes or creates another module in the same fix. */
  also(other: OtherFile): this {
    this.elsewhere.push(other);
    return this;
  }

  /**
   * The spelling of a module at a place, such as `time` or `concurrent.futures`: the name under which the file has imported it
   * already, else its own, else an alias where its own name means something else there. Adds the import that is missing. Where the
   * name is bound there in some runs only, the change is none.
   */
  module(dotted: string, at: Node): string {
    const { name, request, refusal } = importedAs(this.view, dotted, at);
    this.refusal ??= refusal;
    if (request) this.needs.push(request);
    this.modules.set(name, dotted);
    return name;
  }

  done(): Change {
    const { edits, needs, drops, removed, elsewhere, modules, refusal } = this;
    return { edits, needs, drops, removed, elsewhere, modules, ...(refusal === undefined ? {} : { refusal }) };
  }
}

/** What new code names that begins with a module; `modules` are the modules by how they are spelled. */
export function dottedName(text: string | undefined, modules: ReadonlyMap<string, string>): string | undefined {
  const [spelling, module] = [...modules].find(([name]) => text?.startsWith(`${name}.`)) ?? [];
  return text === undefined || spelling === undefined ? undefined : `${module}${text.slice(spelling.length)}`;
}

/**
 * The edit that takes a whole statement out, with its line end; `pass` where it is alone in its block. Comments stay: the one behind
 * it, and those inside it, each on a line of its own.
 */
export function removal(view: FileView, statement: Node): TextEdit {
  const { text, layout } = view;
  const { startIndex: start, endIndex: end } = statement;
  const newLine = layout.lineEnding + indentAt(text, start);
  const isAlone = statement.parent?.type === 'block' && statement.parent.namedChildren.filter((child) => child?.type !== 'comment').length === 1;
  if (isAlone) return passInstead(view, statement);
  const comments = commentsIn(statement);
  const rest = /^[ \t]*(;[ \t]*)?/.exec(text.slice(end))?.[0] ?? '';
  const next = end + rest.length;
  const isLast = next === lineEnd(text, end) || isLineEnding(text.slice(next, lineEnd(text, end)));
  const before = /[ \t]*;[ \t]*$/.exec(text.slice(0, start))?.[0] ?? '';
  if (before !== '') return { start: start - before.length, end, newText: comments.map((comment) => `  ${comment}`).join(newLine) };
  if (!isLast) return { start, end: next, newText: comments.map((comment) => comment + newLine).join('') };
  if (comments.length > 0) return { start, end: next, newText: comments.join(newLine) };
  return { start: lineStart(text, start), end: lineEnd(text, end), newText: '' };
}

/** The edit that puts `pass` in the place of a statement, with the comments inside it below. */
export function passInstead({ text, layout }: FileView, statement: Node): TextEdit {
  const newLine = layout.lineEnding + indentAt(text, statement.startIndex);
  return { start: statement.startIndex, end: statement.endIndex, newText: ['pass', ...commentsIn(statement)].join(newLine) };
}

/** The comments inside a statement, in order; the one behind it is not in it. */
export function commentsIn(statement: Node): readonly string[] {
  return statement.descendantsOfType('comment').flatMap(({ text }) => linesOfComment(text));
}

function isLineEnding(text: string): boolean {
  return text === '\n' || text === '\r\n' || text === '\r';
}

/** Whether the code at this node is inside an `async def`, its own or one around it with only lambdas and comprehensions between. */
export function isInAsyncFunction(node: Node): boolean {
  for (const scope of scopesAt(node)) {
    if (scope.kind === 'function') return scope.node.firstChild?.type === 'async';
    if (scope.kind === 'class' || scope.kind === 'lambda') return false;
  }
  return false;
}

/** The `def` whose body the node is in. */
export { functionAround };
