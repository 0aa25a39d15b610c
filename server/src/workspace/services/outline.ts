import type { PlacedImport } from '../importMentions';
import { callBlocks } from './blocks';
import { namesIn } from './named';
import { usesStarters } from './starters';
import { waitsIn } from './waits';

/** What matters of a module when a process starts, beside its imports; read from the text alone, without offsets, so that typing elsewhere changes nothing. */
export interface Outline {
  /** Calls of functions that may patch: those on the left margin, in the functions that programs start with, and those with `patch` in their name. */
  readonly calls: readonly CallMention[];
  /** Whether it has a block `if __name__ == '__main__'`. */
  readonly isProgram: boolean;
  /** Whether it calls its `main` on the left margin, as a script does that nobody imports. */
  readonly callsMain: boolean;
  /** Whether it has an `application`, which is what WSGI servers look for. */
  readonly hasApplication: boolean;
  /** Names of the standard library in it that wait: `time.sleep`. */
  readonly waits: readonly string[];
  /** Whether it uses something of a library that starts green threads. */
  readonly usesStarters: boolean;
  /** Strings in it that may name modules of the project, or groups of plug-ins: `nova.compute.manager.ComputeManager`. */
  readonly names: readonly string[];
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

export const noOutline: Outline = { calls: [], isProgram: false, callsMain: false, hasApplication: false, waits: [], usesStarters: false, names: [] };

export function outlineOf(text: string, imports: readonly PlacedImport[], path: string): Outline {
  const found: { at: number; name: string }[] = [];
  let isProgram = false;
  let callsMain = false;
  let hasApplication = false;
  for (const { start, end, match } of topLevel(text)) {
    const [, starting, block, application, called] = match;
    if (called !== undefined) {
      found.push({ at: start, name: called });
      callsMain ||= mainCall.test(text.slice(start, start + 80));
    }
    if (application !== undefined) hasApplication = true;
    if (starting !== undefined) found.push(...callsBetween(text.indexOf('\n', start), end, text));
    if (block !== undefined) {
      isProgram = true;
      found.push(...callsBetween(start, end, text));
    }
  }
  const calls = [...found, ...patchingCalls(text)].map(({ at, name }) => mention(at, name, text, imports));
  const mentions = imports.map((each) => each.mention);
  return { calls: distinct([...calls, ...stepsOnTheWay(calls, text, imports)]), isProgram, callsMain, hasApplication, waits: waitsIn(text, mentions), usesStarters: usesStarters(text, mentions), names: namesIn(text, path) };
}

/** How many imports of a file stand above an offset. */
export function importsAbove(imports: readonly PlacedImport[], offset: number): number {
  const below = imports.findIndex(({ at }) => at > offset);
  return below < 0 ? imports.length : below;
}

/** What can stand on the left margin and matters: a function that programs start with, the block of a program, an application, a call. */
const interesting = /def[ \t]+(?:main\w*|init\w*app\w*|application|app)(\()|(if)\b[ \t(]*(?:__name__[ \t]*==[ \t]*['"]__main__['"]|['"]__main__['"][ \t]*==[ \t]*__name__\b)|(application)[ \t]*=|([A-Za-z_][\w.]*)\(/y;

/** `main()`, `sys.exit(main())`. */
const mainCall = /^(?:(?:sys\.)?exit\(\s*)?_?main\(/;

/** The interesting statements on the left margin, each with the end of what is indented below it. */
function* topLevel(text: string): Generator<{ readonly start: number; readonly end: number; readonly match: RegExpExecArray }> {
  let open: { readonly start: number; readonly match: RegExpExecArray } | undefined;
  for (let start = 0, next = 0; next >= 0; start = next + 1) {
    next = text.indexOf('\n', start);
    if (!startsStatement(text.charCodeAt(start))) continue;
    if (open) yield { ...open, end: start };
    interesting.lastIndex = start;
    const match = interesting.exec(text);
    open = match ? { start, match } : undefined;
  }
  if (open) yield { ...open, end: text.length };
}

/** Whether a line with this first character is a statement of its own: not indented, no comment, no closing bracket. */
function startsStatement(code: number): boolean {
  return (code >= 64 && code <= 90) || code === 95 || (code >= 97 && code <= 122);
}

function callsBetween(start: number, end: number, text: string): { readonly at: number; readonly name: string }[] {
  const calls = text.slice(start, end).matchAll(/(?<![\w.])((?!def\b|if\b|print\b)[A-Za-z_][\w.]*)\(/g);
  return [...calls].map(({ index, 1: name = '' }) => ({ at: start + index, name }));
}

/** Statements in functions that call something named `…patch`, which is no mock. */
function patchingCalls(text: string): readonly { readonly at: number; readonly name: string }[] {
  const found: { readonly at: number; readonly name: string }[] = [];
  for (let at = text.indexOf('patch('); at >= 0; at = text.indexOf('patch(', at + 1)) {
    const line = text.slice(text.lastIndexOf('\n', at) + 1, at + 'patch('.length);
    const [, name] = /^[ \t]+((?!self\.|mock|patch\()[\w.]+)\($/.exec(line) ?? [];
    if (name !== undefined) found.push({ at, name });
  }
  return found;
}

/** What calls a function of its own file that patches is a step on the way, too. */
function stepsOnTheWay(calls: readonly CallMention[], text: string, imports: readonly PlacedImport[]): readonly CallMention[] {
  const wrappers = [...new Set(calls.flatMap(({ name, within }) => (within !== undefined && /^\w+$/.test(within) && name.endsWith('patch') ? [within] : [])))];
  if (wrappers.length === 0) return [];
  const found = text.matchAll(new RegExp(`(?<![\\w.]|def[ \\t]+)(${wrappers.join('|')})\\(`, 'g'));
  return [...found].map(({ index, 1: name = '' }) => mention(index, name, text, imports));
}

function mention(at: number, name: string, text: string, imports: readonly PlacedImport[]): CallMention {
  return { name, after: importsAbove(imports, at), ...callBlocks(text, at) };
}

/** Several ways may lead to one call. */
function distinct(found: readonly CallMention[]): readonly CallMention[] {
  return [...new Map(found.map((call) => [`${call.within ?? ''} ${call.name} ${call.after}`, call])).values()];
}
