import { eventlet } from '../python/eventlet';
import type { ImportMention } from './importMentions';
import { isModuleName } from './moduleNames';

/** The names with one underscore in front that stand in a text, without what the underscore is for. Read from the text alone. */
export interface PrivateNames {
  /** Those that it has for itself: it binds them, or reads them nowhere but as bare names. */
  readonly own: readonly string[];
  /**
   * Those of others, as far as it shows: `thing._done`, `getattr(thing, '_done')`, and `self._done` where nothing in the file binds that. Not where
   * it asks something of them that nothing of eventlet has: `thing._done.is_set()`.
   */
  readonly foreign: readonly string[];
  /** What its classes inherit from, as it is written: `base.Service`. */
  readonly bases: readonly string[];
}

export const noPrivateNames: PrivateNames = { own: [], foreign: [], bases: [] };

export function privateNamesIn(text: string): PrivateNames {
  const bound = new Set<string>();
  const inherited = new Set<string>();
  const foreign = new Set<string>();
  for (const { 0: name, index } of text.matchAll(/\b_(?!_)\w+/g)) {
    const before = text.charAt(index - 1);
    const end = index + name.length;
    if (before === "'" || before === '"') foreign.add(name);
    else if (before !== '.') bound.add(name);
    else if (isOther(text, end)) continue;
    else if (!/\b(?:self|cls)\.$/.test(text.slice(Math.max(0, index - 6), index))) foreign.add(name);
    else if (isAssigned(text, end)) bound.add(name);
    else inherited.add(name);
  }
  for (const name of inherited) if (!bound.has(name)) foreign.add(name);
  return { own: [...bound].filter((name) => !foreign.has(name)), foreign: [...foreign], bases: basesIn(text) };
}

/** Whether something is asked here that nothing of eventlet has: it is another thing. */
function isOther(text: string, end: number): boolean {
  member.lastIndex = end;
  const [, name] = member.exec(text) ?? [];
  return name !== undefined && !eventlet.memberNames.has(name);
}

const member = /\.([A-Za-z]\w*)/y;

/** Whether what ends here is assigned to, with an annotation or without. */
function isAssigned(text: string, end: number): boolean {
  assignment.lastIndex = end;
  return assignment.test(text);
}

function basesIn(text: string): readonly string[] {
  const found = [...text.matchAll(/^[ \t]*class[ \t]+\w+[ \t]*\(([^)]*)\)/gm)].flatMap(([, bases = '']) => bases.split(',').map((base) => base.trim()));
  return [...new Set(found)].filter((base) => /^[A-Za-z_][\w.]*$/.test(base) && base !== 'object');
}

const assignment = /[ \t]*(?::[^=\r\n]*)?=(?!=)/y;

/** A file as far as it may share names with another. */
interface Sharing {
  readonly privates: PrivateNames;
  readonly imports: readonly ImportMention[];
}

/** Which files have which names with an underscore. */
export class PrivateNameIndex {
  private readonly own = new Map<string, Set<string>>();
  private readonly foreign = new Map<string, Set<string>>();
  /** What somebody wanted to know: of the other names nothing follows. */
  private readonly asked = new Set<string>();

  constructor(
    private readonly from: (uri: string) => Sharing,
    private readonly moduleOf: (uri: string) => string,
  ) {}

  /** Notes what a file has now, and tells whether that is another answer to what somebody asked. */
  change(uri: string, before: PrivateNames, now: PrivateNames): boolean {
    const isOwnHeard = this.move(this.own, uri, before.own, now.own);
    return this.move(this.foreign, uri, before.foreign, now.foreign) || isOwnHeard;
  }

  /**
   * Whether another file may mean the one that this file has: it takes the name from something, or has one of its own while one of the two inherits
   * from the other. `instead` has what some files would say after a change.
   */
  isElsewhere(name: string, uri: string, instead: ReadonlyMap<string, Sharing> = new Map()): boolean {
    this.asked.add(name);
    for (const other of this.foreign.get(name) ?? []) if (other !== uri && !instead.has(other)) return true;
    const here = instead.get(uri) ?? this.from(uri);
    for (const other of this.own.get(name) ?? []) if (other !== uri && !instead.has(other) && this.areRelated(uri, here, other, this.from(other))) return true;
    return [...instead].some(([other, there]) => other !== uri && (there.privates.foreign.includes(name) || (there.privates.own.includes(name) && this.areRelated(uri, here, other, there))));
  }

  private areRelated(uri: string, here: Sharing, other: string, there: Sharing): boolean {
    return inheritsFrom(there, this.moduleOf(uri)) || inheritsFrom(here, this.moduleOf(other));
  }

  private move(files: Map<string, Set<string>>, uri: string, before: readonly string[], now: readonly string[]): boolean {
    const kept = new Set(now);
    const known = new Set(before);
    const gone = before.filter((name) => !kept.has(name));
    const come = now.filter((name) => !known.has(name));
    for (const name of gone) {
      const left = files.get(name);
      left?.delete(uri);
      if (left?.size === 0) files.delete(name);
    }
    for (const name of come) {
      const there = files.get(name);
      if (there) there.add(uri);
      else files.set(name, new Set([uri]));
    }
    return [...gone, ...come].some((name) => this.asked.has(name));
  }
}

/** Whether a class of a file inherits from something that it imports from a module. */
function inheritsFrom({ imports, privates: { bases } }: Sharing, module: string): boolean {
  if (bases.length === 0) return false;
  const isInherited = ({ bound }: ImportMention): boolean => bases.some((base) => bound === '*' || base === bound || base.startsWith(`${bound}.`));
  return imports.some((each) => isInherited(each) && (isModuleName(each.dotted, module) || isModuleName(each.dotted.slice(0, Math.max(0, each.dotted.lastIndexOf('.'))), module)));
}
