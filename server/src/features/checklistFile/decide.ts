import type { Decision } from '../../protocol';
import { formatChecklistFile, formatEntry, keyIn, keyOf, type Entry } from './entries';
import { entryOf, renamed, updated, type CurrentUse, type Progress } from './progress';

/**
 * The text of a checklist file after somebody decided about uses, or took a decision back; `text` is undefined where there is no file
 * yet, and then every use of today is written down with it. Only the lines of those uses change: what else somebody wrote
 * there stays, lines that cannot be read among it.
 */
export function decided<Use extends CurrentUse>(text: string | undefined, progress: Progress<Use>, uses: ReadonlySet<Use>, decision: Decision | null): string {
  const entries = new Map(progress.there.map(({ entry, use }) => [use, entry]));
  const changes = [...uses].map((use): Change => {
    const before = entries.get(use);
    const { decision: _, ...open } = before ? renamed(before, use) : entryOf(use);
    return { before: keyOf(before ?? use), after: decision ? { ...open, decision } : open };
  });
  if (text !== undefined && text.trim() !== '') return changes.reduce(rewritten, text);
  const after = new Map(changes.map((change) => [keyOf(change.after), change.after]));
  return formatChecklistFile({ entries: updated(progress).entries.map((entry) => after.get(keyOf(entry)) ?? entry) });
}

/** One line of the file: the key that it has had, and what it says from now on. */
interface Change {
  readonly before: string;
  readonly after: Entry;
}

function rewritten(text: string, { before, after }: Change): string {
  const ending = text.includes('\r\n') ? '\r\n' : '\n';
  const lines = text.split(ending);
  const line = formatEntry(after);
  if (before === keyOf(after) && lines.some((each) => keyIn(each) === before)) return lines.map((each) => (keyIn(each) === before ? line : each)).join(ending);

  // Its name has changed, or it is new: it goes where it belongs by its order, with the empty line that keeps neighbours from conflicting.
  const rest = lines.flatMap((each, index) => (keyIn(each) === before || (each === '' && index > 0 && keyIn(lines[index - 1] ?? '') === before) ? [] : [each]));
  const key = keyOf(after);
  const next = rest.findIndex((each) => (keyIn(each) ?? '') > key);
  const end = rest.findLastIndex((each) => /^\s*("version"|\})/.test(each));
  const version = rest.findIndex((each) => /^\s*"version"/.test(each));
  const at = next >= 0 ? next : version >= 0 ? version : end >= 0 ? end : rest.length;
  return [...rest.slice(0, at), line, '', ...rest.slice(at)].join(ending);
}
