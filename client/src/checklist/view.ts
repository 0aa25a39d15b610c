import { commands, l10n, TreeItemCheckboxState, window, workspace, type Memento, type TreeItem } from 'vscode';
import type { ChecklistItem } from '../../../server/src/protocol';
import { RowsView, type Waiting } from '../rowsView';
import { tickable, useTooltip } from './items';
import { filtered, noFilter, optionsFrom, type ViewOptions } from './options';
import type { Remaining } from './remaining';
import { remainingTree, type Group, type TreeNode, type Use } from './tree';
import { filterInWords, pathOf, summary, usesOfEventlet } from './words';

const optionsKey = 'eventletMigration.view';

/** What somebody ticked, or unticked; settles when it is written down, or when they thought better of it. */
export type Ticked = (items: readonly ChecklistItem[], isTicked: boolean) => Promise<void>;

/** The view *Remaining*: draws the checklist, with its count, and keeps up with it. */
export class RemainingView extends RowsView<TreeNode> {
  /** Set by whoever asks people for their decisions. */
  onTicked: Ticked = async () => undefined;
  #parents = new Map<TreeNode, Group>();
  #progress: Thenable<void> | undefined;

  constructor(private readonly remaining: Remaining, private readonly memory: Memento) {
    // A box is ticked when the decision is written down, and not before.
    super('eventletMigration.remaining', { canSelectMany: true, manageCheckboxStateManually: true });
    this.subscribe(
      remaining.onDidChange(() => this.#draw()),
      this.view.onDidChangeCheckboxState(({ items }) => this.#tick(items)),
      // Of the view's own: its welcome text offers it where the filter holds everything back.
      commands.registerCommand('eventletMigration.clearFilter', () => this.show({ ...this.options, filter: noFilter })),
      // And of its keys: the editor has none for the box of a row.
      commands.registerCommand('eventletMigration.remaining.tick', () => this.#tickFocused()),
    );
    this.#draw();
  }

  /** Remembered for each workspace. */
  get options(): ViewOptions {
    return optionsFrom(this.memory.get(optionsKey));
  }

  async show(options: ViewOptions): Promise<void> {
    await this.memory.update(optionsKey, options);
    this.#draw();
  }

  /** The uses that are selected in the tree, with the one that a menu was opened on; that one alone where it is not among them. */
  selected(clicked?: ChecklistItem): readonly ChecklistItem[] {
    const items = this.view.selection.flatMap((node) => (node.kind === 'use' ? [node.item] : []));
    return clicked && !items.includes(clicked) ? [clicked] : [...new Set(items)];
  }

  /** Selects the use in the tree where the view is open; leaves the cursor where it is. */
  async reveal(item: ChecklistItem): Promise<void> {
    const use = [...this.#parents.keys()].find((node): node is Use => node.kind === 'use' && node.item === item);
    if (use && this.view.visible) await this.view.reveal(use, { select: true, focus: false });
  }

  getParent(node: TreeNode): Group | undefined {
    return this.#parents.get(node);
  }

  resolveTreeItem(item: TreeItem, node: TreeNode): TreeItem {
    if (node.kind === 'use') item.tooltip = useTooltip(node.item);
    return item;
  }

  protected itemOf(node: TreeNode): TreeItem {
    return tickable(node, this.options.grouping);
  }

  /** Of several that are selected each follows the one whose box was clicked. What is gone cannot be unticked. */
  async #tick(items: Boxes): Promise<void> {
    try {
      await this.#decide(items);
    } finally {
      // The boxes show what is written down, whatever came of it.
      this.#draw();
    }
  }

  /** What a click on the box of the row with the keyboard does. */
  async #tickFocused(): Promise<void> {
    const row = await this.focusedRow();
    if (row?.kind === 'use') await this.#tick([[row, row.isSettled ? TreeItemCheckboxState.Unchecked : TreeItemCheckboxState.Checked]]);
  }

  async #decide(items: Boxes): Promise<void> {
    for (const state of [TreeItemCheckboxState.Checked, TreeItemCheckboxState.Unchecked]) {
      const clicked = items.flatMap(([node, now]) => (node.kind === 'use' && now === state ? [node.item] : []));
      const [first] = clicked;
      const settled = new Set(this.remaining.checklist?.settled);
      const isTicked = state === TreeItemCheckboxState.Checked;
      const all = new Set([...clicked, ...(first ? this.selected(first) : [])]);
      const meant = [...all].filter((item) => settled.has(item) !== isTicked);
      if (meant.length > 0) await this.onTicked(meant, isTicked);
    }
  }

  #draw(): void {
    const { checklist, state } = this.remaining;
    const { filter, ...options } = this.options;
    const shown = checklist && filtered(checklist, filter, pathOf);
    const groups = shown ? remainingTree(shown, options, pathOf) : [];
    const hidden = checklist && shown ? checklist.items.length + checklist.settled.length - shown.items.length - shown.settled.length : 0;
    // Where the filter holds everything back the welcome text tells so, and how to get out; it speaks only where there are no rows.
    const isHiding = hidden > 0 && !groups.some(({ kind }) => kind !== 'skipped');
    this.#parents = new Map(groups.flatMap((group) => group.children.map((child) => [child, group] as const)));
    void commands.executeCommand('setContext', 'eventletMigration.isHiding', isHiding);
    const known = isHiding ? [] : [...(hidden > 0 ? [{ kind: 'filter', id: 'filter', hidden } as const] : []), ...groups];
    // Without any row the welcome text says it.
    const rows = state === 'stopped' && known.length > 0 ? [{ kind: 'stopped', id: 'stopped' } as const, ...known] : known;
    const isLooking = state === 'starting' || state === 'scanning';
    // A window without a folder is told what to open instead.
    const isAwaited = isLooking && rows.length === 0 && !isHiding && workspace.workspaceFolders;
    this.draw(rows, isAwaited ? l10n.t('Looking for eventlet in this workspace…') : undefined);

    const uses = checklist?.items.length ?? 0;
    this.view.badge = uses > 0 ? { value: uses, tooltip: usesOfEventlet(uses) } : undefined;
    this.view.message = checklist && rows.length > 0 ? [state === 'stopped' ? '' : summary(checklist), filterInWords(filter)].filter((part) => part !== '').join(' · ') : '';
    if (isLooking) this.#showProgress();
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

/** Rows whose box was clicked, with what it shows now. */
type Boxes = readonly (readonly [TreeNode | Waiting, TreeItemCheckboxState])[];
