import { functionAround, qualifiedName, scopesAt } from '../../python/scopes';
import { ancestors, field, type Node } from '../../syntax/node';
import { isTest } from '../testFiles';
import { callableAt, callableOf, callersOf, type Callable, type Remark } from './callers';
import type { Source, Sources } from './source';

/** The functions that become coroutines when one of them does, and what happens where the chain ends. */
export interface Chain {
  readonly functions: readonly Callable[];
  /** Calls in functions of the chain, and in coroutines: they are awaited. */
  readonly awaited: readonly { readonly source: Source; readonly call: Node }[];
  /** Calls where nothing can wait: at module level, and in tests. `asyncio.run` runs them. */
  readonly run: readonly { readonly source: Source; readonly call: Node }[];
  /** Functions that nobody in the project calls: whoever does has to await them. */
  readonly open: readonly Callable[];
  /** Why it is not done; empty where it can be. */
  readonly obstacles: readonly Remark[];
}

/** Follows the calls of the function around an offset upwards; undefined where there is no such function, or it is a coroutine already. */
export function chainFrom(uri: string, offset: number, sources: Sources): Chain | undefined {
  const source = sources.get(uri);
  const first = source && callableAt(source.tree.rootNode.descendantForIndex(offset, offset), source);
  if (!first || isAsync(first.definition)) return undefined;
  const functions = new Map([[keyOf(first), first]]);
  const awaited: { source: Source; call: Node }[] = [];
  const run: { source: Source; call: Node }[] = [];
  const open: Callable[] = [];
  const obstacles: Remark[] = [];
  // A map hands out what is added while it is gone through.
  for (const callable of functions.values()) {
    const own = obstacleIn(callable);
    if (own !== undefined) obstacles.push({ source: callable.source, node: callable.definition, text: own });
    const callers = callersOf(callable, sources);
    obstacles.push(...callers.obstacles);
    if (callers.calls.length === 0 && callers.obstacles.length === 0) open.push(callable);
    for (const site of callers.calls) {
      const place = placeOf(site.call, site.source);
      if (typeof place === 'string') obstacles.push({ source: site.source, node: site.call, text: place });
      else if (place === undefined) run.push(site);
      else {
        awaited.push(site);
        if (!isAsync(place.definition)) functions.set(keyOf(place), functions.get(keyOf(place)) ?? place);
      }
    }
  }
  return { functions: [...functions.values()], awaited, run, open, obstacles };
}

/** `Worker.run` */
export function nameOf({ definition, name }: Callable): string {
  const around = qualifiedName(definition);
  return around === '' ? name : `${around}.${name}`;
}

function keyOf({ source, definition }: Callable): string {
  return `${source.uri}:${definition.startIndex}`;
}

function isAsync(definition: Node): boolean {
  return definition.firstChild?.type === 'async';
}

/** Why a function cannot become a coroutine. */
function obstacleIn(callable: Callable): string | undefined {
  const { definition, name } = callable;
  const decorators = definition.parent?.type === 'decorated_definition' ? definition.parent.namedChildren.filter((child) => child?.type === 'decorator') : [];
  const decorator = decorators.find((each) => !/^@(staticmethod|classmethod)$/.test(each?.text ?? ''));
  if (decorator) return `\`${nameOf(callable)}\` is decorated with \`${decorator.text}\`: what that makes of a coroutine is not known`;
  if (/^__\w+__$/.test(name)) return `\`${nameOf(callable)}\` is called by Python itself, which awaits nothing`;
  const yields = definition.descendantsOfType('yield').some((node) => node && functionAround(node)?.id === definition.id);
  return yields ? `\`${nameOf(callable)}\` is a generator, and everybody who iterates over it would have to change` : undefined;
}

/** The function that a call stands in; undefined at module level and in tests, where `asyncio.run` runs it; a sentence where nothing can wait. */
function placeOf(call: Node, source: Source): Callable | undefined | string {
  for (const at of ancestors(call)) {
    if (at.type === 'lambda') return `\`${call.text}\` is called in a lambda, which cannot wait`;
    if (at.type === 'generator_expression') return `\`${call.text}\` is called in a generator expression, which would become asynchronous`;
    if (at.type === 'function_definition' || at.type === 'class_definition') break;
  }
  const [scope] = [...scopesAt(call)].filter(({ kind }) => kind !== 'comprehension');
  if (scope?.kind === 'class') return `\`${call.text}\` is called while a class is made`;
  if (scope?.kind !== 'function') return undefined;
  const callable = callableOf(scope.node, source);
  if (!callable) return `\`${call.text}\` is called in \`${field(scope.node, 'name')?.text ?? ''}\`, a function inside of another`;
  // Whoever runs the tests awaits nothing.
  return isTest(source.path) && !isAsync(scope.node) ? undefined : callable;
}
