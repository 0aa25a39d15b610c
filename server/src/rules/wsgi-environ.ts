import { links } from './kit/links';
import { nowhere } from './kit/proposing';
import type { Rule } from './rule';

export const wsgiEnviron: Rule = {
  id: 'wsgi-environ',
  pattern: 5,
  names: ['eventlet.posthooks', 'eventlet.input', 'eventlet.minimum_write_chunk_size', 'eventlet.set_idle'],
  forms: ['string'],
  answers: (use) => use.form === 'string' && (use.purpose === 'key' || use.purpose === 'variable'),
  message: (use) => `\`${use.api}\` is in the environment of a request only where eventlet’s WSGI server serves it.`,
  guide: {
    title: 'What eventlet’s server adds to a request',
    does: 'Beyond WSGI, `eventlet.wsgi` puts things into the environment of a request: `eventlet.posthooks`, functions to call when the answer is out; `eventlet.input`, the body as the server reads it; `eventlet.minimum_write_chunk_size`; `eventlet.set_idle`.',
    replacement: {
      threading: 'Posthooks: an answer with a method `close()`, which every server calls (PEP 3333). The others have no counterpart: `wsgi.input` is the body, and chunks are the server’s business.',
      asyncio: 'Posthooks: background tasks of the ASGI framework. The others have no counterpart.',
    },
    differences: [
      { of: 'order', aspect: 'posthooks', eventlet: 'run when the answer has been sent and logged', threading: '`close()` runs when the answer has been sent, before it is logged' },
      { of: 'exceptions', aspect: 'the key', eventlet: 'is there', threading: '`KeyError`' },
    ],
    same: {
      value: 'what a posthook returns is thrown away, as what `close()` returns',
      blocking: 'the connection is kept until they are done, in both',
      cancellation: 'both run also where the client has gone',
      defaults: 'an answer without them is an answer',
    },
    links: [...links.posthooks.guidance, ...links.wsgi.python],
  },
  proposals: (use) => nowhere(reasons.get(use.api) ?? ''),
  examples: [
    {
      title: 'posthooks and the body as eventlet reads it',
      before: `
def app(environ, start_response):
    environ['eventlet.posthooks'].append((print, ('done',), {}))
             #^^^^^^^^^^^^^^^^^ none
    body = environ.get('eventlet.input', environ['wsgi.input'])
                        #^^^^^^^^^^^^^ none
    start_response('200 OK', [])
    return [body.read()]
`,
    },
    {
      title: 'a server that fills the environment itself is found too',
      before: `
environ = {'wsgi.version': (1, 0), 'eventlet.set_idle': print}
                                    #^^^^^^^^^^^^^^^^ none
print('eventlet.posthooks')
`,
    },
  ],
};

const reasons: ReadonlyMap<string, string> = new Map([
  ['eventlet.posthooks', 'no other server calls them: return an answer with `close()`, which every server calls when it is done (PEP 3333)'],
  ['eventlet.input', 'other servers have the body in `wsgi.input` only; what eventlet’s can do beyond that has no counterpart'],
  ['eventlet.minimum_write_chunk_size', 'other servers decide themselves how they send an answer in chunks'],
  ['eventlet.set_idle', 'other servers decide themselves which connections they close when they stop'],
]);
