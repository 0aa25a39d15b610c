import { commands, TreeItemCheckboxState, type TreeItem } from 'vscode';
import { pathOf } from '../checklist/words';
import { RowsView } from '../rowsView';
import { changeTooltip, reviewItem } from './items';
import type { Reviewing } from './reviewing';
import { changesBelow, reviewTree, type ReviewNode } from './tree';
import { outdatedInWords, tickedInWords } from './words';

const attempts = 50;
// In milliseconds.
const betweenAttempts = 100;

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
    await commands.executeCommand('eventletMigration.review.focus');
    // To reveal a row that the editor is just fetching would make it fetch all of them twice at once.
    await this.areFetched;
    for (let attempt = 1; ; attempt++) {
      const [first] = this.rows;
      try {
        return first && (await this.view.reveal(first, { focus: true, select: false }));
      } catch (error) {
        // The editor knows a row a moment before its tree has it.
        if (attempt === attempts) throw error;
        await new Promise((resolve) => setTimeout(resolve, betweenAttempts));
      }
    }
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
