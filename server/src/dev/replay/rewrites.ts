import { LineIndex } from '../../edits/lines';
import { apply, type TextEdit } from '../../edits/textEdit';
import { compose } from '../../rules/compose';
import type { Change } from '../../rules/kit/change';
import { isFix } from '../../rules/rule';
import { enclosing, field, isField, statementOf, type Node } from '../../syntax/node';
import type { SyntaxParser } from '../../syntax/parser';
import type { Analysis, Mark } from '../../workspace/analysis';
import type { Case } from './cases';
import type { Hunk } from './clone';
import { codeLines, importItems } from './code';
import { importsTheSame, isTheirs, type Code, type Part } from './compare';

/** How near what we offer comes to what the person wrote: one of the fixes by itself, only with all others of the file, or not. */
export type Nearness = 'alone' | 'together' | 'other' | 'none';

/** What edits make of a file. */
interface Rewritten {
  readonly ours: Code;
  readonly edits: readonly TextEdit[];
}

/** What our fixes make of one file, beside what a person made of it. Valid as long as the analysis is. */
export class Rewrites {
  private readonly before: Code;
  private readonly theirs: Code;
  private readonly known = new Map<string, Rewritten>();

  constructor(
    private readonly analysis: Analysis,
    private readonly parser: SyntaxParser,
    theirs: string,
    private readonly hunks: readonly Hunk[],
  ) {
    this.before = code(analysis.view.text, parser);
    this.theirs = code(theirs, parser);
  }

  /** How near the rewrites that are offered for a use come; an object moves as a whole, and so does the rewrite of each of its uses. */
  nearness({ level }: Case, mark: Mark): Nearness {
    const changes = changesOf(mark);
    if (changes.length === 0) return 'none';
    const { view, marks } = this.analysis;
    const node = view.tree.rootNode.descendantForIndex(mark.use.start, mark.use.end);
    const parts = level === 'expr' ? [statementPart(node), expressionPart(node)] : [statementPart(node)];
    if (changes.some((change) => this.isTheirs([change], parts))) return 'alone';
    const others = marks.filter((other) => other !== mark).flatMap((other) => changesOf(other).slice(0, 1));
    return changes.some((change) => this.isTheirs([change, ...others], parts)) ? 'together' : 'other';
  }

  /** Whether the person took the use behind a module of the project, just as we would: the imports change, and the lines stay. */
  isRouted({ line, column }: Case, edits: readonly TextEdit[]): boolean {
    const { view, lines } = this.analysis;
    const part = statementPart(view.tree.rootNode.descendantForIndex(lines.start(line - 1) + column));
    const { before, theirs, hunks } = this;
    const comparison = { before, theirs, hunks, ...this.made(edits) };
    return isImport(part, before) ? importsTheSame(comparison, part) : isTheirs(comparison, part);
  }

  private isTheirs(changes: readonly Change[], parts: readonly Part[]): boolean {
    const { before, theirs, hunks } = this;
    return parts.some((part) => isTheirs({ before, theirs, hunks, ...this.rewritten(changes) }, part));
  }

  private rewritten(changes: readonly Change[]): Rewritten {
    return this.made(compose(this.analysis.view, changes).edits);
  }

  private made(edits: readonly TextEdit[]): Rewritten {
    const key = JSON.stringify(edits);
    const known = this.known.get(key) ?? { ours: code(apply(this.analysis.view.text, edits), this.parser), edits };
    this.known.set(key, known);
    return known;
  }
}

export function code(text: string, parser: SyntaxParser): Code {
  const tree = parser.parse(text);
  try {
    const index = new LineIndex(text);
    return { lines: codeLines(tree), imports: importItems(tree), lineStart: (line) => index.start(line - 1), lineOf: (offset) => index.lineAt(offset) + 1 };
  } finally {
    tree.delete();
  }
}

function isImport({ start }: Part, { lines }: Code): boolean {
  return lines.some((line) => line.isImport && line.start === start);
}

function changesOf({ proposals }: Mark): readonly Change[] {
  return proposals.filter(isFix).flatMap(({ target, change }) => (target === 'threading' ? [change] : []));
}

/** The statement around a node, without its block; of what is decorated the decorator, which is a line of its own. */
function statementPart(node: Node): Part {
  const decorator = enclosing(node, 'decorator');
  if (decorator && statementOf(node).type === 'decorated_definition') return { kind: 'statement', start: decorator.startIndex, end: decorator.endIndex };
  const statement = statementOf(node);
  return { kind: 'statement', start: statement.startIndex, end: field(statement, 'body')?.startIndex ?? statement.endIndex };
}

/** The whole name that a node is part of, with the call of it. */
function expressionPart(node: Node): Part {
  let whole = node;
  while (whole.parent?.type === 'attribute') whole = whole.parent;
  if (whole.parent?.type === 'call' && isField(whole.parent, 'function', whole)) whole = whole.parent;
  return { kind: 'expression', start: whole.startIndex, end: whole.endIndex };
}
