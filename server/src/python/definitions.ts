import { field, isField, type Node } from '../syntax/node';

/** A function whose whole body is one call. */
export interface Wrapper {
  /** The `function_definition`. */
  readonly definition: Node;
  /** Whether it gives back what the call gave. */
  readonly returns: boolean;
}

/**
 * The function that does nothing but make this call: no decorators besides `staticmethod` and `classmethod`, a docstring at most,
 * and what it passes on is its own parameters and constants. undefined where the call is anywhere else.
 */
export function wrapperAround(call: Node): Wrapper | undefined {
  const statement = call.parent;
  if (statement?.type !== 'return_statement' && statement?.type !== 'expression_statement') return undefined;
  const block = statement.parent;
  const definition = block?.type === 'block' ? block.parent : undefined;
  if (!block || definition?.type !== 'function_definition' || !isField(definition, 'body', block)) return undefined;
  const [first, ...rest] = block.namedChildren.filter(({ type }) => type !== 'comment');
  const isAlone = rest.length === 0 || (rest.length === 1 && first !== undefined && isDocstring(first));
  if (!isAlone || isAsync(definition) || decorators(definition).some((each) => each !== 'staticmethod' && each !== 'classmethod')) return undefined;
  return handsOn(call, parameterNames(definition)) ? { definition, returns: statement.type === 'return_statement' } : undefined;
}

/** What the body of a class defines: the names of its methods and of the attributes that it assigns, the methods with their node. */
export function membersOf(classNode: Node): ReadonlyMap<string, Node> {
  const members = new Map<string, Node>();
  for (const statement of field(classNode, 'body')?.namedChildren ?? []) {
    const defined = statement.type === 'decorated_definition' ? field(statement, 'definition') : statement;
    const assigned = statement.type === 'expression_statement' ? statement.namedChild(0) : undefined;
    const name = assigned?.type === 'assignment' ? field(assigned, 'left') : defined && field(defined, 'name');
    if (defined && name?.type === 'identifier') members.set(name.text, defined);
  }
  return members;
}

/** Whether every `return` of a method gives its first parameter. */
export function returnsItself(method: Node): boolean {
  const self = method.type === 'function_definition' ? parameterNames(method)[0] : undefined;
  const returns = method.descendantsOfType('return_statement');
  return self !== undefined && returns.length > 0 && returns.every((statement) => statement.namedChild(0)?.text === self);
}

/** The names of the decorators of a function or class, as they are written: `staticmethod`, `mock.patch(...)`. */
export function decorators(definition: Node): readonly string[] {
  const around = definition.parent;
  if (around?.type !== 'decorated_definition') return [];
  return around.namedChildren.filter(({ type }) => type === 'decorator').map(({ text }) => text.slice(1).trim());
}

const constants = new Set(['integer', 'float', 'string', 'concatenated_string', 'true', 'false', 'none', 'unary_operator']);

/** Whether the arguments are no more than parameters and constants. */
function handsOn(call: Node, parameters: readonly string[]): boolean {
  const list = field(call, 'arguments');
  return list?.type === 'argument_list' && list.namedChildren.every((argument) => {
    if (argument.type === 'comment') return true;
    const passed = argument.type === 'keyword_argument' ? field(argument, 'value') : argument.type.endsWith('_splat') ? argument.namedChild(0) : argument;
    return !!passed && (constants.has(passed.type) || (passed.type === 'identifier' && parameters.includes(passed.text)));
  });
}

function parameterNames(definition: Node): readonly string[] {
  return (field(definition, 'parameters')?.namedChildren ?? []).flatMap((parameter) => nameOf(parameter) ?? []);
}

/** `x`, `x=1`, `x: int`, `*x` and `**x` alike. */
function nameOf(parameter: Node): string | undefined {
  if (parameter.type === 'identifier') return parameter.text;
  const inner = field(parameter, 'name') ?? parameter.namedChild(0);
  return inner ? nameOf(inner) : undefined;
}

function isDocstring(statement: Node): boolean {
  return statement.type === 'expression_statement' && statement.namedChild(0)?.type === 'string';
}

function isAsync(definition: Node): boolean {
  return definition.firstChild?.type === 'async';
}
