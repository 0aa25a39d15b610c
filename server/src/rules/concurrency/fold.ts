import type { TextEdit } from '../../edits/textEdit';
import type { Names, Variable } from '../../python/names';
import { plainString } from '../../python/strings';
import type { ImportUse } from '../../python/uses';
import { contains, field, fields, sameNode, statementOf, withoutParentheses, type Node } from '../../syntax/node';
import { compose } from '../compose';
import { change, removal } from '../kit/change';
import { importedNames, type ImportedName } from '../../python/imports';
import { isImport } from '../kit/imports';
import { indentAt, isFirstOnLine, lineEnd, lineStart } from '../kit/lines';
import type { FileView } from '../kit/view';

/** What a module goes by when it chooses between eventlet and something else. */
export interface Decision {
  /** The function or variable of the module that says it; undefined where a condition of another form does, or a failing import. */
  readonly name?: string;
  /** Whether a true answer means eventlet. */
  readonly isForEventlet: boolean;
  /** Variables of the environment that it asks. */
  readonly variables: readonly string[];
}

/** How a module decides; undefined where it does not. */
export function decisionOf(view: FileView): Decision | undefined {
  const [first] = choices(view);
  if (!first) return undefined;
  const { name, isForEventlet } = first;
  const variables = name === undefined ? [] : (view.names.of(name).find(({ scope }) => scope.kind === 'module')?.bindings ?? []).flatMap(({ node }) => variablesIn(statementOf(node)));
  return { ...(name === undefined ? {} : { name }), isForEventlet, variables: [...new Set(variables)] };
}

/**
 * The edits after which a module is what it is without eventlet: of each choice the other branch stays, and what decided goes, if
 * `keepsName` does not say that somebody still asks for it.
 */
export function foldedModule(view: FileView, { name, isForEventlet }: Decision, keepsName: boolean): readonly TextEdit[] {
  const all = choices(view);
  const edits = all.map(({ statement, stays }) => unwrapped(view, statement, stays));
  const variable = name === undefined ? undefined : view.names.of(name).find(({ scope }) => scope.kind === 'module');
  if (!variable || keepsName) return edits;
  const definitions = variable.bindings.map(({ node }) => statementOf(node));
  const rest = variable.reads.map(({ node }) => node).filter((node) => ![...all.map(({ statement }) => statement), ...definitions].some((outer) => contains(outer, node)));
  const unused = unusedImports(view, definitions);
  const removals = definitions.map((definition) => withSpace(view, definition, unused));
  return [...edits, ...rest.map((node) => answered(node, !isForEventlet)), ...removals, ...unused.map((statement) => removal(view, statement))];
}

/** The edits after which a file does not ask any more what the module decides, because there is one answer left. */
export function foldedUse(view: FileView, isDecision: (imported: ImportedName) => boolean, isForEventlet: boolean): readonly TextEdit[] {
  const imports = importsOf(view).filter(isDecision);
  const made = change(view);
  for (const imported of imports) {
    const variable = imported.bound && view.names.variableOf(imported.bound);
    if (!variable) continue;
    for (const edit of answers(view, variable, !isForEventlet)) made.replaceRange(edit.start, edit.end, edit.newText);
    made.drop(imported);
  }
  return imports.length > 0 ? compose(view, [made.done()]).edits : [];
}

interface Choice {
  readonly statement: Node;
  /** The block that does without eventlet. */
  readonly stays: Node | undefined;
  readonly name?: string;
  readonly isForEventlet: boolean;
}

/** The statements of which one branch imports eventlet and the other does not. */
function choices(view: FileView): readonly Choice[] {
  const imports = view.uses.filter((use): use is ImportUse => use.form === 'import' && use.via === undefined).map(({ imported }) => imported.statement);
  const isGreen = (block: Node | undefined): boolean => block !== undefined && imports.some((statement) => contains(block, statement));
  return view.tree.rootNode.namedChildren.flatMap((statement): readonly Choice[] => {
    if (statement?.type === 'if_statement') return choiceOfIf(statement, isGreen);
    if (statement?.type === 'try_statement') return choiceOfTry(statement, isGreen);
    return [];
  });
}

function choiceOfIf(statement: Node, isGreen: (block: Node | undefined) => boolean): readonly Choice[] {
  const parts = branches(statement);
  if (!parts || isGreen(parts.yes) === isGreen(parts.no)) return [];
  const asked = questionOf(field(statement, 'condition'));
  const isGreenIfTrue = isGreen(parts.yes);
  return [{ statement, stays: isGreenIfTrue ? parts.no : parts.yes, ...(asked ? { name: asked.name } : {}), isForEventlet: isGreenIfTrue !== (asked?.isNegated ?? false) }];
}

/** `try: import eventlet` with one handler, for the case that it is not installed. */
function choiceOfTry(statement: Node, isGreen: (block: Node | undefined) => boolean): readonly Choice[] {
  const clauses = statement.namedChildren.filter((child): child is Node => child !== null && child.type !== 'comment' && child.type !== 'block');
  const [handler] = clauses.filter(({ type }) => type === 'except_clause');
  const isPlain = clauses.every(({ type }, index) => (type === 'except_clause' && index === 0) || type === 'else_clause');
  const caught = handler?.namedChildren.find((child) => child?.type !== 'block' && child?.type !== 'comment');
  if (!handler || !isPlain || (caught && !/^\(?[\s,\w]*\b(ImportError|ModuleNotFoundError)\b/.test(caught.text))) return [];
  const stays = handler.namedChildren.find((child) => child?.type === 'block') ?? undefined;
  return isGreen(field(statement, 'body')) && !isGreen(stays) ? [{ statement, stays, isForEventlet: true }] : [];
}

/** The blocks of an `if` with at most an `else`. */
function branches(statement: Node): { readonly yes: Node | undefined; readonly no: Node | undefined } | undefined {
  const [other, ...more] = fields(statement, 'alternative');
  if (more.length > 0 || other?.type === 'elif_clause') return undefined;
  return { yes: field(statement, 'consequence'), no: other && field(other, 'body') };
}

/** `uses_eventlet()`, `not USE_EVENTLET`: the name that is asked for. */
function questionOf(condition: Node | undefined): { readonly name: string; readonly isNegated: boolean } | undefined {
  if (!condition) return undefined;
  const node = withoutParentheses(condition);
  if (node.type === 'not_operator') {
    const inner = questionOf(field(node, 'argument'));
    return inner && { ...inner, isNegated: !inner.isNegated };
  }
  const name = node.type === 'call' && field(node, 'arguments')?.namedChildCount === 0 ? field(node, 'function') : node;
  return name?.type === 'identifier' ? { name: name.text, isNegated: false } : undefined;
}

/** What becomes of the places that read a name whose value is `value` for ever. */
function answers(view: FileView, { reads }: Variable, value: boolean): readonly TextEdit[] {
  const folded = reads.flatMap(({ node }) => foldable(node, value) ?? []);
  const outer = folded.filter((one) => !folded.some((other) => other !== one && contains(other.statement, one.statement)));
  const rest = reads.map(({ node }) => node).filter((node) => !outer.some(({ statement, stays }) => contains(statement, node) && !(stays && contains(stays, node))));
  return [...outer.map(({ statement, stays }) => unwrapped(view, statement, stays)), ...rest.map((node) => answered(node, value))];
}

/** The `if` or the conditional expression whose condition a name is, and what stays of it. */
function foldable(name: Node, value: boolean): { readonly statement: Node; readonly stays: Node | undefined } | undefined {
  const { node, isNegated } = questionAround(name);
  const isTrue = value !== isNegated;
  const parent = node.parent;
  if (parent?.type === 'conditional_expression') {
    const [yes, condition, no] = parent.namedChildren;
    return condition?.id === node.id ? { statement: parent, stays: (isTrue ? yes : no) ?? undefined } : undefined;
  }
  if (parent?.type !== 'if_statement' || field(parent, 'condition')?.id !== node.id) return undefined;
  const parts = branches(parent);
  return parts && { statement: parent, stays: isTrue ? parts.yes : parts.no };
}

/** The whole question around a name: with its call, parentheses and negations. */
function questionAround(name: Node): { readonly node: Node; readonly isNegated: boolean } {
  let node = name;
  let isNegated = false;
  if (node.parent?.type === 'call' && field(node.parent, 'function')?.id === node.id) node = node.parent;
  while (node.parent?.type === 'not_operator' || node.parent?.type === 'parenthesized_expression') {
    node = node.parent;
    if (node.type === 'not_operator') isNegated = !isNegated;
  }
  return { node, isNegated };
}

function answered(name: Node, value: boolean): TextEdit {
  const { node, isNegated } = questionAround(name);
  return { start: node.startIndex, end: node.endIndex, newText: value !== isNegated ? 'True' : 'False' };
}

/** One branch in the place of the whole statement; nothing where there is none, or where it does nothing. */
function unwrapped(view: FileView, statement: Node, stays: Node | undefined): TextEdit {
  if (stays && stays.type !== 'block') return { start: statement.startIndex, end: statement.endIndex, newText: stays.text };
  const statements = stays?.namedChildren.filter((child) => child?.type !== 'comment') ?? [];
  if (!stays || statements.every((child) => child?.type === 'pass_statement')) return removal(view, statement);
  return { start: statement.startIndex, end: statement.endIndex, newText: dedented(view, stays, indentAt(view.text, statement.startIndex)) };
}

/** The text of a block with its comments, moved to the left; lines inside of strings stay as they are. */
function dedented({ text, names }: FileView, block: Node, indent: string): string {
  const isOnOwnLine = isFirstOnLine(text, block.startIndex);
  const start = isOnOwnLine ? commentsAbove(text, block) : block.startIndex;
  const inner = isOnOwnLine ? indentAt(text, block.startIndex) : indent;
  let result = '';
  for (let at = start; at < block.endIndex; ) {
    const end = Math.min(lineEnd(text, at), block.endIndex);
    const line = text.slice(at, end);
    const isMoved = line.startsWith(inner) && !isInString(names, at);
    result += isMoved ? (line.trim() === '' ? '' : indent) + line.slice(inner.length) : line;
    at = end;
  }
  return result.slice(isOnOwnLine ? indent.length : 0).replace(/[\r\n]+$/, '');
}

/** Comment lines between the head of a branch and its first statement belong to the branch. */
function commentsAbove(text: string, block: Node): number {
  let start = lineStart(text, block.startIndex);
  for (;;) {
    const above = start > 0 ? lineStart(text, start - 1) : start;
    if (above === start || !/^[ \t]*#/.test(text.slice(above, start))) return start;
    start = above;
  }
}

function isInString({ tree }: Names, offset: number): boolean {
  const node = tree.rootNode.descendantForIndex(offset, offset);
  const isText = node.type === 'string_content' || node.type === 'escape_sequence' || node.type === 'string_end';
  return isText && (node.type === 'string_end' || node.startIndex < offset);
}

/** Takes a definition out with the empty lines around it, of which one is left; there is one above the imports that go with it already. */
function withSpace(view: FileView, definition: Node, unused: readonly Node[]): TextEdit {
  const { text, layout } = view;
  const { start, end } = removal(view, definition);
  const above = /(?:(?<=[\r\n])[ \t]*(?:\r\n|\n|\r))*$/.exec(text.slice(0, start))?.[0] ?? '';
  const below = /^(?:[ \t]*(?:\r\n|\n|\r))*/.exec(text.slice(end))?.[0] ?? '';
  const siblings = view.tree.rootNode.namedChildren;
  const before = siblings[siblings.findIndex((sibling) => sameNode(sibling, definition)) - 1];
  const isBelowUnused = unused.some((statement) => sameNode(statement, before));
  return { start: start - above.length, end: end + below.length, newText: above === '' || isBelowUnused ? '' : layout.lineEnding };
}

/** The imports at module level that only these statements need. */
function unusedImports(view: FileView, statements: readonly Node[]): readonly Node[] {
  return view.tree.rootNode.namedChildren.filter((child): child is Node => {
    if (!child || !isImport(child)) return false;
    const variables = importedNames(child).map(({ bound }) => bound && view.names.variableOf(bound));
    return variables.length > 0 && variables.every((variable) => variable !== undefined && !view.namedElsewhere.has(variable.name) && variable.reads.length > 0 && variable.reads.every(({ node }) => statements.some((outer) => contains(outer, node))));
  });
}

/** The variables of the environment that a statement asks for. */
function variablesIn(statement: Node): readonly string[] {
  return statement.descendantsOfType('string').flatMap((string) => {
    const text = string && plainString(string);
    return text && /^[A-Z][A-Z0-9_]*$/.test(text) && /environ|getenv/.test(string.parent?.parent?.text ?? '') ? [text] : [];
  });
}

/** The names that a file imports, wherever it does. */
export function importsOf({ tree }: FileView): readonly ImportedName[] {
  return tree.rootNode.descendantsOfType(['import_statement', 'import_from_statement']).flatMap((statement) => (statement ? importedNames(statement) : []));
}
