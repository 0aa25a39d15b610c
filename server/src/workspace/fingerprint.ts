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

/** Appends a number to identities that occur again, in text order. */
export function numbered(identities: readonly string[]): readonly string[] {
  const seen = new Map<string, number>();
  return identities.map((text) => {
    const count = (seen.get(text) ?? 0) + 1;
    seen.set(text, count);
    return count === 1 ? text : `${text}|${count}`;
  });
}

function shapeOf({ positional, keywords, isOpen }: ReturnType<typeof argumentsOf>): string {
  return `${positional.length}(${[...keywords.keys()].sort().join(',')})${isOpen ? '*' : ''}`;
}
