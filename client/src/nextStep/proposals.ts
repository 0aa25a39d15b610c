import { commands, l10n, Uri, window, workspace } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { previewFixesRequest, type ChecklistItem, type CommitFacts, type PlanStep, type PreviewFixesParams, type PreviewFixesResult } from '../../../server/src/protocol';
import { untilListed } from '../commands/asking';
import { askForEdit, editIn } from '../commands/serverEdits';
import type { Remaining } from '../checklist/remaining';
import { isWhole } from '../checklist/state';
import type { Planned } from '../plan/planned';
import { titleOfStep } from '../plan/words';
import { asWork } from '../progress';
import { candidates, idOfStep, idOfUse, wishForStep, wishForUse } from './candidates';
import { changesOf, hasDigest, unsaved, type FileChange } from './files';
import { pickNext } from './pickNext';
import type { Step } from './step';
import { titleOfUse } from './words';

/** A step that may begin, with what its files would hold; the changes are in the order of the step's files. */
export interface Proposal {
  readonly step: Step;
  readonly changes: readonly FileChange[];
}

/** What to ask the server for, and how it is called. */
export type Wanted = Pick<Step, 'source' | 'title' | 'wish'>;

/** Finds the next step with the plan and the server. Where there is none, it says why. */
export class Proposals {
  constructor(
    private readonly client: BaseLanguageClient,
    private readonly planned: Planned,
    private readonly remaining: Remaining,
  ) {}

  /** What a node of a tree stands for, or what a person chooses. */
  async next(node: unknown, skipped: ReadonlySet<string>): Promise<Proposal | undefined> {
    const wanted = wantedBy(node, this.#settled) ?? (await this.#chosen(skipped));
    return wanted && this.propose(wanted);
  }

  /** Asks the server what the change would be, for the files as they are now. */
  async propose(wanted: Wanted): Promise<Proposal | undefined> {
    const params: PreviewFixesParams = { ...wanted.wish, commit: true };
    for (let attempt = 0; attempt < attempts; attempt++) {
      const result = await this.#ask(params);
      if (!result) return undefined;
      const edit = editIn(result);
      if (!edit || !result.commit) return say(nothingToDo(result));

      const changes = await changesOf(edit);
      if (typeof changes === 'string') return say(l10n.t('{0} cannot be changed step by step: it is not UTF-8. Open it and use its quick fixes.', changes));
      const open = unsaved(changes.map(({ uri }) => uri));
      if (open.length > 0) {
        if (!(await saved(open.map(({ uri }) => uri)))) return undefined;
      } else if (await isUpToDate(changes, result.commit)) {
        return { step: stepOf(wanted, result, result.commit, changes), changes };
      } else {
        await new Promise((resolve) => setTimeout(resolve, betweenAttempts));
      }
    }
    return say(l10n.t('The files keep changing on the disk. Try again when they have settled.'));
  }

  #ask(params: PreviewFixesParams): Promise<PreviewFixesResult | undefined> {
    return askForEdit<PreviewFixesResult>({ client: this.client }, asWork(l10n.t('Computing the change')), previewFixesRequest, params);
  }

  async #chosen(skipped: ReadonlySet<string>): Promise<Wanted | undefined> {
    if (!(await this.#isListed())) return undefined;
    const plan = await this.planned.current();
    if (!plan) return say(l10n.t('There is no plan yet: the language server is still starting, or it is not running.'));
    const all = candidates(plan, { skipped, settled: this.#settled });
    if (all.length === 0) return this.#nothingWithFix(plan.steps.length);
    const picked = await pickNext(all);
    return picked && { source: picked.id, title: picked.item ? titleOfUse(picked.item) : titleOfStep(picked.step), wish: picked.wish };
  }

  /** Whether everything was looked at, so that a plan is a whole one; waits for it. Where the server does not run, there is no plan anyway. */
  async #isListed(): Promise<boolean> {
    const { client, remaining } = this;
    if (isWhole(remaining.checklist) || remaining.state === 'failed') return true;
    return window.withProgress(asWork(l10n.t('Looking for eventlet in this workspace…')), (_, cancelled) => untilListed({ client, remaining }, cancelled));
  }

  get #settled(): ReadonlySet<string> {
    return new Set(this.remaining.checklist?.settled.map(idOfUse));
  }

  async #nothingWithFix(steps: number): Promise<undefined> {
    if (steps === 0) return say(l10n.t('No use of eventlet is left.'));
    const show = l10n.t('Show Plan');
    const answer = await window.showInformationMessage(l10n.t('What is left has no fix that could be applied: it needs a person. The plan says what to do.'), show);
    if (answer === show) await commands.executeCommand('eventletMigration.plan.focus');
    return undefined;
  }
}

// The server is told of changes on the disk a moment after they were made.
const attempts = 10;
const betweenAttempts = 300;

async function isUpToDate(changes: readonly FileChange[], { digests }: CommitFacts): Promise<boolean> {
  const known = new Map(digests.map(({ uri, digest }) => [Uri.parse(uri).toString(), digest]));
  const same = await Promise.all(changes.map((change) => hasDigest(change, known.get(change.uri.toString()) ?? '')));
  return same.every(Boolean);
}

function stepOf({ source, title, wish }: Wanted, { fixed }: PreviewFixesResult, { message, review, differences, tests }: CommitFacts, changes: readonly FileChange[]): Step {
  const files = changes.map(({ uri, before }) => ({ uri: uri.toString(), ...(before ? {} : { isNew: true }) }));
  return { id: crypto.randomUUID().replaceAll('-', ''), source, title, phase: 'shown', wish, files, uses: fixed, review, differences, message, tests };
}

function nothingToDo({ left: [first] }: PreviewFixesResult): string {
  return first ? l10n.t('There is no change to show: {0}', first.reason) : l10n.t('There is no change to show: this is done already.');
}

async function saved(files: readonly Uri[]): Promise<boolean> {
  const save = l10n.t('Save and Go On');
  const answer = await window.showWarningMessage(l10n.t('Files that the step changes are not saved. Tests read files from the disk.'), { modal: true, detail: files.map((file) => workspace.asRelativePath(file)).join('\n') }, save);
  if (answer !== save) return false;
  const done = await Promise.all(files.map((file) => workspace.save(file)));
  return done.every((uri) => uri !== undefined);
}

// Menus hand over the node they were opened on; other callers of a command may hand over anything.
function wantedBy(node: unknown, settled: ReadonlySet<string>): Wanted | undefined {
  if (typeof node !== 'object' || node === null || !('kind' in node)) return undefined;
  if (node.kind === 'step' && 'step' in node) {
    // Nodes of this kind are made by the plan's tree alone.
    const step = node.step as PlanStep;
    return { source: idOfStep(step), title: titleOfStep(step), wish: wishForStep(step, settled) };
  }
  if (node.kind === 'use' && 'item' in node) {
    // Nodes of this kind are made by the trees of uses alone.
    const item = node.item as ChecklistItem;
    return { source: idOfUse(item), title: titleOfUse(item), wish: wishForUse(item) };
  }
  return undefined;
}

function say(sentence: string): undefined {
  void window.showInformationMessage(sentence);
}
