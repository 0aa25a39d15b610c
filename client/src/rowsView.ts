import { commands, EventEmitter, ThemeIcon, TreeItem, window, type Disposable, type Event, type TreeDataProvider, type TreeView, type TreeViewOptions } from 'vscode';

/** A view of the sidebar: outermost rows, and the rows that these carry as `children`. Each view says how a row looks and when to draw. */
export abstract class RowsView<Row extends object> implements TreeDataProvider<Row | Waiting>, Disposable {
  protected readonly view: TreeView<Row | Waiting>;
  #rows: readonly (Row | Waiting)[] = [];
  #isAsked = false;
  #fetched: () => void = () => undefined;
  readonly #changed = new EventEmitter<void>();
  readonly #subscriptions: Disposable[];

  /** Settles when the editor has rows of this view for the first time. */
  protected readonly areFetched = new Promise<void>((resolve) => (this.#fetched = resolve));

  readonly onDidChangeTreeData: Event<void> = this.#changed.event;

  constructor(id: string, options: Omit<TreeViewOptions<Row | Waiting>, 'treeDataProvider'> = {}) {
    this.view = window.createTreeView<Row | Waiting>(id, { treeDataProvider: this, showCollapseAll: true, ...options });
    this.#subscriptions = [this.view, this.#changed];
  }

  getTreeItem(row: Row | Waiting): TreeItem {
    return isWaiting(row) ? waitingItem(row) : this.itemOf(row);
  }

  getChildren(row?: Row | Waiting): (Row | Waiting)[] {
    if (!row) {
      this.#isAsked = true;
      // The answer is on its way by then.
      setTimeout(this.#fetched);
      return [...this.#rows];
    }
    return 'children' in row ? [...(row.children as readonly Row[])] : [];
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  /** The outermost rows as they were drawn last. */
  protected get rows(): readonly (Row | Waiting)[] {
    return this.#rows;
  }

  /** How a row looks, sounds and answers to a click. */
  protected abstract itemOf(row: Row): TreeItem;

  /**
   * Shows rows, or in their place what is awaited before there can be any. A welcome text would lose the keyboard to nowhere when they
   * come; a tree keeps it.
   */
  protected draw(rows: readonly Row[], awaited?: string): void {
    this.#rows = awaited === undefined ? rows : [{ kind: 'waiting', label: awaited }];
    // An editor that is told of a change while it fetches rows for the first time has them already when it asks again, and then the second
    // outermost row and those after it get no children. So it is told of nothing before it has asked: it will ask when it shows the view.
    if (this.#isAsked) this.#changed.fire();
  }

  /**
   * The row that the keyboard is on, in the list that has the focus. Extensions are told what is selected and not what is focused: that is
   * the one row which the selection gains, or loses, when it is toggled.
   */
  protected async focusedRow(): Promise<Row | undefined> {
    const before = this.view.selection;
    await commands.executeCommand('list.toggleSelection');
    const after = this.view.selection;
    await commands.executeCommand('list.toggleSelection');
    const [row] = [...after.filter((each) => !before.includes(each)), ...before.filter((each) => !after.includes(each))];
    return row && !isWaiting(row) ? row : undefined;
  }

  /** Ends with the view. */
  protected subscribe(...subscriptions: readonly Disposable[]): void {
    this.#subscriptions.push(...subscriptions);
  }
}

/** Stands for rows that are still to come. */
export interface Waiting {
  readonly kind: 'waiting';
  readonly label: string;
}

function isWaiting(row: object): row is Waiting {
  return 'kind' in row && row.kind === 'waiting';
}

function waitingItem({ label }: Waiting): TreeItem {
  const item = new TreeItem(label);
  item.iconPath = new ThemeIcon('loading~spin');
  item.accessibilityInformation = { label };
  return item;
}
