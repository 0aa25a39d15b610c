import { getStaticTOMLValue, parseTOML } from 'toml-eslint-parser';

/** A program or a plug-in that a project's configuration names. */
export interface Declared {
  /** As it is called on a command line: `nova-compute`; of a plug-in the group that it is in: `nova.compute.monitors.cpu`. */
  readonly name: string;
  readonly kind: 'script' | 'wsgi' | 'plugin';
  /** `pkg.mod:function`, or the path of a script relative to the file that names it. */
  readonly target: { readonly module: string; readonly functions: readonly string[] } | { readonly script: string };
}

/** Whether a file of this path may name programs or plug-ins. */
export function declares(path: string): boolean {
  return /(^|\/)(setup\.cfg|setup\.py|pyproject\.toml|[^/]*(uwsgi|paste)[^/]*\.ini|Procfile)$/.test(path);
}

/** The programs and plug-ins that a configuration file names; nothing where it cannot be read. */
export function declaredIn(text: string, path: string): readonly Declared[] {
  if (path.endsWith('.toml')) return fromToml(text);
  if (path.endsWith('.py')) return fromSetupPy(text);
  return path.endsWith('.cfg') ? fromIni(text) : fromServers(text);
}

/** The groups of entry points that are processes of their own; those of other groups are plug-ins, loaded by them. */
const groups: Readonly<Record<string, Exclude<Declared['kind'], 'plugin'>>> = { console_scripts: 'script', gui_scripts: 'script', wsgi_scripts: 'wsgi' };

/** setup.cfg as pbr (`[files]`, `[entry_points]`) and setuptools (`[options]`, `[options.entry_points]`) read it. */
function fromIni(text: string): readonly Declared[] {
  const found: Declared[] = [];
  let section = '';
  let key = '';
  for (const line of text.split(/\r?\n/)) {
    if (/^\s*[#;]/.test(line)) continue;
    const [, header] = /^\[([^\]]+)\]/.exec(line) ?? [];
    const [, name, rest = ''] = /^([\w.-]+)\s*[=:]\s*(.*)$/.exec(line) ?? [];
    if (header !== undefined) section = header.trim();
    if (name !== undefined) key = name;
    const value = (name === undefined ? line : rest).trim();
    if (/^(options\.)?entry_points$/.test(section)) found.push(...entry(value, key));
    if (/^(files|options)$/.test(section) && key === 'scripts' && value !== '' && header === undefined) found.push(script(value));
  }
  return found;
}

/** `[project.scripts]`, `[project.entry-points.…]`, `[tool.poetry.scripts]`, `[tool.poetry.plugins.…]`. */
function fromToml(text: string): readonly Declared[] {
  const project = parsed(text);
  const tables: readonly (readonly [group: string, unknown])[] = [
    ['console_scripts', member(project, 'project', 'scripts')],
    ['gui_scripts', member(project, 'project', 'gui-scripts')],
    ...entriesOf(member(project, 'project', 'entry-points')),
    ['console_scripts', member(project, 'tool', 'poetry', 'scripts')],
    ...entriesOf(member(project, 'tool', 'poetry', 'plugins')),
  ];
  return tables.flatMap(([group, table]) => entriesOf(table).flatMap(([name, target]) => (typeof target === 'string' ? entry(`${name} = ${target}`, group) : [])));
}

/** The literal lists of setup.py; what it computes is not run. */
function fromSetupPy(text: string): readonly Declared[] {
  const lists = [...text.matchAll(/(['"]?)\b([\w.]+)\1\s*[:=]\s*[[(]([^\])]*)[\])]/g)];
  return lists.flatMap(([, , group = '', items = '']) => {
    const values = [...items.matchAll(/(['"])([^'"\n]*)\1/g)].map(([, , value = '']) => value);
    return values.flatMap((value) => (group === 'scripts' ? [script(value)] : entry(value, group)));
  });
}

/**
 * What WSGI servers are told to load: `module = pkg.wsgi:application` of uWSGI, `gunicorn … pkg.wsgi:app` of a Procfile; and what
 * PasteDeploy is told to: `paste.filter_factory = pkg.wsgi:factory`.
 */
function fromServers(text: string): readonly Declared[] {
  const named = /^[ \t]*(?:module|wsgi)[ \t]*=[ \t]*([\w.]+)(?::(\w+))?|^[^#\n]*\b(?:gunicorn|uwsgi)\b[^#\n]*?[ \t]([A-Za-z_][\w.]*):([A-Za-z_]\w*)/gm;
  const pasted = [...text.matchAll(/^[ \t]*(paste\.\w+)[ \t]*=[ \t]*([\w.]+:[\w.]+)/gm)].flatMap(([, group = '', target = '']) => entry(`x = ${target}`, group));
  const served = [...text.matchAll(named)].map(([, module, application, ofCommand = '', called]): Declared => {
    const target = { module: module ?? ofCommand, functions: [application ?? called ?? 'application'] };
    return { name: `${target.module}:${target.functions[0] ?? ''}`, kind: 'wsgi', target };
  });
  return [...served, ...pasted];
}

/** `name = pkg.mod:function [extra]`. */
function entry(line: string, group: string): readonly Declared[] {
  const [, name, module = '', called] = /^([^=\s]+)\s*=\s*([\w.]+)(?::([\w.]+))?/.exec(line) ?? [];
  if (name === undefined) return [];
  const kind = groups[group];
  return [{ name: kind ? name : group, kind: kind ?? 'plugin', target: { module, functions: called === undefined ? [] : [called] } }];
}

function script(path: string): Declared {
  return { name: path.slice(path.lastIndexOf('/') + 1), kind: 'script', target: { script: path } };
}

function parsed(text: string): unknown {
  try {
    return getStaticTOMLValue(parseTOML(text));
  } catch {
    // What is wrong with the file is said where it matters to us: `readProjectFile`.
    return undefined;
  }
}

function member(value: unknown, ...keys: readonly string[]): unknown {
  return keys.reduce((at, key) => (isTable(at) ? at[key] : undefined), value);
}

function entriesOf(value: unknown): readonly (readonly [string, unknown])[] {
  return isTable(value) ? Object.entries(value) : [];
}

function isTable(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
