import { argumentsOf } from '../../python/calls';
import type { NameUse } from '../../python/uses';
import { enclosing, field, isField, sameNode, withParentheses, type Node } from '../../syntax/node';
import type { Fix, Proposal } from '../rule';
import { change, isInAsyncFunction } from './change';
import type { Family } from './family';
import { shortened, surroundings } from './objects';
import { ambiguous, cooperative, notAsync, onAsyncio, onThreads, unless } from './proposing';
import type { FileView } from './view';

/** All names of the function that gives the green thread which runs. */
export const currentNames: readonly string[] = ['eventlet.getcurrent', 'eventlet.greenlet.getcurrent', 'eventlet.support.greenlets.getcurrent'];

/**
 * The calls of `getcurrent` that look for the members of a family which are keys of a collection, in `del jobs[getcurrent()]`: they move with it.
 */
export function currentsBeside({ keyed }: Family, view: FileView): readonly NameUse[] {
  return keyed.length === 0 ? [] : view.uses.filter((use): use is NameUse => use.form === 'name' && currentNames.includes(use.api) && use.call !== undefined && obstacle(use.call, view) === undefined);
}

/** What becomes of `getcurrent`: the current thread or task, where it only tells one from another (catalogue 2.8). */
export function currentThreadProposals(use: NameUse, view: FileView): readonly Proposal[] {
  const reason = use.call && obstacle(use.call, view);
  if (reason !== undefined) return [{ target: 'threading', reason }, isInAsyncFunction(use.node) ? { target: 'asyncio', reason } : notAsync];
  return [onNativeThreads(use, view), inCoroutine(use, view)];
}

function onNativeThreads(use: NameUse, view: FileView): Proposal {
  const edits = change(view);
  const threading = edits.module('threading', use.node);
  const doubts = ['what it is compared with or looked for among must be native threads too', 'a worker of a pool is one thread for many calls, where each had a green thread of its own', ...(use.isCertain ? [] : [ambiguous])];
  const fix = (title: string): Fix => unless(doubts.join('; '), onThreads(title, [cooperative('lock')], edits.done()));
  const test = use.call && parentTest(use.call);
  const number = use.call && numberOf(use.call);
  if (test) {
    edits.replace(test.asked, `${threading}.current_thread()${test.none ? '' : ` is not ${threading}.main_thread()`}`);
    if (test.none) edits.replace(test.none, `${threading}.main_thread()`);
    return fix('Compare with `threading.main_thread()`');
  }
  edits.replace(number ?? use.node, number ? `${threading}.get_ident()` : `${threading}.current_thread`);
  return fix(number ? 'Use `threading.get_ident`' : 'Use `threading.current_thread`');
}

function inCoroutine(use: NameUse, view: FileView): Proposal {
  if (!use.call || !isInAsyncFunction(use.node)) return notAsync;
  if (parentTest(use.call)) return { target: 'asyncio', reason: 'no task of asyncio is the main one' };
  const edits = change(view);
  edits.replace(use.node, `${edits.module('asyncio', use.node)}.current_task`);
  return onAsyncio('Use `asyncio.current_task`', 'it gives the task only where a loop of asyncio runs the coroutine', edits.done());
}

/** `getcurrent().parent is None`, or `if getcurrent().parent`: only the main greenlet has no parent. */
function parentTest(call: Node): { readonly asked: Node; readonly none: Node | undefined } | undefined {
  const asked = call.parent;
  if (asked?.type !== 'attribute' || field(asked, 'attribute')?.text !== 'parent') return undefined;
  const around = withParentheses(asked).parent;
  const isTruth = around && ['boolean_operator', 'elif_clause', 'if_statement', 'not_operator', 'while_statement'].includes(around.type);
  if (isTruth) return { asked, none: undefined };
  const none = around?.type === 'comparison_operator' && around.namedChildCount === 2 ? around.namedChildren.find((child) => child?.type === 'none') : undefined;
  return none ? { asked, none } : undefined;
}

/** `id(getcurrent())`. */
function numberOf(call: Node): Node | undefined {
  const outer = enclosing(call, 'call');
  return outer && field(outer, 'function')?.text === 'id' && sameNode(argumentsOf(outer).positional[0], call) ? outer : undefined;
}

/** Functions and methods that only tell one thing from another, or show it. */
const telling: ReadonlySet<string> = new Set(
  'id hash str repr print get pop setdefault add discard remove debug info warning error exception critical log'.split(' '),
);

/** Why a green thread may be wanted for more than telling it from others; undefined where this file shows that it is not. */
function obstacle(place: Node, view: FileView): string | undefined {
  const node = withParentheses(place);
  const parent = node.parent;
  const unknown = `what becomes of it in \`${shortened(surroundings(node))}\` is not known: it may be switched to, thrown into or killed there`;
  switch (parent?.type) {
    case 'comparison_operator':
    case 'expression_statement':
    case 'interpolation':
      return undefined;
    case 'binary_operator':
      return field(parent, 'operator')?.text === '%' ? undefined : unknown;
    case 'subscript':
      return isField(parent, 'value', node) ? unknown : undefined;
    case 'pair':
      return isField(parent, 'key', node) ? undefined : parent.parent ? obstacle(parent.parent, view) : unknown;
    case 'tuple':
      return obstacle(parent, view);
    case 'attribute':
      return parentTest(node) ? undefined : `\`${field(parent, 'attribute')?.text ?? ''}\` asks the green thread for what native ones do not have`;
    case 'argument_list': {
      const callee = parent.parent && field(parent.parent, 'function');
      const name = callee ? (field(callee, 'attribute') ?? callee).text : '';
      return telling.has(name) ? undefined : unknown;
    }
    case 'assignment':
      return keptFor(parent, view) ?? (isField(parent, 'right', node) && field(parent, 'left')?.type === 'identifier' ? undefined : unknown);
    default:
      return unknown;
  }
}

/** What hinders in the further life of a local variable. */
function keptFor(assignment: Node, view: FileView): string | undefined {
  const target = field(assignment, 'left');
  const variable = target?.type === 'identifier' ? view.names.variableOf(target) : undefined;
  if (variable && variable.scope.kind !== 'function') return `\`${variable.name}\` is public: other modules may use it`;
  return variable?.reads.flatMap(({ node }) => obstacle(node, view) ?? [])[0];
}
