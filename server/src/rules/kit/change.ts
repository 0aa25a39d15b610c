import type { TextEdit } from '../../edits/textEdit';
import { functionAround } from '../../python/scopes';
import type { ImportedName } from '../../python/imports';
import { scopesAt } from '../../python/scopes';
import type { Node } from '../../syntax/node';
import { importedAs, type ImportRequest } from './imports';
import type { FileView } from './view';

/**
 * What a fix does to a file, before it is joined with the other fixes: the imports it needs and makes superfluous are
 * settled once for all fixes together, in `compose.ts`.
 */
export interface Change {
  readonly edits: readonly TextEdit[];
  readonly needs: readonly ImportRequest[];
  /** Imports that go even though nothing else says so: `from eventlet.green import socket` becomes another import. */
  readonly drops: readonly ImportedName[];
}

/** Collects what a fix changes. Most fixes are one expression: `change(view).replace(use.node, …).done()`. */
export function change(view: FileView): ChangeBuilder {
  return new ChangeBuilder(view);
}

export class ChangeBuilder {
  private readonly edits: TextEdit[] = [];
  private readonly needs: ImportRequest[] = [];
  private readonly drops: ImportedName[] = [];

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
    return this;
  }

  /** Drops one name of an import statement. */
  drop(imported: ImportedName): this {
    this.drops.push(imported);
    return this;
  }

  /** Makes sure that this import is there. */
  need(request: ImportRequest): this {
    this.needs.push(request);
    return this;
  }

  /**
   * The spelling of a module at a place, such as `time` or `concurrent.futures`: the name under which the file has imported it
   * already, else its own, else an alias where its own name means something else there. Adds the import that is missing.
   */
  module(dotted: string, at: Node): string {
    const { name, request } = importedAs(this.view, dotted, at);
    if (request) this.needs.push(request);
    return name;
  }

  done(): Change {
    return { edits: this.edits, needs: this.needs, drops: this.drops };
  }
}

/** The edit that takes a whole statement out, with its line end and without the comment behind it. */
export function removal(view: FileView, statement: Node): TextEdit {
  const { text } = view;
  const block = statement.parent;
  const siblings = block?.namedChildren.filter((child) => child && child.type !== 'comment') ?? [];
  if (block?.type === 'block' && siblings.length === 1) return { start: statement.startIndex, end: statement.endIndex, newText: 'pass' };
  const lineStart = text.lastIndexOf('\n', statement.startIndex - 1) + 1;
  const isFirstOnLine = text.slice(lineStart, statement.startIndex).trim() === '';
  const rest = /^[ \t]*(;[ \t]*)?/.exec(text.slice(statement.endIndex))?.[0] ?? '';
  const afterRest = statement.endIndex + rest.length;
  const lineEnd = /^(\r\n|\n|\r)/.exec(text.slice(afterRest))?.[0];
  if (!isFirstOnLine) return removalBehindSemicolon(text, statement);
  if (text[afterRest] === '#') return { start: statement.startIndex, end: afterRest, newText: '' };
  if (rest.includes(';') && lineEnd === undefined) return { start: statement.startIndex, end: afterRest, newText: '' };
  return { start: lineStart, end: afterRest + (lineEnd?.length ?? 0), newText: '' };
}

function removalBehindSemicolon(text: string, statement: Node): TextEdit {
  const before = /[ \t]*;[ \t]*$/.exec(text.slice(0, statement.startIndex))?.[0] ?? '';
  if (before === '') return { start: statement.startIndex, end: statement.endIndex, newText: 'pass' };
  return { start: statement.startIndex - before.length, end: statement.endIndex, newText: '' };
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
