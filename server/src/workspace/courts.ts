import type { TextCodec } from '../host';
import type { FileFacts } from './analysis';
import type { CrossIndex } from './crossIndex';
import { Doubles } from './doubles';
import type { Court } from './judge';
import { moduleName } from './mentions';
import { Process, type Judge, type PatchCall } from './process';
import type { ProjectSettings } from './projects';
import { FileProcess } from './services/fileProcess';
import type { Services } from './services/services';
import type { Territory } from './territory';
import { isBesideTheProduct, isTest } from './testFiles';
import { usually } from '../rules/kit/usually';

/** The facts of all files of a project, open or not. */
export interface Archive {
  readonly uris: Iterable<string>;
  facts(uri: string): FileFacts | undefined;
  /** Those whose facts are so, sorted by URI. */
  where(is: (facts: FileFacts) => boolean): readonly string[];
}

/** What the whole project says about the fixes in each of its files: how it is patched, what its tests replace, what is set. */
export class Courts {
  private readonly known = new Map<string, { readonly process: Judge; readonly settings: ProjectSettings; readonly doubles: Doubles; readonly choosesThreads: boolean; readonly court: Court }>();
  private readonly fingerprints = new Map<string, string>();
  /** Processes that project files describe, by what they say. */
  private readonly stated = new Map<string, Process>();
  private doubles = new Doubles([]);
  private areDoublesCurrent = false;
  private choosesThreads: boolean | undefined;
  private derived = new Process([]);
  private isProcessCurrent = false;
  /** By file, with what it follows from. */
  private readonly loading = new Map<string, { readonly services: Services; readonly anywhere: Process; readonly process: Judge }>();

  constructor(
    private readonly digest: TextCodec['digest'],
    private readonly territory: Territory,
    private readonly index: CrossIndex,
    private readonly archive: Archive,
  ) {}

  /** The same object as long as nothing changes that a verdict in this file follows from. */
  of(uri: string): Court {
    const settings = this.territory.settings(uri);
    const process = this.processOf(uri, settings);
    const doubles = this.currentDoubles();
    const known = this.known.get(uri);
    const choosesThreads = this.currentChoice();
    if (known?.process === process && known.settings === settings && known.doubles === doubles && known.choosesThreads === choosesThreads) return known.court;
    const module = moduleName(this.territory.pathOf(uri));
    const court: Court = {
      process,
      settings,
      choosesThreads,
      name: (file) => this.territory.pathOf(file),
      digest: (text) => this.fingerprint(text),
      guide: guidePage,
      doubled: (api) => doubles.of(api, module),
    };
    this.known.set(uri, { process, settings, doubles, choosesThreads, court });
    return court;
  }

  /** What the calls of `monkey_patch` in the project show. The same object as long as they are the same, so that what was judged stands. */
  get process(): Process {
    if (this.isProcessCurrent) return this.derived;
    const calls = this.patchCalls();
    if (!this.derived.isLike(calls)) this.derived = new Process(calls);
    this.isProcessCurrent = true;
    return this.derived;
  }

  /** Facts have changed; it is looked at again when somebody asks. */
  factsChanged(): void {
    this.isProcessCurrent = false;
    this.areDoublesCurrent = false;
    this.choosesThreads = undefined;
  }

  /** Settings, project files or folders have changed. */
  settingsChanged(): void {
    this.known.clear();
    this.stated.clear();
    this.factsChanged();
  }

  /** What the project states counts more than what its calls of `monkey_patch` show. */
  private processOf(uri: string, { patched }: ProjectSettings): Judge {
    if (!patched) return this.processesOf(uri);
    const said = JSON.stringify(patched);
    const stated = this.stated.get(said) ?? new Process([patched], true);
    this.stated.set(said, stated);
    return stated;
  }

  private currentChoice(): boolean {
    this.choosesThreads ??= this.archive.where((facts) => facts.choosesThreads === true).some((uri) => !isTest(this.territory.pathOf(uri)));
    return this.choosesThreads;
  }

  /** The processes that load a file, as far as any are known. The same object as long as they are the same. */
  private processesOf(uri: string): Judge {
    const anywhere = this.process;
    const { services } = this.index;
    const known = this.loading.get(uri);
    if (known?.services === services && known.anywhere === anywhere) return known.process;
    const loaders = services.loaders(uri);
    const process = loaders ? new FileProcess(loaders, anywhere) : anywhere;
    this.loading.set(uri, { services, anywhere, process });
    return process;
  }

  private currentDoubles(): Doubles {
    if (this.areDoublesCurrent) return this.doubles;
    const uris = this.archive.where(({ doubles }) => doubles.length > 0);
    const files = uris.map((uri) => ({ file: this.territory.pathOf(uri), doubles: this.archive.facts(uri)?.doubles ?? [] }));
    if (JSON.stringify(files) !== JSON.stringify(this.doubles.files)) this.doubles = new Doubles(files);
    this.areDoublesCurrent = true;
    return this.doubles;
  }

  /** Most findings stay while somebody types in their file, and their identity does so, too. */
  private fingerprint(identity: string): string {
    const known = this.fingerprints.get(identity) ?? this.digest(identity).slice(0, 16);
    this.fingerprints.set(identity, known);
    return known;
  }

  /** Calls in tests and in the building of documentation say nothing of the services. */
  private patchCalls(): readonly PatchCall[] {
    const uris = this.archive.where(({ patches }) => patches.length > 0).filter((uri) => !isTest(this.territory.pathOf(uri)) && !isBesideTheProduct(this.territory.pathOf(uri)));
    return uris.flatMap((uri) => (this.archive.facts(uri)?.patches ?? []).map(({ groups, conditions }) => ({ uri, groups, isUnusual: conditions.some((condition) => usually(condition) === false) })));
  }
}

/** The page of a rule; packaged with the extension and on the project's site. */
export function guidePage(rule: string): string {
  return `https://github.com/eventlet-migration/eventlet-migration/blob/main/media/guide/${rule}.md`;
}
