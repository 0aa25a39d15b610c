import { argumentsOf } from '../python/calls';
import type { NameUse, Use } from '../python/uses';
import { sameNode } from '../syntax/node';
import { links } from './kit/links';
import { commandLines, counterpart, wsgiConstants, wsgiParameters } from './kit/wsgiParameters';
import { wsgiServers } from './kit/wsgiServers';
import type { Difference, Rule } from './rule';

export const wsgi: Rule = {
  id: 'wsgi',
  pattern: 5,
  names: ['eventlet.wsgi.*'],
  message: (use) => (use.api === 'eventlet.wsgi.server' ? '`eventlet.wsgi.server` serves HTTP with a green thread for each connection; a server with native threads takes its place.' : `\`${use.api}\` belongs to eventlet’s WSGI server and goes with it.`),
  guide: {
    title: 'The WSGI server',
    does: '`wsgi.server(sock, site, …)` serves a WSGI application on a listening socket, with one green thread for each connection, until the socket is closed. It blocks its caller.',
    replacement: {
      threading:
        'Another server for the same application. From outside: `gunicorn --worker-class gthread --threads 16 --bind 0.0.0.0:8080 package.module:application`, uWSGI (with `enable-threads`) or mod_wsgi. ' +
        'From inside the program: `server = cheroot.wsgi.Server(address, application, numthreads=16)`, `server.start()`, which blocks, and `server.stop()` in `finally`; waitress is another one. ' +
        '`wsgiref.simple_server` serves one request at a time and is no replacement. Do this first: the other green threads of the process can follow one by one.',
      asyncio: 'uvicorn or hypercorn for an ASGI application; a WSGI application runs on them through `a2wsgi` or `asgiref.wsgi.WsgiToAsgi`, in threads.',
    },
    differences: [
      ...[...wsgiParameters, ...wsgiConstants].map(
        ([name, parameter]): Difference => ({ aspect: `\`${name}\``, eventlet: wsgiParameters.has(name) ? 'parameter of `wsgi.server`' : 'constant of `eventlet.wsgi`', threading: counterpart(name, parameter).slice(name.length + 4) }),
      ),
      { of: 'order', aspect: '`environ["eventlet.posthooks"]`', eventlet: 'functions that run after the response', threading: 'an iterable with `close()` as the response (PEP 3333)' },
      { aspect: '`environ["eventlet.input"]`, `["eventlet.set_idle"]`, `["headers_raw"]`, `["RAW_PATH_INFO"]`', eventlet: 'set', threading: 'missing; gunicorn has `RAW_URI`' },
      { aspect: '`wsgi.input.get_socket()`, `100-continue` headers', eventlet: 'there', threading: 'missing' },
      { of: 'value', aspect: 'names of headers', eventlet: 'capitalised', threading: 'as the application spells them; waitress capitalises too' },
      { of: 'blocking', aspect: 'connections', eventlet: '1024 at a time', threading: 'as many as there are threads; the others wait' },
      { of: 'defaults', aspect: 'logging', eventlet: 'logger `eventlet.wsgi.server` or the `log` given', threading: 'loggers of the server: `gunicorn.access`, `gunicorn.error`' },
    ],
    same: {
      exceptions: 'what the application raises is logged and answered with 500 in both',
      cancellation: '`eventlet.StopServe` or `kill()` end eventlet’s server; the others end by a signal or a method of their own',
    },
    links: [...links.wsgi.guidance, ...links.wsgi.python, ...links.posthooks.guidance],
  },
  proposals: (use, view) => {
    const fixes = use.form === 'name' && use.api === 'eventlet.wsgi.server' ? wsgiServers(use, view) : [];
    return [
      ...(fixes.length > 0 ? fixes : [{ target: 'threading', reason: reasonFor(use) } as const]),
      { target: 'asyncio', reason: use.api === 'eventlet.wsgi.server' ? 'an ASGI server such as uvicorn takes its place; a WSGI application runs on it through `a2wsgi`' : 'it goes with eventlet’s server; an ASGI server has settings of its own' },
    ];
  },
  examples: [
    {
      title: 'cheroot serves from inside the program',
      before: `
import eventlet
from eventlet import wsgi

def serve(application, log):
    wsgi.server(eventlet.listen(('', 8080)), application, log,
    #^^^^^^^^^^ review
                max_size=200, debug=False)
`,
      after: `
import cheroot.wsgi

def serve(application, log):
    server = cheroot.wsgi.Server(('', 8080), application, numthreads=200)
    try:
        server.start()
    finally:
        server.stop()
`,
    },
    {
      title: 'a socket that listens already is taken by waitress',
      before: `
import eventlet.wsgi

def serve(sock, application):
    eventlet.wsgi.server(sock, application, socket_timeout=60)
    #^^^^^^^^^^^^^^^^^^^ review
`,
      after: `
import waitress

def serve(sock, application):
    waitress.serve(sockets=[sock], app=application, channel_timeout=60)
`,
    },
    {
      title: 'the reason names what each parameter of this call becomes',
      before: `
import eventlet
from eventlet import wsgi

def serve(application, log):
    return wsgi.server(eventlet.listen(('', 8080)), application, log, max_size=200, keepalive=False, debug=False)
           #^^^^^^^^^^ none
    eventlet.spawn(wsgi.server, None, application, custom_pool=None)
                   #^^^^^^^^^^ none
`,
    },
    {
      title: 'limits that are assigned become settings of the new server',
      before: `
import eventlet.wsgi

eventlet.wsgi.MAX_HEADER_LINE = 16384
#^^^^^^^^^^^^^^^^^^^^^^^^^^^^ none
eventlet.wsgi.MINIMUM_CHUNK_SIZE = 1
#^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ none
`,
    },
    {
      title: 'a subclass of the protocol has to be taken apart',
      before: `
from eventlet import wsgi

class Protocol(wsgi.HttpProtocol):
               #^^^^^^^^^^^^^^^^ none
    pass

def is_input(stream):
    return isinstance(stream, wsgi.Input)
                              #^^^^^^^^^ none
`,
    },
    {
      title: 'other servers are left alone',
      before: `
from cheroot import wsgi

wsgi.Server(('', 8080), None)
`,
    },
  ],
};

const subclassed: Readonly<Record<string, string>> = {
  'eventlet.wsgi.HttpProtocol': 'a handler of eventlet’s server has no counterpart in others: what it changes becomes a middleware or a setting',
  'eventlet.wsgi.Input': 'the request body is an object of the new server then; code may use what PEP 3333 promises: `read`, `readline`, `readlines` and iteration',
  'eventlet.wsgi.Server': 'a server object of eventlet is replaced with the server',
  'eventlet.wsgi.format_date_time': '`email.utils.formatdate(seconds, usegmt=True)` gives the same text',
  'eventlet.wsgi.is_accepting': 'to stop accepting, the new server is told to stop: SIGTERM for gunicorn and uWSGI, `server.stop()` for cheroot',
};

function reasonFor(use: Use): string {
  if (use.api === 'eventlet.wsgi.server') return `start the application with another server, such as ${commandLines(new Map())}${use.form === 'name' ? mapping(use) : ''}`;
  const constant = wsgiConstants.get(use.api.slice('eventlet.wsgi.'.length));
  if (constant) return `it becomes a setting of the new server; ${counterpart(use.api.slice('eventlet.wsgi.'.length), constant)}`;
  return subclassed[use.api] ?? 'it belongs to the inside of eventlet’s server and has no counterpart in others';
}

/** What the parameters given at this call become; `spawn(wsgi.server, sock, site)` gives them, too. */
function mapping(use: NameUse): string {
  const list = use.node.parent;
  const call = use.call ?? (list?.type === 'argument_list' ? (list.parent ?? undefined) : undefined);
  if (!call) return '';
  const { positional, keywords } = argumentsOf(call);
  const given = use.call ? positional.length : positional.length - 1 - positional.findIndex((argument) => sameNode(argument, use.node));
  const names = [...[...wsgiParameters.keys()].slice(0, given), ...keywords.keys()];
  const parts = names.flatMap((name) => {
    const parameter = wsgiParameters.get(name);
    return parameter ? [counterpart(name, parameter)] : [];
  });
  return parts.length > 0 ? `. What is given here becomes: ${parts.join('; ')}` : '';
}
