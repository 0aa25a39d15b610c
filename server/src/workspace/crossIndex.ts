import type { AnalysisContext, FileFacts } from './analysis';
import type { Hop } from '../python/values';
import { Dependence } from './dependence';
import { mentionedIn, Mentions, moduleName } from './mentions';
import { ModuleIndex, type FilePlace } from './moduleIndex';
import type { Mentioned, Modules } from './modules';
import { Outlook, waysOf } from './outlook';
import { helpersBeside, moduleBeside } from './project/helpers';
import type { Declared } from './services/declared';
import { ServiceIndex } from './services/serviceIndex';
import type { Services } from './services/services';
import { isTestModule } from './testFiles';
import type { Territory } from './territory';
import type { Trace } from './trace';

/** What the files of a workspace say of each other: who imports what, who names what, who holds something of eventlet. */
export class CrossIndex {
  private readonly mentions = new Mentions((uri) => moduleName(this.territory.pathOf(uri)));
  private readonly index = new ModuleIndex();
  private readonly processes = new ServiceIndex();
  private readonly dependence = new Dependence();

  constructor(private readonly territory: Territory) {}

  /** Grows with every change of what anybody says. */
  get revision(): number {
    return this.index.revision + this.mentions.revision;
  }

  /** Grows with every change of what is imported or held. */
  get moduleRevision(): number {
    return this.index.revision;
  }

  /** Grows when a name is bound at another place than before. */
  get moves(): number {
    return this.index.moves;
  }

  /** Where a module binds a name, as a file sees it; undefined where that is not known. */
  placeOf(hop: Hop, uri: string): FilePlace | undefined {
    return this.index.placeOf(hop, this.territory.rootOf(uri));
  }

  get modules(): Modules {
    return this.index.current;
  }

  /** The processes of the project. The same object as long as nothing changes that they follow from. */
  get services(): Services {
    return this.processes.current;
  }

  /** While all files are looked at, what was known before of the processes counts. */
  pauseServices(): void {
    this.processes.pause();
  }

  resumeServices(): void {
    this.processes.resume();
  }

  /** Programs that configuration files name by the path of a script, by URI. */
  get scripts(): readonly string[] {
    return this.processes.scripts;
  }

  /** The programs that a configuration file names. */
  declare(uri: string, programs: readonly Declared[]): void {
    this.processes.declare(uri, { folder: uri.slice(0, uri.lastIndexOf('/')), programs });
  }

  /** Of a file that is no module of the project, only what it mentions. */
  hear(uri: string, path: string, mentioned: Mentioned, isModule = true): void {
    if (isModule) this.dependence.hear(uri, mentioned);
    this.mentions.set(uri, mentioned);
    if (!isModule) return;
    this.index.set(uri, path, this.territory.rootOf(uri), mentioned);
    this.processes.set(uri, path, mentioned);
  }

  /** What the text of a script says, which no module imports. It is not analysed: if it imports eventlet, it is taken to start green threads. */
  noteScript(uri: string, text: string): void {
    const path = this.territory.pathOf(uri);
    const mentioned = mentionedIn(text, path);
    this.processes.set(uri, path, mentioned);
    this.processes.hold(uri, { patches: [], startsGreenThreads: mentioned.imports.some(({ dotted }) => /^eventlet\b/.test(dotted)) });
  }

  /** What a file was found to hold of eventlet. */
  hold(uri: string, facts: FileFacts | undefined): void {
    this.dependence.hold(uri, facts?.exports.map((held) => held.export) ?? []);
    this.index.hold(uri, facts?.exports ?? []);
    this.processes.hold(uri, facts);
  }

  forget(uri: string): void {
    this.dependence.forget(uri);
    this.mentions.delete(uri);
    this.index.delete(uri);
    this.processes.delete(uri);
  }

  /**
   * Takes back what files hold because of others that say something else now, and tells which: modules that import a name from each other
   * in a circle would keep it for ever. `traceOf` is what the analysis of a file asked.
   */
  takeBack(traceOf: (uri: string) => Trace | undefined): ReadonlySet<string> {
    const taken = this.dependence.takeBack((uri) => moduleName(this.territory.pathOf(uri)), traceOf);
    for (const uri of taken) this.index.hold(uri, []);
    return taken;
  }

  /** What a file mentions of others, as far as it is known. */
  mentionedBy(uri: string): Mentioned {
    return this.mentions.from(uri);
  }

  /** The URIs of the files that run in the tests that a file belongs to: what they load, and what its mocks name. */
  loadedWith(uri: string): ReadonlySet<string> {
    return this.modules.loadedWith(this.territory.pathOf(uri), this.territory.rootOf(uri), this.mentions.from(uri).strings);
  }

  /** Names of the standard library in a module that wait, such as `time.sleep`. */
  waits(uri: string): readonly string[] {
    return this.mentions.from(uri).outline.waits;
  }

  /** Whether a dotted name in a file leads to eventlet; undefined where no module of the project is in front of it. */
  leads(dotted: string, uri: string): boolean | undefined {
    return this.modules.leads(dotted, this.territory.rootOf(uri));
  }

  /** Whether a module, as a file names it, has something of the project's own under a name that is eventlet's elsewhere. */
  hasOwn(module: string, name: string, uri: string): boolean {
    return this.modules.hasOwn(module, name, this.territory.rootOf(uri));
  }

  /** Whether a file belongs to the project that makes a package. */
  isOfProject(name: string, uri: string): boolean {
    return this.modules.isBesidePackage(name, this.territory.pathOf(uri), this.territory.rootOf(uri));
  }

  /** What a file sees of the others. */
  outlook(uri: string): Outlook {
    return this.outlookWith(uri, this.mentions.from(uri));
  }

  /** The key of what a file sees of the others, without the rest of it. */
  waysOf(uri: string): string {
    return waysOf(this.modules.concerns(this.mentions.from(uri), this.territory.pathOf(uri), this.territory.rootOf(uri)));
  }

  /** For a text that may not be the one that the others know. */
  outlookOf(uri: string, text: string): Outlook {
    return this.outlookWith(uri, mentionedIn(text, this.territory.pathOf(uri)));
  }

  /** The same, as if other files had these texts. */
  contextOf(uri: string, text: string, instead: ReadonlyMap<string, string>): AnalysisContext {
    const here = mentionedIn(text, this.territory.pathOf(uri));
    const { context } = this.outlookWith(uri, here);
    if (instead.size === 0) return context;
    const mentioned = new Map([...instead].map(([other, after]) => [other, mentionedIn(after, this.territory.pathOf(other))]));
    const module = moduleName(this.territory.pathOf(uri));
    return { ...context, namedElsewhere: { has: (name) => (name.startsWith('.') ? this.mentions.isPrivateElsewhere(name.slice(1), uri, mentioned) : this.mentions.isNamed(module, name, mentioned) || (isOffered(name, here) && this.mentions.isStarred(module, mentioned))) } };
  }

  /** Everything in what a file mentions that others name, for somebody who cannot ask. */
  namedOf(uri: string, text: string, mentioned: Mentioned): ReadonlySet<string> {
    const { own, foreign } = mentioned.privates;
    const module = moduleName(this.territory.pathOf(uri));
    const starred = this.mentions.isStarred(module) ? new Set(text.match(/[A-Za-z_]\w*/g)) : [];
    return new Set([...this.mentions.of(module), ...[...starred].filter((name) => isOffered(name, mentioned)), ...[...own, ...foreign].filter((name) => this.mentions.isPrivateElsewhere(name, uri)).map((name) => `.${name}`)]);
  }

  /** For a file that mentions this. */
  outlookWith(uri: string, mentioned: Mentioned): Outlook {
    const path = this.territory.pathOf(uri);
    const root = this.territory.rootOf(uri);
    const module = moduleName(path);
    const { pythonVersion: python, helpers, helperModule } = this.territory.settings(uri);
    const settings = { python: versionOf(python), helpers: helpersBeside(path, helpers), helperModule: moduleBeside(path, helperModule), isUnshared: isTestModule(path) && !this.mentions.isNamedByOthers(module, uri) ? (true as const) : undefined, submodules: this.modules.nativeNamesIn(path, root) };
    return new Outlook(this.index.current, { path, root }, mentioned, this.namedElsewhere(module, uri, mentioned), settings);
  }

  private namedElsewhere(module: string, uri: string, mentioned: Mentioned): AnalysisContext['namedElsewhere'] {
    const names = this.mentions.of(module);
    return { has: (name) => (name.startsWith('.') ? this.mentions.isPrivateElsewhere(name.slice(1), uri) : names.has(name) || (isOffered(name, mentioned) && this.mentions.isStarred(module))) };
  }
}

/** Whether a star would take a name: those of `__all__`, or all without an underscore. */
function isOffered(name: string, { offer }: Mentioned): boolean {
  if (offer?.names.includes(name)) return true;
  return !name.startsWith('_') && (!offer || offer.others.length > 0);
}

function versionOf(text: string): readonly [number, number] {
  const [, major = '3', minor = '9'] = /(\d+)\.(\d+)/.exec(text) ?? [];
  return [Number(major), Number(minor)];
}
