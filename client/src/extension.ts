import { window, type ExtensionContext } from 'vscode';
import { Remaining } from './checklist/remaining';
import { RemainingView } from './checklist/view';
import { registerCommands } from './commands';
import { answerFileRequests } from './files';
import { GuidanceView } from './guidance/view';
import { GuidePages } from './guidance/pages';
import { Health } from './health';
import { HistoryPages } from './history/pages';
import { clientName, clientOptions, type MakeClient } from './languageClient';
import { nextStepParts } from './nextStep';
import { Planned } from './plan/planned';
import { PlanView } from './plan/view';
import { AfterTexts } from './review/afterTexts';
import { ReviewKeeper } from './review/keeper';
import { Reviewing } from './review/reviewing';
import { ReviewView } from './review/view';
import { ServicesView } from './services/view';
import { Sample } from './sample';
import { Status } from './status';
import { EditorStorage, workspaceStorage } from './storage';
import { WholeEdits } from './wholeEdits';

/** Everything the editor shows of the product. Returns at once; the server starts behind it. `runsPrograms`: whether the editor can start programs here. */
export function activate(context: ExtensionContext, makeClient: MakeClient, { runsPrograms }: { readonly runsPrograms: boolean }): void {
  // Our own and not the client's: it must be there to be read when the server could not be started.
  const log = window.createOutputChannel(clientName, { log: true });
  const client = makeClient(clientOptions(log, context.storageUri ?? context.globalStorageUri));
  const remaining = new Remaining(client);
  const view = new RemainingView(remaining, context.workspaceState);
  const planned = new Planned(client, remaining);
  const servicesView = new ServicesView(planned);
  const storage = workspaceStorage(context);
  const edits = new WholeEdits(client, new EditorStorage(storage, 'edit'));
  const reviewing = new Reviewing(client, remaining, edits);
  const reviewView = new ReviewView(reviewing);
  const reviewKeeper = new ReviewKeeper(reviewing, new EditorStorage(storage, 'review'));
  const afterTexts = new AfterTexts(reviewing);
  const sample = new Sample(context);
  const step = nextStepParts(context, { client, planned, remaining }, runsPrograms);
  const pages = new GuidePages(context.extensionUri);
  const historyPages = new HistoryPages();

  context.subscriptions.push(
    log,
    client,
    answerFileRequests(client),
    remaining,
    view,
    planned,
    step,
    new PlanView(planned),
    servicesView,
    reviewing,
    reviewKeeper,
    afterTexts,
    reviewView,
    new GuidanceView(pages),
    historyPages,
    new Status(remaining, step.current),
    new Health(remaining),
    registerCommands({ client, log, edits, remaining, view, servicesView, pages, reviewing, reviewView, afterTexts, sample, historyPages, nextStep: step.nextStep, version: String(context.extension.packageJSON.version) }),
  );

  sample.welcome().catch((error) => log.error('The walkthrough did not go on.', error));
  reviewKeeper.load().catch((error) => log.error('The review that was under way could not be read.', error));
  client.start().catch((error) => client.error('The language server did not start.', error, false));
}
