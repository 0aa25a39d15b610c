import type { SyntaxParser } from '../syntax/parser';
import { analyse, factsOf, type FileFacts } from './analysis';
import { Recorder, type SeenFrom, type Trace } from './trace';

/** What a file says in the light of the others, and as long as what this stands. Plain data. */
export interface Finished {
  readonly facts: FileFacts;
  readonly trace: Trace;
}

/** Works out the facts of one text. Its tree is freed. */
export function workOut(text: string, parser: SyntaxParser, seen: SeenFrom): Finished {
  const recorder = new Recorder(seen);
  const tree = parser.parse(text);
  try {
    return { facts: factsOf(analyse(text, tree, recorder.context)), trace: recorder.trace };
  } finally {
    tree.delete();
  }
}
