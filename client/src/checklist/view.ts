import { EventEmitter, window, type Disposable, type Event, type Memento, type TreeDataProvider, type TreeItem, type TreeView } from 'vscode';
import type { ChecklistItem } from '../../../server/src/protocol';
import { treeItem, useTooltip } from './items';
import type { Remaining } from './remaining';
import { groupings, remainingTree, type Group, type Grouping, type TreeNode, type Use } from './tree';
import { pathOf, summary, usesOfEventlet } from './words';

const groupingKey = 'eventletMigration.groupBy';

/** The view *Remaining*: draws what is left, with its count, and keeps up with it. */
export class RemainingView implements TreeDataProvider<TreeNode>, Disposable {
  #groups: readonly Group[] = [];
  #parents = new Map<TreeNode, Group>();
  #progress: Thenable<void> | undefined;
  readonly #changed = new EventEmitter<void>();
  readonly #view: TreeView<TreeNode>;
  readonly #subscription: Disposable;

  readonly onDidChangeTreeData: Event<void> = this.#changed.event;

  constructor(private readonly remaining: Remaining, private readonly memory: Memento) {
    this.#view = window.createTreeView<TreeNode>('eventletMigration.remaining', { treeDataProvider: this, showCollapseAll: true });
    this.#subscription = remaining.onDidChange(() => this.#draw());
    this.#draw();
  }

  /** Remembered for each workspace. */
  get grouping(): Grouping {
    const remembered = this.memory.get<string>(groupingKey);
    return groupings.find((grouping) => grouping === remembered) ?? 'pattern';
  }

  async groupBy(grouping: Grouping): Promise<void> {
    await this.memory.update(groupingKey, grouping);
    this.#draw();
  }

  /** Selects the use in the tree where the view is open; leaves the cursor where it is. */
  async reveal(item: ChecklistItem): Promise<void> {
    const use = [...this.#parents.keys()].find((node): node is Use => node.kind === 'use' && node.item === item);
    if (use && this.#view.visible) await this.#view.reveal(use, { select: true, focus: false });
  }

  getTreeItem(node: TreeNode): TreeItem {
    return treeItem(node, this.grouping);
  }

  getChildren(node?: TreeNode): TreeNode[] {
    if (!node) return [...this.#groups];
    return 'children' in node ? [...node.children] : [];
  }

  getParent(node: TreeNode): Group | undefined {
    return this.#parents.get(node);
  }

  resolveTreeItem(item: TreeItem, node: TreeNode): TreeItem {
    if (node.kind === 'use') item.tooltip = useTooltip(node.item);
    return item;
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#view.dispose();
    this.#changed.dispose();
  }

  #draw(): void {
    const { checklist, state } = this.remaining;
    this.#groups = checklist ? remainingTree(checklist, this.grouping, pathOf) : [];
    this.#parents = new Map(this.#groups.flatMap((group) => group.children.map((child) => [child, group] as const)));
    this.#changed.fire();

    const uses = checklist?.items.length ?? 0;
    this.#view.badge = uses > 0 ? { value: uses, tooltip: usesOfEventlet(uses) } : undefined;
    // Where the tree is empty the welcome text speaks.
    this.#view.message = checklist && this.#groups.length > 0 ? summary(checklist) : '';
    if (state === 'starting' || state === 'scanning') this.#showProgress();
  }

  #showProgress(): void {
    this.#progress ??= window.withProgress({ location: { viewId: 'eventletMigration.remaining' } }, () => this.#settled());
  }

  #settled(): Promise<void> {
    return new Promise((resolve) => {
      const subscription = this.remaining.onDidChange(() => {
        if (this.remaining.state === 'starting' || this.remaining.state === 'scanning') return;
        subscription.dispose();
        this.#progress = undefined;
        resolve();
      });
    });
  }
}
