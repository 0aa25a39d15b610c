import { EventEmitter, window, type Disposable, type Event, type TreeDataProvider, type TreeItem, type TreeView } from 'vscode';
import type { Planned } from '../plan/planned';
import { serviceItem } from './items';
import { servicesTree, type Service, type ServiceNode } from './tree';

/** The view *Services*: which process may drop monkey patching, and what stands in the way of the others. */
export class ServicesView implements TreeDataProvider<ServiceNode>, Disposable {
  #services: readonly Service[] = [];
  readonly #changed = new EventEmitter<void>();
  readonly #view: TreeView<ServiceNode>;
  readonly #subscriptions: readonly Disposable[];

  readonly onDidChangeTreeData: Event<void> = this.#changed.event;

  constructor(private readonly planned: Planned) {
    this.#view = window.createTreeView<ServiceNode>('eventletMigration.services', { treeDataProvider: this, showCollapseAll: true });
    this.#subscriptions = [
      this.#view,
      this.#changed,
      planned.onDidChange(() => this.#draw()),
      this.#view.onDidChangeVisibility(({ visible }) => planned.see(this, visible)),
    ];
    planned.see(this, this.#view.visible);
  }

  /** The processes as they are now, those first that can drop monkey patching next. */
  async current(): Promise<readonly Service[]> {
    await this.planned.current();
    return this.#services;
  }

  /** Opens the view on one process, with what stands in its way. */
  async reveal(service: Service): Promise<void> {
    const shown = this.#services.find(({ id }) => id === service.id);
    if (shown) await this.#view.reveal(shown, { select: true, focus: true, expand: 2 });
  }

  getTreeItem(node: ServiceNode): TreeItem {
    return serviceItem(node);
  }

  getChildren(node?: ServiceNode): ServiceNode[] {
    if (!node) return [...this.#services];
    return 'children' in node ? [...node.children] : [];
  }

  // Only processes are revealed, and they are the outermost.
  getParent(): undefined {
    return undefined;
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #draw(): void {
    const { plan } = this.planned;
    this.#services = plan ? servicesTree(plan.services) : [];
    this.#changed.fire();
  }
}
