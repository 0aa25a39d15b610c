import { eventlet } from '../python/eventlet';
import type { Export } from '../python/uses';
import type { ImportMention } from './importMentions';
import { Modules, type ModuleFile } from './modules';

/** The modules of a project over time: what each file imports and holds, and how eventlet's names are handed on with that. */
export class ModuleIndex {
  private readonly files = new Map<string, ModuleFile>();
  private modules: Modules | undefined;

  /** Grows with every change of what is imported or held. */
  revision = 0;

  /** The imports of a file, as its text has them now. */
  set(uri: string, path: string, imports: readonly ImportMention[]): void {
    const known = this.files.get(uri);
    if (known?.path === path && isSame(known.imports, imports)) return;
    this.files.set(uri, { path, imports, exports: known?.exports ?? [] });
    this.changed();
  }

  /** What a file was found to hold of eventlet. */
  hold(uri: string, exports: readonly Export[]): void {
    const known = this.files.get(uri);
    if (!known || isSame(known.exports, exports)) return;
    known.exports = exports;
    this.modules?.forget();
    this.revision++;
  }

  delete(uri: string): void {
    if (this.files.delete(uri)) this.changed();
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

function isSame(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && (a === b || JSON.stringify(a) === JSON.stringify(b));
}
