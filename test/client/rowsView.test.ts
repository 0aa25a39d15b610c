import { expect, test, vi } from 'vitest';
import { RowsView } from '../../client/src/rowsView';

// The protocol's emitter is made after the editor's.
vi.mock('vscode', async () => ({ EventEmitter: (await import('vscode-languageserver/node')).Emitter, window: { createTreeView: () => ({ dispose: () => undefined }) } }));

test('a view that was never shown asks for no drawing; one that was is drawn anew with each change', () => {
  const view = new Names();
  let drawings = 0;
  view.onDidChangeTreeData(() => drawings++);
  view.show('a');
  view.show('b');
  expect(drawings).toBe(0);
  expect(view.getChildren()).toEqual([{ name: 'b' }]);
  view.show('c');
  expect(drawings).toBe(1);
  expect(view.getChildren()).toEqual([{ name: 'c' }]);
});

class Names extends RowsView<{ readonly name: string }> {
  constructor() {
    super('names');
  }

  protected itemOf(): object {
    return {};
  }

  show(name: string): void {
    this.draw([{ name }]);
  }
}
