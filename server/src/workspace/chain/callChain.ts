import { LineIndex } from '../../edits/lines';
import { apply } from '../../edits/textEdit';
import type { Range } from '../../protocol';
import type { Node } from '../../syntax/node';
import type { SyntaxParser } from '../../syntax/parser';
import type { AnalysisContext } from '../analysis';
import type { FileChange } from '../finding';
import type { Callable } from './callers';
import { chainFrom, nameOf } from './plan';
import { rewriteChain } from './rewrite';
import { Sources, type Source } from './source';

/** What it takes to make a coroutine of a function: plain data, of the texts as they were. */
export interface CallChain {
  /** The functions that become coroutines, the first one in front. */
  readonly functions: readonly ChainPlace[];
  /** Calls that `asyncio.run` runs, because nothing around them can wait: the code is the call. */
  readonly run: readonly ChainPlace[];
  /** Those of the functions that nobody in the project calls; whoever does has to await them. */
  readonly open: readonly ChainPlace[];
  /** Why it is not done, in whole sentences without a full stop; empty where it can be. */
  readonly obstacles: readonly ChainPlace[];
  /** File by file; none where there are obstacles. */
  readonly changes: readonly FileChange[];
}

export interface ChainPlace {
  readonly uri: string;
  readonly position: Range;
  /** `Worker.run`, the code of a call, or a sentence. */
  readonly text: string;
}

/** What the chain is followed in. */
export interface ChainDesk {
  readonly parser: SyntaxParser;
  /** All Python files of the project by URI; the path is below the root. */
  readonly files: ReadonlyMap<string, { readonly path: string; readonly text: string }>;
  contextOf(uri: string, text: string): AnalysisContext;
}

/** What it takes to make a coroutine of the function around an offset; undefined where there is none, or where it is one already. */
export function callChain({ parser, files, contextOf }: ChainDesk, uri: string, offset: number): CallChain | undefined {
  const sources = new Sources(parser, files);
  try {
    const plan = chainFrom(uri, offset, sources);
    if (!plan) return undefined;
    const named = (callable: Callable) => placeAt(callable.source, callable.definition.childForFieldName('name') ?? callable.definition, nameOf(callable));
    const changes = plan.obstacles.length > 0 ? [] : rewriteChain(plan, parser, contextOf);
    return {
      functions: plan.functions.map(named),
      run: plan.run.map(({ source, call }) => placeAt(source, call, call.text)),
      open: plan.open.map(named),
      obstacles: plan.obstacles.map(({ source, node, text }) => placeAt(source, node, text)),
      changes: changes.map(({ uri: changed, before, edits }) => ({ uri: changed, before, after: apply(before, edits), edits })),
    };
  } finally {
    sources.dispose();
  }
}

function placeAt({ uri, text: whole }: Source, { startIndex, endIndex }: Node, text: string): ChainPlace {
  const lines = new LineIndex(whole);
  return { uri, position: { start: lines.position(startIndex), end: lines.position(endIndex) }, text };
}
