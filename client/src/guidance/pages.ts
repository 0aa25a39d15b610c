import { commands, env, FileType, Uri, workspace } from 'vscode';
import { firstHeading } from './heading';

/** One packaged page: what a rule finds, what replaces it, and what to look out for. */
export interface GuidePage {
  readonly rule: string;
  readonly title: string;
  readonly uri: Uri;
}

/** The guide pages that come with the extension, one for each rule: `media/guide/<rule>.md`. */
export class GuidePages {
  readonly #folder: Uri;
  #all: Promise<readonly GuidePage[]> | undefined;

  constructor(extension: Uri) {
    this.#folder = Uri.joinPath(extension, 'media', 'guide');
  }

  /** All pages by title; read once, since an installed extension does not change. Never rejects. */
  all(): Promise<readonly GuidePage[]> {
    this.#all ??= this.#read();
    return this.#all;
  }

  /** Shows the rule's page, or `href` in the browser where the rule has none. */
  async open(rule: string, href?: string): Promise<void> {
    const page = await this.#pageOf(rule);
    if (page) await commands.executeCommand('markdown.showPreview', page.uri);
    else if (href) await env.openExternal(Uri.parse(href));
  }

  // Does not need the list, so that it works where folders cannot be listed. A link may name anything as a rule.
  async #pageOf(rule: string): Promise<GuidePage | undefined> {
    return /^[a-z0-9-]+$/.test(rule) ? this.#page(`${rule}.md`).catch(() => undefined) : undefined;
  }

  async #read(): Promise<readonly GuidePage[]> {
    try {
      const entries = await workspace.fs.readDirectory(this.#folder);
      const names = entries.filter(([name, type]) => type === FileType.File && name.endsWith('.md')).map(([name]) => name);
      const pages = await Promise.all(names.map((name) => this.#page(name)));
      return pages.sort((a, b) => a.title.localeCompare(b.title));
    } catch {
      // A browser may serve the extension from a place that cannot list folders; the links on the web still work.
      return [];
    }
  }

  async #page(name: string): Promise<GuidePage> {
    const uri = Uri.joinPath(this.#folder, name);
    const rule = name.slice(0, -'.md'.length);
    const text = new TextDecoder().decode(await workspace.fs.readFile(uri));
    return { rule, title: firstHeading(text) ?? rule, uri };
  }
}
