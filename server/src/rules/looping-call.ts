import { links } from './kit/links';
import { nowhere } from './kit/proposing';
import type { Rule } from './rule';

export const loopingCall: Rule = {
  id: 'looping-call',
  pattern: 6,
  names: ['oslo_service.loopingcall.*', 'oslo_service.threadgroup.ThreadGroup'],
  severity: 'information',
  endsWithNativeBackend: true,
  answers: (use) => use.api !== 'oslo_service.loopingcall',
  message: (use) => `\`${use.api}\` runs on whatever backend of oslo.service the process has chosen, and that is eventlet where nothing is said.`,
  guide: {
    title: 'Looping calls and thread groups of oslo.service',
    does: '`loopingcall.FixedIntervalLoopingCall` and its likes call a function again and again, `ThreadGroup` keeps threads and timers. On the backend on eventlet these are green threads.',
    replacement: {
      threading: 'The code stays. The entry point chooses the backend on threads, and what is done with the results is looked at once. When a module outside the tests has chosen it, this rule is silent.',
      asyncio: 'A task that sleeps in a loop; oslo.service has no backend for an event loop.',
    },
    differences: [
      { of: 'value', aspect: '`wait()` of a thread', eventlet: 'what the function returned', threading: '`None`; of a looping call it is the same in both' },
      { of: 'exceptions', aspect: 'what a thread raises', eventlet: '`wait()` raises it', threading: 'it goes to `threading.excepthook`; of a looping call `wait()` raises it in both' },
      { of: 'blocking', aspect: '`add_thread` of a full group', eventlet: 'waits for a slot', threading: '`RuntimeError`' },
      { of: 'cancellation', aspect: '`stop()`', eventlet: 'a thread ends where it waits', threading: 'does nothing to a thread; a looping call goes on to the end of its turn in both' },
      { of: 'defaults', aspect: '`thread_pool_size`', eventlet: '10 where `ThreadGroup()` says nothing', threading: '1000; threads are no daemons' },
    ],
    same: { order: 'timers begin in the order in which they are started' },
    links: links.openstack.guidance,
  },
  proposals: () => nowhere('the code stays and the backend changes: `backend.init_backend(backend.BackendType.THREADING)` in the entry point, after a look at what is stopped, waited for and linked here'),
  examples: [
    {
      title: 'timers and groups of threads follow the backend',
      before: `
from oslo_service import loopingcall
from oslo_service.threadgroup import ThreadGroup

timer = loopingcall.FixedIntervalLoopingCall(print)
        #^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ none
group = ThreadGroup(10)
        #^^^^^^^^^^ none


@loopingcall.RetryDecorator(max_retry_count=3)
 #^^^^^^^^^^^^^^^^^^^^^^^^^ none
def fetch():
    raise loopingcall.LoopingCallDone()
`,
    },
    {
      title: 'periodic tasks have nothing to do with it',
      before: `
from oslo_service import periodic_task


class Tasks(periodic_task.PeriodicTasks):
    pass
`,
    },
  ],
};
