import { patchGroups } from '../../rules/kit/patching';
import { allRules } from '../../rules/index';
import { helpedNames } from '../../rules/kit/helpers';
import type { PatchGroup } from '../../rules/rule';
import type { Severity } from '../finding';
import { presets, type PresetName } from './presets';
import type { Target } from '../../protocol';

/**
 * Everything that may stand in a project file: reader, JSON schema, completion and hover follow from this table. Keys are promises
 * to those who wrote them down; descriptions are Markdown.
 */
export const projectKeys = {
  preset: {
    about: 'Settings of a well-known project, or of one like it. What the file says itself counts more.',
    example: '"nova"',
    shape: choice<PresetName>(Object.fromEntries(Object.entries(presets).map(([name, { about }]) => [name, about])) as Record<PresetName, string>),
  },
  target: {
    about: 'What the code moves to.',
    example: '"threading"',
    shape: choice<Target>({ threading: 'Native threads: calls stay as they are.', asyncio: 'Coroutines: edits are offered inside `async def` only.' }),
  },
  forbid: {
    about: 'Targets that the project has ruled out: no fix is offered for them.',
    example: '["asyncio"]',
    shape: list(choice<Target>({ threading: 'No fix leads to native threads.', asyncio: 'No fix leads to asyncio.' })),
  },
  python: {
    about: 'The oldest Python that the code must run on; from `requires-python` where nothing is said.',
    example: '"3.10"',
    shape: text(/^3\.\d+$/, 'a version of Python, such as "3.9"'),
  },
  exclude: {
    about: 'Globs, as in `.gitignore`, of files that are left out beside what `.gitignore` leaves out.',
    example: '["vendor/**"]',
    shape: list(text(/./, 'a glob, such as "vendor/**"')),
  },
  patched: {
    about: 'What is monkey-patched wherever this code runs, for libraries and plugins whose process is somewhere else; empty for nothing.',
    example: '["thread", "time"]',
    shape: list(choice<PatchGroup>(Object.fromEntries(patchGroups.map((group) => [group, `\`monkey_patch(${group}=True)\``])) as Record<PatchGroup, string>)),
  },
  severity: {
    about: 'How loudly each rule speaks.',
    example: '{ sleep = "error" }',
    shape: table(choice<Severity | 'off'>({ error: 'An error.', warning: 'A warning.', information: 'An information.', hint: 'A hint.', off: 'Nothing is reported.' }), {
      keys: () => Object.fromEntries(allRules.map(({ id, guide }) => [id, guide.title])),
      isKey: (id) => allRules.some((rule) => rule.id === id),
      noun: 'rule of this tool',
    }),
  },
  helpers: {
    about: 'The project’s own functions and classes that take the place of eventlet’s, with the same arguments. `"sleep(0)"` stands for a sleep that only yields.',
    example: '{ spawn = "service.threads.spawn" }',
    shape: table(text(/^[A-Za-z_]\w*(\.[A-Za-z_]\w*)+$/, 'the dotted name of a function or class, such as "service.threads.spawn"'), {
      keys: () => Object.fromEntries(helpedNames().map((name) => [name, `What takes the place of \`eventlet.${name}\`.`])),
      isKey: (name) => helpedNames().includes(name),
      noun: 'name of eventlet',
    }),
  },
  'helper-module': {
    about: 'The module in which rewrites put the helper code that they need, once for the project.',
    example: '"service.concurrency"',
    shape: text(/^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/, 'the dotted name of a module, such as "service.concurrency"'),
  },
} as const satisfies Readonly<Record<string, ProjectKey>>;

export interface ProjectKey {
  readonly about: string;
  /** A value as TOML has it. */
  readonly example: string;
  readonly shape: Shape;
}

/** What a project says of itself, in `[tool.eventlet-migration]` of its `pyproject.toml` or in `.eventlet-migration.toml`. */
export type ProjectFile = { readonly [Key in keyof typeof projectKeys]?: ValueOf<(typeof projectKeys)[Key]['shape']> };

/** What a value may be. */
export type Shape = Choice<string> | Text | List | Table;

/** One of these strings; each with what it means. */
export interface Choice<Name extends string> {
  readonly kind: 'choice';
  readonly choices: Readonly<Record<Name, string>>;
}

/** A string of this form; `is` says in words what it has to be. */
export interface Text {
  readonly kind: 'text';
  readonly form: RegExp;
  readonly is: string;
}

export interface List<Item extends Choice<string> | Text = Choice<string> | Text> {
  readonly kind: 'list';
  readonly of: Item;
}

/** Names and a value for each. */
export interface Table<Item extends Choice<string> | Text = Choice<string> | Text> {
  readonly kind: 'table';
  readonly of: Item;
  /** The names that there are, with what each is. */
  keys(): Readonly<Record<string, string>>;
  isKey(name: string): boolean;
  /** What the names are, for whoever writes another one: "rule of this tool". */
  readonly noun: string;
}

type ValueOf<Of> = Of extends Choice<infer Name> ? Name : Of extends Text ? string : Of extends List<infer Item> ? readonly ValueOf<Item>[] : Of extends Table<infer Item> ? Readonly<Record<string, ValueOf<Item>>> : never;

function choice<Name extends string>(choices: Readonly<Record<Name, string>>): Choice<Name> {
  return { kind: 'choice', choices };
}

function text(form: RegExp, is: string): Text {
  return { kind: 'text', form, is };
}

function list<Item extends Choice<string> | Text>(of: Item): List<Item> {
  return { kind: 'list', of };
}

function table<Item extends Choice<string> | Text>(of: Item, names: Omit<Table, 'kind' | 'of'>): Table<Item> {
  return { kind: 'table', of, ...names };
}
