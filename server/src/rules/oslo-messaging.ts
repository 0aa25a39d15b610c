import type { KeywordUse } from '../python/uses';
import { plainString } from '../python/strings';
import { change } from './kit/change';
import { links } from './kit/links';
import type { FileView } from './kit/view';
import type { Proposal, Rule } from './rule';

export const osloMessaging: Rule = {
  id: 'oslo-messaging',
  pattern: 4,
  names: ['oslo_messaging.get_rpc_server(executor)', 'oslo_messaging.get_notification_listener(executor)', 'oslo_messaging.get_batch_notification_listener(executor)'],
  forms: ['keyword'],
  kind: 'config',
  answers: (use) => use.form === 'keyword' && plainString(use.value) === 'eventlet',
  message: () => 'This server answers each message in a green thread.',
  guide: {
    title: 'Executors of oslo.messaging',
    does: '`get_rpc_server`, `get_notification_listener` and `get_batch_notification_listener` take the executor that runs the endpoints: `threading` or `eventlet`. Where none is named, oslo.messaging looks whether eventlet has patched the process. The argument is deprecated.',
    replacement: {
      threading: '`executor="threading"`, and no argument at all once nothing patches the process. `executor_thread_pool_size` in the configuration says how many messages are worked on at once; `heartbeat_in_pthread` is of no use any more.',
      asyncio: 'oslo.messaging has no executor for coroutines: endpoints run in threads and hand work to a loop.',
    },
    differences: [
      { of: 'blocking', aspect: 'an endpoint that waits', eventlet: 'lets other messages be worked on', threading: 'keeps its thread; others are worked on as long as there are threads' },
      { of: 'order', aspect: 'two messages at once', eventlet: 'they change places only where one of them waits', threading: 'they change places anywhere: what they share needs locks' },
      { of: 'defaults', aspect: 'how many at once', eventlet: '64 green threads', threading: '64 native threads; mind their memory, and the connections to the database' },
    ],
    same: {
      value: 'what an endpoint returns is the answer in both',
      exceptions: 'what an endpoint raises goes to the caller in both',
      cancellation: '`stop()` takes no more messages, and `wait()` waits for those under way, in both',
    },
    links: [...links.osloMessaging.guidance, ...links.openstack.guidance],
  },
  proposals: (use, view) => (use.form === 'keyword' ? proposals(use, view) : []),
  examples: [
    {
      title: 'messages are worked on by threads',
      before: `
import oslo_messaging as messaging


def serve(transport, target, endpoints):
    return messaging.get_rpc_server(transport, target, endpoints,
                                    executor='eventlet')
                                              #^^^^^^^ review
`,
      after: `
import oslo_messaging as messaging


def serve(transport, target, endpoints):
    return messaging.get_rpc_server(transport, target, endpoints,
                                    executor='threading')
`,
    },
    {
      title: 'other executors, and other people’s, are left alone',
      before: `
import oslo_messaging

oslo_messaging.get_rpc_server(transport, target, [], executor='threading')
oslo_messaging.get_notification_listener(transport, [target], [], executor=name)
`,
    },
  ],
};

function proposals({ start, end }: KeywordUse, view: FileView): readonly Proposal[] {
  const edits = change(view).replace({ startIndex: start, endIndex: end }, 'threading');
  const why = 'messages are worked on by native threads then, `executor_thread_pool_size` of them: what endpoints share needs locks';
  return [
    { target: 'threading', title: 'Use `threading`', claim: 'review', conditions: [], why, change: edits.done() },
    { target: 'asyncio', reason: 'oslo.messaging has no executor for coroutines' },
  ];
}
