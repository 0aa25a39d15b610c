import { commands, l10n, Uri, window, workspace, type Memento, type QuickPickItem } from 'vscode';
import { pathOf } from '../checklist/words';
import { closeDiffs, showDiff } from './contents';
import { indexesOf, type CurrentStep } from './current';
import { editorFiles } from './files';
import { stage, type Staged } from './git';
import type { Proposals } from './proposals';
import { choicesIn, type Choice, type Step } from './step';
import type { Tester } from './tester';
import { choiceInWords, differencesInWords, sizeInWords, stateInWords } from './words';

/**
 * Mistral's loop: choose a change, look at it, apply it, run the tests, and then stage it or take it back. The command goes on from wherever
 * the step is; a list that is left with Escape leaves the step where it is.
 * `isResumed` settles when the step of the last time is here again.
 */
export class NextStep {
  constructor(
    private readonly current: CurrentStep,
    private readonly proposals: Proposals,
    private readonly tester: Tester,
    private readonly memory: Memento,
    private readonly isResumed: Promise<void>,
  ) {}

  /** The command *Next Step*; the argument is a node of a tree, if it was called from one. */
  async goOn(argument: unknown): Promise<void> {
    await this.isResumed;
    if (!this.current.step) return this.#begin(argument);
    if (this.current.step.phase === 'shown') await showDiff(this.current.step);
    await this.#choose();
  }

  async #begin(argument?: unknown): Promise<void> {
    const proposal = await this.proposals.next(argument, new Set(this.#skipped));
    if (!proposal) return;
    if (!(await this.current.begin(proposal.step, proposal.changes))) return this.#choose();
    await showDiff(proposal.step);
    // Not a list, which would cover the change.
    await this.#offer(`${proposal.step.title} · ${sizeInWords(proposal.step)}. ${differencesInWords(proposal.step)}`, proposal.step, ['apply', 'skip', 'stop'], 'information');
  }

  async #choose(): Promise<void> {
    const { step } = this.current;
    if (!step) return;
    const sensible = choicesIn(step).filter((choice) => choice !== 'output' || this.tester.hasOutput);
    // What asks for trust first is not what one does next.
    const possible = workspace.isTrusted ? sensible : [...sensible.filter((choice) => choice !== 'test'), ...sensible.filter((choice) => choice === 'test')];
    const items = possible.map((choice): ChoiceItem => {
      const { label, detail, icon } = choiceInWords(choice, step);
      return { label: `$(${icon}) ${label}`, detail: choice === 'test' && !workspace.isTrusted ? l10n.t('Not before this workspace is trusted, because its code would be executed') : detail, choice };
    });
    const picked = await window.showQuickPick(items, { title: l10n.t('Next Step: {0}', step.title), placeHolder: `${sizeInWords(step)} · ${stateInWords(step)}` });
    if (!picked) return;
    // The list may have been open for long.
    if (this.current.step === step) await this.#do(picked.choice, step);
    else await this.#choose();
  }

  async #do(choice: Choice, step: Step): Promise<void> {
    switch (choice) {
      case 'apply':
        return this.#apply(step);
      case 'look':
        return showDiff(step);
      case 'skip':
        await this.memory.update(skippedKey, [...this.#skipped, step.source]);
        await this.#end(step);
        return this.#begin();
      case 'stop':
      case 'keep':
        return this.#end(step);
      case 'test':
        return this.#test(step);
      case 'output':
        return this.tester.showOutput();
      case 'stopTests':
        return this.tester.stop();
      case 'stage':
        return this.#stage(step);
      case 'takeBack':
        return this.#takeBack(step);
    }
  }

  async #apply(step: Step): Promise<void> {
    const inTheWay = await this.current.apply(step);
    if (inTheWay.length === 0) {
      await closeDiffs(step);
      if (this.current.step) await this.#test(this.current.step);
      return;
    }
    const names = namesOf(step, inTheWay);
    if (step.phase === 'applying') return this.#offer(l10n.t('{0} was edited while the change was half made. Nothing more was changed.', names), step, ['look', 'takeBack'], 'warning');
    const again = await this.proposals.propose(step);
    if (!again) return;
    await closeDiffs(step);
    if (!(await this.current.begin(again.step, again.changes))) return this.#choose();
    await showDiff(again.step);
    await this.#offer(l10n.t('{0} was edited after the change was shown. This is the change for the file as it is now.', names), again.step, ['apply', 'stop'], 'warning');
  }

  async #test(step: Step): Promise<void> {
    const isBegun = await this.tester.test(step);
    const tested = this.current.step;
    if (!tested) return;
    if (!isBegun) return this.#choose();
    switch (tested.phase) {
      case 'passed':
        return this.#stage(tested);
      case 'failed':
        return this.#offer(l10n.t('The tests failed with exit code {0}. Their output is in the terminal.', tested.exitCode ?? ''), tested, ['takeBack', 'test', 'look'], 'error');
      default:
        return this.#offer(l10n.t('The tests were stopped before they told anything. The change is still there.'), tested, ['takeBack', 'test', 'keep'], 'warning');
    }
  }

  async #stage(step: Step): Promise<void> {
    // What is not saved is not staged either.
    const edited = indexesOf(await this.current.holds(step), 'other').filter((index) => !editorFiles.isUnsaved(step.files[index]?.uri ?? ''));
    const staged = await this.#staged(step);
    if (!staged) return;
    await this.#end(step);
    const outcome = step.phase === 'passed' ? l10n.t('The tests passed.') : l10n.t('Not tested here.');
    const [what, showChanges] = staged === 'staged'
      ? [stagedInWords(step), l10n.t('Show Source Control')]
      : [l10n.t('Nothing was staged, because git knows no repository for {0}.', namesOf(step)), undefined];
    const more = edited.length > 0 && staged === 'staged' ? l10n.t('So are the edits that were made to {0} after the change.', namesOf(step, edited)) : '';
    const next = l10n.t('Next Step');
    const answer = await window.showInformationMessage([outcome, what, more].filter(Boolean).join(' '), ...(showChanges === undefined ? [next] : [next, showChanges]));
    if (answer === next) await this.goOn(undefined);
    else if (answer !== undefined) await commands.executeCommand('workbench.view.scm');
  }

  /** undefined where git refused; the step stays where it is, and it can be tried again. */
  async #staged({ files, message }: Step): Promise<Staged | undefined> {
    try {
      return await stage(files.map(({ uri }) => Uri.parse(uri)), message);
    } catch (error) {
      return void window.showErrorMessage(l10n.t('Git could not stage the change: {0} The step stays; Next Step tries again.', error instanceof Error ? error.message : String(error)));
    }
  }

  async #takeBack(step: Step): Promise<void> {
    const edited = indexesOf(await this.current.holds(step), 'other');
    if (edited.length > 0 && !(await this.#mayLeave(edited, step))) return;
    await this.current.takeBack(step);
    await closeDiffs(step);
    const next = l10n.t('Next Step');
    const sentence = edited.length > 0 ? l10n.t('Taken back, but for {0}, which keeps your edits and the change.', namesOf(step, edited)) : l10n.t('Taken back: {0} is as it was before.', namesOf(step));
    if ((await window.showInformationMessage(sentence, next)) === next) await this.goOn(undefined);
  }

  async #mayLeave(edited: readonly number[], step: Step): Promise<boolean> {
    const compare = l10n.t('Compare');
    const others = l10n.t('Take Back the Others');
    const answers = edited.length < step.files.length ? [compare, others] : [compare];
    const answer = await window.showWarningMessage(l10n.t('{0} was edited after the change, or is not saved. It is not taken back, so that nothing of that is lost.', namesOf(step, edited)), { modal: true, detail: l10n.t('Compare shows the file from before the step beside the one of now; single blocks can be taken back there.') }, ...answers);
    if (answer === compare) await showDiff(step);
    return answer === others;
  }

  /** A notification with some of the choices: a list that opens by itself would take the keys of somebody who is typing. */
  async #offer(sentence: string, step: Step, choices: readonly Choice[], kind: keyof typeof notifications): Promise<void> {
    const labels = new Map(choices.map((choice) => [choiceInWords(choice, step).label, choice]));
    const choice = labels.get((await notifications[kind](sentence, ...labels.keys())) ?? '');
    if (!choice) return;
    if (this.current.step === step) await this.#do(choice, step);
    else await this.#choose();
  }

  async #end(step: Step): Promise<void> {
    await this.current.happen('end');
    await closeDiffs(step);
  }

  get #skipped(): readonly string[] {
    return this.memory.get<readonly string[]>(skippedKey, []);
  }
}

const notifications = {
  error: (sentence: string, ...answers: readonly string[]) => window.showErrorMessage(sentence, ...answers),
  warning: (sentence: string, ...answers: readonly string[]) => window.showWarningMessage(sentence, ...answers),
  information: (sentence: string, ...answers: readonly string[]) => window.showInformationMessage(sentence, ...answers),
} as const;

const skippedKey = 'eventletMigration.skippedSteps';

interface ChoiceItem extends QuickPickItem {
  readonly choice: Choice;
}

function stagedInWords(step: Step): string {
  if (step.files.length === 1) return l10n.t('{0} is staged, with a message in the Source Control box. Commit when you like.', namesOf(step));
  return l10n.t('{0} are staged, with a message in the Source Control box. Commit when you like.', namesOf(step));
}

// `a.py`, `a.py, b.py and 3 more`; all files where none are named.
function namesOf({ files }: Step, indexes: readonly number[] = files.map((_, index) => index)): string {
  const paths = indexes.flatMap((index) => files[index] ?? []).map(({ uri }) => pathOf(uri));
  return paths.length > 3 ? l10n.t('{0} and {1} more', paths.slice(0, 2).join(', '), paths.length - 2) : paths.join(', ');
}
