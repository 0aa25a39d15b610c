import type { Mentioned } from '../modules';
import { isSameData } from '../sameData';
import type { LoadFile } from './graph';
import type { PlacedPatchCall } from './patchCalls';
import { Services, type Declaration } from './services';

/** What the facts of a file say of processes. */
export interface ProcessFacts {
  readonly patches: readonly PlacedPatchCall[];
  readonly startsGreenThreads: boolean;
}

/**
 * The processes of a workspace over time. They are computed when somebody asks, and again only after something changed that they
 * follow from: what modules import and call while they are loaded, where they patch, which programs are declared.
 */
export class ServiceIndex {
  private readonly files = new Map<string, LoadFile>();
  private readonly declared = new Map<string, Declaration>();
  private services: Services | undefined;
  /** What counts during a pause. */
  private before: Services | undefined;

  /** What the text of a module says. */
  set(uri: string, path: string, { imports, outline }: Pick<Mentioned, 'imports' | 'outline'>): void {
    const known = this.files.get(uri);
    if (known?.path === path && isSameData(known.imports, imports) && isSameData(known.outline, outline)) return;
    const { patches, startsGreenThreads } = known ?? none;
    this.changed(uri, { uri, path, imports, outline, patches, startsGreenThreads });
  }

  /** What the analysis of a module says. */
  hold(uri: string, { patches: placed, startsGreenThreads }: ProcessFacts = none): void {
    const known = this.files.get(uri);
    const patches = placed.map(({ position, ...call }) => call);
    if (!known || (isSameData(known.patches, patches) && known.startsGreenThreads === startsGreenThreads)) return;
    this.changed(uri, { ...known, patches, startsGreenThreads });
  }

  /** What a configuration file declares. */
  declare(uri: string, declaration: Declaration): void {
    const known = this.declared.get(uri) ?? { folder: declaration.folder, programs: [] };
    if (isSameData(known, declaration)) return;
    this.declared.set(uri, declaration);
    this.services = undefined;
  }

  delete(uri: string): void {
    if (this.files.delete(uri) || this.declared.delete(uri)) this.services = undefined;
  }

  /** The scripts that are declared, by URI. */
  get scripts(): readonly string[] {
    return [...this.declared.values()].flatMap(({ folder, programs }) => programs.flatMap(({ target }) => ('script' in target ? [`${folder}/${target.script}`] : [])));
  }

  /** Until `resume` what was known before counts: while all files are looked at, everything would be computed again for each of them. */
  pause(): void {
    this.before ??= this.services ?? new Services([], []);
  }

  resume(): void {
    this.before = undefined;
  }

  /** The same object as long as nothing changes. */
  get current(): Services {
    if (this.before) return this.before;
    this.services ??= new Services([...this.files.values()], [...this.declared.values()]);
    return this.services;
  }

  private changed(uri: string, file: LoadFile): void {
    const known = this.files.get(uri);
    this.files.set(uri, file);
    if (!known || this.services?.isUntouchedBy(known, file) === false) this.services = undefined;
  }
}

const none: ProcessFacts = { patches: [], startsGreenThreads: false };
