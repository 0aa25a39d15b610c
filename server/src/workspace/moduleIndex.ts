import { eventlet } from '../python/eventlet';
import type { Export } from '../python/uses';
import type { Hop } from '../python/values';
import type { Range } from '../protocol';
import { Modules, type Mentioned, type ModuleFile } from './modules';
import { isSameData } from './sameData';

/** What a module holds of eventlet, and where it is bound. */
export interface Held {
  readonly export: Export;
  readonly position?: Range;
}

/** A place in a file of the project. */
export interface FilePlace {
  readonly uri: string;
  readonly position: Range;
}

interface IndexedFile extends ModuleFile {
  readonly uri: string;
}

/** The modules of a project over time: what each file imports and holds, and how eventlet's names are handed on with that. */
export class ModuleIndex {
  private readonly files = new Map<string, IndexedFile>();
  /** Where names are bound changes with every line above them, and is no reason to look at other files again. */
  private readonly held = new Map<string, readonly Held[]>();
  private modules: Modules | undefined;

  /** Grows when a name is bound at another place than before. */
  moves = 0;

  /** Grows with every change of what is imported or held. */
  revision = 0;

  /** The imports of a file, as its text has them now. `path` is below the root. */
  set(uri: string, path: string, root: string | undefined, { imports, offer }: Pick<Mentioned, 'imports' | 'offer'>): void {
    const known = this.files.get(uri);
    if (known?.path === path && known.root === root && isSameData(known.imports, imports) && isSameData(known.offer, offer)) return;
    this.files.set(uri, { uri, path, ...(root === undefined ? {} : { root }), imports, offer, exports: known?.exports ?? [] });
    this.changed();
  }

  /** What a file was found to hold of eventlet. */
  hold(uri: string, held: readonly Held[]): void {
    const known = this.files.get(uri);
    if (!known || isSameData(this.held.get(uri) ?? [], held)) return;
    this.held.set(uri, held);
    this.moves++;
    const exports = held.map((each) => each.export);
    if (isSameData(known.exports, exports)) return;
    known.exports = exports;
    this.modules?.forget(known);
    this.revision++;
  }

  delete(uri: string): void {
    this.held.delete(uri);
    if (this.files.delete(uri)) this.changed();
  }

  /** Where a module binds a name, as the files of a root see it; undefined where that is not known. */
  placeOf({ module, name }: Hop, root: string | undefined): FilePlace | undefined {
    // The files of this index have their URI.
    const file = this.current.fileOf(module, root) as IndexedFile | undefined;
    const position = file && this.held.get(file.uri)?.find((each) => each.export.name === name)?.position;
    return file && position && { uri: file.uri, position };
  }

  get current(): Modules {
    this.modules ??= new Modules(eventlet, [...this.files.values()]);
    return this.modules;
  }

  private changed(): void {
    this.modules = undefined;
    this.revision++;
  }
}
