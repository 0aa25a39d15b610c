import { commands, Disposable } from 'vscode';
import { askService } from './askService';
import { concurrencyModule } from './concurrencyModule';
import { convertCallChain } from './convertCallChain';
import { openProjectFile, openSample, showSkipped } from './firstMinutes';
import { decide, tick } from './decide';
import { exportList } from './export';
import { fixFile } from './fixFile';
import { fixUse } from './fixUse';
import { fixWorkspace } from './fixWorkspace';
import { groupBy } from './groupBy';
import { nextStep } from './nextStep';
import { keepOut } from './keepOut';
import { nextUse, previousUse } from './nextUse';
import { openGuidance } from './openGuidance';
import type { Command, Parts } from './parts';
import { refresh } from './refresh';
import { restart } from './restart';
import { applyReview, closeReview, showDiff, showReviewDiffs } from './review';
import { showHistory } from './showHistory';
import { showOutput } from './showOutput';

/** Every command of the product, by the name that package.json gives it. */
const table: Readonly<Record<string, Command>> = {
  'eventletMigration.nextStep': nextStep,
  'eventletMigration.nextUse': nextUse,
  'eventletMigration.previousUse': previousUse,
  'eventletMigration.fixUse': fixUse,
  'eventletMigration.openGuidance': openGuidance,
  'eventletMigration.fixFile': fixFile,
  'eventletMigration.fixWorkspace': fixWorkspace,
  'eventletMigration.applyReview': applyReview,
  'eventletMigration.showReviewDiffs': showReviewDiffs,
  'eventletMigration.closeReview': closeReview,
  'eventletMigration.askService': askService,
  'eventletMigration.concurrencyModule': concurrencyModule,
  'eventletMigration.convertCallChain': convertCallChain,
  'eventletMigration.groupBy': groupBy,
  'eventletMigration.showHistory': showHistory,
  'eventletMigration.decide': decide,
  'eventletMigration.export': exportList,
  'eventletMigration.refresh': refresh,
  'eventletMigration.restart': restart,
  'eventletMigration.showOutput': showOutput,
};

/** What rows of trees, links and the walkthrough call; nobody picks them from a list. */
const internal: Readonly<Record<string, Command>> = {
  'eventletMigration.review.showDiff': showDiff,
  'eventletMigration.done.keepOut': keepOut,
  'eventletMigration.start.openSample': openSample,
  'eventletMigration.start.openProjectFile': openProjectFile,
  'eventletMigration.health.showSkipped': showSkipped,
};

/** Makes the commands known to the editor. */
export function registerCommands(parts: Parts): Disposable {
  parts.view.onTicked = (items, isTicked) => tick(parts, items, isTicked);
  const registrations = Object.entries({ ...table, ...internal }).map(([name, run]) =>
    commands.registerCommand(name, (argument: unknown, more: unknown) => run(parts, argument, more)),
  );
  return Disposable.from(...registrations);
}
