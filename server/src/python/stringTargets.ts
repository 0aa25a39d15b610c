import { field, sameNode, type Node } from '../syntax/node';
import { argument, argumentsOf } from './calls';
import { contentRange, plainString, stringContent } from './strings';

/** A string that names something by its dotted name. */
export interface NamedInString {
  /** The literal: a `string`, or the `concatenated_string` of several. */
  readonly node: Node;
  /** Offsets of what stands between its quotes, of several literals from the first to the last. */
  readonly range: { readonly start: number; readonly end: number };
  readonly text: string;
  readonly purpose: 'mock' | 'import';
}

/**
 * Reads a `string` node as the target of a mock or of a dynamic import (catalogue I05 and I09); undefined where it is just a string. What names
 * something below `root`, the package of the library, may also be put together, or kept for later.
 */
export function namedIn(string: Node, root: string): NamedInString | undefined {
  const node = string.parent?.type === 'concatenated_string' ? string.parent : string;
  const pieces = node.type === 'concatenated_string' ? node.namedChildren.filter(({ type }) => type !== 'comment') : [node];
  const texts = pieces.map(plainString);
  const text = texts.join('');
  const start = pieces[0] && contentRange(pieces[0])?.start;
  const end = pieces.at(-1) && contentRange(pieces.at(-1) ?? node)?.end;
  const tail = pieces.length === 1 ? namedAtEnd(node, root) : undefined;
  if (tail) return tail;
  if (texts.includes(undefined) || start === undefined || end === undefined || !/^[\w.]+$/.test(text)) return undefined;
  const purpose = purposeOf(node) ?? (text.includes(`.${root}.`) && isKept(node) ? 'mock' : undefined);
  if (purpose === 'import' && pieces.length > 1) return undefined;
  return purpose && { node, range: { start, end }, text, purpose };
}

/**
 * The end of a name that is put together while the test runs: `f'{app.__name__}.eventlet.sleep'`, `'%s.eventlet.sleep' % app`, and
 * `app + '.eventlet.sleep'`. Nothing else ends like that.
 */
function namedAtEnd(node: Node, root: string): NamedInString | undefined {
  const range = contentRange(node);
  const [, text] = /^(?:%s|\{[^{}]*\})?((?:\.\w+){2,})$/.exec(stringContent(node) ?? '') ?? [];
  return range && text?.startsWith(`.${root}.`) ? { node, range: { start: range.end - text.length, end: range.end }, text, purpose: 'mock' } : undefined;
}

/** Whether a string is kept for later, or given to what goes by another name: `TARGET = 'app.eventlet.sleep'`, `p('app.eventlet.sleep')`. */
function isKept(string: Node): boolean {
  const parent = string.parent;
  if (parent?.type === 'argument_list') return parent.parent?.type === 'call' && field(parent.parent, 'function')?.type === 'identifier';
  return parent?.type === 'assignment' || parent?.type === 'tuple' || parent?.type === 'list';
}

/** The members that `patch.multiple(owner, member=…)` replaces, by the expression of the owner. */
export function membersReplacedAt(node: Node): readonly string[] {
  const call = node.parent?.parent;
  if (call?.type !== 'call' || !/(^|\.)multiple$/.test(field(call, 'function')?.text ?? '') || !sameNode(argument(call, 0, 'target'), node)) return [];
  return [...argumentsOf(call).keywords.keys()];
}

/** The member of something that a test replaces, where it is written down. */
export interface NamedMember {
  /** The string literal. */
  readonly node: Node;
  /** Offsets of what stands between its quotes. */
  readonly range: { readonly start: number; readonly end: number };
  readonly text: string;
}

/**
 * What `patch.object(owner, 'member')` and its likes replace, by the expression of the owner; 'unknown' where the name of the member is not
 * written down, undefined where the expression is no such owner.
 */
export function memberNamedBeside(owner: Node): NamedMember | 'unknown' | undefined {
  const call = owner.parent?.type === 'keyword_argument' ? owner.parent.parent?.parent : owner.parent?.parent;
  const callee = call?.type === 'call' ? field(call, 'function') : undefined;
  if (!call || !callee || !/(^|\W|_)(object|patchobject|MockPatchObject|setattr|stub_out|Set|SmartSet|spy)$/.test(callee.text)) return undefined;
  if (!sameNode(argument(call, 0, 'target'), owner)) return undefined;
  const node = argument(call, 1, 'attribute');
  const text = node && plainString(node);
  const range = node && contentRange(node);
  return text && range ? { node, range, text } : 'unknown';
}

const importers = new Set(['import_module', 'try_import', '__import__', 'import_class', 'import_object']);
const patchers = new Set(['patch', 'object', 'dict', 'multiple', 'setattr', 'delattr', 'Set', 'MonkeyPatch', 'MockPatch', 'MockPatchObject', 'stub_out', 'SmartSet', 'spy', 'stub', 'create_patch', 'mock_patch', 'patch_object']);

/** What a call does with the string that is its first argument, or its `target`. */
function purposeOf(string: Node): NamedInString['purpose'] | undefined {
  const isKeyword = string.parent?.type === 'keyword_argument';
  const call = (isKeyword ? string.parent?.parent : string.parent)?.parent;
  if (call?.type !== 'call') return undefined;
  const { positional, keywords } = argumentsOf(call);
  if (!sameNode(isKeyword ? keywords.get('target') : positional[0], string)) return undefined;
  const callee = field(call, 'function');
  const name = callee?.type === 'attribute' ? field(callee, 'attribute')?.text : callee?.text;
  if (!name) return undefined;
  if (!isKeyword && importers.has(name)) return 'import';
  return patchers.has(name) || name.endsWith('patch') ? 'mock' : undefined;
}
