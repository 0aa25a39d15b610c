import { chain as chained } from '../../edits/chain';
import { apply, type TextEdit } from '../../edits/textEdit';
import { qualifiedName, scopesAt } from '../../python/scopes';
import { compose } from '../../rules/compose';
import { change, type Change } from '../../rules/kit/change';
import { awaitCall } from '../../rules/kit/coroutines';
import { isFix } from '../../rules/rule';
import type { Node } from '../../syntax/node';
import type { SyntaxParser } from '../../syntax/parser';
import { analyse, type Analysis, type AnalysisContext } from '../analysis';
import { nameOf, type Chain } from './plan';
import type { Source } from './source';

/** What converting a chain changes in one file. */
export interface ChainEdits {
  readonly uri: string;
  readonly before: string;
  readonly edits: readonly TextEdit[];
}

/** The edits of a chain without obstacles, file by file: `async def`, `await`, `asyncio.run`, and what eventlet does inside the new coroutines. */
export function rewriteChain(plan: Chain, parser: SyntaxParser, contextOf: (uri: string, text: string) => AnalysisContext): readonly ChainEdits[] {
  const sources = new Set([...plan.functions, ...plan.awaited, ...plan.run].map(({ source }) => source));
  return [...sources].map((source) => ({ uri: source.uri, before: source.text, edits: rewritten(source, plan, parser, contextOf) }));
}

function rewritten(source: Source, plan: Chain, parser: SyntaxParser, contextOf: (uri: string, text: string) => AnalysisContext): readonly TextEdit[] {
  const { text, tree, uri } = source;
  const first = compose(analyse(text, tree, contextOf(uri, text)).view, [conversion(source, plan, analyse(text, tree, contextOf(uri, text)))]).edits;
  const names = new Set(plan.functions.filter((callable) => callable.source === source).map(nameOf));
  let edits = first;
  let after = apply(text, first);
  // What eventlet does in the new coroutines has a fix for asyncio now; one may uncover another.
  for (let round = 0; round < 4; round++) {
    const next = within(parser, after, contextOf(uri, after), (analysis) => compose(analysis.view, insideOf(analysis, names)).edits);
    if (next.length === 0) break;
    edits = chained(text.length, edits, next);
    after = apply(after, next);
  }
  return edits;
}

// def run():  =>  async def run():        f()  =>  await f()        main()  =>  asyncio.run(main())
function conversion(source: Source, { functions, awaited, run }: Chain, { view }: Analysis): Change {
  const edits = change(view);
  for (const callable of functions) if (callable.source === source) edits.insert(callable.definition.startIndex, 'async ');
  for (const site of awaited) if (site.source === source) awaitCall(edits, site.call);
  for (const { call, source: its } of run) if (its === source) edits.insert(call.startIndex, `${edits.module('asyncio', call)}.run(`).insert(call.endIndex, ')');
  return edits.done();
}

/** The fixes for asyncio of the uses whose function is one of these. */
function insideOf({ marks }: Analysis, names: ReadonlySet<string>): readonly Change[] {
  const fixes = marks.flatMap(({ use, proposals }) => (names.has(functionName(use.node)) ? (proposals.filter(isFix).find(({ target }) => target === 'asyncio') ?? []) : []));
  return [...new Set(fixes.map((fix) => fix.change))];
}

/** The qualified name of the function or method around a node. */
function functionName(node: Node): string {
  const scope = [...scopesAt(node)].find(({ kind }) => kind === 'function');
  return scope ? qualifiedName(scope.node.childForFieldName('body') ?? scope.node) : '';
}

function within<Result>(parser: SyntaxParser, text: string, context: AnalysisContext, ask: (analysis: Analysis) => Result): Result {
  const tree = parser.parse(text);
  try {
    return ask(analyse(text, tree, context));
  } finally {
    tree.delete();
  }
}
