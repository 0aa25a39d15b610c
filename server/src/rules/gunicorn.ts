import type { StringUse } from '../python/uses';
import { change } from './kit/change';
import { links } from './kit/links';
import { nowhere } from './kit/proposing';
import type { FileView } from './kit/view';
import type { Proposal, Rule } from './rule';

export const gunicorn: Rule = {
  id: 'gunicorn',
  pattern: 5,
  names: ['gunicorn.workers.geventlet.*', '**'],
  forms: ['name', 'string'],
  kind: 'config',
  answers: (use) => (use.form === 'string' ? isWorker(use) : use.api.startsWith('gunicorn.') && use.api !== 'gunicorn.workers.geventlet'),
  message: (use) => (use.form === 'string' ? 'gunicorn’s workers answer requests in green threads here.' : `\`${use.api}\` is the worker on eventlet, which gunicorn 26 does not have any more.`),
  guide: {
    title: 'gunicorn’s worker on eventlet',
    does: '`worker_class = "eventlet"` in gunicorn’s configuration, which is Python, answers each request in a green thread and patches the process of the worker.',
    replacement: {
      threading: '`worker_class = "gthread"` with a number of `threads`.',
      asyncio: 'An ASGI application with the worker of an ASGI server.',
    },
    differences: [
      { of: 'order', aspect: 'two requests at once', eventlet: 'they change places only where one of them waits', threading: 'they change places anywhere: what they share needs locks' },
      { of: 'cancellation', aspect: '`timeout`', eventlet: 'the worker is killed when it gives no sign; a request may take longer', threading: 'the same' },
      { of: 'defaults', aspect: 'how many requests at once', eventlet: '`worker_connections`, 1000', threading: '`threads`, 1 where nothing is said' },
    ],
    same: { value: 'the application gives the same answer', exceptions: 'what the application raises is logged and answered with 500 in both', blocking: 'a request that waits lets others be answered, as long as there are threads' },
    links: [...links.gunicorn.guidance, ...links.wsgi.guidance],
  },
  proposals: (use, view) => (use.form === 'string' ? gthread(use, view) : nowhere('a class that is built on this worker is built on gunicorn’s `gthread.ThreadWorker` instead, which has other methods')),
  examples: [
    {
      title: 'workers have native threads',
      before: `
bind = '0.0.0.0:80'
worker_class = 'eventlet'
                #^^^^^^^ review
options = {'worker_class': 'gunicorn.workers.geventlet.EventletWorker'}
                            #^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ review
`,
      after: `
bind = '0.0.0.0:80'
worker_class = 'gthread'
options = {'worker_class': 'gthread'}
`,
    },
    {
      title: 'a worker of one’s own is built anew',
      before: `
from gunicorn.workers.geventlet import EventletWorker


class Worker(EventletWorker):
             #^^^^^^^^^^^^^ none
    pass
`,
    },
    {
      title: 'other workers are left alone',
      before: `
worker_class = 'gthread'
if worker_class == 'eventlet':
    print('never')
`,
    },
  ],
};

function isWorker({ purpose, setting, text }: StringUse): boolean {
  return purpose === 'option' && /worker_?class$/i.test(setting?.name ?? '') && /^(eventlet|gunicorn\.workers\.geventlet\.EventletWorker)$/.test(text);
}

function gthread({ start, end }: StringUse, view: FileView): readonly Proposal[] {
  const edits = change(view).replace({ startIndex: start, endIndex: end }, 'gthread');
  const why = 'a worker serves as many requests at once as it has threads, and has one unless `threads` says more: choose the number';
  return [
    { target: 'threading', title: 'Use `gthread`', claim: 'review', conditions: [], why, change: edits.done() },
    { target: 'asyncio', reason: 'an ASGI worker serves an ASGI application; the WSGI application has to become one first' },
  ];
}
