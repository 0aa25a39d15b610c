import { callOf } from '../../python/calls';
import { scopeAround, scopesAt } from '../../python/scopes';
import type { MemberUse, NameUse } from '../../python/uses';
import { nameOffsets } from '../../python/words';
import { ancestors, field, isField, type Node } from '../../syntax/node';
import { earlyNames } from './earlyNames';
import { greenModuleOf } from './greenImports';
import { isInert } from './greenModules';
import type { FileView } from './view';

/**
 * Where a module comes to the code at a node while it is loaded, as an offset in its text: the place itself at module or class level, else the
 * first call from there of the function or class around. undefined for what runs later.
 */
export function loadingPlace(node: Node, view: FileView, depth = 0): number | undefined {
  const deferring = [...scopesAt(node)].filter(({ kind }) => kind === 'function' || kind === 'lambda');
  const [inner] = deferring;
  if (!inner) return isInProgramBlock(node) ? undefined : node.startIndex;
  if (deferring.length > 1 || inner.kind === 'lambda' || depth > deepest) return undefined;
  const name = field(inner.node, 'name')?.text ?? '';
  const around = scopeAround(inner.node);
  const called = around?.kind !== 'class' ? name : /^__(init|new)__$/.test(name) ? field(around.node, 'name')?.text : undefined;
  return called === undefined ? undefined : view.memory.recall(`${called} is called while loading, ${depth}`, () => firstCall(called, view, depth + 1));
}

/**
 * Whether what a use becomes is patched in the end although the module comes to it before `monkey_patch()`. `native`: the dotted name that takes its
 * place, where it gets another one.
 */
export function isPatchedLater({ api, call }: Pick<NameUse | MemberUse, 'api' | 'call'>, native: string | undefined): boolean {
  const green = greenModuleOf(api);
  if (green && (green.member === undefined || isInert(green.member, green.target))) return true;
  const name = native ?? (green ? `${green.target.module}.${green.member}` : api);
  return call ? looksUpLate.test(name) : native !== undefined || green !== undefined ? !earlyNames.has(name) : false;
}

/**
 * What may be made before: the locks and threads that it waits with are looked up or made when it waits (executed). Not so `threading.Condition`, and
 * a future that is made of one, nor an executor, which hands its work out through a `SimpleQueue`.
 */
const looksUpLate = /^(threading\.(Thread|Timer|Event|(Bounded)?Semaphore)|queue\.(Lifo|Priority)?Queue|eventlet\.(queue\.)?(Light|Lifo|Priority)?Queue)$/;

function firstCall(name: string, view: FileView, depth: number): number | undefined {
  const places: number[] = [];
  for (const start of nameOffsets(view.text, name)) {
    // What is in a body that nobody has looked into is in a function.
    if (view.tree.bodyAt(start)) continue;
    const node = view.tree.rootNode.descendantForIndex(start, start + name.length);
    const runs = node.type === 'identifier' && (callOf(node) ?? (node.parent?.type === 'decorator' ? node : undefined));
    const place = runs ? loadingPlace(runs, view, depth) : undefined;
    if (place !== undefined) places.push(place);
  }
  return places.length === 0 ? undefined : Math.min(...places);
}

/** `if __name__ == '__main__':` runs when the module is a program. */
function isInProgramBlock(node: Node): boolean {
  for (const ancestor of ancestors(node)) {
    const condition = ancestor.type === 'if_statement' ? field(ancestor, 'condition') : undefined;
    if (condition && /\b__name__\b/.test(condition.text) && !isField(ancestor, 'condition', node)) return true;
  }
  return false;
}

/** Functions that call functions that call functions: who looks further finds what hardly anybody writes. */
const deepest = 3;
