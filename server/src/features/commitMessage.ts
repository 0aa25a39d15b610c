import type { Target } from '../protocol';
import type { Finding, FixReport } from '../workspace/finding';
import { bestFix } from './trust';

/** One use of eventlet that a commit is about. */
export interface CommittedUse {
  /** As people write it, with forward slashes. */
  readonly path: string;
  readonly finding: Finding;
  readonly target: Target;
}

/**
 * A message for the commit that makes some fixes: what was replaced, why it is safe, what a person has to look at, and which of the
 * uses that were meant stay. Lines are at most 72 characters long, as git's own tools like it.
 */
export function commitMessage(done: readonly CommittedUse[], stays: readonly CommittedUse[]): string {
  const sections = [
    section('What changes:', replacements(done)),
    section('Why it is safe:', reasons(done)),
    section('To look at:', differences(done)),
    section('Still open:', stays.map(({ path, finding }) => `${path}:${finding.position.start.line + 1}: ${finding.reason ?? finding.message}`)),
  ];
  return [subject(done), ...sections.filter((text) => text !== '')].join('\n\n');
}

/** What a person has to look at in those fixes that are not safe: the difference of each, and what was not found to hold; each once. */
export function differences(uses: readonly CommittedUse[]): readonly string[] {
  return distinct(uses.flatMap((use) => {
    const fix = fixOf(use);
    if (fix?.safety !== 'review') return [];
    return [fix.why ?? use.finding.reason, ...fix.preconditions.filter(({ holds }) => !holds).map(({ text }) => `Not found to hold: ${text}`)];
  }));
}

const width = 72;

// Replace eventlet.sleep in lamp/light.py
function subject(uses: readonly CommittedUse[]): string {
  const names = distinct(mainOf(uses).map(({ finding }) => objectIn(finding.api)));
  const [first = 'eventlet'] = names;
  const what = names.length > 2 ? `${first} and ${names.length - 1} more names` : names.length === 2 ? names.join(' and ') : first;
  const short = names.length > 1 ? `${first} and others` : first;
  const where = place(uses.map(({ path }) => path));
  const candidates = [what, short].flatMap((words) => [`Replace ${words} in ${where}`, `Replace ${words} in ${lastPart(where)}`, `Replace ${words}`]);
  return candidates.find(({ length }) => length <= width) ?? 'Replace eventlet';
}

/** An import goes with the last use of its name: the use is what a message is about. */
function mainOf(uses: readonly CommittedUse[]): readonly CommittedUse[] {
  const main = uses.filter(({ finding }) => finding.rule !== 'import');
  return main.length > 0 ? main : uses;
}

function replacements(uses: readonly CommittedUse[]): readonly string[] {
  const line = (name: string, use: CommittedUse): string => `\`${name}\`: ${uncapital(fixOf(use)?.title ?? 'goes')}`;
  const main = mainOf(uses);
  const objects = new Set(main.filter(({ finding: { api } }) => api === objectIn(api)).map((use) => line(use.finding.api, use)));
  // What is done with an object and becomes the same as the object needs no line of its own.
  const lines = main.map((use) => {
    const ofObject = line(objectIn(use.finding.api), use);
    return objects.has(ofObject) ? ofObject : line(use.finding.api, use);
  });
  return distinct(lines).map((each) => {
    const count = lines.filter((other) => other === each).length;
    return count === 1 ? each : `${each} (${count} places)`;
  });
}

/** `eventlet.Event` of `eventlet.Event().send`. */
function objectIn(api: string): string {
  return api.replace(/\(\).*$/, '');
}

function reasons(uses: readonly CommittedUse[]): readonly string[] {
  const fixes = mainOf(uses).flatMap((use) => fixOf(use) ?? []).filter(({ safety }) => safety === 'safe');
  if (fixes.length === 0) return [];
  const conditions = distinct(fixes.flatMap(({ preconditions }) => preconditions.map(({ text }) => text)));
  return conditions.length > 0 ? conditions : ['It behaves the same, whatever else is done in the process.'];
}

function fixOf({ finding, target }: CommittedUse): FixReport | undefined {
  return bestFix(finding, target);
}

function section(title: string, items: readonly string[]): string {
  return items.length === 0 ? '' : [title, ...items.map((item) => wrapped(item).join('\n'))].join('\n');
}

function wrapped(item: string): readonly string[] {
  const lines: string[] = [];
  let line = '-';
  for (const word of item.split(/\s+/)) {
    if (line.length + 1 + word.length > width && line.trim() !== '-') {
      lines.push(line);
      line = ' ';
    }
    line = `${line} ${word}`;
  }
  return [...lines, line];
}

// One file, or the folder that all of them are in.
function place(paths: readonly string[]): string {
  const [first = [], ...others] = distinct(paths).map((path) => path.split('/'));
  if (others.length === 0) return first.join('/');
  const shared = first.findIndex((part, index) => others.some((other) => other[index] !== part));
  return shared > 0 ? first.slice(0, shared).join('/') : `${others.length + 1} files`;
}

function lastPart(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function uncapital(title: string): string {
  return /^[A-Z][a-z ]/.test(title) ? title.charAt(0).toLowerCase() + title.slice(1) : title;
}

function distinct<T>(values: readonly (T | undefined)[]): readonly T[] {
  return [...new Set(values.filter((value) => value !== undefined))];
}
