import { l10n, ThemeIcon, TreeItem, TreeItemCollapsibleState, Uri, window, type Disposable, type TreeDataProvider } from 'vscode';
import { guidanceLinks, type GuidanceLink } from './links';
import type { GuidePage, GuidePages } from './pages';

/** The view *Guidance*: what to read, on the web and in the extension. */
export class GuidanceView implements TreeDataProvider<GuidanceNode>, Disposable {
  readonly #view: Disposable;

  constructor(private readonly pages: GuidePages) {
    this.#view = window.createTreeView<GuidanceNode>('eventletMigration.guidance', { treeDataProvider: this });
  }

  getTreeItem(node: GuidanceNode): TreeItem {
    switch (node.kind) {
      case 'link':
        return linkItem(node.link);
      case 'pages':
        return pagesItem();
      case 'page':
        return pageItem(node.page);
    }
  }

  async getChildren(node?: GuidanceNode): Promise<GuidanceNode[]> {
    const pages = await this.pages.all();
    if (node) return node.kind === 'pages' ? pages.map((page) => ({ kind: 'page', page })) : [];
    const links = guidanceLinks().map((link): GuidanceNode => ({ kind: 'link', link }));
    return pages.length > 0 ? [...links, { kind: 'pages' }] : links;
  }

  dispose(): void {
    this.#view.dispose();
  }
}

type GuidanceNode =
  | { readonly kind: 'link'; readonly link: GuidanceLink }
  | { readonly kind: 'pages' }
  | { readonly kind: 'page'; readonly page: GuidePage };

function linkItem({ title, href }: GuidanceLink): TreeItem {
  const uri = Uri.parse(href);
  const item = new TreeItem(title);
  item.id = href;
  item.description = uri.authority;
  item.tooltip = href;
  item.iconPath = new ThemeIcon('link-external');
  item.accessibilityInformation = { label: l10n.t('{0}, opens {1} in the browser', title, uri.authority) };
  item.command = { command: 'vscode.open', title: l10n.t('Open'), arguments: [uri] };
  return item;
}

function pagesItem(): TreeItem {
  const item = new TreeItem(l10n.t('What replaces what'), TreeItemCollapsibleState.Expanded);
  item.id = 'pages';
  item.iconPath = new ThemeIcon('library');
  item.accessibilityInformation = { label: l10n.t('What replaces what') };
  return item;
}

function pageItem({ rule, title, uri }: GuidePage): TreeItem {
  const item = new TreeItem(title);
  item.id = `page:${rule}`;
  item.description = rule === title ? '' : rule;
  item.iconPath = new ThemeIcon('book');
  item.accessibilityInformation = { label: rule === title ? title : `${title}, ${rule}` };
  item.command = { command: 'markdown.showPreview', title: l10n.t('Open Guidance'), arguments: [uri] };
  return item;
}
