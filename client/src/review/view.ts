import { TreeItemCheckboxState, type TreeItem } from 'vscode';
import { pathOf } from '../checklist/words';
import { RowsView } from '../rowsView';
import { changeTooltip, reviewItem } from './items';
import type { Reviewing } from './reviewing';
import { changesBelow, reviewTree, type ReviewNode } from './tree';
import { outdatedInWords, tickedInWords } from './words';

/** The view *Review Changes*: what can be changed, with a box for each. It is there only while something is reviewed. */
export class ReviewView extends RowsView<ReviewNode> {
  constructor(private readonly reviewing: Reviewing) {
    super('eventletMigration.review', { manageCheckboxStateManually: true });
    this.subscribe(
      reviewing.onDidChange(() => this.#draw()),
      this.view.onDidChangeCheckboxState(({ items }) => {
        for (const [node, state] of items) reviewing.tick(changesBelow(node), state === TreeItemCheckboxState.Checked);
      }),
    );
  }

  getTreeItem(node: ReviewNode): TreeItem {
    return reviewItem(node, this.reviewing);
  }

  resolveTreeItem(item: TreeItem, node: ReviewNode): TreeItem {
    if (node.kind === 'reviewChange') item.tooltip = changeTooltip(node);
    return item;
  }

  #draw(): void {
    const { review, ticked, outdated, result } = this.reviewing;
    this.draw(review ? reviewTree(review.changes, pathOf) : []);
    const share = review && review.changes.length > 0 ? [tickedInWords(ticked.length, review.changes.length)] : [];
    this.view.message = [...(result === '' ? [] : [result]), ...share, ...(outdated.size > 0 ? [outdatedInWords(outdated.size)] : [])].join(' · ');
  }
}
