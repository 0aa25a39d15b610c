import { isDay, type Decision, type DecisionKind, type Trust } from '../../protocol';

/**
 * The checklist file, `.eventlet-migration.json`: the uses that a migration started with and what people decided about them,
 * committed with the code. One line per entry, sorted, with an empty line after each, so that git merges two branches that
 * decided about different uses. Where both add entries at one place, git takes both sides with the line of `mergeLineFor`. No place of a machine and no time is in it: it changes only when somebody means it to.
 */
export const checklistFileName = '.eventlet-migration.json';

/** One use that was there when it was written down. */
export interface Entry {
  /** Relative to the folder of the checklist file, with forward slashes. */
  readonly path: string;
  /** The finding's; names one use of its file only. */
  readonly fingerprint: string;
  readonly rule: string;
  /** Canonical name, such as `eventlet.sleep`. */
  readonly api: string;
  /** How far its fix could be trusted when it was written down. */
  readonly safety?: Trust;
  /** What it stood between when it was written down: tells equal uses beside each other apart. */
  readonly near?: string;
  readonly decision?: Decision;
  /** It was gone when the file was written last: if the use is there again, it is a new one. */
  readonly done?: true;
}

/** In the order in which people are asked. */
export const decisionKinds: readonly DecisionKind[] = ['keep', 'later', 'elsewhere'];

export interface ChecklistFile {
  /** In the order of path and fingerprint, each once. */
  readonly entries: readonly Entry[];
}

/** Something that could not be read; the lines count from zero. */
export interface Problem {
  readonly line: number;
  /** In words for the user. */
  readonly message: string;
}

/**
 * Reads line by line, so that one bad line costs one entry. Where a merge left its markers both sides count; of two lines
 * for the same use the one with a decision wins, because a decision is somebody's work.
 */
export function parseChecklistFile(text: string): ChecklistFile & { readonly problems: readonly Problem[] } {
  const entries = new Map<string, Entry>();
  const problems: Problem[] = [];
  text.split(/\r?\n/).forEach((content, line) => {
    const trimmed = content.trim();
    if (/^(<{7}|={7}|>{7}|\|{7})/.test(trimmed)) {
      if (trimmed.startsWith('<')) problems.push({ line, message: 'a merge left its marks here; the lines of both sides are counted' });
      return;
    }
    if (trimmed === '' || trimmed === '{' || trimmed === '}') return;
    const version = /^"version": *(\d+),?$/.exec(trimmed);
    if (version) {
      if (version[1] !== '1') problems.push({ line, message: `version ${version[1]} is from a newer Eventlet Migration; what is not understood is left out` });
      return;
    }
    const entry = entryIn(trimmed);
    if (typeof entry === 'string') return void problems.push({ line, message: entry });
    const key = keyOf(entry);
    const other = entries.get(key)?.decision;
    if (other && entry.decision && JSON.stringify(other) !== JSON.stringify(entry.decision)) problems.push({ line, message: 'two branches decided differently about this use; this line counts, so remove the one that shall not' });
    if (entry.decision || !entries.has(key)) entries.set(key, entry);
  });
  return { entries: [...entries.values()].sort(byKey), problems };
}

/** The text of the file; ends with a newline. */
export function formatChecklistFile({ entries }: ChecklistFile): string {
  const lines = [...entries].sort(byKey).map((entry) => `${formatEntry(entry)}\n\n`);
  // The version comes last: every entry can end with a comma, and a new last one changes no other line.
  return `{\n${lines.join('')}"version": 1\n}\n`;
}

/** The line of one entry, without its end. */
export function formatEntry(entry: Entry): string {
  return `${JSON.stringify(keyOf(entry))}: ${JSON.stringify(rest(entry))},`;
}

/** The key of a line that is an entry, sound or not; undefined for every other line. */
export function keyIn(line: string): string | undefined {
  const [key, value] = pairsIn(line.trim())[0] ?? [];
  return key !== undefined && typeof value === 'object' && value !== null ? key : undefined;
}

/** What names an entry in the file. */
export function keyOf({ path, fingerprint }: Pick<Entry, 'path' | 'fingerprint'>): string {
  return `${path} ${fingerprint}`;
}

function byKey(a: Entry, b: Entry): number {
  return keyOf(a) < keyOf(b) ? -1 : keyOf(a) > keyOf(b) ? 1 : 0;
}

function rest({ rule, api, safety, near, decision, done }: Entry): object {
  const known = { rule, api, ...(safety ? { safety } : {}), ...(near === undefined ? {} : { near }), ...(done ? { done } : {}) };
  if (!decision) return known;
  const { kind, reason, until } = decision;
  return { ...known, decision: kind, reason, ...(until === undefined ? {} : { until }) };
}

/** The entry of a line such as `"a.py 3f2a": {"rule":"sleep","api":"eventlet.sleep"},`, or what is wrong with it. */
function entryIn(line: string): Entry | string {
  const [pair] = pairsIn(line);
  if (!pair) return 'this is no entry: `"path fingerprint": {"rule": …, "api": …}` on one line';
  const [key, value] = pair;
  const space = key.lastIndexOf(' ');
  const fields = typeof value === 'object' && value !== null ? new Map(Object.entries(value)) : undefined;
  const text = (name: string): string | undefined => {
    const field: unknown = fields?.get(name);
    return typeof field === 'string' ? field : undefined;
  };
  const [rule, api] = [text('rule'), text('api')];
  if (space <= 0 || rule === undefined || api === undefined) return 'this is no entry: the path, the fingerprint, the rule or the name is missing';

  const safety = trusts.find((each) => each === text('safety'));
  const near = text('near');
  const isDone = fields?.get('done') === true;
  const entry = { path: key.slice(0, space), fingerprint: key.slice(space + 1), rule, api, ...(safety ? { safety } : {}), ...(near === undefined ? {} : { near }), ...(isDone ? { done: isDone } : {}) };
  if (!fields?.has('decision')) return entry;
  const kind = decisionKinds.find((each) => each === text('decision'));
  const until = text('until');
  if (!kind) return `a decision is ${decisionKinds.map((each) => `\`${each}\``).join(', ')}`;
  if (until !== undefined && !isDay(until)) return '`until` is a day such as `2027-03-01`';
  return { ...entry, decision: { kind, reason: text('reason') ?? '', ...(until === undefined ? {} : { until }) } };
}

const trusts: readonly Trust[] = ['safe', 'review', 'guidance'];

function pairsIn(line: string): readonly [string, unknown][] {
  try {
    const value: unknown = JSON.parse(`{${line.replace(/,$/, '')}}`);
    return typeof value === 'object' && value !== null ? Object.entries(value) : [];
  } catch {
    // Not JSON: a line that somebody edited, which is told as a problem.
    return [];
  }
}
