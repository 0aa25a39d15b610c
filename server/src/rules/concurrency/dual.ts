import type { TextEdit } from '../../edits/textEdit';
import type { ImportUse, NameUse } from '../../python/uses';
import { field, sameNode, type Node } from '../../syntax/node';
import { removal } from '../kit/change';
import type { FileView } from '../kit/view';
import { importLines, type Offer } from './module';

/** The environment variable that decides. */
export interface Switch {
  /** `USE_EVENTLET`, or `DISABLE_EVENTLET`: a name that says no turns its values round. */
  readonly variable: string;
}

/**
 * The edits that make a concurrency module decide, when it is imported, whether its names are eventlet's or others: by an environment
 * variable and by whether eventlet is installed. None where it has no name of eventlet.
 */
export function dualEdits(view: FileView, offer: Offer, native: readonly string[], { variable }: Switch): readonly TextEdit[] {
  const statements = eventletStatements(view);
  // The function that decides stands above the decision that is there already, but not above what was added since.
  const place = statements.find(isDecision) ?? statements[0];
  if (!place) return [];
  const { lineEnding, indent } = view.layout;
  const indented = (lines: readonly string[]): string[] => lines.flatMap((line) => line.split('\n')).map((line) => (line === '' ? '' : indent + line.replace(/^ {4}/, indent)));
  const block = [`if ${decides}():`, ...indented(importLines(offer)), 'else:', ...indented(native)];
  const isDecided = view.names.of(decides).length > 0;
  const text = [...(isDecided ? [] : decision(variable, indent)), ...block].join(lineEnding);
  return [{ start: place.startIndex, end: place.endIndex, newText: text }, ...statements.filter((other) => other !== place).map((statement) => removal(view, statement))];
}

/** The function of the module that says what is used. */
const decides = 'uses_eventlet';

function decision(variable: string, indent: string): readonly string[] {
  const isNegative = /(^|_)(NO|DISABLE|WITHOUT)(_|$)/i.test(variable);
  const [yes, no] = isNegative ? ['False', 'True'] : ['True', 'False'];
  return [
    'import importlib.util',
    'import os',
    '',
    '',
    `def ${decides}():`,
    `${indent}"""Whether to run on eventlet: by ${variable}, else if it is there."""`,
    `${indent}wish = os.environ.get('${variable}', '').strip().lower()`,
    `${indent}if wish in ('1', 'true', 'yes', 'on'):`,
    `${indent}${indent}return ${yes}`,
    `${indent}if wish in ('0', 'false', 'no', 'off'):`,
    `${indent}${indent}return ${no}`,
    `${indent}return importlib.util.find_spec('eventlet') is not None`,
    '',
    '',
  ];
}

/** The statements at module level that bind names of eventlet: imports, assignments, and the decision that is there already. */
function eventletStatements(view: FileView): readonly Node[] {
  const imports = view.uses.filter((use): use is ImportUse => use.form === 'import');
  const names = view.uses.filter((use): use is NameUse => use.form === 'name');
  const isImport = (statement: Node) => imports.some(({ imported }) => sameNode(imported.statement, statement));
  const isAlias = (statement: Node) => {
    const assignment = statement.type === 'expression_statement' ? statement.namedChild(0) : undefined;
    return assignment?.type === 'assignment' && field(assignment, 'left')?.type === 'identifier' && names.some(({ node }) => sameNode(node, field(assignment, 'right')));
  };
  return view.tree.rootNode.namedChildren.filter((child): child is Node => child !== null && (isImport(child) || isAlias(child) || isDecision(child)));
}

function isDecision(statement: Node): boolean {
  return statement.type === 'if_statement' && field(statement, 'condition')?.text === `${decides}()`;
}
