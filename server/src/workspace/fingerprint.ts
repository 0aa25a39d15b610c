import type { LineIndex } from '../edits/lines';
import type { StandInUse, Use } from '../python/uses';
import { argumentsOf } from '../python/calls';
import { qualifiedName } from '../python/scopes';

/**
 * The identity of a finding, as far as one file can give it: what is used, in which function, called in which shape. It
 * contains no line and no path, so it survives code that moves and files that are renamed.
 */
export function identity(rule: string, use: Use | StandInUse): string {
  const call = use.form === 'name' || use.form === 'member' || use.form === 'stand-in' ? use.call : undefined;
  const shape = call ? shapeOf(argumentsOf(call)) : use.form === 'string' ? use.text : '';
  return [rule, use.api, use.form, qualifiedName(use.node), shape].join('|');
}

/** The name of the function that an identity is in; empty at the top of a module. */
export function scopeIn(identity: string): string {
  return identity.split('|')[3] ?? '';
}

/** Appends a number to identities that occur again, in text order. */
export function numbered(identities: readonly string[]): readonly string[] {
  const seen = new Map<string, number>();
  return identities.map((text) => {
    const count = (seen.get(text) ?? 0) + 1;
    seen.set(text, count);
    return count === 1 ? text : `${text}|${count}`;
  });
}

/** So many characters are each of the digests of `surroundings`: the line above, the line itself, the line below, the function around. */
export const digestLength = 4;

/**
 * Short digests of the line above, the line itself and the one below, in which spaces and empty lines do not count, and of the name of the
 * function around. They tell uses apart whose identity is the same but for the number, and one whose line was edited from a new one.
 */
export function surroundings(lines: LineIndex, line: number, scope: string): string {
  return [neighbour(lines, line, -1), spaceless(lines.line(line)), neighbour(lines, line, 1), scope].map(digest).join('');
}

function neighbour(lines: LineIndex, line: number, step: 1 | -1): string {
  for (let at = line + step; at >= 0 && at < lines.lineCount; at += step) {
    const text = spaceless(lines.line(at));
    if (text !== '') return text;
  }
  return '';
}

function spaceless(text: string): string {
  return text.replaceAll(/\s+/g, '');
}

/** FNV-1a over UTF-16 units, folded to 16 bits: neighbours in one file are to be told apart, and nothing else. */
function digest(text: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return ((hash >>> 16) ^ (hash & 0xffff)).toString(16).padStart(digestLength, '0');
}

function shapeOf({ positional, keywords, isOpen }: ReturnType<typeof argumentsOf>): string {
  return `${positional.length}(${[...keywords.keys()].sort().join(',')})${isOpen ? '*' : ''}`;
}
