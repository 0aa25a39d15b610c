import { EventEmitter, TreeItemCheckboxState, window, type Disposable, type Event, type TreeDataProvider, type TreeItem, type TreeView } from 'vscode';
import { pathOf } from '../checklist/words';
import { changeTooltip, reviewItem } from './items';
import type { Reviewing } from './reviewing';
import { changesBelow, reviewTree, type ReviewNode, type RuleNode } from './tree';
import { outdatedInWords, tickedInWords } from './words';

/** The view *Review Changes*: what can be changed, with a box for each. It is there only while something is reviewed. */
export class ReviewView implements TreeDataProvider<ReviewNode>, Disposable {
  #rules: readonly RuleNode[] = [];
  readonly #changed = new EventEmitter<void>();
  readonly #view: TreeView<ReviewNode>;
  readonly #subscriptions: readonly Disposable[];

  readonly onDidChangeTreeData: Event<void> = this.#changed.event;

  constructor(private readonly reviewing: Reviewing) {
    this.#view = window.createTreeView<ReviewNode>('eventletMigration.review', { treeDataProvider: this, showCollapseAll: true, manageCheckboxStateManually: true });
    this.#subscriptions = [
      this.#view,
      this.#changed,
      reviewing.onDidChange(() => this.#draw()),
      this.#view.onDidChangeCheckboxState(({ items }) => {
        for (const [node, state] of items) reviewing.tick(changesBelow(node), state === TreeItemCheckboxState.Checked);
      }),
    ];
  }

  getTreeItem(node: ReviewNode): TreeItem {
    return reviewItem(node, this.reviewing);
  }

  getChildren(node?: ReviewNode): ReviewNode[] {
    return node ? ('children' in node ? [...node.children] : []) : [...this.#rules];
  }

  resolveTreeItem(item: TreeItem, node: ReviewNode): TreeItem {
    if (node.kind === 'reviewChange') item.tooltip = changeTooltip(node);
    return item;
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #draw(): void {
    const { review, ticked, outdated, result } = this.reviewing;
    this.#rules = review ? reviewTree(review.changes, pathOf) : [];
    this.#changed.fire();
    const share = review && review.changes.length > 0 ? [tickedInWords(ticked.length, review.changes.length)] : [];
    this.#view.message = [...(result === '' ? [] : [result]), ...share, ...(outdated.size > 0 ? [outdatedInWords(outdated.size)] : [])].join(' · ');
  }
}
