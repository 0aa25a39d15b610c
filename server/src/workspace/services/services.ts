import type { Declared } from './declared';
import { declaredEntryPoints, foundEntryPoints, type EntryPoint } from './entryPoints';
import { LoadGraph, startsGreenThreads, type LoadFile } from './graph';
import type { Loaders } from './fileProcess';
import { startUp, type StartUp } from './startUp';
import { NamedLoads, pluginsIn } from './named';
import { folderOf } from '../moduleNames';
import { isBesideTheProduct, isTest } from '../testFiles';
import { testRuns, type TestRun } from './tests';
import { testsFor } from './testsFor';

/** One process of the project: where it starts, what it loads, what it patches. */
export interface Service extends EntryPoint, StartUp {
  /** What it may load beside `files`: modules that strings name, and what they import. */
  readonly named: ReadonlySet<LoadFile>;
  /** Whether anything that it loads does. */
  readonly startsGreenThreads: boolean;
  /** Whether it is a tool beside the packages that the project does not declare, although it declares others: somebody runs it by hand. */
  readonly isByHand: boolean;
}

/** The programs that one configuration file names; its folder by URI. */
export interface Declaration {
  readonly folder: string;
  readonly programs: readonly Declared[];
}

/** The processes that the code of a workspace runs in. Computed from names and text: what is loaded by the value of a variable is known only as far as strings name it. */
export class Services {
  readonly list: readonly Service[];
  readonly tests: readonly TestRun[];
  private readonly byFile = new Map<string, Service[]>();
  private readonly graph: LoadGraph;
  private readonly named: NamedLoads;
  /** Where the programs are that the project declares: the outermost packages around them. */
  private readonly homes: ReadonlySet<LoadFile | undefined>;

  constructor(files: readonly LoadFile[], declared: readonly Declaration[]) {
    this.graph = new LoadGraph(files);
    this.named = new NamedLoads(this.graph, pluginsIn(declared, this.graph));
    const named = declaredEntryPoints(declared, this.graph);
    this.homes = new Set(named.map(({ file }) => this.graph.packages(file)[0]));
    const starting = [...named, ...foundEntryPoints(this.graph, named)].map((entry) => this.start(entry));
    this.list = [...starting, ...this.forgotten(starting)];
    for (const service of this.list) {
      for (const { uri } of service.files) {
        const services = this.byFile.get(uri);
        if (services) services.push(service);
        else this.byFile.set(uri, [service]);
      }
    }
    this.tests = testRuns(this.graph);
  }

  /** Whether nothing is different for any process when one version of a file takes the place of another. */
  isUntouchedBy(before: LoadFile, after: LoadFile): boolean {
    return this.graph.isSame(before, after);
  }

  /** The services that load a file. */
  of(uri: string): readonly Service[] {
    return this.byFile.get(uri) ?? [];
  }

  /** Who loads a file; undefined where nobody is known to, and for a file that is no module. */
  loaders(uri: string): Loaders | undefined {
    const file = this.graph.file(uri);
    const services = this.of(uri);
    const tests = file ? this.tests.filter(({ files }) => files.has(file)) : [];
    return file && services.length + tests.length > 0 ? { file, services, tests } : undefined;
  }

  /** URIs of the test modules that belong to these files, by what they import and by their names. */
  testsFor(uris: readonly string[]): readonly string[] {
    return testsFor(uris, this.graph);
  }

  private start(entry: EntryPoint): Service {
    const start = startUp(entry, this.graph);
    return { ...entry, ...start, named: this.named.from(start.files), startsGreenThreads: [...start.files].some(startsGreenThreads), isByHand: this.isByHand(entry) };
  }

  /** A script in a folder that is no package is beside the packages, unless one of those with programs is around: `tools/benchmark/run.py`, where only `tools` is a package. */
  private isByHand({ kind, file }: EntryPoint): boolean {
    const packages = this.graph.packages(file);
    const isModule = packages.some(({ path }) => folderOf(path) === folderOf(file.path));
    return this.homes.size > 0 && kind === 'program' && (packages.length === 0 || (!isModule && !this.homes.has(packages[0])));
  }

  /** Modules that patch when they are loaded, although no process is known that loads them: somebody does. */
  private forgotten(known: readonly Service[]): readonly Service[] {
    const reached = new Set(known.flatMap(({ patchings }) => patchings.map(({ file }) => file)));
    const patching = this.graph.files.filter((file) => !reached.has(file) && !isTest(file.path) && !isBesideTheProduct(file.path) && file.patches.some(({ within }) => within === undefined));
    return patching.map((file) => this.start({ name: file.path, kind: 'module', file, functions: [] }));
  }
}
