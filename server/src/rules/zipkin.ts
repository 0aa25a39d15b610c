import { links } from './kit/links';
import { nowhere } from './kit/proposing';
import type { Rule } from './rule';

export const zipkin: Rule = {
  id: 'zipkin',
  pattern: 4,
  names: ['eventlet.zipkin.*'],
  message: (use) => `\`${use.api}\` traces green threads for Zipkin; OpenTelemetry does so for native threads and tasks.`,
  guide: {
    title: 'Tracing with Zipkin',
    does: '`eventlet.zipkin` patches eventlet’s WSGI server, green threads and HTTP client so that they report spans to Zipkin through Scribe.',
    replacement: {
      threading: 'OpenTelemetry with an exporter for Zipkin, and its instrumentation of the new WSGI server and HTTP client.',
      asyncio: 'OpenTelemetry as well; its context follows tasks by itself.',
    },
    differences: [
      { of: 'value', aspect: 'context of a new thread', eventlet: 'handed on by the patched `GreenThread`', threading: 'handed on with `contextvars.copy_context().run`, or by an instrumentation', asyncio: 'handed on' },
      { of: 'defaults', aspect: 'transport', eventlet: 'Thrift through Scribe', threading: 'HTTP' },
    ],
    same: {
      exceptions: 'a trace that cannot be sent is dropped in both',
      blocking: 'sending happens beside the request in both',
      order: 'spans carry their times',
      cancellation: 'nothing is cancelled',
    },
    links: [...links.wsgi.guidance],
  },
  proposals: () => nowhere('what it patches goes with eventlet; tracing is set up anew, with OpenTelemetry for example'),
  examples: [
    {
      title: 'tracing is set up anew',
      before: `
from eventlet.zipkin import patcher

patcher.enable_trace_patch(host='127.0.0.1', port=9410)
#^^^^^^^^^^^^^^^^^^^^^^^^^ none
`,
    },
    {
      title: 'other tracers are left alone',
      before: `
from mypackage.zipkin import patcher

patcher.enable_trace_patch()
`,
    },
  ],
};
