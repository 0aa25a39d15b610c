import { Command, InvalidArgumentError, Option } from 'commander';
import { historyForms, planForms, reportForms } from '../features/formNames';
import { isDay } from '../protocol';
import type { BaselineOptions } from './baseline';
import type { CheckOptions } from './check';
import type { DualOptions } from './dual';
import type { FixOptions } from './fix';
import type { HistoryOptions } from './history';
import type { PlanOptions } from './plan';
import type { RouteOptions } from './route';

/** What the subcommands do; the program only knows how they are called. */
export interface Actions {
  check(paths: readonly string[], options: CheckOptions): Promise<void>;
  fix(paths: readonly string[], options: FixOptions): Promise<void>;
  plan(paths: readonly string[], options: PlanOptions): Promise<void>;
  baseline(paths: readonly string[], options: BaselineOptions): Promise<void>;
  route(paths: readonly string[], options: RouteOptions): Promise<void>;
  dual(paths: readonly string[], options: DualOptions): Promise<void>;
  history(folder: string, options: HistoryOptions): Promise<void>;
  /** Serves until the client goes. */
  lsp(): Promise<void>;
}

/** The command line's grammar. `rules` are the ids that `--rule` takes. */
export function program(version: string, rules: readonly string[], actions: Actions): Command {
  const program = new Command('eventlet-migration')
    .description('Leads a Python code base off eventlet, one small proven step at a time.')
    .version(version, '--version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .showHelpAfterError('Add --help for the usage.');

  const check = program
    .command('check')
    .description('report every use of eventlet, and what can be done about it')
    .argument('<path...>', 'files and folders')
    .addOption(new Option('--format <format>', 'form of the result').choices(reportForms).default('text'))
    .option('--output <file>', 'write the result into a file')
    .addHelpText('after', '\nExit status: 0 nothing left, 1 findings, 2 wrong use or something could not be read.')
    .action(actions.check);

  const fix = program
    .command('fix')
    .description('print the difference that all safe fixes make, or apply them')
    .argument('<path...>', 'files and folders')
    .option('--write', 'apply the fixes to the files')
    .option('--diff', 'print the difference (so it is without --write)')
    .option('--review', 'include the fixes that want a person’s look')
    .option('--output <file>', 'write the difference into a file')
    .addHelpText('after', '\nExit status: 0 done, 2 wrong use or something could not be read or written.')
    .action(actions.fix);

  const plan = program
    .command('plan')
    .description('print the steps in their order: what to do next, and why')
    .argument('<path...>', 'files and folders')
    .addOption(new Option('--format <format>', 'form of the result').choices(planForms).default('text'))
    .option('--service <name>', 'only what this process loads, and whether it may drop monkey patching')
    .option('--output <file>', 'write the result into a file')
    .addHelpText('after', '\nExit status: 0 whatever is left to do, 2 wrong use or something could not be read.')
    .action(actions.plan);

  const baseline = program
    .command('baseline')
    .description('compare the uses of eventlet with the checklist file, .eventlet-migration.json: a new one fails')
    .argument('<path...>', 'files and folders')
    .option('--update', 'write the checklist file, with what is there today')
    .option('--guard', 'once the last use is gone: print what makes the project’s linters keep eventlet out (ruff, flake8)')
    .option('--write', 'with --guard: write it')
    .addHelpText('after', '\nExit status: 0 nothing new, 1 new uses, 2 wrong use or something could not be read or written.')
    .action(actions.baseline);

  const history = program
    .command('history')
    .description('tell how many uses were left over time, from the commits of a git repository; nothing is checked out')
    .argument('<folder>', 'a folder of the repository')
    .addOption(new Option('--format <format>', 'form of the result: a table, numbers, a burn-down chart or a page').choices(historyForms).default('text'))
    .option('--output <file>', 'write the result into a file')
    .option('--since <day>', 'from this day on, such as 2024-01-01', day)
    .option('--points <number>', 'how many commits to look at, evenly over the time', number, 24)
    .addHelpText('after', '\nExit status: 0 done, 2 wrong use or something could not be read or written.')
    .action(actions.history);

  for (const command of [check, fix, plan, baseline, history]) addProjectOptions(command, rules);
  for (const command of [check, fix, plan, baseline]) {
    command
      .option('--no-cache', 'look at every file anew, and keep nothing for the next run')
      .option('--jobs <number>', 'analyse so many files at once, each in a thread that takes some 50 MB (default: 1)', number);
  }

  const route = program
    .command('route')
    .description('make one module the only one that imports eventlet: all others import from it')
    .argument('<path...>', 'files and folders, the module’s own folder among them')
    .requiredOption('--through <file>', 'the module, such as pkg/common/concurrency.py; it is written, or extended where it is there')
    .addHelpText('after', '\nExit status: 0 done, 2 wrong use or something could not be read or written.')
    .action(actions.route);

  const dual = program
    .command('dual')
    .description('let the module that imports eventlet decide between eventlet and native threads')
    .argument('<path...>', 'files and folders, the module’s own folder among them')
    .requiredOption('--through <file>', 'the module, such as pkg/common/concurrency.py')
    .option('--switch <variable>', 'the environment variable that decides; DISABLE_… turns its values round', variable, 'USE_EVENTLET')
    .option('--tests <file>', 'write unit tests of the stand-ins, which hold with eventlet and without')
    .option('--remove', 'take it down again when one way is left: the next of three steps, each to be tested by itself')
    .addHelpText('after', '\nExit status: 0 done, 2 wrong use or something could not be read or written.')
    .action(actions.dual);

  for (const command of [route, dual]) addModuleOptions(command);

  program
    .command('lsp')
    .description('serve the language server protocol, for any editor')
    .requiredOption('--stdio', 'talk over standard input and output')
    .action(actions.lsp);

  return program;
}

function addProjectOptions(command: Command, rules: readonly string[]): void {
  command
    .addOption(new Option('--target <target>', 'what takes eventlet’s place (default: the project file’s, else threading)').choices(['threading', 'asyncio']))
    .option('--rule <id>', 'only this rule (repeatable)', knownRule)
    .option('--exclude <glob>', 'leave out what matches, as in .gitignore (repeatable)', collected)
    .option('--python <version>', 'oldest Python that the code must run on, such as 3.9', pythonVersion)
    .option('--quiet', 'say nothing but the result and what went wrong');

  function knownRule(id: string, others: readonly string[] = []): readonly string[] {
    if (!rules.includes(id)) throw new InvalidArgumentError(`There is no such rule. The rules are ${rules.join(', ')}.`);
    return [...others, id];
  }
}

/** What the commands take that change many files for one module. */
function addModuleOptions(command: Command): void {
  command
    .option('--write', 'change the files')
    .option('--diff', 'print the difference (so it is without --write)')
    .option('--output <file>', 'write the difference into a file')
    .option('--exclude <glob>', 'leave out what matches, as in .gitignore (repeatable)', collected)
    .option('--quiet', 'say nothing but the result and what went wrong');
}

function variable(name: string): string {
  if (!/^[A-Za-z_]\w*$/.test(name)) throw new InvalidArgumentError('It has to be the name of an environment variable.');
  return name;
}

function collected(value: string, others: readonly string[] = []): readonly string[] {
  return [...others, value];
}

function day(text: string): string {
  if (!isDay(text)) throw new InvalidArgumentError('It has to be a day such as 2024-01-01.');
  return text;
}

function number(text: string): number {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new InvalidArgumentError('It has to be a number from 1 to 9999.');
  return Number(text);
}

function pythonVersion(version: string): string {
  if (!/^3\.\d+$/.test(version)) throw new InvalidArgumentError('It has to look like 3.9.');
  return version;
}
