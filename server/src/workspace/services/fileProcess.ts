import type { Binding, Condition, LoadMoment, PatchGroup } from '../../rules/rule';
import type { Precondition } from '../finding';
import type { Judge } from '../process';
import { negated } from './blocks';
import type { LoadFile } from './graph';
import type { Service } from './services';
import { isTest } from '../testFiles';
import type { TestRun } from './tests';

/** What is known of the processes that load one module. */
export interface Loaders {
  readonly file: LoadFile;
  readonly services: readonly Service[];
  readonly tests: readonly TestRun[];
}

/**
 * The processes that load a module. What a fix needs patched must be patched in each of them in which green threads may be about: a
 * native call that blocks harms nobody but other green threads of its process (catalogue R1, R2).
 *
 * So a process that does not patch does not count when nothing that it loads starts green threads. That holds for services, and
 * for tests module by module: a test of a helper alone cannot freeze anybody, one that loads the code that spawns might. Tools that
 * developers run by hand are no services either. Where a switch decides (a debugger, a variable of the environment, Windows), the
 * usual run counts and the switch is named. A module that no service is known to load may be loaded by any: there every call of
 * the workspace counts.
 */
export class FileProcess implements Judge {
  constructor(
    private readonly loaders: Loaders,
    private readonly anywhere: Judge,
  ) {}

  judge(condition: Condition, name: (uri: string) => string): Precondition {
    if (condition.kind === 'checked') return { text: condition.text, holds: true };
    const { file, tests } = this.loaders;
    const { groups, binds } = condition;
    const services = this.loaders.services.filter(({ startsGreenThreads, isByHand }) => startsGreenThreads && !isByHand);
    const runs = tests.filter(({ filesAmongGreenThreads }) => filesAmongGreenThreads.has(file));
    const isPatched = ({ patched }: { readonly patched: ReadonlySet<PatchGroup> }): boolean => groups.every((group) => patched.has(group));
    const isLate = ({ native }: Service): boolean => binds !== undefined && groups.some((group) => isNative(binds, native.get(group)?.get(file)));
    const without = [...services.filter((service) => !isPatched(service)).map((service) => service.name), ...runs.filter((run) => !isPatched(run)).map(testsIn)];
    const tooEarly = services.filter((service) => isPatched(service) && isLate(service)).map((service) => service.name);

    const what = groups.map((group) => `\`${group}\``).join(' and ');
    const claim = `${what} ${groups.length > 1 ? 'are' : 'is'} monkey-patched`;
    if (without.length > 0) return { text: `${claim} in every process that loads this module (not in ${listed(without)})`, holds: false };
    if (tooEarly.length > 0) return { text: `${claim} before this module is loaded (not in ${listed(tooEarly)})`, holds: false };
    // What only tests load is not loaded by a service that nobody knows.
    if (services.length === 0 && !isTest(file.path)) return this.judgeAnywhere(condition, runs, name);
    if (services.length + runs.length === 0) return { text: 'no test that loads this module starts green threads, which a native call could hold up', holds: true };
    const switches = [...new Set(services.flatMap((service) => switchesOf(service, groups)))];
    const unless = switches.length > 0 ? `, as long as ${switches.map((each) => `\`${each}\``).join(' and ')}` : '';
    return { text: `${claim} in every process that loads this module (${listed([...services.map((service) => service.name), ...runs.map(testsIn)])}${unless})${boundEarly(file, services, groups)}`, holds: true };
  }

  private judgeAnywhere(condition: Condition, runs: readonly TestRun[], name: (uri: string) => string): Precondition {
    const { text, holds } = this.anywhere.judge(condition, name);
    return runs.length > 0 ? { text: `${text}, and in ${listed(runs.map(testsIn))}`, holds } : { text, holds };
  }
}

/** Whether something is bound, made or called while a module is loaded that was not patched up to a moment then; in the statement of that moment it is, too. */
function isNative(binds: Binding, until: LoadMoment | undefined): boolean {
  if (!until || binds === 'names') return until !== undefined;
  return binds.imports < until.imports || (binds.imports === until.imports && binds.patches < until.patches);
}

/** What in the module is native nevertheless, because it has bound a name before the process patched. */
function boundEarly(file: LoadFile, services: readonly Service[], groups: readonly PatchGroup[]): string {
  const early = services.flatMap((service) => service.early.filter((each) => each.file === file && groups.includes(each.group)).map(({ name }) => ({ name, service: service.name })));
  const names = [...new Set(early.map(({ name }) => `\`${name}\``))];
  if (names.length === 0) return '';
  return `; ${names.join(' and ')} ${names.length > 1 ? 'were' : 'was'} imported by name here before ${listed([...new Set(early.map(({ service }) => service))])} patched: that name stays native, and only use through the module gets what is patched`;
}

/** The conditions without which one of the groups would not be patched. */
function switchesOf({ patchings }: Service, groups: readonly PatchGroup[]): readonly string[] {
  const calls = patchings.filter(({ when }) => when !== 'later');
  const patching = (isUsual: boolean, group: PatchGroup) => calls.filter((each) => each.isUsual === isUsual && each.call.groups?.includes(group));
  return groups.flatMap((group) => {
    const others = new Set(patching(false, group).flatMap(({ conditions }) => conditions));
    const isDecisive = (condition: string): boolean => !others.has(negated(condition)) && ![...others].some((other) => negated(other) === condition);
    const always = patching(true, group);
    return always.some(({ conditions }) => conditions.length === 0) ? [] : always.flatMap(({ conditions }) => conditions.filter(isDecisive));
  });
}

function testsIn({ folder, modules }: TestRun): string {
  return modules.length === 1 ? `the test module ${modules[0]?.path ?? folder}` : `tests in ${folder}`;
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 3).join(', ');
  return names.length > 3 ? `${shown} and ${names.length - 3} more` : shown;
}
