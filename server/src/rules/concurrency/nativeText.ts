import { standIns, withNeeds, type StandIn } from './standIns';

/** What a module of stand-ins is made of. */
export interface NativeParts {
  readonly chosen: ReadonlySet<StandIn>;
  /** Definitions that are made of others, modules and what is missing: name → code. */
  readonly composed: ReadonlyMap<string, string>;
  /** What those need of the standard library: `import socket as _socket`. */
  readonly imports: readonly string[];
}

/** The text of a module of stand-ins. */
export function nativeText({ chosen, composed, imports }: NativeParts): string {
  const all = withNeeds(chosen);
  const lines = [...new Set([...all.flatMap((standIn) => standIn.imports), ...imports])].sort(importOrder);
  return [[head, lines.join('\n')].join('\n\n'), ...all.map(({ code }) => code), [...composed.values()].join('\n')].filter((part) => part !== '').join('\n\n\n') + '\n';
}

/** Reads such a text again; undefined where it is not what `nativeText` would write, because a person changed it. */
export function readNative(text: string): NativeParts | undefined {
  const plain = text.replace(/\r\n/g, '\n');
  const has = ({ code, imports }: StandIn): boolean => (code === '' ? imports.every((line) => plain.includes(`\n${line}\n`)) : plain.includes(`\n\n\n${code}\n`));
  const chosen = new Set(standIns.filter(has));
  const composed = new Map([...plain.matchAll(/^(\w+) = _(?:Module|Missing)\([\s\S]*?\)(?:\.\w+)?$/gm)].map(({ 0: code, 1: name = '' }) => [name, code]));
  const imports = [...plain.matchAll(/^import ([\w.]+) as (\w+)$/gm)].filter(([, module = '', alias]) => alias === aliasOf(module)).map(([line]) => line);
  const parts: NativeParts = { chosen, composed, imports };
  return nativeText(parts) === plain ? parts : undefined;
}

/** The names that are defined there for others: name → canonical name of eventlet, as far as it is one. */
export function namesOf({ chosen, composed }: NativeParts): ReadonlyMap<string, string | undefined> {
  const provided = withNeeds(chosen).flatMap(({ provides }) => [...provides].map(([dotted, name]): readonly [string, string] => [name, dotted]));
  return new Map<string, string | undefined>([...[...composed.keys()].map((name) => [name, undefined] as const), ...provided]);
}

/** These names, and those of which they are made. */
export function madeOf({ composed }: NativeParts, used: Iterable<string>): ReadonlySet<string> {
  const all = new Set(used);
  for (const name of all) for (const [word] of composed.get(name)?.matchAll(/\b[A-Za-z_]\w*\b/g) ?? []) all.add(word);
  return all;
}

/** What is left of it where only these names are used. */
export function pruned(parts: NativeParts, used: Iterable<string>): NativeParts {
  const wanted = madeOf(parts, used);
  // In the order in which they were defined: each is made of those above it.
  const composed = new Map([...parts.composed].filter(([name]) => wanted.has(name)));
  const code = [...composed.values()].join('\n');
  const isWanted = ({ id, provides }: StandIn): boolean => [...provides.values()].some((name) => wanted.has(name)) || (id === 'module' && code.includes('_Module(')) || (id === 'missing' && code.includes('_Missing('));
  return { composed, chosen: new Set([...parts.chosen].filter(isWanted)), imports: parts.imports.filter((line) => wanted.has(line.slice(line.lastIndexOf(' ') + 1))) };
}

/** How the text calls a module of the standard library. */
export function aliasOf(module: string): string {
  return `_${module.replaceAll('.', '_')}`;
}

/** Plain imports first, then those of names, each in alphabetical order. */
export function importOrder(a: string, b: string): number {
  const rank = (line: string): string => `${line.startsWith('import') ? 0 : 1}${line.toLowerCase()}`;
  return rank(a) < rank(b) ? -1 : 1;
}

const head = [
  '"""Native threads in the place of eventlet, for those of its names that are used.',
  '',
  'Everything that waits here knows the Timeouts of its thread, and can be',
  'ended by kill(); what waits elsewhere can not.',
  '"""',
].join('\n');
