import type { TextCodec } from '../host';
import { neighbourPackages } from '../python/eventletNeighbours';
import type { FileFacts } from './analysis';
import type { CrossIndex } from './crossIndex';
import type { Double, DoubledUse, DoubleFile, Party } from './doubles';
import { guestsOf, isSameGround, type ByFile, type DoublesGround } from './doublesGround';
import { inSession, severityOf, suppresses, verdict, type Court } from './judge';
import { moduleName } from './mentions';
import type { Modules } from './modules';
import { doublesOf, type DoublesHere, type PartyHall } from './parties';
import { Process, unknownProcesses, type Judge, type PatchCall } from './process';
import type { ProjectSettings } from './projects';
import { FileProcess } from './services/fileProcess';
import type { Services } from './services/services';
import type { Territory } from './territory';
import { isWait } from './services/waits';
import { isBesideTheProduct, isTest } from './testFiles';
import { usually } from '../rules/kit/usually';

/** The facts of all files of a project, open or not. */
export interface Archive {
  facts(uri: string): FileFacts | undefined;
  /** Those whose facts are so, sorted by URI. */
  where(is: (facts: FileFacts) => boolean): readonly string[];
}

/** So many fingerprints are remembered; who types through a day makes more of them. */
const most = 10_000;

/** What the whole project says about the fixes in each of its files: how it is patched, what its tests replace, what is set. */
export class Courts {
  private readonly known = new Map<string, { readonly process: Judge; readonly settings: ProjectSettings; readonly doubles: DoublesHere | undefined; readonly choosesThreads: boolean; readonly ownPackages: ReadonlySet<string>; readonly court: Court }>();
  /** By file, with the modules that they follow from; the same object as long as they are the same. */
  private readonly ownPackages = new Map<string, { readonly modules: Modules; readonly names: ReadonlySet<string> }>();
  private readonly fingerprints = new Map<string, string>();
  /** Processes that project files describe, by what they say. */
  private readonly stated = new Map<string, Process>();
  private doubles: ReadonlyMap<string, DoublesHere> = new Map();
  private areDoublesCurrent = false;
  /** What they follow from. */
  private doublesGround: DoublesGround | undefined;
  private choosesThreads: boolean | undefined;
  private derived = new Process([]);
  private isProcessCurrent = false;
  /** By file, with what it follows from. */
  private readonly loading = new Map<string, { readonly services: Services; readonly anywhere: Judge; readonly process: Judge }>();

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
    const doubles = this.currentDoubles().get(uri);
    const known = this.known.get(uri);
    const choosesThreads = this.currentChoice();
    const ownPackages = this.ownPackagesOf(uri);
    if (known?.process === process && known.settings === settings && known.doubles === doubles && known.choosesThreads === choosesThreads && known.ownPackages === ownPackages) return known.court;
    const court: Court = { ...this.plainCourt(uri), reports: new WeakMap(), ...(doubles ? { doubles } : {}) };
    this.known.set(uri, { process, settings, doubles, choosesThreads, ownPackages, court });
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
    this.ownPackages.clear();
    this.stated.clear();
    this.doublesGround = undefined;
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
    const anywhere = this.territory.isOutside(uri) ? unknownProcesses : this.process;
    const { services } = this.index;
    const known = this.loading.get(uri);
    if (known?.services === services && known.anywhere === anywhere) return known.process;
    const loaders = services.loaders(uri);
    const process = loaders ? new FileProcess(loaders, anywhere) : anywhere;
    this.loading.set(uri, { services, anywhere, process });
    return process;
  }

  /** As if there were no test doubles. */
  private plainCourt(uri: string): Court {
    const settings = this.territory.settings(uri);
    return { process: this.processOf(uri, settings), settings, name: (file) => this.territory.pathOf(file), digest: (text) => this.fingerprint(text), guide: guidePage, choosesThreads: this.currentChoice(), ownPackages: this.ownPackagesOf(uri) };
  }

  /** The packages on top of eventlet whose own project the file belongs to. */
  private ownPackagesOf(uri: string): ReadonlySet<string> {
    const { modules } = this.index;
    const known = this.ownPackages.get(uri);
    if (known?.modules === modules) return known.names;
    const now = neighbourPackages.filter((name) => this.index.isOfProject(name, uri));
    const names = known && now.join() === [...known.names].join() ? known.names : new Set(now);
    this.ownPackages.set(uri, { modules, names });
    return names;
  }

  /** What the doubles of each file mean; the same objects as long as nothing changes for the file. */
  private currentDoubles(): ReadonlyMap<string, DoublesHere> {
    if (this.areDoublesCurrent) return this.doubles;
    const doubles = new Map(this.archive.where((facts) => facts.doubles.length > 0).map((uri) => [uri, this.archive.facts(uri)?.doubles ?? []]));
    const uses: ByFile<DoubledUse> = doubles.size > 0 ? this.doubledUses([...doubles.values()].flat()) : new Map();
    const before = this.doublesGround;
    this.doublesGround = this.groundOf(doubles, uses);
    if (!before || !isSameGround(before, this.doublesGround)) this.workOut(doubles, [...uses.values()].flat());
    this.areDoublesCurrent = true;
    return this.doubles;
  }

  private groundOf(doubles: ByFile<Double>, uses: ByFile<DoubledUse>): DoublesGround {
    const { archive, index, territory } = this;
    const guests = [doubles, uses].flatMap((things) => guestsOf(things, (uri) => archive.facts(uri), (uri) => territory.settings(uri)));
    return { guests, anywhere: this.process, services: index.services, revision: index.revision };
  }

  private workOut(doubles: ByFile<Double>, uses: readonly DoubledUse[]): void {
    const { index, territory } = this;
    const files = [...doubles].map(([uri, own]): DoubleFile => ({ uri, path: territory.pathOf(uri), doubles: own, loaded: index.loadedWith(uri) }));
    const found = files.length > 0 ? doublesOf(files, uses, this.hall()) : new Map<string, DoublesHere>();
    const isSameParty = remembered((a: Party, b: Party) => JSON.stringify(a) === JSON.stringify(b));
    const kept = [...found].map(([uri, here]) => {
      const before = this.doubles.get(uri);
      return [uri, before && isSame(before, here, isSameParty) ? before : here] as const;
    });
    this.doubles = new Map(kept);
  }

  /** The uses that one of these doubles may take the place of, by file. */
  private doubledUses(all: readonly Double[]): ByFile<DoubledUse> {
    const attributes = new Set(all.map(({ attribute }) => attribute));
    const names = new Set(all.map(({ attribute }) => attribute.slice(attribute.lastIndexOf('.') + 1)));
    const uris = this.archive.where(({ marks }) => marks.some(({ form }) => form === 'name'));
    return new Map(uris.map((uri) => {
      const module = moduleName(this.territory.pathOf(uri));
      const facts = this.archive.facts(uri);
      const doubles = new Set(facts?.doubles.map(({ mark }) => mark));
      const uses = (facts?.marks ?? []).flatMap(({ form, api, attribute, line, highlight }, mark): readonly DoubledUse[] => {
        if (form !== 'name' || doubles.has(mark)) return [];
        const text = line.slice(...highlight);
        const name = /^\w*/.exec(text)?.[0] ?? text;
        if (!names.has(name) && (attribute === undefined || !attributes.has(attribute))) return [];
        return [{ uri, module, mark, api, ...(attribute === undefined ? {} : { attribute }), text, name }];
      });
      return [uri, uses] as const;
    }));
  }

  private hall(): PartyHall {
    const { archive, index, territory } = this;
    const courts = new Map<string, Court>();
    const paths = new Map<string, string>();
    const pathOf = (uri: string): string => {
      const path = paths.get(uri) ?? territory.pathOf(uri);
      paths.set(uri, path);
      return path;
    };
    const courtOf = (uri: string): Court => {
      const court = courts.get(uri) ?? inSession(this.plainCourt(uri));
      courts.set(uri, court);
      return court;
    };
    return {
      facts: (uri) => archive.facts(uri),
      pathOf,
      isLeft: (uri, mark) => severityOf(mark.rule, courtOf(uri)) !== 'off' && !archive.facts(uri)?.suppressions.some((suppression) => suppresses(suppression, mark)),
      alone: (uri, fix) => {
        const { safety, why, preconditions } = verdict(fix, { api: '', form: 'import' }, courtOf(uri));
        return { isSafe: safety === 'safe', preconditions, ...(why === undefined ? {} : { why }) };
      },
      readers: (native, files) => (isWait(native) ? [...files].filter((uri) => index.waits(uri).includes(native)) : undefined),
      holdsEventlet: (module, uri) => index.leads(`${module}.eventlet`, uri),
      hasOwnEventlet: (module, uri) => index.hasOwn(module, 'eventlet', uri),
    };
  }

  /** Most findings stay while somebody types in their file, and their identity does so, too. */
  private fingerprint(identity: string): string {
    const known = this.fingerprints.get(identity) ?? this.digest(identity).slice(0, 16);
    if (this.fingerprints.size >= most) this.fingerprints.clear();
    this.fingerprints.set(identity, known);
    return known;
  }

  /** Calls in tests and in the building of documentation say nothing of the services. */
  private patchCalls(): readonly PatchCall[] {
    const uris = this.archive.where(({ patches }) => patches.length > 0).filter((uri) => !isTest(this.territory.pathOf(uri)) && !isBesideTheProduct(this.territory.pathOf(uri)));
    return uris.flatMap((uri) => (this.archive.facts(uri)?.patches ?? []).map(({ groups, conditions }) => ({ uri, groups, isUnusual: conditions.some((condition) => usually(condition) === false) })));
  }
}

function isSame({ parties: ours, ...a }: DoublesHere, { parties: theirs, ...b }: DoublesHere, isSameParty: (a: Party, b: Party) => boolean): boolean {
  const items = Object.keys(theirs);
  const areSame = (one: Party | undefined, other: Party | undefined): boolean => one !== undefined && other !== undefined && isSameParty(one, other);
  return Object.keys(ours).length === items.length && items.every((item) => areSame(ours[item], theirs[item])) && JSON.stringify(a) === JSON.stringify(b);
}

/** A comparison that is made once for each two objects: many marks are in one party, and it names them all. */
function remembered<Thing extends object>(isSame: (a: Thing, b: Thing) => boolean): (a: Thing, b: Thing) => boolean {
  const known = new Map<Thing, Map<Thing, boolean>>();
  return (a, b) => {
    const ofA = known.get(a) ?? new Map<Thing, boolean>();
    known.set(a, ofA);
    const answer = ofA.get(b) ?? isSame(a, b);
    ofA.set(b, answer);
    return answer;
  };
}

/** The page of a rule; packaged with the extension and on the project's site. */
export function guidePage(rule: string): string {
  return `https://github.com/eventlet-migration/eventlet-migration/blob/main/media/guide/${rule}.md`;
}
