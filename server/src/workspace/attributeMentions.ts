import { eventlet } from '../python/eventlet';
import { isStandardLibrary } from '../python/stdlib';
import type { ImportMention } from './importMentions';

/**
 * Names that a file reads of other modules, or exchanges in them, where they are names that eventlet has: `utils.sleep`,
 * `patch.object(utils, 'sleep')`; each with the dotted name of its module. Read from the text alone: what stands in comments is among them.
 */
export function attributeMentionsOf(text: string, imports: readonly ImportMention[]): readonly string[] {
  const modules = new Map(imports.map(({ bound, dotted }) => [bound, dotted]));
  if (![...modules.values()].some(mayBeOfProject)) return [];
  const found = new Set<string>();
  for (const { index, 0: match } of text.matchAll(names)) {
    const [, chain = ''] = ownerBefore.exec(text.slice(Math.max(0, index - longest), index + 1)) ?? [];
    const module = chain && named(chain, modules);
    if (module) found.add(`${module}.${match.slice(1)}`);
  }
  return [...found];
}

/** The names that modules of eventlet have, behind a dot or a quote. */
const names = new RegExp(`[.'"](?:${[...eventlet.exportedNames].join('|')})\\b`, 'g');

/** `utils.` or `utils, '`, at its end. */
const ownerBefore = /([A-Za-z_]\w*(?:\.\w+)*)(?:\.|\s*,\s*['"])$/;

/** Characters in front of a name in which its module is looked for. */
const longest = 120;

/** What a chain of names is, by the longest part of it that is imported; undefined where nothing is, and where it cannot be of the project. */
function named(chain: string, modules: ReadonlyMap<string, string>): string | undefined {
  for (let end = chain.length; end > 0; end = chain.lastIndexOf('.', end - 1)) {
    const dotted = modules.get(chain.slice(0, end));
    if (dotted === undefined) continue;
    return mayBeOfProject(dotted) ? dotted + chain.slice(end) : undefined;
  }
  return undefined;
}

function mayBeOfProject(dotted: string): boolean {
  return !isStandardLibrary(dotted) && !eventlet.owns(dotted);
}
