import { eventlet } from '../../python/eventlet';
import type { Holder, MemberUse, NameUse } from '../../python/uses';
import { stepsFrom, type Value } from '../../python/values';
import { field, isField, sameNode, type Node } from '../../syntax/node';
import type { FileView } from './view';

/** A use whose call gives an object of eventlet. */
export type Maker = (NameUse | MemberUse) & { readonly call: Node };

/** Canonical name of the class of what a use gives when it is called. */
export function givenBy(use: NameUse | MemberUse): string | undefined {
  return use.form === 'name' ? eventlet.instanceOf(use.api) : eventlet.member(use.className, use.member)?.gives;
}

/** The way of what one call gives through the file. */
export class Trace {
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
    this.follow(maker.call, { kind: 'instance', className: givenBy(maker) ?? '' });
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
export function boundPlaces(holder: Holder): readonly Node[] {
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
