import type { SyntaxParser } from '../syntax/parser';
import { workOut, type Finished } from './analyst';
import { Correspondence, foreseen, type Assignment, type Questions, type Replies } from './correspondence';

/** To the thread: a file to be worked out, or answers about the one that it is at. */
export type ToAnalyst = { readonly assignment: Assignment } | { readonly id: number; readonly replies: Replies };

/** From the thread: what it has to know first, or what it found out. */
export type FromAnalyst = { readonly id: number; readonly questions: Questions } | { readonly id: number; readonly finished: Finished };

/** Works out one file after the other, in a thread of its own. `send` and what it gives back are how it talks to those who know the other files. */
export function serveAnalyst(parser: SyntaxParser, send: (message: FromAnalyst) => void): (message: ToAnalyst) => void {
  const files = new Map<number, { readonly assignment: Assignment; readonly correspondence: Correspondence }>();
  return (message) => {
    if ('assignment' in message) {
      const { assignment } = message;
      files.set(assignment.id, { assignment, correspondence: new Correspondence(assignment) });
      send({ id: assignment.id, questions: foreseen(assignment) });
      return;
    }
    const { id } = message;
    const file = files.get(id);
    if (!file) return;
    const { assignment, correspondence } = file;
    correspondence.hear(message.replies);
    const finished = workOut(assignment.text, parser, correspondence.seen);
    const { questions } = correspondence;
    if (questions) return send({ id, questions });
    files.delete(id);
    send({ id, finished });
  };
}
