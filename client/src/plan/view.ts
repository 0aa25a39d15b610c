import { EventEmitter, l10n, window, type Disposable, type Event, type TreeDataProvider, type TreeItem, type TreeView } from 'vscode';
import { planItem, stepTooltip } from './items';
import type { Planned } from './planned';
import { planTree, type PlanNode, type StepNode } from './tree';
import { effortInWords } from './words';

/** The view *Plan*: the steps in their order. */
export class PlanView implements TreeDataProvider<PlanNode>, Disposable {
  #steps: readonly StepNode[] = [];
  readonly #changed = new EventEmitter<void>();
  readonly #view: TreeView<PlanNode>;
  readonly #subscriptions: readonly Disposable[];

  readonly onDidChangeTreeData: Event<void> = this.#changed.event;

  constructor(private readonly planned: Planned) {
    this.#view = window.createTreeView<PlanNode>('eventletMigration.plan', { treeDataProvider: this, showCollapseAll: true, canSelectMany: true });
    this.#subscriptions = [
      this.#view,
      this.#changed,
      planned.onDidChange(() => this.#draw()),
      this.#view.onDidChangeVisibility(({ visible }) => planned.see(this, visible)),
    ];
    planned.see(this, this.#view.visible);
  }

  getTreeItem(node: PlanNode): TreeItem {
    return planItem(node);
  }

  getChildren(node?: PlanNode): PlanNode[] {
    if (!node) return [...this.#steps];
    return 'children' in node ? [...node.children] : [];
  }

  resolveTreeItem(item: TreeItem, node: PlanNode): TreeItem {
    if (node.kind === 'step') item.tooltip = stepTooltip(node);
    return item;
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #draw(): void {
    const { plan } = this.planned;
    this.#steps = plan ? planTree(plan) : [];
    this.#changed.fire();
    const { length } = this.#steps;
    // Where the tree is empty the welcome text speaks.
    this.#view.message = plan && length > 0 ? `${length === 1 ? l10n.t('1 step') : l10n.t('{0} steps', length)} · ${effortInWords(plan.effort)}` : '';
  }
}
