import type { FindOptions, FoundFile, Host } from '../host';
import { isTextFile } from '../rules/texts/index';
import { slice, tooLarge } from './limits';
import { isProjectFile } from './project/files';
import { Roots } from './roots';

/** The files of a project that are to be looked at. */
export interface Survey {
  readonly found: readonly FoundFile[];
  /** Those that say what holds for others. */
  readonly projectFiles: readonly FoundFile[];
}

/** What it takes to look for them. */
export interface SurveyOptions {
  /** In the syntax of `.gitignore`, relative to the root. */
  exclude(root: string): readonly string[];
  /** Whether a file is one of those beside Python that are looked at. */
  isText(uri: string): boolean;
  readonly isCancelled?: (() => boolean) | undefined;
}

export async function survey(host: Host, roots: readonly string[], { exclude, isText, isCancelled }: SurveyOptions): Promise<Survey> {
  const found: FoundFile[] = [];
  const projectFiles: FoundFile[] = [];
  let since = host.now();
  for (const root of roots) {
    const options: FindOptions = { exclude: exclude(root), isWanted: (uri) => isPython(uri) || isProjectFile(uri) || isText(uri), ...(isCancelled ? { isCancelled } : {}) };
    for await (const file of host.files.find(root, options)) {
      const { uri, size, unreadable } = file;
      // A link that leads nowhere is no loss, unless it would be Python; nor is what is larger than what somebody wrote.
      const isReadable = unreadable === undefined && size <= tooLarge && isText(uri);
      if (isPython(uri) || isReadable || roots.includes(uri) || (unreadable !== undefined && uri.endsWith('/'))) found.push(file);
      if (isProjectFile(uri)) projectFiles.push(file);
      if (host.now() - since <= slice) continue;
      await host.pause();
      since = host.now();
    }
  }
  return { found, projectFiles };
}

/** Whether a file below some roots is one of those beside Python that are looked at. */
export function textsIn(uris: readonly string[]): (uri: string) => boolean {
  const roots = new Roots(uris);
  return (uri) => !isPython(uri) && isTextFile(roots.path(uri));
}

export function isPython(uri: string): boolean {
  return /\.pyw?$/.test(uri);
}

/** What a file is known by, as long as its content stays: a stamp, or why it cannot be read; undefined where only reading it would tell. */
export async function stampOf(uri: string, host: Host): Promise<string | undefined> {
  for await (const { stamp, unreadable } of host.files.find(uri, { exclude: [] })) return stamp ?? unreadable;
  return undefined;
}
