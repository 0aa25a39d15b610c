import type { Value } from '../python/values';
import type { AnalysisContext } from './analysis';
import { isSameData } from './sameData';

/**
 * What the analysis of a file asked about the other files, with the answers: plain data. As long as they would be answered in the
 * same way, the analysis of the same text comes out the same.
 */
export interface Trace {
  /** Names that lead to eventlet without its name; not asked for, but told. */
  readonly strings: readonly string[];
  /** What else goes into an analysis, as one text. */
  readonly settings: string;
  readonly asked: Asked;
}

export type Asked = { readonly [Kind in keyof Answers]?: readonly (readonly [question: string, answer: Answers[Kind]])[] };

export interface Answers {
  readonly named: boolean;
  readonly isModule: boolean;
  readonly resolve: Value | null;
  readonly membersOf: readonly string[];
  readonly starNames: readonly (readonly [name: string, dotted: string])[];
}

/** What goes into an analysis beside the text and the other files. */
export type AnalysisSettings = { readonly [Key in Exclude<keyof AnalysisContext, keyof Others>]: AnalysisContext[Key] | undefined } & Pick<AnalysisContext, 'python'>;

/** What a file sees of the others. */
type Others = Pick<AnalysisContext, 'reach' | 'namedElsewhere' | 'strings'>;

/** What an analysis is made in the light of, with nothing left out. */
export interface SeenFrom extends Required<Others> {
  readonly settings: AnalysisSettings;
}

export function contextOf({ reach, namedElsewhere, strings, settings }: SeenFrom): AnalysisContext {
  const { python, ...others } = settings;
  return { reach, namedElsewhere, strings, python, ...defined(others) };
}

/** Writes down what an analysis asks. */
export class Recorder {
  /** What the analysis is made with. */
  readonly context: AnalysisContext;
  private readonly answers = { named: new Map<string, boolean>(), isModule: new Map<string, boolean>(), resolve: new Map<string, Value | null>(), membersOf: new Map<string, readonly string[]>(), starNames: new Map<string, Answers['starNames']>() };

  constructor(private readonly seen: SeenFrom) {
    const { answers } = this;
    const { reach, namedElsewhere } = seen;
    this.context = {
      ...contextOf(seen),
      namedElsewhere: { has: (name) => noted(answers.named, name, () => namedElsewhere.has(name)) },
      reach: {
        isModule: (dotted) => noted(answers.isModule, dotted, () => reach.isModule(dotted)),
        resolve: (dotted) => noted(answers.resolve, dotted, () => reach.resolve(dotted) ?? null) ?? undefined,
        membersOf: (dotted) => noted(answers.membersOf, dotted, () => reach.membersOf(dotted)),
        starNames: (module) => noted(answers.starNames, module, () => reach.starNames(module)),
      },
    };
  }

  /** What was asked so far. */
  get trace(): Trace {
    const asked = Object.fromEntries(Object.entries(this.answers).flatMap(([kind, answers]) => (answers.size > 0 ? [[kind, [...answers]]] : [])));
    return { strings: this.seen.strings, settings: JSON.stringify(this.seen.settings), asked };
  }
}

/** Whether everything that was asked would be answered in the same way now. */
export function holds({ strings, settings, asked }: Trace, context: SeenFrom): boolean {
  const { reach, namedElsewhere } = context;
  return (
    settings === JSON.stringify(context.settings) &&
    isSameData(strings, context.strings) &&
    all(asked.named, (name) => namedElsewhere.has(name)) &&
    all(asked.isModule, (dotted) => reach.isModule(dotted)) &&
    all(asked.resolve, (dotted) => reach.resolve(dotted) ?? null) &&
    all(asked.membersOf, (dotted) => reach.membersOf(dotted)) &&
    all(asked.starNames, (module) => reach.starNames(module))
  );
}

function all<Answer>(asked: readonly (readonly [string, Answer])[] = [], answer: (question: string) => Answer): boolean {
  return asked.every(([question, known]) => isSameData(known, answer(question)));
}

/** Without the members that are undefined: here they mean the same as absent ones. */
function defined<Members extends object>(members: Members): { [Key in keyof Members]?: Exclude<Members[Key], undefined> } {
  // What is filtered out is just what the type excludes.
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as { [Key in keyof Members]?: Exclude<Members[Key], undefined> };
}

function noted<Answer>(answers: Map<string, Answer>, question: string, ask: () => Answer): Answer {
  const known = answers.get(question);
  if (known !== undefined) return known;
  const answer = ask();
  answers.set(question, answer);
  return answer;
}
