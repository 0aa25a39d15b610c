import { usually } from '../../rules/kit/usually';
import type { LoadMoment, PatchGroup } from '../../rules/rule';
import type { EntryPoint } from './entryPoints';
import type { Callable, LoadFile, LoadGraph, Step } from './graph';
import type { PatchCall } from './patchCalls';

/** One call of `monkey_patch` that a process comes to. */
export interface Patching {
  /** The file that has the call. */
  readonly file: LoadFile;
  readonly call: PatchCall;
  /** The functions on the way to it, as they are called: `run_wsgi`, `utils.monkey_patch`. */
  readonly through: readonly string[];
  /** All conditions on the way. */
  readonly conditions: readonly string[];
  /**
   * `loading`: while modules are loaded, before the program's function runs; `running`: that function does it; `later`: some function
   * or import that runs at a time of its own, or never.
   */
  readonly when: 'loading' | 'running' | 'later';
  /** Whether it happens in a usual run (see `usually`); undefined where that cannot be told. */
  readonly isUsual: boolean | undefined;
}

/** A name that a module has bound to the native thing, because it was loaded before the process patched. */
export interface EarlyName {
  readonly file: LoadFile;
  /** `time.sleep` */
  readonly name: string;
  readonly group: PatchGroup;
}

/** What happens when a process starts: which modules are loaded in which order, and what is patched when. */
export interface StartUp {
  /** In the order in which they begin to be loaded; what functions import comes last. */
  readonly files: ReadonlySet<LoadFile>;
  readonly patchings: readonly Patching[];
  /** What is patched for certain in a usual run, before other threads of execution can be there. */
  readonly patched: ReadonlySet<PatchGroup>;
  /** Of what is patched, the modules that were loaded before, at least in part: up to which moment. */
  readonly native: ReadonlyMap<PatchGroup, ReadonlyMap<LoadFile, LoadMoment>>;
  readonly early: readonly EarlyName[];
}

export function startUp({ file, functions }: Pick<EntryPoint, 'file' | 'functions'>, graph: LoadGraph): StartUp {
  const run = new Run(graph);
  run.load(file, []);
  for (const name of functions) run.call(graph.callable(file, name), name === '__main__' ? [] : [name], [], 'running');
  run.loadTheRest();
  return { files: run.files, patchings: run.patchings, patched: run.patched, native: run.native, early: run.bound.filter(({ group }) => run.patched.has(group)) };
}

class Run {
  readonly files = new Set<LoadFile>();
  readonly patchings: Patching[] = [];
  readonly patched = new Set<PatchGroup>();
  readonly native = new Map<PatchGroup, ReadonlyMap<LoadFile, LoadMoment>>();
  readonly bound: EarlyName[] = [];
  /** Imports under a condition that does not hold in a usual run, or may not: nobody can rely on them. */
  private readonly doubtful: { readonly step: Extract<Step, { kind: 'load' }>; readonly around: readonly string[] }[] = [];
  /** The files that are being loaded, and how far that is. */
  private readonly loading = new Map<LoadFile, LoadMoment>();
  private isRunning = false;

  constructor(private readonly graph: LoadGraph) {}

  load(file: LoadFile, conditions: readonly string[]): void {
    if (this.files.has(file)) return;
    for (const around of this.graph.packages(file)) this.load(around, conditions);
    // A package may have loaded it.
    if (this.files.has(file)) return;
    this.files.add(file);
    let patches = 0;
    for (const step of this.graph.steps(file)) {
      if (step.kind === 'patch') patches++;
      if (step.within !== undefined) continue;
      this.loading.set(file, { imports: step.after, patches: step.kind === 'patch' ? patches : Infinity });
      this.do(step, file, [], conditions, this.isRunning ? 'later' : 'loading');
    }
    this.loading.delete(file);
  }

  /** What a function of the project does that matters here; nothing for somebody else's. */
  call(callable: Callable | undefined, through: readonly string[], conditions: readonly string[], when: Patching['when']): void {
    if (!callable || through.length > tooDeep) return;
    for (const step of this.graph.steps(callable.file)) if (step.within === callable.name) this.do(step, callable.file, through, conditions, when);
  }

  /** What the functions of the loaded modules import and patch, at a time that is not known. */
  loadTheRest(): void {
    this.isRunning = true;
    for (const { step, around } of this.doubtful) for (const file of step.files) this.load(file, [...around, ...step.conditions]);
    for (const file of this.files) {
      for (const step of this.graph.steps(file)) {
        if (step.within === undefined || step.within === '__main__' || step.kind === 'call') continue;
        const isDone = step.kind === 'patch' && this.patchings.some(({ call }) => call === step.call);
        if (!isDone) this.do(step, file, [step.within], [], 'later');
      }
    }
  }

  private do(step: Step, file: LoadFile, through: readonly string[], around: readonly string[], when: Patching['when']): void {
    if (step.kind === 'load') {
      const isUsual = this.isRunning || step.conditions.every((condition) => usually(condition) === true);
      if (!isUsual) this.doubtful.push({ step, around });
      else for (const each of step.files) if (!this.files.has(each)) this.load(each, [...around, ...step.conditions]);
      return;
    }
    const conditions = [...around, ...step.conditions];
    if (step.kind === 'call') this.call(this.graph.callable(file, step.name), [...through, step.name], conditions, when);
    else if (step.kind === 'patch') this.patch(step.call, file, through, conditions, when);
    else if (when !== 'later' && !this.patched.has(step.group)) this.bound.push({ file, name: step.name, group: step.group });
  }

  private patch(call: PatchCall, file: LoadFile, through: readonly string[], conditions: readonly string[], when: Patching['when']): void {
    const isUsual = allOf(conditions.map(usually));
    this.patchings.push({ file, call, through, conditions, when, isUsual });
    if (!isUsual || when === 'later' || call.isBehind) return;
    const loaded = new Map([...this.files].map((each) => [each, this.loading.get(each) ?? whole]));
    for (const group of call.groups ?? []) {
      if (!this.patched.has(group)) this.native.set(group, loaded);
      this.patched.add(group);
    }
  }
}

const whole: LoadMoment = { imports: Infinity, patches: Infinity };

/** Wrappers of wrappers of wrappers: nobody writes more of them, but a function may call itself. */
const tooDeep = 5;

function allOf(values: readonly (boolean | undefined)[]): boolean | undefined {
  return values.includes(false) ? false : values.includes(undefined) ? undefined : true;
}
