import { callResults, classes, historicalCallResults, historicalClasses, type ClassFacts } from './eventletClasses';
import { alsoAtTheTop, handedOn, historicalModules, modules, otherSpellings, starNames } from './eventletSurface';
import { neighbourClasses, neighbourKeywords, neighbourNames, neighbourSpellings, neighbourWords } from './eventletNeighbours';
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

  owns: (dotted) => dotted === eventlet.root || dotted.startsWith(`${eventlet.root}.`) || (tops.has(topOf(dotted)) && isOfNeighbour(eventlet.canonical(dotted))),

  isNamedIn: (text) => anyWord.test(text) && (text.includes(eventlet.root) || neighbourWords.some(([word, form]) => text.includes(word) && form.test(text))),

  keywords: (canonical) => keywords.get(canonical) ?? [],

  words: /eventlet|greenthread/gi,

  isModule: (dotted) => moduleNames.has(dotted) || historicalModuleNames.has(dotted) || neighbourModules.has(dotted),

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

  givesItself(className) {
    for (let known = knownClasses.get(className); known; known = knownClasses.get(known.base ?? '')) if (known.givesItself) return true;
    return false;
  },

  starNames: (module) => stars.get(module) ?? [],

  get exportedNames() { return ownNames; },

  get memberNames() { return knownMembers; },

  get handedOn() { return handedOnNames; },
};

/** One look through a text is faster than one for each word, and most texts have none of them. */
const anyWord = new RegExp([eventlet.root, ...neighbourWords.map(([word]) => word)].join('|'));

const moduleNames: ReadonlySet<string> = new Set([eventlet.root, ...qualified(modules)]);
const historicalModuleNames: ReadonlySet<string> = new Set(qualified(historicalModules));

const shorterSpellings: ReadonlyMap<string, string> = new Map([
  ...Object.entries(alsoAtTheTop).flatMap(([module, names]) =>
    words(names).map((name) => [`${module}.${name}`, `${eventlet.root}.${name}`] as const),
  ),
  ...Object.entries(otherSpellings),
  ...Object.entries(neighbourSpellings),
]);

const neighbours: ReadonlySet<string> = new Set(qualified(neighbourNames).map((name) => name.replace(/\.\*$/, '')));
/** Most names are of nobody that is known here, which their first part tells. */
const tops: ReadonlySet<string> = new Set([...neighbours, ...Object.keys(neighbourNames), ...shorterSpellings.keys()].map(topOf));
/** The modules that lead to names of neighbours, and the packages around them. */
const neighbourModules: ReadonlySet<string> = new Set([...Object.keys(neighbourNames), ...Object.keys(neighbourSpellings)].flatMap(packages));
const keywords: ReadonlyMap<string, readonly string[]> = new Map(Object.entries(neighbourKeywords).map(([name, all]) => [name, words(all)]));

/** Whether a canonical name is listed, or something below one that is; the modules that lead there count, but not the packages above them. */
function isOfNeighbour(dotted: string): boolean {
  if (Object.hasOwn(neighbourNames, dotted)) return true;
  for (let end = dotted.length; end > 0; end = dotted.lastIndexOf('.', end - 1)) if (neighbours.has(dotted.slice(0, end))) return true;
  return false;
}

function topOf(dotted: string): string {
  const dot = dotted.indexOf('.');
  return dot < 0 ? dotted : dotted.slice(0, dot);
}

/** `a.b`, `a`. */
function packages(dotted: string): readonly string[] {
  const parts = dotted.split('.');
  return parts.map((_, index) => parts.slice(0, index + 1).join('.'));
}

const results: ReadonlyMap<string, string> = new Map(Object.entries({ ...callResults, ...historicalCallResults }));

const knownClasses = new Map(
  Object.entries<ClassFacts>({ ...classes, ...historicalClasses, ...neighbourClassFacts() }).map(([name, facts]) => [name, { base: facts.base, members: membersOf(facts), givesItself: facts.givesItself }]),
);

const stars: ReadonlyMap<string, readonly (readonly [name: string, dotted: string])[]> = new Map(
  Object.entries(starNames).map(([module, names]) => [
    module,
    words(names).map((name) => [name, eventlet.canonical(`${module}.${name}`)] as const),
  ]),
);

const ownNames: ReadonlySet<string> = new Set(['eventlet', ...Object.entries({ ...starNames, ...modules }).flatMap(([module, names]) => (module.startsWith('eventlet.green.') || module === 'eventlet.green' ? [] : words(names)))]);

const knownMembers: ReadonlySet<string> = new Set([...knownClasses.values()].flatMap(({ members }) => [...members.keys()]));

const handedOnNames = new Map(Object.entries(handedOn).map(([module, names]) => [module, Object.entries(names)] as const));

function neighbourClassFacts(): Readonly<Record<string, ClassFacts>> {
  return Object.fromEntries(Object.entries(neighbourClasses).map(([name, members]) => [name, { members }]));
}

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
