import type { StringUse } from '../python/uses';
import { change } from './kit/change';
import { links } from './kit/links';
import { nowhere } from './kit/proposing';
import type { FileView } from './kit/view';
import type { Proposal, Rule } from './rule';

export const celery: Rule = {
  id: 'celery',
  pattern: 8,
  names: ['celery.signals.eventlet_pool_apply', 'celery.signals.eventlet_pool_postshutdown', 'celery.signals.eventlet_pool_preshutdown', 'celery.signals.eventlet_pool_started', 'celery.concurrency.eventlet.*', '**'],
  forms: ['name', 'string'],
  kind: 'config',
  answers: (use) => (use.form === 'string' ? isPool(use) : use.api.startsWith('celery.')),
  message: (use) => (use.form === 'string' ? 'Celery’s workers run tasks in green threads here.' : `\`${use.api}\` belongs to Celery’s pool of green threads.`),
  guide: {
    title: 'Celery’s pool of green threads',
    does: '`worker_pool = "eventlet"` (`CELERYD_POOL` before Celery 4) and `--pool=eventlet` run tasks in green threads, and patch the worker’s process. Signals tell when that pool starts, stops and takes a task.',
    replacement: {
      threading: 'The pool `threads`, or `prefork` and `solo`; and a `worker_concurrency` that is fit for them: thousands become tens. Signals of the worker, such as `worker_ready` and `worker_shutdown`, take the place of the pool’s.',
      asyncio: 'Celery has no pool for coroutines.',
    },
    differences: [
      { of: 'order', aspect: 'two tasks at once', eventlet: 'they change places only where one of them waits', threading: 'they change places anywhere' },
      { of: 'cancellation', aspect: 'time limits, `revoke(terminate=True)`', eventlet: 'a task can be ended while it waits', threading: 'the pool `threads` ends none; `prefork` does' },
      { of: 'defaults', aspect: '`worker_concurrency`', eventlet: 'as many as processors, mostly set to hundreds', threading: 'as many as processors' },
    ],
    same: { value: 'results go to the same backend', exceptions: 'a task that fails is recorded and tried again in the same way', blocking: 'who waits for a result waits in both' },
    links: [...links.celery.guidance],
  },
  proposals: (use, view) => (use.form === 'string' ? threads(use, view) : nowhere('the other pools send no such signal: those of the worker (`worker_init`, `worker_ready`, `worker_shutdown`) or of the task (`task_prerun`) do what it was for')),
  examples: [
    {
      title: 'the pool has native threads',
      before: `
from celery import Celery

app = Celery('service')
app.conf.worker_pool = 'eventlet'
                        #^^^^^^^ review
app.conf.update(worker_pool='eventlet', worker_concurrency=500)
                             #^^^^^^^ review
CELERYD_POOL = 'eventlet'
                #^^^^^^^ review
app.worker_main(['worker', '--pool=eventlet'])
                            #^^^^^^^^^^^^^^ review
`,
      after: `
from celery import Celery

app = Celery('service')
app.conf.worker_pool = 'threads'
app.conf.update(worker_pool='threads', worker_concurrency=500)
CELERYD_POOL = 'threads'
app.worker_main(['worker', '--pool=threads'])
`,
    },
    {
      title: 'signals of the pool have no counterpart',
      before: `
from celery import signals

signals.eventlet_pool_started.connect(print)
#^^^^^^^^^^^^^^^^^^^^^^^^^^^^ none
`,
    },
    {
      title: 'other pools are left alone',
      before: `
from celery import signals

worker_pool = 'prefork'
signals.worker_ready.connect(print)
`,
    },
  ],
};

function isPool({ purpose, setting, text }: StringUse): boolean {
  if (purpose === 'option' && /^((celery_)?worker_pool|celeryd_pool)$/i.test(setting?.name ?? '')) return text === 'eventlet';
  return setting?.callee === 'worker_main' && /^(--pool=|-P)?eventlet$/.test(text);
}

function threads({ start, end, text }: StringUse, view: FileView): readonly Proposal[] {
  const edits = change(view).replace({ startIndex: start, endIndex: end }, text.replace(/eventlet$/, 'threads'));
  const why = 'the concurrency counts native threads then: hundreds of green ones are cheap, tens of native ones are usual';
  return [
    { target: 'threading', title: 'Use the pool `threads`', claim: 'review', conditions: [], why, change: edits.done() },
    { target: 'asyncio', reason: 'Celery has no pool for coroutines' },
  ];
}
