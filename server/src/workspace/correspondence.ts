import type { Reach } from '../python/uses';
import type { Answers, AnalysisSettings, SeenFrom } from './trace';

/** What an analyst in another thread is told of a file from the start. */
export interface Assignment {
  readonly id: number;
  readonly text: string;
  readonly strings: readonly string[];
  readonly settings: AnalysisSettings;
  /** Names of its module that other files mention. */
  readonly namedElsewhere: ReadonlySet<string>;
  /** The names that it imports, with what they are bound to: what will be asked about first. */
  readonly imports: readonly { readonly dotted: string; readonly bound: string }[];
  /** What strings in it may name. */
  readonly named: readonly string[];
}

/** What can be asked about dotted names, in the words of `Reach`. */
export type Questions = { readonly [Kind in keyof Reach]: readonly string[] };

/** Answers by question. */
export type Replies = { readonly [Kind in keyof Reach]: ReadonlyMap<string, Answers[Kind]> };

const kinds = ['isModule', 'resolve', 'membersOf', 'starNames'] as const satisfies readonly (keyof Reach)[];

/**
 * What a file sees of the others, for somebody who can only write to them: what is not known yet is written down, and until it is answered
 * nothing leads to the library.
 */
export class Correspondence {
  private readonly known = { isModule: new Map<string, boolean>(), resolve: new Map<string, Answers['resolve']>(), membersOf: new Map<string, Answers['membersOf']>(), starNames: new Map<string, Answers['starNames']>() };
  private open = { isModule: new Set<string>(), resolve: new Set<string>(), membersOf: new Set<string>(), starNames: new Set<string>() };

  constructor(private readonly assignment: Assignment) {}

  /** What somebody asked and nobody has answered; none where all is known. */
  get questions(): Questions | undefined {
    const { isModule, resolve, membersOf, starNames } = this.open;
    if (isModule.size + resolve.size + membersOf.size + starNames.size === 0) return undefined;
    return { isModule: [...isModule], resolve: [...resolve], membersOf: [...membersOf], starNames: [...starNames] };
  }

  hear(replies: Replies): void {
    for (const kind of kinds) {
      const known: Map<string, unknown> = this.known[kind];
      for (const [question, answer] of replies[kind]) known.set(question, answer);
      this.open[kind] = new Set();
    }
  }

  get seen(): SeenFrom {
    const { strings, settings, namedElsewhere } = this.assignment;
    return {
      strings,
      settings,
      namedElsewhere,
      reach: {
        isModule: (dotted) => this.answer('isModule', dotted) ?? false,
        resolve: (dotted) => this.answer('resolve', dotted) ?? undefined,
        membersOf: (dotted) => this.answer('membersOf', dotted) ?? [],
        starNames: (module) => this.answer('starNames', module) ?? [],
      },
    };
  }

  private answer<Kind extends keyof Reach>(kind: Kind, question: string): Answers[Kind] | undefined {
    const known: ReadonlyMap<string, Answers[Kind]> = this.known[kind] as ReadonlyMap<string, unknown> as ReadonlyMap<string, Answers[Kind]>;
    if (!known.has(question)) this.open[kind].add(question);
    return known.get(question);
  }
}

/**
 * What an analysis will ask of the others as far as the text shows it: what is imported, the attributes that are read of that or replaced in it, and what
 * strings name. What is missing here costs a second look at the file.
 */
export function foreseen({ text, imports, named }: Assignment): Questions {
  const dotted = new Set<string>();
  const classes = new Set<string>();
  const meanings = new Map<string, Set<string>>();
  for (const each of imports) {
    // `import a.b` binds `a`.
    const [name = ''] = each.bound.split('.');
    const meaning = each.bound === name ? each.dotted : name;
    dotted.add(each.dotted).add(meaning);
    meanings.set(name, (meanings.get(name) ?? new Set()).add(meaning));
  }
  const names = [...meanings.keys()].filter((name) => /^\w+$/.test(name));
  const mentions = names.length > 0 ? text.matchAll(new RegExp(`(?<![\\w.])(${names.join('|')})(?!\\w)((?:\\.\\w+)*)(?:,\\s*(?:attribute=)?['"](\\w+)['"])?`, 'g')) : [];
  for (const [, name = '', attributes = '', replaced] of mentions) {
    for (const meaning of meanings.get(name) ?? []) {
      let so = meaning;
      for (const attribute of attributes.split('.').slice(1)) dotted.add((so += `.${attribute}`));
      if (replaced !== undefined) dotted.add(`${so}.${replaced}`);
      if (/(?:^|\.)_?[A-Z]\w*$/.test(so)) classes.add(so);
    }
  }
  return { isModule: [...dotted], resolve: [...new Set([...dotted, ...named])], membersOf: [...classes], starNames: imports.flatMap(({ dotted, bound }) => (bound === '*' ? [dotted] : [])) };
}

/** The answers, and those to what is asked next when they are these. */
export function replies(questions: Questions, reach: Reach): Replies {
  const isModule = new Map<string, boolean>();
  const resolve = new Map<string, Answers['resolve']>();
  const membersOf = new Map<string, Answers['membersOf']>();
  const starNames = new Map<string, Answers['starNames']>();
  for (const dotted of questions.resolve) follow(dotted);
  for (const dotted of questions.isModule) noteModule(dotted);
  for (const dotted of questions.membersOf) noteMembers(dotted);
  for (const module of questions.starNames) {
    const names = reach.starNames(module);
    starNames.set(module, names);
    for (const [, dotted] of names) follow(dotted);
  }
  return { isModule, resolve, membersOf, starNames };

  function follow(dotted: string): void {
    if (resolve.has(dotted)) return;
    const value = reach.resolve(dotted);
    resolve.set(dotted, value ?? null);
    if (value?.kind === 'name') {
      follow(value.dotted);
      noteModule(value.dotted);
    }
  }

  function noteModule(dotted: string): void {
    if (!isModule.has(dotted)) isModule.set(dotted, reach.isModule(dotted));
  }

  function noteMembers(dotted: string): void {
    const names = reach.membersOf(dotted);
    membersOf.set(dotted, names);
    for (const name of names) follow(`${dotted}.${name}`);
  }
}
