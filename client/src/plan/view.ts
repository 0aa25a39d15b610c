import { l10n, type TreeItem } from 'vscode';
import { RowsView } from '../rowsView';
import { planItem, stepTooltip } from './items';
import type { Planned } from './planned';
import { planTree, type PlanNode } from './tree';
import { effortInWords } from './words';

/** The view *Plan*: the steps in their order. */
export class PlanView extends RowsView<PlanNode> {
  constructor(private readonly planned: Planned) {
    super('eventletMigration.plan', { canSelectMany: true });
    this.subscribe(
      planned.onDidChange(() => this.#draw()),
      this.view.onDidChangeVisibility(({ visible }) => planned.see(this, visible)),
    );
    planned.see(this, this.view.visible);
  }

  resolveTreeItem(item: TreeItem, node: PlanNode): TreeItem {
    if (node.kind === 'step') item.tooltip = stepTooltip(node);
    return item;
  }

  protected itemOf(node: PlanNode): TreeItem {
    return planItem(node);
  }

  #draw(): void {
    const { plan, awaited } = this.planned;
    const rows = plan ? planTree(plan) : [];
    this.draw(rows, awaited);
    const { length } = rows;
    // Where the tree is empty the welcome text speaks.
    this.view.message = plan && length > 0 ? `${length === 1 ? l10n.t('1 step') : l10n.t('{0} steps', length)} · ${effortInWords(plan.effort)}` : '';
  }
}
