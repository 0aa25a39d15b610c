import { usually } from '../../rules/kit/usually';
import type { PatchGroup } from '../../rules/rule';
import { folderOf } from '../moduleNames';
import { foldersAround } from '../roots';
import { isTest, isTestModule } from '../testFiles';
import { startsGreenThreads, type LoadFile, type LoadGraph, type Step } from './graph';

/** Test modules of one folder that run in processes where the same is patched. */
export interface TestRun {
  /** `nova/tests/unit` */
  readonly folder: string;
  readonly modules: readonly LoadFile[];
  readonly patched: ReadonlySet<PatchGroup>;
  /** What they load. */
  readonly files: ReadonlySet<LoadFile>;
  /**
   * What those of them load that also load code which starts green threads. Where nobody is there who could be held up, a native
   * call that blocks does no harm (catalogue R2), and what the others load is not made worse by it.
   */
  readonly filesAmongGreenThreads: ReadonlySet<LoadFile>;
}

/**
 * The tests of a project. Each module counts as if it ran alone, with the packages and `conftest.py` around it: what another one
 * patches in the same process is luck.
 */
export function testRuns(graph: LoadGraph): readonly TestRun[] {
  const modules = graph.files.filter(({ path }) => isTestModule(path));
  if (modules.length === 0) return [];
  const edges = new Edges(graph);
  const patchers = graph.patching.flatMap((file) => {
    const groups = patchedByLoading(file, graph);
    return groups.length > 0 ? [{ groups, loaders: edges.certainLoaders(file) }] : [];
  });
  const busy = edges.loaders(graph.files.filter(startsGreenThreads));
  const runs = new Map<string, { readonly folder: string; readonly patched: ReadonlySet<PatchGroup>; readonly modules: LoadFile[] }>();
  for (const module of modules) {
    const patched = new Set(patchers.flatMap(({ groups, loaders }) => (loaders.has(module) ? groups : [])));
    const folder = testFolder(module.path);
    const key = `${folder} ${[...patched].sort().join()}`;
    const run = runs.get(key) ?? { folder, patched, modules: [] };
    runs.set(key, run);
    run.modules.push(module);
  }
  return [...runs.values()].map((run) => ({
    ...run,
    files: edges.loadedBy(run.modules),
    filesAmongGreenThreads: edges.loadedBy(run.modules.filter((module) => busy.has(module))),
  }));
}

/** `nova/tests/unit/api/test_x.py` is of `nova/tests/unit`, `pkg/x_test.py` of `pkg`. */
function testFolder(path: string): string {
  const [folder] = /^(?:.*?\/)?tests?(?:\/[^/]+)?(?=\/)/.exec(path) ?? [folderOf(path)];
  return folder;
}

/** What is patched when a module is loaded, by itself or by a function that it calls then. */
function patchedByLoading(file: LoadFile, graph: LoadGraph): readonly PatchGroup[] {
  const patched = (step: Step, of: LoadFile, depth: number): readonly PatchGroup[] => {
    if (depth > 5 || step.conditions.some((condition) => usually(condition) !== true)) return [];
    if (step.kind === 'patch') return step.call.groups ?? [];
    const callable = step.kind === 'call' ? graph.callable(of, step.name) : undefined;
    return callable ? graph.steps(callable.file).filter(({ within }) => within === callable.name).flatMap((inner) => patched(inner, callable.file, depth + 1)) : [];
  };
  return graph.steps(file).filter(({ within }) => within === undefined).flatMap((step) => patched(step, file, 0));
}

/** The packages around a module, and the `conftest.py` files that pytest loads before it. */
function around(file: LoadFile, graph: LoadGraph): readonly LoadFile[] {
  const conftests = isTest(file.path) ? foldersAround(file.uri).flatMap((folder) => graph.file(`${folder}/conftest.py`) ?? []) : [];
  return [...graph.packages(file), ...conftests];
}

/** Who loads whom. */
class Edges {
  private readonly forward = new Map<LoadFile, readonly LoadFile[]>();
  private readonly backward = new Map<LoadFile, LoadFile[]>();
  /** Without what functions import, and what is imported under a condition. */
  private readonly certain = new Map<LoadFile, LoadFile[]>();

  constructor(graph: LoadGraph) {
    for (const file of graph.files) {
      const always = [...around(file, graph)];
      const perhaps: LoadFile[] = [];
      for (const step of graph.steps(file)) {
        if (step.kind !== 'load') continue;
        const isCertain = step.within === undefined && step.conditions.every((condition) => usually(condition) === true);
        (isCertain ? always : perhaps).push(...step.files);
      }
      this.forward.set(file, [...always, ...perhaps]);
      for (const each of always) append(this.certain, each, file);
      for (const each of [...always, ...perhaps]) append(this.backward, each, file);
    }
  }

  /** Everything that these may load. */
  loadedBy(files: readonly LoadFile[]): ReadonlySet<LoadFile> {
    return closure(files, (file) => this.forward.get(file) ?? []);
  }

  /** Everybody who may load one of these. */
  loaders(files: readonly LoadFile[]): ReadonlySet<LoadFile> {
    return closure(files, (file) => this.backward.get(file) ?? []);
  }

  /** Everybody who loads a file when he is loaded himself. */
  certainLoaders(file: LoadFile): ReadonlySet<LoadFile> {
    return closure([file], (each) => this.certain.get(each) ?? []);
  }
}

function append(lists: Map<LoadFile, LoadFile[]>, key: LoadFile, file: LoadFile): void {
  const list = lists.get(key);
  if (list) list.push(file);
  else lists.set(key, [file]);
}

function closure(start: readonly LoadFile[], next: (file: LoadFile) => Iterable<LoadFile>): ReadonlySet<LoadFile> {
  const found = new Set(start);
  for (const file of found) for (const each of next(file)) found.add(each);
  return found;
}
