import type { PlacedImport } from '../importMentions';
import { blocksAround } from './blocks';
import { waitsIn } from './waits';

/** What matters of a module when a process starts, beside its imports; read from the text alone, without offsets, so that typing elsewhere changes nothing. */
export interface Outline {
  /** Calls of functions that may patch: those that stand alone on the left margin, and those with `patch` in their name. */
  readonly calls: readonly CallMention[];
  /** The functions that `if __name__ == '__main__'` calls; undefined for a module that is no program. */
  readonly main?: readonly string[];
  /** Whether it has an `application`, which is what WSGI servers look for. */
  readonly hasApplication: boolean;
  /** Names of the standard library in it that wait: `time.sleep`. */
  readonly waits: readonly string[];
}

/** A statement that calls a function by its name. */
export interface CallMention {
  /** As it is written: `utils.monkey_patch`. */
  readonly name: string;
  /** How many imports stand above it. */
  readonly after: number;
  readonly within?: string;
  readonly conditions: readonly string[];
}

export const noOutline: Outline = { calls: [], hasApplication: false, waits: [] };

export function outlineOf(text: string, imports: readonly PlacedImport[]): Outline {
  const main = mainOf(text);
  return { calls: calls(text, imports), ...(main ? { main } : {}), hasApplication: /^application[ \t]*=/m.test(text), waits: waitsIn(text, imports.map(({ mention }) => mention)) };
}

function calls(text: string, imports: readonly PlacedImport[]): readonly CallMention[] {
  const found = [...callsLike(/^([A-Za-z_][\w.]*)\(/gm, text, imports), ...callsInMains(text, imports)];
  if (!text.includes('patch(')) return distinct(found);
  const patching = [...callsLike(/^[ \t]+((?!self\.|mock|patch\()(?:\w+\.)*\w*patch)\(/gm, text, imports)];
  // What calls such a function of its own file is a step on the way, too.
  const wrappers = [...new Set(patching.flatMap(({ within }) => within ?? []))].filter((name) => /^\w+$/.test(name));
  const further = wrappers.length === 0 ? [] : [...callsLike(new RegExp(`^[ \\t]+(?!def\\b|async\\b).*?(?<![\\w.])(${wrappers.join('|')})\\(`, 'gm'), text, imports)];
  return distinct([...found, ...patching, ...further]);
}

/** Several patterns may find one call. */
function distinct(found: readonly CallMention[]): readonly CallMention[] {
  return [...new Map(found.map((call) => [`${call.within ?? ''} ${call.name} ${call.after}`, call])).values()];
}

/** What the functions do that programs start with: they are called so. */
function* callsInMains(text: string, imports: readonly PlacedImport[]): Generator<CallMention> {
  for (const { index, 0: body, 1: within = '' } of text.matchAll(/^def[ \t]+(main\w*|init\w*app\w*|application|app)\([^\n]*(?:\r?\n(?:[ \t)][^\n]*|(?=\r?\n)))*/gm)) {
    for (const { index: at, 1: name = '' } of body.matchAll(/(?<![\w.])((?!def\b|if\b|print\b)[A-Za-z_][\w.]*)\(/g)) {
      const line = text.lastIndexOf('\n', index + at) + 1;
      if (line > index) yield { name, after: importsAbove(imports, index + at), ...blocksAround(text, line, text.slice(line).search(/\S/)), within };
    }
  }
}

/** The calls that a pattern finds; it matches from the start of a line and captures the name. */
function* callsLike(pattern: RegExp, text: string, imports: readonly PlacedImport[]): Generator<CallMention> {
  for (const { index, 0: whole, 1: name = '' } of text.matchAll(pattern)) {
    const blocks = blocksAround(text, index, whole.search(/\S/));
    if (!blocks.conditions.some((condition) => condition.startsWith('__name__'))) yield { name, after: importsAbove(imports, index), ...blocks };
  }
}

/** How many imports of a file stand above an offset. */
export function importsAbove(imports: readonly PlacedImport[], offset: number): number {
  const below = imports.findIndex(({ at }) => at > offset);
  return below < 0 ? imports.length : below;
}

function mainOf(text: string): readonly string[] | undefined {
  const start = text.search(/^if[ \t]+__name__[ \t]*==[ \t]*['"]__main__['"][ \t]*:/m);
  if (start < 0) return undefined;
  const [block = ''] = /^[^\n]*(?:\r?\n(?:[ \t][^\n]*|(?=\r?\n|$)))*/.exec(text.slice(start)) ?? [];
  return [...new Set([...block.matchAll(/\b([A-Za-z_][\w.]*)\(/g)].map(([, name = '']) => name))];
}
