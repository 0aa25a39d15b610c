import { argumentsOf } from '../../python/calls';
import { eventlet } from '../../python/eventlet';
import { starNames } from '../../python/eventletSurface';
import type { NameUse, Use } from '../../python/uses';
import type { Node } from '../../syntax/node';
import type { Fix, NoFix, Proposal } from '../rule';
import { change, type ChangeBuilder } from './change';
import { importedAs } from './imports';
import { ambiguous } from './proposing';
import type { FileView } from './view';

/** The project's own replacements: canonical name → dotted name; `eventlet.sleep(0)` for a sleep that only yields. */
export type Helpers = Readonly<Record<string, string>>;

/** The names that a helper may take the place of, as a project file spells them: without `eventlet.` in front. */
export function helpedNames(): readonly string[] {
  const names = Object.entries(starNames).flatMap(([module, exported]) => exported.split(' ').map((name) => eventlet.canonical(`${module}.${name}`)));
  const own = names.filter((name) => name.startsWith('eventlet.') && !name.startsWith('eventlet.green.') && !eventlet.isModule(name));
  return [...new Set([yielding, ...own].map((name) => name.slice('eventlet.'.length)))].sort();
}

/** The helpers of a project file by canonical name. */
export function helpersOf(written: Readonly<Record<string, string>>): Helpers {
  return Object.fromEntries(Object.entries(written).map(([name, dotted]) => [eventlet.canonical(`eventlet.${name}`), dotted]));
}

/**
 * What a rule proposes where the project has something of its own for a use: its helper first. What such a helper gives is the project’s own,
 * so nothing of it is rewritten as eventlet’s.
 */
export function withHelper(made: readonly Proposal[], use: Use, view: FileView): readonly Proposal[] {
  const { helpers = {} } = view;
  if (use.form === 'member') {
    const maker = Object.keys(helpers).find((name) => eventlet.instanceOf(name) === use.className);
    return maker === undefined ? made : made.map(({ target }): NoFix => ({ target, reason: `what \`${helpers[maker] ?? ''}\` gives is the project’s own: look there what takes the place of \`${use.member}\`` }));
  }
  const dotted = use.form === 'name' ? helperFor(use, helpers) : undefined;
  if (use.form !== 'name' || dotted === undefined) return made;
  const fix = helped(use, dotted, view);
  return (['threading', 'asyncio'] as const).flatMap((target): readonly Proposal[] => [{ target, ...fix }, ...made.filter((other) => other.target === target)]);
}

const yielding = 'eventlet.sleep(0)';

function helperFor(use: NameUse, helpers: Helpers): string | undefined {
  return isYielding(use) ? (helpers[yielding] ?? helpers[use.api]) : helpers[use.api];
}

/** `sleep()` and `sleep(0)`. */
function isYielding({ api, call }: NameUse): boolean {
  if (api !== 'eventlet.sleep' || !call) return false;
  const { positional, keywords, isOpen } = argumentsOf(call);
  const [seconds] = [...positional, ...keywords.values()];
  return !isOpen && (seconds === undefined || /^0(\.0*)?$/.test(seconds.text));
}

// eventlet.spawn(work, 1)  =>  threads.spawn(work, 1)
function helped(use: NameUse, dotted: string, view: FileView): Omit<Fix, 'target'> {
  const edits = change(view);
  const name = spelled(dotted, use.node, view, edits);
  const isYield = isYielding(use) && view.helpers?.[yielding] === dotted;
  edits.replace(isYield && use.call ? use.call : use.node, isYield ? `${name}()` : name);
  const why = `\`${dotted}\` is what the project file names for it; that it takes the same arguments and gives what is used here, only a person can tell`;
  return { title: `Use \`${dotted}\``, claim: 'review', conditions: [], why: use.isCertain ? why : `${why}; ${ambiguous}`, change: edits.done() };
}

/** How a dotted name is written at a place: through its module. */
export function spelled(dotted: string, at: Node, view: FileView, edits: ChangeBuilder): string {
  const dot = dotted.lastIndexOf('.');
  return throughModule(dotted.slice(0, dot), at, view, edits) + dotted.slice(dot);
}

/** How a module is written at a place: as it is imported already, else by its last name: `from service import threads`. */
export function throughModule(module: string, at: Node, view: FileView, edits: ChangeBuilder): string {
  const parent = module.slice(0, Math.max(0, module.lastIndexOf('.')));
  const last = module.slice(parent === '' ? 0 : parent.length + 1);
  const { request } = importedAs(view, module, at);
  const isTaken = view.names.seenFrom(at, last) !== undefined || view.names.of(last).length > 0;
  if (!request || parent === '' || isTaken) return edits.module(module, at);
  edits.need({ module: parent, member: last, ...(request.above === undefined ? {} : { above: request.above }) });
  return last;
}
