import { eventlet } from '../python/eventlet';
import { historicalModules } from '../python/eventletSurface';
import type { Use } from '../python/uses';
import { modernName } from './kit/historicalNames';
import { links } from './kit/links';
import { nowhere } from './kit/proposing';
import type { Rule } from './rule';

export const historical: Rule = {
  id: 'historical',
  pattern: 1,
  names: ['eventlet.coros.*', ...modulesThatAreGone()],
  forms: ['import', 'name', 'member'],
  answers: (use) => moduleOf(use) !== undefined,
  message: (use) => `\`${moduleOf(use)}\` was removed from eventlet long ago and cannot be imported on Python 3; this code is dead or has to be brought up to date first.`,
  guide: {
    title: 'Modules that are gone',
    does: '`eventlet.api`, the old part of `eventlet.coros`, `eventlet.proc`, `eventlet.pool`, `eventlet.util`, `eventlet.processes`, `eventlet.twistedutil` and others are parts of releases before 0.16. No release that runs on Python 3 has them.',
    replacement: {
      threading: 'Whatever the modern name is replaced by: `api.spawn` is `eventlet.spawn`, `coros.Queue` is `eventlet.queue.Queue`, `pool.Pool` is `GreenPool`, and each of these has its own page. Code that nothing reaches on Python 3 is deleted.',
      asyncio: 'The same.',
    },
    differences: [
      { of: 'exceptions', aspect: 'importing it', eventlet: '`ImportError` in every release that runs on Python 3', threading: '—' },
      { of: 'defaults', aspect: '`api.timeout(seconds)`', eventlet: 'silent unless told what to raise; today’s `Timeout` raises itself', threading: 'a time limit of the call that waits' },
      { of: 'blocking', aspect: '`coros.Channel`', eventlet: '`eventlet.queue.Queue(0)`: every `put` waits for its `get`', threading: 'no counterpart; a `queue.Queue` and an answer queue' },
    ],
    same: {
      value: 'nothing is given, because nothing can be imported',
      order: 'nothing runs',
      cancellation: 'nothing runs',
    },
    links: [...links.overview.guidance],
  },
  proposals(use) {
    const modern = modernName(use.api);
    return nowhere(modern === undefined ? 'it is not in any eventlet for Python 3: delete the code if nothing reaches it, else find out what it was for' : `it is not in any eventlet for Python 3: delete the code if nothing reaches it, else use ${modern} first, which is then replaced like any other`);
  },
  examples: [
    {
      title: 'the reason names what it is called today',
      before: `
from eventlet import api, coros
                     #^^ none
from eventlet.proc import spawn_link
                          #^^^^^^^^^ none

def run(work):
    api.call_after(1, work)
    #^^^^^^^^^^^^^ none
    queue = coros.queue(5)
            #^^^^^^^^^^ none
    queue.send(spawn_link(work))
    #^^^^^^^^^ none
               #^^^^^^^^^ none
`,
    },
    {
      title: 'what has no modern name is named as such',
      before: `
import eventlet.saranwrap
       #^^^^^^^^^^^^^^^^^ none

eventlet.saranwrap.wrap(None)
#^^^^^^^^^^^^^^^^^^^^^^ none
`,
    },
    {
      title: 'what is left of `coros` is not historical',
      before: `
from eventlet import coros
from mypackage.eventlet import api

coros.metaphore().wait()
api.sleep(1)
`,
    },
  ],
};

/** The green modules that are gone are told of with the others of their kind. */
function modulesThatAreGone(): readonly string[] {
  const packages = Object.entries(historicalModules).filter(([name]) => !name.startsWith('eventlet.green.'));
  return packages.flatMap(([name, modules]) => modules.split(' ').map((module) => `${name}.${module}.*`));
}

/** The historical module that a use belongs to. What `coros` had besides `metaphore` is as gone as a module. */
function moduleOf({ api }: Use): string | undefined {
  const parts = api.replace(/\(\).*/, '').split('.');
  for (let count = parts.length; count > 1; count--) {
    const module = parts.slice(0, count).join('.');
    if (eventlet.isHistorical(module)) return module;
  }
  return parts[1] === 'coros' && parts.length > 2 && parts[2] !== 'metaphore' ? 'eventlet.coros' : undefined;
}
