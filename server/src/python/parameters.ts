import { field, isField, sameNode, type Node } from '../syntax/node';
import { attributeOf, ownAttribute, subclasses } from './attributes';
import type { Arguments } from './calls';
import { decorators, membersOf } from './definitions';
import { givenAt, receiverOf } from './handing';
import type { Names } from './names';

/** A parameter of a function that this file defines, with all that this file gives to it, by calls or through `spawn` and the like. */
export interface Handed {
  /** The identifier that is bound. */
  readonly parameter: Node;
  /** The `function_definition`. */
  readonly definition: Node;
  /** What each call gives, in text order; without those that leave the parameter its default. At least one. */
  readonly given: readonly Node[];
  /** What it is where nothing is given. */
  readonly fallback: Node | undefined;
}

/**
 * The parameter that gets an argument; undefined where not every call of the function is in sight: it has decorators, is named without being
 * called or handed to what calls it, is a method that another class of the file may have as well, or is called with `*args`.
 */
export function handedTo(argument: Node, names: Names): Handed | undefined {
  const callee = receiverOf(argument, names);
  const called = callee && functionOf(callee, names);
  const found = called && parametersOf(called).find((_, index) => called.calls.some((each) => sameNode(argumentOf(each, index, called), argument)));
  return called && found ? handed(found.identifier, called, names) : undefined;
}

/** What is given to a parameter, by its identifier; undefined where the identifier is none, or where not all calls are in sight. */
export function givenTo(identifier: Node, names: Names): Handed | undefined {
  const list = parameterAround(identifier)?.parent;
  const definition = list?.type === 'parameters' && list.parent?.type === 'function_definition' ? list.parent : undefined;
  const called = definition && callsOf(definition, names);
  return called ? handed(identifier, called, names) : undefined;
}

/** The parameter whose annotation is this expression: `queue: Queue`, `queue: Optional[Queue] = None`, `queue: Queue | None`. */
export function annotated(expression: Node): Node | undefined {
  let at = expression;
  while (at.parent && at.parent.type !== 'type') {
    const { type, text } = at.parent;
    const isOptional = (type === 'binary_operator' && /^None\s*\||\|\s*None$/.test(text)) || (type === 'subscript' && isField(at.parent, 'subscript', at) && /^(\w+\.)?Optional\[/.test(text));
    if (!isOptional) return undefined;
    at = at.parent;
  }
  // The grammar reads `Optional[Queue]` as a generic type, which has a type of its own inside.
  const outer = at.parent?.parent?.type === 'type_parameter' && /^(\w+\.)?Optional\[/.test(at.parent.parent.parent?.text ?? '') ? at.parent.parent.parent?.parent : at.parent;
  const parameter = outer?.type === 'type' ? outer.parent : undefined;
  if (parameter?.type === 'typed_default_parameter') return field(parameter, 'name');
  return parameter?.type === 'typed_parameter' && parameter.namedChild(0)?.type === 'identifier' ? (parameter.namedChild(0) ?? undefined) : undefined;
}

interface Called {
  readonly definition: Node;
  /** What it gets, wherever it is called or handed to what calls it. */
  readonly calls: readonly Arguments[];
  /** Whether the first parameter is the instance, which calls do not give. */
  readonly isBound: boolean;
}

interface Parameter {
  readonly identifier: Node;
  readonly fallback: Node | undefined;
}

/** What calls of this file reach by the expression. */
function functionOf(callee: Node, names: Names): Called | undefined {
  if (callee.type === 'identifier') {
    const definition = names.variableOf(callee)?.bindings[0]?.node.parent;
    return definition?.type === 'function_definition' ? callsOf(definition, names) : undefined;
  }
  const own = ownAttribute(callee);
  const definition = own && membersOf(own.classNode).get(own.name);
  return definition?.type === 'function_definition' ? callsOf(definition, names) : undefined;
}

/** All calls of a function; undefined where something else is done with it. */
function callsOf(definition: Node, names: Names): Called | undefined {
  const name = field(definition, 'name');
  const classNode = classAround(definition);
  if (!name || decorators(definition).length > 0) return undefined;
  const places = classNode ? placesOfMethod(classNode, name.text, names) : placesOfFunction(name, names);
  const calls = places?.map((place) => givenAt(place, names)) ?? [];
  if (calls.length === 0 || calls.some((call) => call === undefined || call.isOpen)) return undefined;
  return { definition, calls: calls.filter((call) => call !== undefined), isBound: classNode !== undefined };
}

function placesOfFunction(name: Node, names: Names): readonly Node[] | undefined {
  const variable = names.variableOf(name);
  return variable?.bindings.length === 1 ? variable.reads.map(({ node }) => node) : undefined;
}

function placesOfMethod(classNode: Node, name: string, names: Names): readonly Node[] | undefined {
  const isRedefined = subclasses(names, classNode).some((subclass) => membersOf(subclass).has(name));
  const { places } = attributeOf(names, classNode, name);
  const isAlone = names.attributes(name).length === places.length && names.of(name).every(({ scope, bindings }) => scope.id === classNode.id && bindings.length === 1);
  const isInstance = places.every((place) => field(place, 'object')?.text !== field(classNode, 'name')?.text);
  return !isRedefined && isAlone && isInstance ? places : undefined;
}

function handed(identifier: Node, called: Called, names: Names): Handed | undefined {
  const index = parametersOf(called).findIndex((each) => sameNode(each.identifier, identifier));
  const parameter = parametersOf(called)[index];
  const variable = names.variableOf(identifier);
  if (!parameter || variable?.bindings.length !== 1) return undefined;
  const given = called.calls.map((call) => argumentOf(call, index, called));
  if (given.some((node) => node === undefined) && !parameter.fallback) return undefined;
  const nodes = given.filter((node) => node !== undefined);
  return nodes.length > 0 ? { parameter: identifier, definition: called.definition, given: nodes, fallback: parameter.fallback } : undefined;
}

function argumentOf({ positional, keywords }: Arguments, index: number, called: Called): Node | undefined {
  const name = parametersOf(called)[index]?.identifier.text ?? '';
  return positional[index] ?? keywords.get(name);
}

/** The parameters that calls give by position or by name, up to the first star. */
function parametersOf({ definition, isBound }: Called): readonly Parameter[] {
  const found: Parameter[] = [];
  for (const child of field(definition, 'parameters')?.namedChildren ?? []) {
    if (child?.type === 'comment') continue;
    const identifier = child?.type === 'identifier' ? child : child?.type === 'typed_parameter' ? child.namedChild(0) : child && field(child, 'name');
    if (!child || identifier?.type !== 'identifier') break;
    found.push({ identifier, fallback: field(child, 'value') });
  }
  return isBound ? found.slice(1) : found;
}

function parameterAround(identifier: Node): Node | undefined {
  const { parent } = identifier;
  if (parent?.type === 'parameters') return identifier;
  return parent && /parameter$/.test(parent.type) ? parent : undefined;
}

function classAround(definition: Node): Node | undefined {
  const block = definition.parent;
  return block?.parent?.type === 'class_definition' ? block.parent : undefined;
}
