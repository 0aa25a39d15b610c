import type { KeywordUse } from '../python/uses';
import { dropArgument } from './kit/arguments';
import { change } from './kit/change';
import { links } from './kit/links';
import { bothWays, nowhere } from './kit/proposing';
import type { FileView } from './kit/view';
import type { Proposal, Rule } from './rule';

export const osloLog: Rule = {
  id: 'oslo-log',
  pattern: 1,
  names: ['oslo_log.log.setup(fix_eventlet)', 'oslo_log.pipe_mutex.*'],
  forms: ['name', 'keyword'],
  answers: (use) => use.api !== 'oslo_log.pipe_mutex',
  message: (use) => (use.form === 'keyword' ? '`fix_eventlet` tells oslo.log whether handlers get locks that green threads of several native threads can share.' : `\`${use.api}\` is a lock for processes that mix green and native threads.`),
  guide: {
    title: 'oslo.log’s locks for green threads',
    does: 'A logging handler is guarded by a lock. In a process with green threads in several native threads that lock deadlocks, and so `oslo_log.log.setup(…, fix_eventlet=True)`, which is the default, exchanges it for one on a pipe (`oslo_log.pipe_mutex`).',
    replacement: { threading: 'Nothing: the argument goes, and a handler’s own lock does.', asyncio: 'Nothing.' },
    differences: [{ of: 'blocking', aspect: 'a handler that is in use', eventlet: 'a green thread waits for the pipe and lets others run', threading: 'a thread waits' }],
    same: {
      value: '`setup` gives nothing',
      exceptions: 'neither raises',
      order: 'lines are written in the order in which the lock is taken',
      cancellation: 'nothing here is cancelled',
      defaults: '`fix_eventlet` is true where nothing is said, and does something only where eventlet has patched the process',
    },
    links: [...links.osloLog.guidance],
  },
  proposals: (use, view) => (use.form === 'keyword' ? withoutKeyword(use, view) : nowhere('the lock of a native handler is a `threading.RLock`, which it makes itself; this goes with the code that puts it in')),
  examples: [
    {
      title: 'the default need not be said',
      before: `
from oslo_log import log as logging

logging.setup(CONF, 'service', fix_eventlet=True)
                               #^^^^^^^^^^^ safe
`,
      after: `
from oslo_log import log as logging

logging.setup(CONF, 'service')
`,
    },
    {
      title: 'what was switched off comes back while eventlet is there',
      before: `
from oslo_log import log as logging

logging.setup(
    CONF,
    'service',
    fix_eventlet=False,
    #^^^^^^^^^^^ review
)
`,
      after: `
from oslo_log import log as logging

logging.setup(
    CONF,
    'service',
)
`,
    },
    {
      title: 'the lock itself is for green threads',
      before: `
from oslo_log import pipe_mutex

lock = pipe_mutex.PipeMutex()
       #^^^^^^^^^^^^^^^^^^^ none
`,
    },
    {
      title: 'other arguments are left alone',
      before: `
from oslo_log import log as logging

logging.setup(CONF, 'service', version='1')
logging.getLogger(__name__)
`,
    },
  ],
};

function withoutKeyword({ node, value }: KeywordUse, view: FileView): readonly Proposal[] {
  const edits = change(view);
  if (!dropArgument(edits, view, node)) return nowhere('a comment stands with the argument; take both out by hand');
  const made = { title: 'Drop `fix_eventlet`', conditions: [], change: edits.done() } as const;
  if (value.type === 'true') return bothWays({ ...made, claim: 'safe', conditions: [{ kind: 'checked', text: 'it is what `setup` does anyway' }] });
  return bothWays({ ...made, claim: 'review', why: 'without it, oslo.log exchanges the locks of handlers as long as eventlet has patched the process' });
}
