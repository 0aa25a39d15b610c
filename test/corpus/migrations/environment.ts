import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { debianPackageWithAll } from '../packages';

/** A Python with what a project needs, from Debian. */
export interface Environment {
  /** The variables for a process that runs the code of a tree. `first` comes first on PYTHONPATH. */
  variables(tree: string, ...first: readonly string[]): Readonly<Record<string, string>>;
}

/** A folder or file beside this one; found from the top folder, where all commands of the project run. */
export function beside(name: string): string {
  return resolve('test/corpus/migrations', name);
}

/** The compiled packages are made for the Python of the distribution. */
export const python = '/usr/bin/python3';

/** What a project asks of the Python that runs it. */
export interface Needs {
  /** As Debian names it; the first is the project itself, or what is nearest. */
  readonly debian: readonly [string, ...string[]];
  /** The folder of the tree where its packages are, unless that is the top. */
  readonly source?: string;
  /** Plugins of pytest that an installation of the project would bring. */
  readonly plugins?: readonly string[];
}

/** All that a project needs, unpacked, and pytest, which runs the tests. */
export function environment({ debian: [name, ...more], source = '', plugins = [] }: Needs): Environment | { readonly reason: string } {
  const found = debianPackageWithAll(name, ...more, 'python3-pytest');
  if ('reason' in found) return found;
  const libraries = compiled(resolve(found.folder, '../..'));
  return {
    variables: (tree, ...first) => ({
      PATH: process.env['PATH'] ?? '',
      HOME: tree,
      PYTHONPATH: [...first, join(tree, source), tree, found.folder].join(delimiter),
      PYTEST_PLUGINS: plugins.join(),
      PYTHONDONTWRITEBYTECODE: '1',
      ...(libraries && { LD_LIBRARY_PATH: libraries }),
    }),
  };
}

/** The folder of the libraries that are no Python, such as `usr/lib/x86_64-linux-gnu`. */
function compiled(folder: string): string | undefined {
  const name = readdirSync(folder).find((each) => each.endsWith('-linux-gnu'));
  return name && join(folder, name);
}

/** Writes what an installation would tell others of a tree with a `setup.cfg`: its name and entry points. Nothing where there is none. */
export function describe(tree: string): void {
  const file = join(tree, 'setup.cfg');
  if (!existsSync(file)) return;
  const sections = iniSections(readFileSync(file, 'utf8'));
  const name = /^name\s*=\s*(\S+)/m.exec(sections.get('metadata') ?? '')?.[1];
  const points = sections.get('entry_points');
  if (!name || points === undefined) return;
  const folder = join(tree, `${name}.egg-info`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'PKG-INFO'), `Metadata-Version: 2.1\nName: ${name}\nVersion: 99\n`);
  writeFileSync(join(folder, 'entry_points.txt'), points.replace(/^(\S+)\s*=\s*$/gm, '[$1]').replace(/^[ \t]+/gm, ''));
}

function iniSections(text: string): ReadonlyMap<string, string> {
  const [, ...parts] = text.split(/^\[([^\]\n]+)\]$/m);
  return new Map(parts.flatMap((part, index) => (index % 2 === 0 ? [[part, parts[index + 1] ?? ''] as const] : [])));
}
