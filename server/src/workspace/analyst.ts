import type { SyntaxParser } from '../syntax/parser';
import { analyse, factsOf, type FileFacts } from './analysis';
import { Recorder, type SeenFrom, type Trace } from './trace';
import { withoutText } from './withoutText';

/** What a file says in the light of the others, and as long as what this stands. Plain data. */
export interface Finished {
  readonly facts: FileFacts;
  readonly trace: Trace;
}

/** Works out the facts of one text. Its tree is freed. */
export function workOut(text: string, parser: SyntaxParser, seen: SeenFrom): Finished {
  return parser.look(text, (tree) => {
    const recorder = new Recorder(seen);
    return withoutText({ facts: factsOf(analyse(text, tree, recorder.context)), trace: recorder.trace });
  });
}
