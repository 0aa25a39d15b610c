import { EventEmitter, window, type Disposable, type Event, type TreeDataProvider, type TreeItem, type TreeView, type TreeViewOptions } from 'vscode';

/** A view of the sidebar: outermost rows, and the rows that these carry as `children`. Each view says how a row looks and when to draw. */
export abstract class RowsView<Row extends object> implements TreeDataProvider<Row>, Disposable {
  protected readonly view: TreeView<Row>;
  #rows: readonly Row[] = [];
  readonly #changed = new EventEmitter<void>();
  readonly #subscriptions: Disposable[];

  readonly onDidChangeTreeData: Event<void> = this.#changed.event;

  constructor(id: string, options: Omit<TreeViewOptions<Row>, 'treeDataProvider'> = {}) {
    this.view = window.createTreeView<Row>(id, { treeDataProvider: this, showCollapseAll: true, ...options });
    this.#subscriptions = [this.view, this.#changed];
  }

  abstract getTreeItem(row: Row): TreeItem;

  getChildren(row?: Row): Row[] {
    if (!row) return [...this.#rows];
    return 'children' in row ? [...(row.children as readonly Row[])] : [];
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  /** The outermost rows as they were drawn last. */
  protected get rows(): readonly Row[] {
    return this.#rows;
  }

  protected draw(rows: readonly Row[]): void {
    this.#rows = rows;
    this.#changed.fire();
  }

  /** Ends with the view. */
  protected subscribe(...subscriptions: readonly Disposable[]): void {
    this.#subscriptions.push(...subscriptions);
  }
}
