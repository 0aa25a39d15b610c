import { l10n, Uri, window, workspace, type QuickPickItem } from 'vscode';
import { decideRequest, isDay, type ChecklistItem, type DecideParams, type DecideResult, type Decision, type DecisionKind } from '../../../server/src/protocol';
import { decisionIcon } from '../checklist/items';
import { useAt } from '../checklist/order';
import { isWhole } from '../checklist/state';
import { decidedIn, decisionName } from '../checklist/words';
import { inPassing } from '../progress';
import { untilListedInPassing } from './asking';
import type { Command, Parts } from './parts';
import { cursor, useMeant } from './place';
import { askForWideEdit, editIn, type WithEdit } from './serverEdits';

/** Asks what is to become of uses that are not migrated now, and writes it down: of the one clicked or at the cursor, with those that are selected with it in the tree. */
export const decide: Command = async (parts, argument) => {
  const place = cursor();
  const clicked = useMeant(parts, argument) ?? (place && useAt(parts.remaining.checklist?.settled ?? [], place));
  const items = parts.view.selected(clicked);
  if (items.length === 0) return void window.showInformationMessage(l10n.t('There is no use of eventlet here.'));
  await decideAbout(parts, items);
};

/** What a person ticked in the tree is decided about; what they unticked is open again. */
export async function tick(parts: Parts, items: readonly ChecklistItem[], isTicked: boolean): Promise<void> {
  if (isTicked) await decideAbout(parts, items);
  else await writeDown(parts, items, null);
}

async function decideAbout(parts: Parts, chosen: readonly ChecklistItem[]): Promise<void> {
  if (!isWritable(chosen)) return tellReadOnly();
  const items = await asListed(parts, chosen);
  if (!items) return;
  if (items.length === 0) return void window.showInformationMessage(l10n.t('There is no use of eventlet here.'));
  const { checklist } = parts.remaining;
  const title = items.length === 1 ? l10n.t('What Is to Become of This Use?') : l10n.t('What Is to Become of {0} Uses?', items.length);
  const settled = items.filter((item) => checklist?.settled.includes(item));
  const inventory = (checklist?.items.length ?? 0) + (checklist?.kept ?? 0);
  const kind = await pickKind(title, settled, checklist?.progress ? undefined : inventory);
  if (!kind) return;
  if (kind === 'open') return writeDown(parts, settled, null);
  const reason = await askReason(title, items);
  const until = reason === undefined ? undefined : await askDay(title, items);
  if (reason === undefined || until === undefined) return;
  await writeDown(parts, items, { kind, reason, ...(until === '' ? {} : { until }) });
}

/** The uses as the whole list has them: whether there is a checklist file, and how many uses a new one gets, is not known before. undefined where nobody wants to wait for it. */
async function asListed(parts: Parts, chosen: readonly ChecklistItem[]): Promise<readonly ChecklistItem[] | undefined> {
  const { remaining } = parts;
  if (isWhole(remaining.checklist)) return chosen;
  const isListed = await untilListedInPassing(parts);
  if (!isListed) return undefined;
  const all = [...(remaining.checklist?.items ?? []), ...(remaining.checklist?.settled ?? [])];
  return chosen.flatMap(({ uri, id }) => all.find((item) => item.uri === uri && item.id === id) ?? []);
}

interface Choice extends QuickPickItem {
  readonly decision: DecisionKind | 'open';
}

/** `inventory` is how many uses the first decision writes down, where there is no checklist file yet. */
async function pickKind(title: string, settled: readonly ChecklistItem[], inventory: number | undefined): Promise<DecisionKind | 'open' | undefined> {
  const choices: readonly Choice[] = [
    { decision: 'keep', label: decisionName('keep'), iconPath: decisionIcon('keep'), description: l10n.t('It stays, for a reason that others should know') },
    { decision: 'later', label: decisionName('later'), iconPath: decisionIcon('later'), description: l10n.t('It is to go, but not in this round') },
    { decision: 'elsewhere', label: decisionName('elsewhere'), iconPath: decisionIcon('elsewhere'), description: l10n.t('Somebody else has to change it') },
    ...settled.slice(0, 1).map((item): Choice => ({ decision: 'open', label: l10n.t('Open Again'), description: item.decision ? decidedIn(item.decision) : '' })),
  ];
  const placeHolder = inventory === undefined ? l10n.t('Written to .eventlet-migration.json') : l10n.t('This begins .eventlet-migration.json with all {0} uses of today; commit it with the code', inventory);
  return (await window.showQuickPick(choices, { title, placeHolder }))?.decision;
}

function askReason(title: string, items: readonly ChecklistItem[]): Thenable<string | undefined> {
  return window.showInputBox({
    title,
    prompt: l10n.t('The reason, for those who read the list after you'),
    value: items[0]?.decision?.reason ?? '',
    ignoreFocusOut: true,
    validateInput: (reason) => (reason.trim() === '' ? l10n.t('A reason of a few words') : undefined),
  });
}

/** Empty where it holds for good. */
function askDay(title: string, items: readonly ChecklistItem[]): Thenable<string | undefined> {
  return window.showInputBox({
    title,
    prompt: l10n.t('The day on which it is open again, such as {0}; nothing: for good', example()),
    placeHolder: l10n.t('for good'),
    value: items[0]?.decision?.until ?? '',
    ignoreFocusOut: true,
    validateInput: (day) => (day === '' || isDay(day) ? undefined : l10n.t('A day such as {0}, or nothing', example())),
  });
}

async function writeDown(parts: Parts, items: readonly ChecklistItem[], decision: Decision | null): Promise<void> {
  if (!isWritable(items)) return tellReadOnly();
  const params: DecideParams = { items: items.map(({ uri, id }) => ({ uri, id })), decision };
  const result = await askForWideEdit<DecideResult & WithEdit>(parts, inPassing(l10n.t('Writing down the decision')), decideRequest, params);
  if (result?.problem !== undefined) return void window.showErrorMessage(l10n.t('The decision could not be written down: {0}.', result.problem));
  const edit = result && editIn(result);
  if (!edit) return;
  const files = result.files.map((file) => Uri.parse(file));
  // What was saved before is saved after; what somebody is just writing is theirs to save.
  const unsaved = new Set(workspace.textDocuments.filter(({ isDirty }) => isDirty).map(({ uri }) => uri.toString()));
  const isMade = await parts.edits.make(edit);
  const isSaved = await Promise.all(files.filter((file) => !unsaved.has(file.toString())).map(async (file) => (await workspace.openTextDocument(file)).save()));
  if (!isMade || isSaved.includes(false)) void window.showErrorMessage(l10n.t('The decision could not be written down: the editor could not save {0}.', workspace.asRelativePath(files[0] ?? '')));
}

/** Nobody is to be asked for a reason that cannot be kept. */
function isWritable(items: readonly ChecklistItem[]): boolean {
  return items.every(({ uri }) => workspace.fs.isWritableFileSystem(Uri.parse(uri).scheme) !== false);
}

function tellReadOnly(): void {
  void window.showErrorMessage(l10n.t('The decision could not be written down: this workspace can only be read.'));
}

function example(): string {
  return `${new Date().getFullYear() + 1}-03-01`;
}
