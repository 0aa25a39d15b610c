import { commands, TreeItemCheckboxState, type TreeItem } from 'vscode';
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
        for (const [node, state] of items) if (node.kind !== 'waiting') reviewing.tick(changesBelow(node), state === TreeItemCheckboxState.Checked);
      }),
      // Of the view’s keys: the editor has none for the box of a row.
      commands.registerCommand('eventletMigration.review.tick', () => this.#tickFocused()),
    );
  }

  /** Shows the view, with the keyboard on its first row. To focus the view would not do: its rows may be still to come, and then the keyboard is nowhere. */
  async open(): Promise<void> {
    const [first] = this.rows;
    if (first) await this.view.reveal(first, { focus: true, select: false });
  }

  // Only the outermost rows are revealed.
  getParent(): undefined {
    return undefined;
  }

  resolveTreeItem(item: TreeItem, node: ReviewNode): TreeItem {
    if (node.kind === 'reviewChange') item.tooltip = changeTooltip(node);
    return item;
  }

  protected itemOf(node: ReviewNode): TreeItem {
    return reviewItem(node, this.reviewing);
  }

  /** What a click on the box of the row with the keyboard does. */
  async #tickFocused(): Promise<void> {
    const row = await this.focusedRow();
    const changes = row ? changesBelow(row) : [];
    if (changes.length > 0) this.reviewing.tick(changes, !changes.every((change) => this.reviewing.isTicked(change)));
  }

  #draw(): void {
    const { review, ticked, outdated, result } = this.reviewing;
    this.draw(review ? reviewTree(review.changes, pathOf) : []);
    const share = review && review.changes.length > 0 ? [tickedInWords(ticked.length, review.changes.length)] : [];
    this.view.message = [...(result === '' ? [] : [result]), ...share, ...(outdated.size > 0 ? [outdatedInWords(outdated.size)] : [])].join(' · ');
  }
}
