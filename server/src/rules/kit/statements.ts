import type { Node } from '../../syntax/node';
import { hasOwnLines, linesBelow } from './blocks';
import type { ChangeBuilder } from './change';
import { indentAt } from './lines';
import type { FileView } from './view';

/** Puts statements behind one: on lines of their own, or behind a semicolon where it shares its line. */
export function followWith(edits: ChangeBuilder, view: FileView, statement: Node, statements: readonly string[]): void {
  if (hasOwnLines(view, statement)) linesBelow(edits, view, statement, indentAt(view.text, statement.startIndex), statements);
  else edits.insert(statement.endIndex, statements.map((code) => `; ${code}`).join(''));
}

/** A name for a new variable that nothing sees or binds where a node stands: the wanted one, else one with `new_` or a number. */
export function freeName({ names }: FileView, wanted: string, at: Node): string {
  const isFree = (name: string) => names.seenFrom(at, name) === undefined && names.unbound(name).length === 0;
  let name = [wanted, `new_${wanted}`].find(isFree);
  for (let number = 2; name === undefined; number++) if (isFree(`${wanted}_${number}`)) name = `${wanted}_${number}`;
  return name;
}
