import type { LogOutputChannel } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import type { Remaining } from '../checklist/remaining';
import type { RemainingView } from '../checklist/view';
import type { GuidePages } from '../guidance/pages';
import type { AfterTexts } from '../review/afterTexts';
import type { Reviewing } from '../review/reviewing';
import type { ReviewView } from '../review/view';
import type { Sample } from '../sample';
import type { HistoryPages } from '../history/pages';
import type { NextStep } from '../nextStep/nextStep';
import type { ServicesView } from '../services/view';
import type { WholeEdits } from '../wholeEdits';

/** What commands work with. */
export interface Parts {
  readonly client: BaseLanguageClient;
  /** The log of client and server. */
  readonly log: LogOutputChannel;
  readonly edits: WholeEdits;
  readonly remaining: Remaining;
  readonly view: RemainingView;
  readonly servicesView: ServicesView;
  readonly pages: GuidePages;
  readonly reviewing: Reviewing;
  readonly reviewView: ReviewView;
  readonly afterTexts: AfterTexts;
  readonly sample: Sample;
  readonly historyPages: HistoryPages;
  readonly nextStep: NextStep;
  /** Of the extension. */
  readonly version: string;
}

/** A command's work. The arguments come from the menu, the tree or a link, if at all, and are checked by the command. */
export type Command = (parts: Parts, argument: unknown, more: unknown) => unknown;
