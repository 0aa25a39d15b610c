import { attributeOf, ownAttribute } from '../../python/attributes';
import { callOf } from '../../python/calls';
import { importAround, importedNames, importStatements } from '../../python/imports';
import { classAround, functionAround, scopesAt } from '../../python/scopes';
import { field, isField, type Node } from '../../syntax/node';
import { absoluteName } from '../importMentions';
import { meaning, type Source, type Sources } from './source';

/** A function of a module, or a method of a class of one. */
export interface Callable {
  readonly source: Source;
  readonly definition: Node;
  readonly name: string;
  /** The class, of a method. */
  readonly classNode?: Node;
}

/** A place in a file, with what is to be said about it. */
export interface Remark {
  readonly source: Source;
  readonly node: Node;
  readonly text: string;
}

export interface Callers {
  readonly calls: readonly { readonly source: Source; readonly call: Node }[];
  /** Why not everybody who calls it is known. */
  readonly obstacles: readonly Remark[];
}

/** The function or method that a node is the code of; undefined in a function inside another, in a lambda, and outside of functions. */
export function callableAt(node: Node, source: Source): Callable | undefined {
  const definition = functionAround(node);
  return definition && callableOf(definition, source);
}

export function callableOf(definition: Node, source: Source): Callable | undefined {
  const name = field(definition, 'name')?.text;
  const [outer] = scopesAt(definition);
  if (name === undefined || !outer || outer.kind === 'function' || outer.kind === 'lambda') return undefined;
  if (outer.kind === 'module') return { source, definition, name };
  return outer.kind === 'class' && [...scopesAt(outer.node)][0]?.kind === 'module' ? { source, definition, name, classNode: outer.node } : undefined;
}

/** Everybody in the project who calls it, by resolved names. */
export function callersOf(callable: Callable, sources: Sources): Callers {
  const mentions = callable.classNode ? methodMentions(callable, callable.classNode, sources) : functionMentions(callable, sources);
  const calls: { source: Source; call: Node }[] = [];
  const obstacles: Remark[] = [];
  for (const { source, node, text } of mentions) {
    const call = callOf(node);
    if (text !== undefined) obstacles.push({ source, node, text });
    else if (call) calls.push({ source, call });
    else if (!importAround(node)) obstacles.push({ source, node, text: `\`${callable.name}\` is passed on as a value here, and whoever calls it is not known` });
  }
  return { calls, obstacles };
}

/** A mention of the function; with a text where it is in the way. */
interface Mention {
  readonly source: Source;
  readonly node: Node;
  readonly text?: string;
}

function* functionMentions({ source: home, name }: Callable, sources: Sources): Generator<Mention> {
  // Under which names modules have it; those that import it hand it on.
  const spellings = new Set([`${home.module}.${name}`]);
  for (const dotted of spellings) {
    const word = dotted.slice(dotted.lastIndexOf('.') + 1);
    for (const source of sources.mentioning(word)) {
      if (`${source.module}.${word}` === dotted && source === home) for (const node of readsAtTop(source, word)) yield { source, node };
      for (const { node } of source.names.attributes(word)) if (meaning(node, source) === dotted) yield { source, node };
      for (const imported of importsOf(source, dotted)) {
        const variable = source.names.variableOf(imported);
        for (const read of variable?.reads ?? []) yield { source, node: read.node };
        if (variable?.scope.kind === 'module') spellings.add(`${source.module}.${variable.name}`);
      }
    }
  }
}

/** The reads of a name of the module. */
function readsAtTop({ names }: Source, name: string): readonly Node[] {
  return names.of(name).find(({ scope }) => scope.kind === 'module')?.reads.map(({ node }) => node) ?? [];
}

/** The identifiers that imports of a dotted name bind. */
function importsOf(source: Source, dotted: string): readonly Node[] {
  const items = [...importStatements(source.names)].flatMap(importedNames);
  return items.flatMap(({ bound, meaning: imported }) => (bound && absoluteName(imported, source.path).replace(/^(src|lib)\./, '') === dotted ? bound : []));
}

function* methodMentions({ source: home, name, definition }: Callable, classNode: Node, sources: Sources): Generator<Mention> {
  const className = field(classNode, 'name')?.text ?? '';
  const bases = field(classNode, 'superclasses')?.namedChildren.filter((base) => base && base.type !== 'keyword_argument' && base.text !== 'object') ?? [];
  const [base] = bases;
  if (base) yield { source: home, node: base, text: `\`${className}\` inherits from \`${base.text}\`, which may call \`${name}\` itself, or have one of its own` };
  for (const source of sources.mentioning(name)) {
    for (const other of definitionsOf(name, source)) {
      const its = classAround(other);
      if (other.id !== definition.id && its && inherits(its, source, className)) yield { source, node: other, text: `\`${field(its, 'name')?.text ?? ''}\` overrides \`${name}\`` };
    }
    for (const { node, classNode: owner } of source.names.attributes(name)) {
      const receiver = field(node, 'object');
      if (!receiver) continue;
      const isOwn = source === home && owner?.id === classNode.id;
      if (isOwn || isInstance(receiver, source, `${home.module}.${className}`)) yield { source, node };
      else if (!isStranger(receiver, owner, source, className)) yield { source, node, text: `\`${node.text}\` may be this method, and the class of \`${receiver.text}\` is not known` };
    }
  }
}

function definitionsOf(name: string, { names }: Source): readonly Node[] {
  return names.identifiers(name).flatMap((identifier) => (identifier.parent?.type === 'function_definition' && isField(identifier.parent, 'name', identifier) ? identifier.parent : []));
}

function inherits(classNode: Node, source: Source, className: string): boolean {
  const bases = field(classNode, 'superclasses')?.namedChildren ?? [];
  return bases.some((base) => base && (base.text === className || meaning(base, source)?.endsWith(`.${className}`)));
}

/** Whether an expression holds what calling the class gave, and nothing else: a variable, or an attribute of the own object. */
function isInstance(receiver: Node, source: Source, dotted: string): boolean {
  const own = ownAttribute(receiver);
  const places = own ? attributeOf(source.names, own.classNode, own.name).places.filter((place) => place.parent?.type === 'assignment' && isField(place.parent, 'left', place)) : undefined;
  const bindings = places ?? (receiver.type === 'identifier' ? source.names.variableOf(receiver)?.bindings.map(({ node }) => node) : undefined) ?? [];
  return bindings.length > 0 && bindings.every((binding) => makes(binding, source, dotted));
}

/** `x = Class()`, `x: Class`. */
function makes(binding: Node, source: Source, dotted: string): boolean {
  const parent = binding.parent;
  if (parent?.type === 'typed_parameter') return isClass(field(parent, 'type')?.namedChild(0) ?? undefined, source, dotted);
  const value = parent?.type === 'assignment' && isField(parent, 'left', binding) ? field(parent, 'right') : undefined;
  return value?.type === 'call' && isClass(field(value, 'function'), source, dotted);
}

function isClass(node: Node | undefined, source: Source, dotted: string): boolean {
  if (!node) return false;
  if (meaning(node, source) === dotted) return true;
  const variable = node.type === 'identifier' ? source.names.variableOf(node) : undefined;
  return `${source.module}.${node.text}` === dotted && variable?.scope.kind === 'module' && variable.bindings[0]?.node.parent?.type === 'class_definition';
}

/** Whether a receiver is surely something else: a module or class that is imported from elsewhere, or an object of another class. */
function isStranger(receiver: Node, owner: Node | undefined, source: Source, className: string): boolean {
  if (owner) return field(owner, 'name')?.text !== className && !inherits(owner, source, className);
  const known = meaning(receiver, source);
  return known !== undefined && !known.endsWith(`.${className}`);
}
