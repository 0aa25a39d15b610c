import type { Reach } from '../python/uses';
import type { Answers, AnalysisSettings, SeenFrom } from './trace';

/** What an analyst in another thread is told of a file from the start. */
export interface Assignment {
  readonly id: number;
  readonly text: string;
  readonly strings: readonly string[];
  readonly settings: AnalysisSettings;
  /** Those of its names that other files mention, as in `AnalysisContext`. */
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

/**
 * What a file sees of the others, for somebody who can only write to them: what is not known yet is written down, and until it is answered
 * nothing leads to the library.
 */
export class Correspondence {
  private readonly isModule = new Exchange<boolean>();
  private readonly resolve = new Exchange<Answers['resolve']>();
  private readonly membersOf = new Exchange<Answers['membersOf']>();
  private readonly starNames = new Exchange<Answers['starNames']>();

  constructor(private readonly assignment: Assignment) {}

  /** What somebody asked and nobody has answered; none where all is known. */
  get questions(): Questions | undefined {
    const questions = { isModule: this.isModule.open, resolve: this.resolve.open, membersOf: this.membersOf.open, starNames: this.starNames.open };
    return Object.values(questions).some(({ length }) => length > 0) ? questions : undefined;
  }

  hear({ isModule, resolve, membersOf, starNames }: Replies): void {
    this.isModule.hear(isModule);
    this.resolve.hear(resolve);
    this.membersOf.hear(membersOf);
    this.starNames.hear(starNames);
  }

  get seen(): SeenFrom {
    const { strings, settings, namedElsewhere } = this.assignment;
    return {
      strings,
      settings,
      namedElsewhere,
      reach: {
        isModule: (dotted) => this.isModule.ask(dotted) ?? false,
        resolve: (dotted) => this.resolve.ask(dotted) ?? undefined,
        membersOf: (dotted) => this.membersOf.ask(dotted) ?? [],
        starNames: (module) => this.starNames.ask(module) ?? [],
      },
    };
  }
}

/** Questions of one kind, with the answers that came. */
class Exchange<Answer> {
  private readonly answers = new Map<string, Answer>();
  private readonly asked = new Set<string>();

  get open(): readonly string[] {
    return [...this.asked];
  }

  ask(question: string): Answer | undefined {
    if (!this.answers.has(question)) this.asked.add(question);
    return this.answers.get(question);
  }

  hear(replies: ReadonlyMap<string, Answer>): void {
    for (const [question, answer] of replies) {
      this.answers.set(question, answer);
      this.asked.delete(question);
    }
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
