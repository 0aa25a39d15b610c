import type { Mentioned } from './modules';
import type { Trace } from './trace';

/** Who holds names of eventlet because of whom, and whose ground has gone. */
export class Dependence {
  /** What each file holds, as one text. */
  private readonly held = new Map<string, string>();
  private readonly imports = new Map<string, string>();
  /** Files that imported or held something else before. */
  private readonly disturbed = new Set<string>();

  hear(uri: string, { imports }: Pick<Mentioned, 'imports'>): void {
    const now = imports.map(({ dotted, bound, isTopLevel }) => `${dotted} ${bound} ${isTopLevel}`).join('\n');
    const before = this.imports.get(uri);
    this.imports.set(uri, now);
    if (before !== undefined && before !== now) this.disturbed.add(uri);
  }

  hold(uri: string, exports: readonly unknown[]): void {
    const now = exports.length === 0 ? '' : JSON.stringify(exports);
    const before = this.held.get(uri) ?? '';
    if (now === '') this.held.delete(uri);
    else this.held.set(uri, now);
    if (before !== '' && before !== now) this.disturbed.add(uri);
  }

  forget(uri: string): void {
    this.imports.delete(uri);
    if (this.held.delete(uri)) this.disturbed.add(uri);
  }

  /**
   * The files that hold something which they got, directly or through others, from a file that was disturbed since the last time. They count as
   * holding nothing from now on. A module is known by the last part of its name here: who is taken back without need is only looked at again.
   */
  takeBack(moduleOf: (uri: string) => string, traceOf: (uri: string) => Trace | undefined): ReadonlySet<string> {
    const taken = new Set<string>();
    if (this.disturbed.size === 0) return taken;
    const queue = [...this.disturbed];
    this.disturbed.clear();
    const sources = new Map([...this.held.keys()].map((uri) => [uri, sourcesOf(traceOf(uri))]));
    for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
      const name = lastPart(moduleOf(at));
      for (const [uri, names] of sources) {
        if (taken.has(uri) || !names.has(name)) continue;
        taken.add(uri);
        queue.push(uri);
      }
    }
    for (const uri of taken) this.held.delete(uri);
    return taken;
  }
}

/** The parts of the names that a file asked for and that led to something, and of the modules on the way: one of them may be the file itself. */
function sourcesOf(trace: Trace | undefined): ReadonlySet<string> {
  const asked = (trace?.asked.resolve ?? []).flatMap(([dotted, found]) => (found ? [dotted, ...(found.trail ?? []).map(({ module }) => module)] : []));
  const starred = (trace?.asked.starNames ?? []).flatMap(([module, names]) => (names.length > 0 ? [module] : []));
  return new Set([...asked, ...starred].flatMap((dotted) => dotted.split('.')));
}

function lastPart(module: string): string {
  return module.slice(module.lastIndexOf('.') + 1);
}
