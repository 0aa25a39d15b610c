import { importAround, importedNames } from '../python/imports';
import type { ImportUse, NameUse } from '../python/uses';
import { enclosing, type Node } from '../syntax/node';
import { change } from './kit/change';
import { allOf } from './kit/aspects';
import { fixOf, rewriteOfFallback } from './kit/greenRewrite';
import { links } from './kit/links';
import { isNamedOtherwise } from './kit/namedOtherwise';
import type { FileView } from './kit/view';
import type { Proposal, Rule } from './rule';

export const importRule: Rule = {
  id: 'import',
  pattern: 1,
  names: ['*'],
  forms: ['import'],
  message: (use) => `\`${use.api}\` is imported here; the import goes with the last use of the name.`,
  guide: {
    title: 'Importing eventlet',
    does: 'An import makes eventlet a requirement of this module. Importing alone patches nothing, but `import eventlet.wsgi` also makes `eventlet.wsgi` reachable for other modules.',
    replacement: {
      threading: 'Nothing: when the last use of the name is gone, its import goes in the same fix. Where every use in the file has a fix, all of them together are offered here.',
      asyncio: 'Nothing: when the last use of the name is gone, its import goes in the same fix. Where every use in the file has a fix, all of them together are offered here.',
    },
    differences: [],
    same: allOf('importing alone changes nothing: what is done with the name has its own page'),
    links: [...links.overview.guidance, ...links.inventory.guidance],
  },
  proposals(use, view) {
    if (use.form !== 'import') return [];
    const fallback = rewriteOfFallback(use, view);
    return [fallback ? fixOf(fallback) : ({ target: 'threading', ...removal(use, view) } as Proposal), { target: 'asyncio', ...removal(use, view) } as Proposal];
  },
  examples: [
    {
      title: 'an import that nothing uses may go, but may be there for its effect',
      before: `
import os

import eventlet
       #^^^^^^^ review

os.getpid()
`,
      after: `
import os

os.getpid()
`,
    },
    {
      title: 'where every use has a fix, all of them together take the import away',
      before: `
import eventlet
       #^^^^^^^ safe

def poll():
    eventlet.sleep(0.1)
    eventlet.sleep(0)
`,
      after: `
import time

def poll():
    time.sleep(0.1)
    time.sleep(0)
`,
    },
    {
      title: 'together they are as safe as the weakest of them',
      before: `
import eventlet
       #^^^^^^^ review

def poll(work):
    eventlet.sleep(5)
    work(pause=eventlet.sleep)
`,
      after: `
import time

def poll(work):
    time.sleep(5)
    work(pause=time.sleep)
`,
    },
    {
      title: 'an import in use stays',
      before: `
from eventlet import wsgi
                     #^^^ none

wsgi.is_accepting = False
`,
    },
    {
      title: 'a second import of the same name may go when nothing is read through it',
      before: `
import eventlet
       #^^^^^^^ none
import eventlet.debug
       #^^^^^^^^^^^^^ review
import eventlet.wsgi
       #^^^^^^^^^^^^ none

eventlet.wsgi.server(eventlet.GreenPool())
`,
      after: `
import eventlet
import eventlet.wsgi

eventlet.wsgi.server(eventlet.GreenPool())
`,
    },
    {
      title: 'an optional import belongs to its branches, and goes as a whole when they are folded',
      before: `
try:
    import eventlet
           #^^^^^^^ none
except ImportError:
    eventlet = None
try:
    from eventlet import greenpool
                         #^^^^^^^^ review
except ImportError:
    greenpool = None

print(eventlet)
`,
      after: `
try:
    import eventlet
except ImportError:
    eventlet = None

print(eventlet)
`,
    },
    {
      title: 'other packages of that name are left alone',
      before: `
from . import eventlet
from mypackage.eventlet import sleep
import eventlet_helpers
`,
    },
  ],
};

function removal(use: ImportUse, view: FileView): Omit<Proposal, 'target'> {
  const { variable } = use;
  if (!variable) return { reason: 'a star import brings in names that cannot be told from this line; import by name first' };
  const optional = enclosing(use.node, 'try_statement');
  if (optional && variable.reads.length === 0 && isOnlyImport(optional, variable.name) && !isNamedOtherwise(view, variable)) return whole(optional, use, view);
  if (optional) return { reason: 'the import is optional here; its branches must be folded together with it' };
  if (isReadElsewhere(use, view)) {
    return {
      title: `Remove the import of \`${use.api}\``,
      claim: 'review',
      conditions: [],
      why: `nothing in this file reads \`${use.imported.dotted}\`, but importing it makes it reachable for other files too`,
      change: change(view).drop(use.imported).done(),
    } as Omit<Proposal, 'target'>;
  }
  if (variable.reads.length > 0) return { reason: `\`${variable.name}\` is still used in this file (${times(variable.reads.length)}), and not every use has a fix; the import goes with the last use`, unlessFixed: variable };
  if (variable.bindings.some(({ node }) => !importAround(node))) return { reason: `\`${variable.name}\` is also bound by something that is no import` };
  if (isNamedOtherwise(view, variable)) return { reason: `\`${variable.name}\` is needed from outside: another file or \`__all__\` names it` };
  return {
    title: `Remove the import of \`${use.api}\``,
    claim: 'review',
    conditions: [],
    why: 'nothing in this file uses the name, but importing it may be wanted for its effect or by others',
    change: change(view).drop(use.imported).done(),
  } as Omit<Proposal, 'target'>;
}

// try:                       =>
//     import eventlet
// except ImportError:
//     eventlet = None
function whole(statement: Node, use: ImportUse, view: FileView): Omit<Proposal, 'target'> {
  return {
    title: `Remove the optional import of \`${use.api}\``,
    claim: 'review',
    conditions: [],
    why: 'nothing in this file asks for the name any more, but importing it may be wanted for its effect or by others',
    change: change(view).removeStatement(statement).done(),
  } as Omit<Proposal, 'target'>;
}

/** Whether a `try` does nothing but import one name, or bind it to nothing. */
function isOnlyImport(statement: Node, name: string): boolean {
  const [body, ...handlers] = statement.namedChildren.filter((child): child is Node => !!child && child.type !== 'comment');
  const statementsOf = (block: Node | undefined): readonly Node[] => block?.namedChildren.filter((child): child is Node => !!child && child.type !== 'comment') ?? [];
  const imports = statementsOf(body);
  const isEmpty = ({ type, text }: Node): boolean => type === 'pass_statement' || new RegExp(`^${name}\\s*=\\s*(None|False)$`).test(text);
  const areEmpty = handlers.every((handler) => handler.type === 'except_clause' && statementsOf(handler.namedChildren.findLast((child) => child?.type === 'block') ?? undefined).every(isEmpty));
  const [only] = imports;
  return imports.length === 1 && only !== undefined && importedNames(only).length === 1 && areEmpty && !statement.descendantsOfType('comment').length;
}

/** Whether `import eventlet.debug` only repeats the name `eventlet`: another import binds it, and no read goes through the module. */
function isReadElsewhere({ imported, variable }: ImportUse, view: FileView): boolean {
  if (!variable || imported.dotted === imported.meaning || variable.bindings.length < 2 || variable.reads.length === 0) return false;
  const reads = view.uses.filter((other): other is NameUse => other.form === 'name' && other.variable === variable);
  return !reads.some(({ node }) => `${node.text.replace(/\s/g, '')}.`.startsWith(`${imported.dotted}.`));
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}
