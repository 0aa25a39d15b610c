import { commands, Disposable } from 'vscode';
import { askService } from './askService';
import { makeModuleOptional, routeThroughModule } from './concurrencyModule';
import { convertCallChain } from './convertCallChain';
import { fixFile } from './fixFile';
import { fixUse } from './fixUse';
import { fixWorkspace } from './fixWorkspace';
import { groupBy } from './groupBy';
import { nextUse, previousUse } from './nextUse';
import { openGuidance } from './openGuidance';
import type { Command, Parts } from './parts';
import { previewStep } from './previewStep';
import { previewWorkspace } from './previewWorkspace';
import { refresh } from './refresh';
import { restart } from './restart';
import { showOutput } from './showOutput';

/** Every command of the product, by the name that package.json gives it. */
const table: Readonly<Record<string, Command>> = {
  'eventletMigration.nextUse': nextUse,
  'eventletMigration.previousUse': previousUse,
  'eventletMigration.fixUse': fixUse,
  'eventletMigration.openGuidance': openGuidance,
  'eventletMigration.fixFile': fixFile,
  'eventletMigration.fixWorkspace': fixWorkspace,
  'eventletMigration.previewWorkspace': previewWorkspace,
  'eventletMigration.previewStep': previewStep,
  'eventletMigration.askService': askService,
  'eventletMigration.routeThroughModule': routeThroughModule,
  'eventletMigration.makeModuleOptional': makeModuleOptional,
  'eventletMigration.convertCallChain': convertCallChain,
  'eventletMigration.groupBy': groupBy,
  'eventletMigration.refresh': refresh,
  'eventletMigration.restart': restart,
  'eventletMigration.showOutput': showOutput,
};

/** Makes the commands known to the editor. */
export function registerCommands(parts: Parts): Disposable {
  const registrations = Object.entries(table).map(([name, run]) =>
    commands.registerCommand(name, (argument: unknown) => run(parts, argument)),
  );
  return Disposable.from(...registrations);
}
