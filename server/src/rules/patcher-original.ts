import { argumentsOf } from '../python/calls';
import { functionAround } from '../python/scopes';
import { plainString } from '../python/strings';
import type { NameUse } from '../python/uses';
import { contains, type Node } from '../syntax/node';
import { assignedName } from './kit/assigned';
import { change, type Change } from './kit/change';
import { spelled } from './kit/imports';
import { lineAbove, lineStart } from './kit/lines';
import { links } from './kit/links';
import { ambiguous, nowhere } from './kit/proposing';
import type { FileView } from './kit/view';
import type { Fix, Rule } from './rule';

export const patcherOriginal: Rule = {
  id: 'patcher-original',
  pattern: 2,
  names: ['eventlet.patcher.original', 'eventlet.import_patched'],
  message: (use) =>
    use.api === 'eventlet.import_patched'
      ? '`import_patched` loads a second, green copy of a module; without green threads the module itself is imported.'
      : '`patcher.original` gives the unpatched copy of a module; when nothing is patched any more, that is the module itself.',
  guide: {
    title: 'Originals and patched copies of modules',
    does: '`patcher.original(name)` gives a copy of a standard module that `monkey_patch()` did not touch, to start real threads or to sleep for real. `import_patched(name)` gives a copy of any module that uses green sockets, threads and so on.',
    replacement: {
      threading: 'A plain `import`. For `original` it goes together with `monkey_patch()`: as long as the process is patched, the plain module is the green one.',
      asyncio: 'A plain `import` as well; for the copy of a blocking library look for an asynchronous one.',
    },
    differences: [
      { of: 'blocking', aspect: '`original` in a patched process', eventlet: 'the native module', threading: 'the green module, until `monkey_patch()` is gone' },
      { of: 'value', aspect: 'identity', eventlet: 'a second copy even in an unpatched process: its classes are not those of the module', threading: 'one module; `isinstance` and module state agree' },
      { of: 'exceptions', aspect: 'exceptions of an imported copy', eventlet: 'classes of their own', threading: 'the module’s; `except` clauses match what others raise' },
    ],
    same: {
      order: 'a module is executed when it is imported first, in both',
      cancellation: 'nothing is cancelled',
      defaults: 'there are none',
    },
    links: [...links.monkeyPatch.guidance, ...links.order.guidance],
  },
  proposals(use, view) {
    if (use.form !== 'name') return [];
    const { call } = use;
    const module = call && moduleOf(call);
    if (!call || module === undefined) return nowhere('which module it gives is not written here as one string; import that module where it is known');
    const made = asImport(use, call, module, view);
    return [
      { target: 'threading', ...made },
      { target: 'asyncio', ...made },
    ];
  },
  examples: [
    {
      title: 'a name for the original becomes an import, and takes the place of an import',
      before: `
import os

from eventlet import patcher

real_threading = patcher.original('threading')
                 #^^^^^^^^^^^^^^^ review
time = patcher.original("time")
       #^^^^^^^^^^^^^^^ review

real_threading.Thread(target=time.sleep, args=(os.x,))
`,
      after: `
import os
import threading as real_threading
import time

real_threading.Thread(target=time.sleep, args=(os.x,))
`,
    },
    {
      title: 'elsewhere the import stays where the name was',
      before: `
from eventlet import patcher

class Watcher:
    time = patcher.original('time')
           #^^^^^^^^^^^^^^^ review

def pipe(real):
    if real:
        socket = patcher.original('socket')
                 #^^^^^^^^^^^^^^^ review
    return socket.socketpair()
`,
      after: `
class Watcher:
    import time

def pipe(real):
    if real:
        import socket
    return socket.socketpair()
`,
    },
    {
      title: 'an assignment that a comment explains stays under it',
      before: `
import os

from eventlet import patcher

# The workers run in native threads.
threading = patcher.original('threading')
            #^^^^^^^^^^^^^^^ review

def start(run):
    patcher.original('threading').Thread(target=run, args=(os.x,)).start()
    #^^^^^^^^^^^^^^^ review
`,
      after: `
import os

# The workers run in native threads.
import threading

def start(run):
    threading.Thread(target=run, args=(os.x,)).start()
`,
    },
    {
      title: 'in an expression the module is named',
      before: `
from eventlet import patcher

class Worker:
    def __init__(self, run):
        self.thread = patcher.original('threading').Thread(target=run)
                      #^^^^^^^^^^^^^^^ review
`,
      after: `
import threading

class Worker:
    def __init__(self, run):
        self.thread = threading.Thread(target=run)
`,
    },
    {
      title: 'a patched copy becomes the module itself',
      before: `
import eventlet

import yaml

feeds = eventlet.import_patched('feedparser')
        #^^^^^^^^^^^^^^^^^^^^^^ review
eventlet.import_patched('urllib.request').urlopen(yaml.x)
#^^^^^^^^^^^^^^^^^^^^^^ review
`,
      after: `
import urllib.request

import feedparser as feeds
import yaml

urllib.request.urlopen(yaml.x)
`,
    },
    {
      title: 'a module that is not named here stays unknown',
      before: `
from eventlet import patcher

def real(name):
    return patcher.original(name), map(patcher.original, [name])
           #^^^^^^^^^^^^^^^ none
                                       #^^^^^^^^^^^^^^^ none
`,
    },
    {
      title: 'somebody else’s patcher is left alone',
      before: `
from mypackage import patcher

threading = patcher.original('threading')
`,
    },
  ],
};

/** The module that the call gives, if its name is written down and nothing else is asked for. */
function moduleOf(call: Node): string | undefined {
  const { positional, keywords, isOpen } = argumentsOf(call);
  const [name, ...others] = positional;
  const module = name && !isOpen && others.length === 0 && keywords.size === 0 ? plainString(name) : undefined;
  return module !== undefined && /^\w+(\.\w+)*$/.test(module) ? module : undefined;
}

// real = patcher.original('threading')           =>  import threading as real
// patcher.original('threading').Thread(target=f)  =>  threading.Thread(target=f)
function asImport(use: NameUse, call: Node, module: string, view: FileView): Omit<Fix, 'target'> {
  const why = [use.api === 'eventlet.import_patched' ? copy : original, ...(use.isCertain ? [] : [ambiguous])].join('; ');
  return { title: `Import \`${module}\` itself`, claim: 'review', conditions: [], why, change: importing(call, module, view) };
}

const original = 'in a process that is still patched the plain module is the green one, which `original` was meant to avoid; this goes together with `monkey_patch()`';
const copy = 'the copy used green sockets and threads whatever the process had patched, and its exceptions were classes of their own';

function importing(call: Node, module: string, view: FileView): Change {
  const edits = change(view);
  const bound = assignedName(call);
  if (!bound) return edits.replace(call, nameOf(module, call, view) ?? edits.module(module, call)).done();
  const request = { module, ...(bound.name === module ? {} : { as: bound.name }) };
  const isExplained = lineAbove(view.text, lineStart(view.text, bound.statement.startIndex))?.trimStart().startsWith('#') ?? false;
  const isMovable = bound.statement.parent?.type === 'module' && !isExplained && view.names.of(bound.name).every(({ bindings }) => bindings.length === 1);
  if (isMovable) return edits.removeStatement(bound.statement).need({ ...request, above: bound.statement.startIndex }).done();
  return edits.replace(bound.statement, spelled(request)).done();
}

/** The name that another call of the same kind has given to the module, where this place sees it. */
function nameOf(module: string, at: Node, view: FileView): string | undefined {
  for (const use of view.uses) {
    const call = use.form === 'name' && patcherOriginal.names.includes(use.api) ? use.call : undefined;
    const bound = call && moduleOf(call) === module ? assignedName(call) : undefined;
    const variable = bound && view.names.seenFrom(at, bound.name);
    if (bound && variable?.bindings.length === 1 && variable.bindings.some(({ node }) => contains(bound.statement, node)) && variable.scope.kind === 'module' && functionAround(at)) return bound.name;
  }
  return undefined;
}
