import { importAround, importedNames, type ImportedName } from '../python/imports';
import type { ImportUse, NameUse, Use } from '../python/uses';
import { isStandardLibrary } from '../python/stdlib';
import { contains, enclosing, field, sameNode, statementOf, type Node } from '../syntax/node';
import { ownStatement } from './kit/assigned';
import { asyncioHubTitle, asyncioHubWhy } from './kit/asyncioHub';
import { hasOwnLines, linesAbove } from './kit/blocks';
import { change } from './kit/change';
import { links } from './kit/links';
import { patchedGroups } from './kit/patching';
import { ambiguous, nowhere, onAsyncio } from './kit/proposing';
import type { FileView } from './kit/view';
import type { Fix, Proposal, Rule } from './rule';

export const monkeyPatch: Rule = {
  id: 'monkey-patch',
  pattern: 2,
  names: ['eventlet.monkey_patch'],
  message: (use) => `\`eventlet.monkey_patch\` makes ${patchedModules(use)} green for the whole process; it goes last, when no green thread is left.`,
  guide: {
    title: 'Monkey patching',
    does: '`eventlet.monkey_patch()` exchanges the blocking parts of Python’s own modules for green ones, in the whole process. It is why `time.sleep` or `threading.Lock` in a patched process let other green threads run.',
    replacement: {
      threading: 'Nothing: the call is deleted as the last step. Before that, replace eventlet’s own functions and classes by those of the standard library one by one; as long as the process is patched both behave alike, so that every step can be tested.',
      asyncio: 'Nothing: the call is deleted as the last step. Before that the process runs on the asyncio hub (`eventlet.hubs.use_hub("eventlet.hubs.asyncio")` above the call), on which green threads and coroutines wait for each other.',
    },
    differences: [
      { of: 'defaults', aspect: '`monkey_patch()`, `all=True`', eventlet: '`os`, `select`, `socket` with `ssl`, `subprocess`, `thread` with `threading` and `queue`, `time`', threading: 'native' },
      { aspect: '`os=False` and nothing else', eventlet: 'all of them but `os`', threading: 'native' },
      { aspect: '`socket=True` and nothing else', eventlet: 'only `socket`', threading: 'native' },
      { of: 'exceptions', aspect: '`time.sleep()` without an argument or with a negative one', eventlet: 'works in a patched process', threading: 'raises' },
      { aspect: '`ssl.wrap_socket`, `select.poll`', eventlet: 'the first stays there on Python 3.12, the second is taken away', threading: 'the other way round' },
      { of: 'order', aspect: '`threading.Thread`', eventlet: 'starts a green thread: nothing runs at the same time', threading: 'starts a native one: what it shares with others needs a lock' },
      { aspect: '`select.select` with a descriptor of 1024 or more', eventlet: 'works', threading: '`ValueError`' },
      { of: 'value', aspect: '`__original_module_threading`', eventlet: 'a module that programs import to repair the patched one (issue 592)', threading: '`ModuleNotFoundError`: the repair goes too' },
      { of: 'blocking', aspect: 'libraries', eventlet: 'wait through the patched modules', threading: 'block their thread; those with a backend for eventlet need the one for threads first' },
    ],
    same: {
      cancellation: 'green threads can be ended where they wait in a patched module; native ones cannot',
    },
    links: [...links.monkeyPatch.guidance, ...links.order.guidance, ...links.pitfalls.guidance],
  },
  proposals(use, view) {
    if (use.form !== 'name') return [];
    if (!use.call) return nowhere('the function is passed on; where it is called, that call goes last');
    const statement = ownStatement(use.call);
    if (!statement) return nowhere('the call is part of an expression here; take it out of there when no green thread is left');
    const fix = deletion(use, guardOf(statement, view) ?? statement, view);
    return [
      { target: 'threading', ...fix },
      { target: 'asyncio', ...fix },
      ...asyncioHub(statement, view),
    ];
  },
  examples: [
    {
      title: 'goes last, with its import',
      before: `
import eventlet

eventlet.monkey_patch(os=False)
#^^^^^^^^^^^^^^^^^^^^ review

import sys  # noqa: E402
`,
      after: `
import sys  # noqa: E402
`,
    },
    {
      title: 'takes the condition along that guards nothing else',
      before: `
"""Command line."""

import os

if not os.environ.get('DISABLE_EVENTLET'):
    import eventlet
    eventlet.monkey_patch()
    #^^^^^^^^^^^^^^^^^^^^ review

from service import main
`,
      after: `
"""Command line."""

from service import main
`,
    },
    {
      title: 'takes along what only it reads',
      before: `
import os
import sys

import eventlet

eventlet.monkey_patch(os=os.name != 'nt', thread='--debug' not in sys.argv)
#^^^^^^^^^^^^^^^^^^^^ review

sys.exit()
`,
      after: `
import sys

sys.exit()
`,
    },
    {
      title: 'of a choice what to patch nothing stays',
      before: `
import os

import eventlet

if os.name == 'nt':
    eventlet.monkey_patch(os=False)
    #^^^^^^^^^^^^^^^^^^^^ review
else:
    eventlet.monkey_patch()
    #^^^^^^^^^^^^^^^^^^^^ review

eventlet.sleep(os.getpid())
`,
      after: `
import os

import eventlet

eventlet.sleep(os.getpid())
`,
    },
    {
      title: 'takes along what repairs a patched module',
      before: `
import sys

import eventlet
eventlet.monkey_patch()
#^^^^^^^^^^^^^^^^^^^^ review
# See https://github.com/eventlet/eventlet/issues/592
import __original_module_threading as orig_threading
import threading
orig_threading.current_thread.__globals__['_active'] = threading._active

sys.exit()
`,
      after: `
import sys

# See https://github.com/eventlet/eventlet/issues/592

sys.exit()
`,
    },
    {
      title: 'leaves what else a condition guards',
      before: `
import os

def patch():
    if os.name != 'nt':
        from eventlet import patcher
        patcher.monkey_patch(all=True)
        #^^^^^^^^^^^^^^^^^^^ review
        os.environ['PATCHED'] = '1'

def patch_all(): import eventlet; eventlet.monkey_patch(**options())
                                  #^^^^^^^^^^^^^^^^^^^^ review
`,
      after: `
import os

def patch():
    if os.name != 'nt':
        os.environ['PATCHED'] = '1'

def patch_all(): pass
`,
    },
    {
      title: 'a function that is passed on is called somewhere else',
      before: `
import atexit
import eventlet

atexit.register(eventlet.monkey_patch)
                #^^^^^^^^^^^^^^^^^^^^ none
done = eventlet.monkey_patch() or True
       #^^^^^^^^^^^^^^^^^^^^ none
`,
    },
    {
      title: 'somebody else’s patching is left alone',
      before: `
from gevent import monkey
from mypackage import eventlet

monkey.patch_all()
eventlet.monkey_patch()
`,
    },
  ],
};

function deletion(use: NameUse, statement: Node, view: FileView): Omit<Fix, 'target'> {
  const left = view.uses.filter((other) => other !== use && other.form !== 'import' && !contains(statement, other.node)).length;
  const repaired = repairs(view);
  const reasons = [
    `with it ${patchedModules(use)} become native, and every green thread that is left blocks all the others`,
    ...(left > 0 ? [`this file alone has ${left} other ${left === 1 ? 'use' : 'uses'} of eventlet`] : []),
    ...(repaired ? [] : ['`__original_module_…` cannot be imported without it']),
    ...(use.isCertain ? [] : [ambiguous]),
  ];
  const edits = change(view).removeStatement(statement);
  for (const each of repaired?.statements ?? []) edits.removeStatement(each);
  const unread = onlyReadIn([statement, ...(repaired?.statements ?? [])], view).filter(({ dotted }) => isStandardLibrary(dotted));
  for (const each of [...(repaired?.imports ?? []), ...unread]) edits.drop(each);
  return { title: 'Delete the call of `monkey_patch`', claim: 'review', conditions: [], why: reasons.join('; '), change: edits.done() };
}

function patchedModules(use: Use): string {
  const groups = use.form === 'name' && use.call ? patchedGroups(use.call) : undefined;
  return groups && groups.length > 0 ? groups.map((group) => `\`${group}\``).join(', ') : 'modules of Python';
}

/**
 * The `if` around the call, where all its branches only import eventlet and patch: a switch that turns eventlet off, or chooses what is patched.
 * undefined where something else is done in it, and where somebody outside reads what is imported there.
 */
function guardOf(statement: Node, view: FileView): Node | undefined {
  const branch = statement.parent?.parent;
  const guard = branch?.type === 'else_clause' || branch?.type === 'elif_clause' ? branch.parent : branch;
  if (guard?.type !== 'if_statement' || enclosing(guard, 'try_statement')) return undefined;
  const blocks = [field(guard, 'consequence'), ...guard.childrenForFieldName('alternative').map((clause) => field(clause, 'body') ?? field(clause, 'consequence'))];
  const statements = blocks.flatMap((block) => block?.namedChildren.filter((child) => child?.type !== 'comment') ?? []);
  const patches = view.uses.flatMap((use) => (use.form === 'name' && use.api === 'eventlet.monkey_patch' && use.call ? (ownStatement(use.call)?.id ?? []) : []));
  return statements.every((each) => each && (patches.includes(each.id) || isReadInside(each, guard, view))) ? guard : undefined;
}

function isReadInside(statement: Node, guard: Node, view: FileView): boolean {
  const names = importedNames(statement);
  const uses = view.uses.filter((use): use is ImportUse => use.form === 'import' && use.imported.statement.id === statement.id);
  return names.length > 0 && uses.length === names.length && uses.every(({ variable }) => variable?.reads.every(({ node }) => contains(guard, node)) && !view.namedElsewhere.has(variable.name));
}

/**
 * What repairs a module behind eventlet's back: `import __original_module_threading as original` and the statements that use it. The name is there
 * only because `monkey_patch` has put it there (eventlet issue 592). undefined where it is used in other ways.
 */
function repairs(view: FileView): { readonly statements: readonly Node[]; readonly imports: readonly ImportedName[] } | undefined {
  const found = [...new Set(view.text.match(/\b__original_module_\w+/g))].flatMap((name) => [...view.names.identifiers(name)]);
  const imports = found.map(importAround).flatMap((statement) => (statement ? importedNames(statement) : []));
  const variables = imports.flatMap(({ bound }) => (bound ? (view.names.variableOf(bound) ?? []) : []));
  const statements = distinct(variables.flatMap(({ reads }) => reads.map(({ node }) => statementOf(node))));
  return statements.every(({ type }) => type === 'expression_statement') ? { statements, imports } : undefined;
}

/** The imports that nothing but these statements read. */
function onlyReadIn(statements: readonly Node[], view: FileView): readonly ImportedName[] {
  const roots = distinct(statements.flatMap((statement) => statement.descendantsOfType('identifier').filter((node) => node !== null)));
  const variables = new Set(roots.flatMap((node) => view.names.variableOf(node) ?? []));
  return [...variables].flatMap(({ bindings, reads, name }) => {
    const [binding, ...others] = bindings;
    const statement = binding && importAround(binding.node);
    const imported = statement && importedNames(statement).find(({ bound }) => sameNode(bound, binding.node));
    const isDisposable = others.length === 0 && !view.namedElsewhere.has(name) && reads.every(({ node }) => statements.some((each) => contains(each, node)));
    return imported && isDisposable ? [imported] : [];
  });
}

function distinct(nodes: readonly Node[]): readonly Node[] {
  return [...new Map(nodes.map((node) => [node.id, node])).values()];
}

// monkey_patch()  =>  eventlet.hubs.use_hub('eventlet.hubs.asyncio')
//                     monkey_patch()
function asyncioHub(statement: Node, view: FileView): readonly Proposal[] {
  if (/eventlet\.hubs\.asyncio|EVENTLET_HUB/.test(view.text) || !hasOwnLines(view, statement)) return [];
  const binding = view.names.seenFrom(statement, 'eventlet')?.bindings[0]?.node;
  const isThere = binding !== undefined && importAround(binding)?.type === 'import_statement';
  const edits = change(view);
  linesAbove(edits, view, statement, [...(isThere ? [] : ['import eventlet.hubs']), "eventlet.hubs.use_hub('eventlet.hubs.asyncio')"]);
  return [onAsyncio(asyncioHubTitle, asyncioHubWhy, edits.done())];
}
