import { callResults, classes, historicalCallResults, historicalClasses, type ClassFacts } from './eventletClasses';
import { alsoAtTheTop, historicalModules, modules, otherSpellings, starNames } from './eventletSurface';
import type { Library, Member } from './library';

/**
 * What this floor knows about eventlet: the only place where its names are looked up. Canonical names and class names
 * follow catalogue 1.1 and 1.3. Names that only old releases had keep their own spelling.
 */
export const eventlet: Library & {
  /** Whether a module was there in old releases only: nothing imported from it works on Python 3. */
  isHistorical(module: string): boolean;
} = {
  root: 'eventlet',

  isModule: (dotted) => moduleNames.has(dotted) || historicalModuleNames.has(dotted),

  isHistorical: (module) => historicalModuleNames.has(module),

  /** Of a longer chain the part that has a shorter spelling is exchanged: `eventlet.timeout.Timeout.start` becomes `eventlet.Timeout.start`. */
  canonical(dotted) {
    for (let end = dotted.length; end > 0; end = dotted.lastIndexOf('.', end - 1)) {
      const shorter = shorterSpellings.get(dotted.slice(0, end));
      if (shorter !== undefined) return shorter + dotted.slice(end);
    }
    return dotted;
  },

  instanceOf: (canonical) => results.get(canonical) ?? (knownClasses.has(canonical) ? canonical : undefined),

  member(className, name) {
    for (let known = knownClasses.get(className); known; known = knownClasses.get(known.base ?? '')) {
      const member = known.members.get(name);
      if (member) return member;
    }
    return undefined;
  },

  starNames: (module) => stars.get(module) ?? [],
};

const moduleNames: ReadonlySet<string> = new Set([eventlet.root, ...qualified(modules)]);
const historicalModuleNames: ReadonlySet<string> = new Set(qualified(historicalModules));

const shorterSpellings: ReadonlyMap<string, string> = new Map([
  ...Object.entries(alsoAtTheTop).flatMap(([module, names]) =>
    words(names).map((name) => [`${module}.${name}`, `${eventlet.root}.${name}`] as const),
  ),
  ...Object.entries(otherSpellings),
]);

const results: ReadonlyMap<string, string> = new Map(Object.entries({ ...callResults, ...historicalCallResults }));

const knownClasses = new Map(
  Object.entries({ ...classes, ...historicalClasses }).map(([name, facts]) => [name, { base: facts.base, members: membersOf(facts) }]),
);

const stars: ReadonlyMap<string, readonly (readonly [name: string, dotted: string])[]> = new Map(
  Object.entries(starNames).map(([module, names]) => [
    module,
    words(names).map((name) => [name, eventlet.canonical(`${module}.${name}`)] as const),
  ]),
);

function membersOf({ members, gives = {}, givesMany = {} }: ClassFacts): ReadonlyMap<string, Member> {
  return new Map<string, Member>([
    ...words(members).map((name) => [name, {}] as const),
    ...Object.entries(gives).map(([name, className]) => [name, { gives: className }] as const),
    ...Object.entries(givesMany).map(([name, className]) => [name, { gives: className, many: true }] as const),
  ]);
}

/** The dotted names of a table from packages to the names in them. */
function qualified(table: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(table).flatMap(([container, names]) => words(names).map((name) => `${container}.${name}`));
}

function words(text: string): readonly string[] {
  return text.split(' ').filter((word) => word !== '');
}
