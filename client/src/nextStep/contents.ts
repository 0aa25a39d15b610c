import { commands, l10n, TabInputTextDiff, Uri, window, workspace, type Disposable, type TextDocumentContentProvider } from 'vscode';
import { textOf } from './bytes';
import type { Step } from './step';
import type { Side, StepStore } from './store';

const scheme = 'eventlet-next-step';

/** Shows what the files of a step hold before and after it, also when the editor opens its tabs again. */
export class StepContents implements TextDocumentContentProvider, Disposable {
  readonly #registration = workspace.registerTextDocumentContentProvider(scheme, this);

  constructor(private readonly store: StepStore) {}

  async provideTextDocumentContent({ query }: Uri): Promise<string> {
    const { id, index, side } = readQuery(query);
    const bytes = await this.store.content({ id }, index, side);
    return bytes ? (textOf(bytes) ?? '').replace(/^\ufeff/, '') : '';
  }

  dispose(): void {
    this.#registration.dispose();
  }
}

/** Opens the change: what is kept on one side, the file itself on the other, so that what a person adds is seen, too. */
export async function showDiff(step: Step): Promise<void> {
  const isMade = step.phase !== 'shown';
  const sides = step.files.map(({ uri, isNew }, index) => {
    const file = Uri.parse(uri);
    if (isMade) return { file, left: kept(file, step, index, 'before'), right: file };
    return { file, left: isNew ? kept(file, step, index, 'before') : file, right: kept(file, step, index, 'after') };
  });
  const title = diffTitle(step);
  const [only] = sides;
  if (sides.length === 1 && only) await commands.executeCommand('vscode.diff', only.left, only.right, title, { preview: false });
  else await commands.executeCommand('vscode.changes', title, sides.map(({ file, left, right }) => [file, left, right]));
}

/** Closes what `showDiff` opened. */
export async function closeDiffs(step: Step): Promise<void> {
  const title = diffTitle(step);
  const tabs = window.tabGroups.all.flatMap((group) => group.tabs);
  // An editor with several files is known by its label alone, to which the number of files is added: `… (2 files)`.
  await window.tabGroups.close(tabs.filter(({ input, label }) => label === title || label.startsWith(`${title} (`) || (input instanceof TabInputTextDiff && [input.original, input.modified].some((uri) => uri.scheme === scheme))));
}

function diffTitle({ title }: Step): string {
  return l10n.t('Next Step: {0}', title);
}

function kept(file: Uri, { id }: Step, index: number, side: Side): Uri {
  return file.with({ scheme, authority: '', query: JSON.stringify({ id, index, side }) });
}

// The addresses are made above, but anybody may ask for others.
function readQuery(query: string): { readonly id: string; readonly index: number; readonly side: Side } {
  const data: unknown = JSON.parse(query);
  const { id, index, side } = typeof data === 'object' && data !== null ? (data as Readonly<Record<string, unknown>>) : {};
  return { id: String(id).replaceAll(/\W/g, ''), index: Number(index), side: side === 'after' ? 'after' : 'before' };
}
