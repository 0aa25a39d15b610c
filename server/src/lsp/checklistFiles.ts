import type { Account } from '../features/checklist';
import { decisionsOf, openUses, type Decisions } from '../features/checklistFile/decisions';
import { checklistFileName, parseChecklistFile, type Problem } from '../features/checklistFile/entries';
import { account } from '../features/checklistFile/sheet';
import type { Host } from '../host';
import type { Finding } from '../workspace/finding';
import { foldersAround } from '../workspace/roots';
import type { Workspace } from '../workspace/workspace';
import type { Documents } from './documents';
import { canonical } from './uris';

/** A checklist file as it is now. */
export interface ReadSheet {
  /** Canonical. */
  readonly uri: string;
  /** With what is not saved yet; undefined where there is no such file. */
  readonly text: string | undefined;
  /** Why it is there and cannot be read, in words for the user. */
  readonly unreadable?: string;
  readonly problems: readonly Problem[];
  readonly account: Account;
}

/**
 * The checklist files of the workspace's folders: for each the nearest at or above it, as on the command line, or the one that
 * there would be in it. Read again when somebody tells that they changed, and where something is to be changed by what they say:
 * not all that happens on disk is told. The buffer counts where one is open.
 */
export class ChecklistFiles {
  private disk = new Map<string, SheetText>();
  private readonly parsed = new Map<string, { readonly text: string; readonly said: ReturnType<typeof parseChecklistFile> }>();
  /** What was decided about the uses of each file, and what that was found out from. */
  private decided: { readonly today: string; readonly content: string; readonly findings: readonly (readonly Finding[])[]; readonly uses: Decisions } | undefined;

  constructor(
    private readonly host: Host,
    private readonly workspace: Workspace,
    private readonly documents: Documents,
  ) {}

  /** What is on disk may be different from now on. */
  changed(): void {
    // Another map: what is being read now is of before, and must not count as known afterwards.
    this.disk = new Map();
  }

  /** All of them, paired with the uses of today. */
  async read(): Promise<readonly ReadSheet[]> {
    return (await this.texts()).map(({ uri, roots, text }) => {
      const { entries, problems } = this.parse(uri, typeof text === 'string' ? text : '');
      const folder = uri.slice(0, uri.lastIndexOf('/') + 1);
      const sheet = { uri, entries, roots, uriOf: (path: string) => canonical(folder + path.split('/').map(encodeURIComponent).join('/')) };
      const known = typeof text === 'object' ? { text: undefined, ...text } : { text };
      return { uri, ...known, problems, account: { sheet, progress: account(sheet, this.workspace) } };
    });
  }

  /**
   * Of these files, the findings that nobody decided to leave for now, by fingerprint; undefined where that is all of them. Whoever asks is
   * about to change them, so it is what the disk says now.
   */
  async open(uris: readonly string[]): Promise<ReadonlyMap<string, ReadonlySet<string>> | undefined> {
    this.changed();
    return openUses(await this.decisions(), uris, (uri) => this.workspace.findings(uri));
  }

  /** What they say of the uses of each file; what of it has not changed is the same object as before. */
  async decisions(): Promise<Decisions> {
    const today = this.host.today();
    const content = [...(await this.content())].flat().join('\n');
    // Most projects have decided nothing yet, and then there is nothing to compare.
    if (!content.includes('"decision"')) return noDecisions;
    const findings = this.workspace.uris.map((each) => this.workspace.findings(each));
    const isKnown = this.decided?.today === today && this.decided.content === content && isSame(this.decided.findings, findings);
    if (!this.decided || !isKnown) this.decided = { today, content, findings, uses: steady(await this.decide(today), this.decided?.uses) };
    return this.decided.uses;
  }

  private async decide(today: string): Promise<Decisions> {
    return decisionsOf((await this.read()).flatMap(({ account: { progress } }) => progress.there), today);
  }

  /** What each of them says; empty where there is none. */
  async content(): Promise<ReadonlyMap<string, string>> {
    return new Map((await this.texts()).map(({ uri, text }) => [uri, typeof text === 'string' ? text : '']));
  }

  /** The same text says the same: while somebody types elsewhere, it is not read again. */
  private parse(uri: string, text: string): ReturnType<typeof parseChecklistFile> {
    const known = this.parsed.get(uri);
    if (known?.text === text) return known.said;
    const said = parseChecklistFile(text);
    this.parsed.set(uri, { text, said });
    return said;
  }

  private async texts(): Promise<readonly { readonly uri: string; readonly roots: readonly string[]; readonly text: SheetText }[]> {
    const roots = new Map<string, string[]>();
    for (const root of this.workspace.roots) {
      const uri = await this.nearest(root);
      roots.set(uri, [...(roots.get(uri) ?? []), root]);
    }
    return Promise.all([...roots].map(async ([uri, own]) => ({ uri, roots: own, text: await this.text(uri) })));
  }

  /** A folder above may be out of reach, which says nothing of the file. */
  private async nearest(root: string): Promise<string> {
    for (const folder of [root, ...foldersAround(root)]) {
      const uri = `${folder}/${checklistFileName}`;
      const text = await this.text(uri);
      if (typeof text === 'string' || (text !== undefined && folder === root)) return uri;
    }
    return `${root}/${checklistFileName}`;
  }

  private async text(uri: string): Promise<SheetText> {
    const open = this.documents.get(uri);
    if (open) return open.text;
    const { disk } = this;
    if (!disk.has(uri)) disk.set(uri, await this.textOnDisk(uri));
    return disk.get(uri);
  }

  private async textOnDisk(uri: string): Promise<SheetText> {
    const result = await this.host.files.read(uri);
    if ('missing' in result) return undefined;
    if ('unreadable' in result) return { unreadable: result.unreadable };
    return this.host.text.decode(result.bytes, 'utf-8') ?? { unreadable: 'it is not UTF-8' };
  }
}

const noDecisions: Decisions = new Map();

function isSame(some: readonly (readonly Finding[])[], others: readonly (readonly Finding[])[]): boolean {
  return some.length === others.length && some.every((findings, index) => findings === others[index]);
}

/** What of it has not changed is the same object as before. */
function steady(now: Decisions, before: Decisions | undefined): Decisions {
  return new Map([...now].map(([uri, uses]) => {
    const known = before?.get(uri);
    return [uri, known && JSON.stringify([...known]) === JSON.stringify([...uses]) ? known : uses];
  }));
}

/** Whether a URI is that of a checklist file. */
export function isChecklistFile(uri: string): boolean {
  return uri.endsWith(`/${checklistFileName}`);
}

type SheetText = string | undefined | { readonly unreadable: string };
