import { argumentsOf } from '../../python/calls';
import { eventlet } from '../../python/eventlet';
import { memberNamedBeside, namedIn } from '../../python/stringTargets';
import { ancestors, enclosing, field, type Node } from '../../syntax/node';
import { importedMeaning } from './natives';
import type { FileView } from './view';

/** Whether code is part of what a test puts in the place of a native name, such as `time.sleep`: calling that name there, it would call itself. */
export function isInsideDouble(node: Node, native: string, view: FileView): boolean {
  const doubles = view.memory.recall(`doubles of ${native}`, () => doublesOf(native, view));
  if (doubles.length === 0) return false;
  const isPart = (at: Node): boolean => doubles.some(({ id }) => id === at.id) || isSideEffect(at);
  const around = [...ancestors(node)];
  const functions = around.filter(({ type }) => type === 'function_definition').flatMap((definition) => field(definition, 'name') ?? []);
  const mentions = functions.flatMap((name) => view.names.variableOf(name)?.reads.map((read) => read.node) ?? []);
  return around.some(isPart) || mentions.some((mention) => [...ancestors(mention)].some(isPart));
}

/** The calls that replace a name, found by the strings that end with it: to look at all calls of a file would parse all of it. */
function doublesOf(native: string, view: FileView): readonly Node[] {
  const last = native.slice(native.lastIndexOf('.') + 1);
  const calls = [...view.text.matchAll(new RegExp(`\\b${last}['"]`, 'g'))].flatMap(({ index }) => enclosing(view.tree.rootNode.descendantForIndex(index), 'call') ?? []);
  return [...new Map(calls.map((call) => [call.id, call])).values()].filter((call) => replaces(call, native, view));
}

/** `mock.patch('time.sleep', …)`, `mock.patch.object(time, 'sleep', …)`. */
function replaces(call: Node, native: string, view: FileView): boolean {
  const { positional, keywords } = argumentsOf(call);
  const target = positional[0] ?? keywords.get('target');
  if (!target) return false;
  const inString = target.type === 'string' ? namedIn(target, eventlet.root) : undefined;
  const text = inString?.purpose === 'mock' ? inString.text : undefined;
  const member = memberNamedBeside(target);
  const named = text ?? (typeof member === 'object' ? `${importedMeaning(target, view) ?? target.text}.${member.text}` : undefined);
  return named === native || named?.endsWith(`.${native}`) === true;
}

/** `double.side_effect = …` */
function isSideEffect(node: Node): boolean {
  const left = node.type === 'assignment' ? field(node, 'left') : undefined;
  return left?.type === 'attribute' && field(left, 'attribute')?.text === 'side_effect';
}
