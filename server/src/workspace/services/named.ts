import { isTest } from '../testFiles';
import type { Declared } from './declared';
import type { LoadFile, LoadGraph } from './graph';

/**
 * Strings that may name a module of the same package, as managers and drivers are named: `'nova.compute.manager.ComputeManager'`, or
 * a group of plug-ins: `'neutron.core_plugins'`. Each once; of a test none, because what it names stands in its mocks. `path` is the one
 * below the root.
 */
export function namesIn(text: string, path: string): readonly string[] {
  if (isTest(path)) return [];
  const found = new Set<string>();
  // The package is the first folder, or the second where sources or several projects have a folder of their own.
  for (const folder of new Set(path.split('/').slice(0, -1).slice(0, 2))) {
    for (const start of [`'${folder}.`, `"${folder}.`]) {
      for (let at = text.indexOf(start); at >= 0; at = text.indexOf(start, at + 1)) {
        quoted.lastIndex = at;
        const [, , name] = quoted.exec(text) ?? [];
        if (name !== undefined) found.add(name);
      }
    }
  }
  return [...found];
}

const quoted = /(['"])([A-Za-z_]\w*(?:\.\w+)+)(?::\w+(?:\.\w+)*)?\1/y;

/** The modules of plug-ins by the group that they are declared in. */
export type Plugins = ReadonlyMap<string, readonly LoadFile[]>;

export function pluginsIn(declared: readonly { readonly programs: readonly Declared[] }[], graph: LoadGraph): Plugins {
  const plugins = new Map<string, readonly LoadFile[]>();
  for (const { name, kind, target } of declared.flatMap(({ programs }) => programs)) {
    const file = kind === 'plugin' && 'module' in target ? graph.module(target.module) : undefined;
    if (file) plugins.set(name, [...(plugins.get(name) ?? []), file]);
  }
  return plugins;
}

/** What modules may load beside what they import. Many processes load the same ones, so that each is looked at once. */
export class NamedLoads {
  private readonly named = new Map<LoadFile, ReadonlySet<LoadFile>>();
  private readonly imported = new Map<LoadFile, ReadonlySet<LoadFile>>();

  constructor(
    private readonly graph: LoadGraph,
    private readonly plugins: Plugins,
  ) {}

  /**
   * What a process may load beside what it imports: the modules that strings name in what it loads, the plug-ins of groups that are named
   * there, and what all of these import and name in turn. Which of them it takes is decided by values that nobody can see.
   */
  from(imported: ReadonlySet<LoadFile>): ReadonlySet<LoadFile> {
    const found = new Set<LoadFile>();
    const add = (files: ReadonlySet<LoadFile>): void => {
      for (const file of files) if (!imported.has(file)) found.add(file);
    };
    for (const file of imported) add(this.namedBy(file));
    // A set that grows while it is gone through is gone through to its new end.
    for (const file of found) {
      add(this.namedBy(file));
      add(this.importedBy(file));
    }
    return found;
  }

  private namedBy(file: LoadFile): ReadonlySet<LoadFile> {
    const known = this.named.get(file);
    if (known) return known;
    const named = new Set([...this.graph.named(file), ...pluginsOf(file, this.plugins)]);
    this.named.set(file, named);
    return named;
  }

  private importedBy(file: LoadFile): ReadonlySet<LoadFile> {
    const known = this.imported.get(file);
    if (known) return known;
    const imported = new Set(this.graph.imported(file));
    this.imported.set(file, imported);
    return imported;
  }
}

function pluginsOf({ outline: { names }, imports }: LoadFile, plugins: Plugins): readonly LoadFile[] {
  const groups = imports.some(({ dotted }) => paste.test(dotted)) ? [...plugins.keys()].filter((group) => group.startsWith('paste.')) : [];
  return [...groups, ...names].flatMap((group) => plugins.get(group) ?? []);
}

/** Who imports one of these makes WSGI applications from a file that names them. */
const paste = /^(paste\.deploy|oslo_service\.wsgi)\b/;
