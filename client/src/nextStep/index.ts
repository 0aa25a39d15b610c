import { commands, Disposable, type ExtensionContext } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import type { Remaining } from '../checklist/remaining';
import type { Planned } from '../plan/planned';
import { StepContents } from './contents';
import { CurrentStep } from './current';
import { editorFiles } from './files';
import { NextStep } from './nextStep';
import { Proposals } from './proposals';
import { EditorStorage, workspaceStorage } from '../storage';
import { StepStore } from './store';
import { Tester } from './tester';

/** What there is of *Next Step*: the step that is under way, and the command that goes on with it. */
export interface NextStepParts extends Disposable {
  readonly current: CurrentStep;
  readonly nextStep: NextStep;
}

interface Sources {
  readonly client: BaseLanguageClient;
  readonly planned: Planned;
  readonly remaining: Remaining;
}

/** `runsPrograms`: whether the editor can start programs where this extension runs. */
export function nextStepParts(context: ExtensionContext, { client, planned, remaining }: Sources, runsPrograms: boolean): NextStepParts {
  const storage = new EditorStorage(workspaceStorage(context), 'nextStep');
  const store = new StepStore(storage);
  const contents = new StepContents(store);
  const current = new CurrentStep(store, editorFiles);
  const subscription = current.onDidChange(() => void commands.executeCommand('setContext', 'eventletMigration.isStepUnderWay', current.step !== undefined));
  const isResumed = current.resume().catch((error) => client.error('The step that was under way could not be read.', error, false));
  const tester = new Tester(current, { runsPrograms, memory: context.workspaceState, record: storage.uriOf('tests.exit') });
  const nextStep = new NextStep(current, new Proposals(client, planned, remaining), tester, context.workspaceState, isResumed);
  return { current, nextStep, dispose: () => Disposable.from(contents, subscription).dispose() };
}
