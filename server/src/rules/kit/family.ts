import { eventlet } from '../../python/eventlet';
import type { Holder, MemberUse, NameUse, Use } from '../../python/uses';
import { stepsFrom, type Value } from '../../python/values';
import { field, isField, sameNode, type Node } from '../../syntax/node';
import { first } from './first';
import { lookalikes, shortened, surroundings, valueOf } from './objects';
import type { FileView } from './view';

/**
 * Green threads (or timers, or results of `imap`) that flow together, through variables, attributes and collections, with
 * everybody who touches them: they are rewritten as one, or not at all (catalogue R2).
 */
export interface Family {
  /** The uses whose calls make its members, in text order: `eventlet.spawn` in `eventlet.spawn(f)`, `pool.spawn` in `pool.spawn(f)`. */
  readonly makers: readonly Maker[];
  /** What is asked of its members, in text order. */
  readonly members: readonly MemberUse[];
  /** Whether a name holds its members: nobody can touch a green thread that has none. */
  readonly isKept: boolean;
  /** Expressions that ask one of its members whether it is true, which a green thread is only while it runs. */
  readonly truthTests: readonly Node[];
  /** The collections that have its members as keys: `jobs` in `jobs[t] = 1`. To be a key, one object is as good as another. */
  readonly keyed: readonly Node[];
  /** In words, why it cannot be moved as a whole; undefined where every use of it in this file is in sight. */
  readonly hidden?: string;
  /** In words, that other modules may use it too. */
  readonly shared?: string;
}

export type Maker = (NameUse | MemberUse) & { readonly call: Node };

const familyClasses: ReadonlySet<string> = new Set([
  'eventlet.GreenThread',
  'eventlet.greenlet',
  'eventlet.greenpool.GreenMap',
  'eventlet.hubs.timer.Timer',
]);

/** The family that a use makes a member of, or asks something of; undefined where nothing in this file makes it. */
export function familyOf(use: Use, view: FileView): Family | undefined {
  return view.memory.recall('families', () => families(view)).get(use);
}

/** All families of a file, by the uses that belong to them. */
function families(view: FileView): ReadonlyMap<Use, Family> {
  const found = new Map<Use, Family>();
  const traces = view.uses.filter(isMaker).map((maker) => new Trace(maker, view));
  for (const trace of traces) {
    if (found.has(trace.maker)) continue;
    const related = new Set([trace]);
    for (const one of related) for (const other of traces) if (other.meets(one)) related.add(other);
    const family = joined(traces.filter((other) => related.has(other)), view);
    for (const use of [...family.makers, ...family.members]) found.set(use, family);
  }
  return found;
}

function isMaker(use: Use): use is Maker {
  if (use.form === 'name') return use.call !== undefined && familyClasses.has(eventlet.instanceOf(use.api) ?? '');
  if (use.form !== 'member' || !use.call) return false;
  return familyClasses.has(eventlet.member(use.className, use.member)?.gives ?? '');
}

function joined(traces: readonly Trace[], view: FileView): Family {
  const holders = [...new Set(traces.flatMap((trace) => [...trace.holders]))];
  const members = [...new Set(traces.flatMap((trace) => trace.members))].sort((a, b) => a.start - b.start);
  const keyed = traces.flatMap((trace) => trace.keyed);
  const hidden = whatHides(traces, holders, view) ?? first(keyed, (collection) => takenOut(collection, view));
  const open = holders.find((holder) => !isPrivate(holder, view));
  return {
    makers: traces.map(({ maker }) => maker),
    members,
    isKept: holders.length > 0,
    truthTests: traces.flatMap((trace) => trace.truthTests),
    keyed,
    ...(hidden === undefined ? {} : { hidden }),
    ...(open ? { shared: `\`${nameOf(open)}\` is public: other modules that use it have to change with it` } : {}),
  };
}

function whatHides(traces: readonly Trace[], holders: readonly Holder[], view: FileView): string | undefined {
  const [escape] = traces.flatMap(({ escapes }) => escapes);
  if (escape) return `it goes out of sight in \`${shortened(surroundings(escape))}\``;
  const stranger = strangersIn(traces, holders)[0];
  if (stranger) return `the same name also holds something else, in \`${shortened(surroundings(stranger))}\``;
  const [lookalike] = holders.flatMap(({ place }) => (place.kind === 'attribute' ? lookalikes(place, view) : []));
  return lookalike && `\`${lookalike.text}\` may be the same`;
}

/** Whether somebody takes the keys out again: what they do with them is not followed. */
function takenOut(collection: Node, { text }: FileView): string | undefined {
  const name = collection.text.replace(/[^\w\s]/g, '\\$&');
  const isTaken = new RegExp(`(\\bin\\s+|\\()${name}(\\.(keys|items|copy)\\(|\\s*[:)\\]])`).test(text);
  return isTaken ? `it is a key of \`${shortened(collection)}\`, whose keys are taken out again` : undefined;
}

/** What else is bound to the names, or put into the collections, that hold the family. */
function strangersIn(traces: readonly Trace[], holders: readonly Holder[]): readonly Node[] {
  const known = new Set(traces.flatMap((trace) => [...trace.known]));
  const bound = holders.flatMap(boundPlaces).filter((place) => !isEmpty(valueOf(place)));
  return [...bound, ...traces.flatMap(({ appended }) => appended)].filter(({ id }) => !known.has(id));
}

function isPrivate({ place }: Holder, view: FileView): boolean {
  if (place.kind === 'attribute') return place.attribute.name.startsWith('_');
  const { scope, name } = place.variable;
  if (scope.kind === 'class' || view.namedElsewhere.has(name)) return false;
  return scope.kind !== 'module' || name.startsWith('_');
}

/** The way of what one call gives through the file. */
class Trace {
  readonly holders = new Set<Holder>();
  readonly members: MemberUse[] = [];
  readonly escapes: Node[] = [];
  readonly truthTests: Node[] = [];
  readonly keyed: Node[] = [];
  /** What is put into a collection on the way. */
  readonly appended: Node[] = [];
  /** Ids of the expressions and targets that hold it. */
  readonly known = new Set<number>();

  constructor(
    readonly maker: Maker,
    private readonly view: FileView,
  ) {
    const className = maker.form === 'name' ? eventlet.instanceOf(maker.api) : eventlet.member(maker.className, maker.member)?.gives;
    this.follow(maker.call, { kind: 'instance', className: className ?? '' });
  }

  /** Whether a name or a collection holds what both calls give. */
  meets(other: Trace): boolean {
    return [...this.holders].some((holder) => other.holders.has(holder));
  }

  private follow(node: Node, value: Value): void {
    this.known.add(node.id);
    if (node.parent?.type === 'boolean_operator') this.truthTests.push(node);
    const steps = stepsFrom(node, value, eventlet);
    const isLost = node.parent?.type === 'assignment' && !steps.some(({ to }) => to === 'target');
    if (steps.length === 0 || isLost) this.end(node, value);
    for (const step of steps) {
      if (step.to === 'expression') this.follow(step.node, step.value);
      else if (step.to === 'target') this.hold(step.target, step.value);
      else if (step.to === 'member') this.ask(step.node);
      else this.escapes.push(node);
    }
  }

  private ask(attribute: Node): void {
    const use = this.view.uses.find((candidate): candidate is MemberUse => candidate.form === 'member' && sameNode(candidate.node, attribute));
    if (use) this.members.push(use);
    else this.escapes.push(attribute);
  }

  private hold(target: Node, value: Value): void {
    this.known.add(target.id);
    const holder = this.view.holders.find((candidate) => [...boundPlaces(candidate), ...readPlaces(candidate)].some((place) => sameNode(place, target)));
    if (!holder) this.escapes.push(target);
    if (!holder || this.holders.has(holder)) return;
    this.holders.add(holder);
    for (const place of readPlaces(holder)) this.follow(place, value);
  }

  /** What becomes of it where its value does not go on. */
  private end(node: Node, value: Value): void {
    const parent = node.parent;
    switch (parent?.type) {
      case 'expression_statement':
      case 'delete_statement':
        return;
      case 'if_statement':
      case 'elif_clause':
      case 'while_statement':
      case 'not_operator':
        if (value.kind === 'instance') this.truthTests.push(node);
        return;
      case 'comparison_operator':
        if (parent.namedChildren.some((child) => child?.type === 'none')) return;
        break;
      case 'subscript':
        if (value.kind === 'instance' && !isField(parent, 'value', node)) return this.key(field(parent, 'value'));
        break;
      case 'attribute':
        if (value.kind === 'many' && isField(parent, 'object', node)) return this.collection(parent);
        break;
      case 'argument_list':
        if (value.kind === 'many' && field(parent.parent ?? parent, 'function')?.text === 'len') return;
        if (value.kind === 'instance' && isLookUp(parent.parent) && sameNode(parent.namedChild(0), node)) return this.key(field(field(parent.parent ?? parent, 'function') ?? parent, 'object'));
        break;
      case undefined:
        return;
    }
    this.escapes.push(node);
  }

  private key(collection: Node | undefined): void {
    if (collection && !this.known.has(collection.id)) this.keyed.push(collection);
  }

  /** `threads.append(t)`, `threads.clear()`. */
  private collection(attribute: Node): void {
    const call = attribute.parent?.type === 'call' ? attribute.parent : undefined;
    const method = field(attribute, 'attribute')?.text ?? '';
    if (call && method === 'clear') return;
    if (call && (method === 'append' || method === 'add')) {
      this.appended.push(...(field(call, 'arguments')?.namedChildren ?? []).filter((child): child is Node => !!child && child.type !== 'comment'));
    } else this.escapes.push(attribute);
  }
}

/** The names and attributes through which a holder is bound. */
function boundPlaces(holder: Holder): readonly Node[] {
  if (holder.place.kind === 'attribute') return holder.place.attribute.places.filter(isAssigned);
  return holder.place.variable.bindings.filter(({ role }) => role !== 'delete' && role !== 'declare').map(({ node }) => node);
}

function readPlaces(holder: Holder): readonly Node[] {
  if (holder.place.kind === 'attribute') return holder.place.attribute.places.filter((place) => !isAssigned(place));
  return holder.place.variable.reads.map(({ node }) => node);
}

function isAssigned(place: Node): boolean {
  return place.parent?.type === 'assignment' && isField(place.parent, 'left', place);
}

/** `jobs.pop(t)`: a method that takes a key and nothing else of it. */
function isLookUp(call: Node | null): boolean {
  const callee = call && field(call, 'function');
  return !!callee && /^(get|pop|setdefault|discard|remove)$/.test(field(callee, 'attribute')?.text ?? '');
}

/** `None`, `[]`, `list()`: nothing is in there yet. */
function isEmpty(value: Node | undefined): boolean {
  if (value?.type === 'none') return true;
  if (value?.type === 'list' || value?.type === 'tuple') return value.namedChildCount === 0;
  return value !== undefined && /^(list|set|collections\.deque|deque)\(\)$/.test(value.text);
}

function nameOf(holder: Holder): string {
  if (holder.place.kind === 'variable') return holder.place.variable.name;
  return holder.place.attribute.places[0]?.text ?? holder.place.attribute.name;
}
