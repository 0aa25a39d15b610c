import type { TreeItem } from 'vscode';
import type { Planned } from '../plan/planned';
import { RowsView } from '../rowsView';
import { serviceItem } from './items';
import { servicesTree, type Service, type ServiceNode } from './tree';

/** The view *Services*: which process may drop monkey patching, and what stands in the way of the others. */
export class ServicesView extends RowsView<ServiceNode> {
  #services: readonly Service[] = [];

  constructor(private readonly planned: Planned) {
    super('eventletMigration.services');
    this.subscribe(
      planned.onDidChange(() => this.#draw()),
      this.view.onDidChangeVisibility(({ visible }) => planned.see(this, visible)),
    );
    planned.see(this, this.view.visible);
  }

  /** The processes as they are now, those first that can drop monkey patching next. */
  async current(): Promise<readonly Service[]> {
    await this.planned.current();
    return this.#services;
  }

  /** Opens the view on one process, with what stands in its way. */
  async reveal(service: Service): Promise<void> {
    const shown = this.#services.find(({ id }) => id === service.id);
    if (shown) await this.view.reveal(shown, { select: true, focus: true, expand: 2 });
  }

  // Only processes are revealed, and they are the outermost.
  getParent(): undefined {
    return undefined;
  }

  protected itemOf(node: ServiceNode): TreeItem {
    return serviceItem(node);
  }

  #draw(): void {
    const { plan, awaited } = this.planned;
    this.#services = plan ? servicesTree(plan.services) : [];
    this.draw(this.#services, awaited);
  }
}
