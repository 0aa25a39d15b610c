import { argumentsOf } from '../python/calls';
import { functionAround } from '../python/scopes';
import type { NameUse } from '../python/uses';
import { enclosing, field, sameNode, statementOf, withoutParentheses, type Node } from '../syntax/node';
import { hasOwnLines, linesAbove } from './kit/blocks';
import { replaceCallee } from './kit/callLayout';
import { change } from './kit/change';
import { indentAt } from './kit/lines';
import { links } from './kit/links';
import { ambiguous, nowhere, unless } from './kit/proposing';
import { freeName } from './kit/statements';
import { helper, helperTitle } from './kit/useHelper';
import { hasPython, type FileView } from './kit/view';
import type { Condition, Fix, NoFix, Proposal, Rule } from './rule';

export const network: Rule = {
  id: 'network',
  pattern: 4,
  names: ['eventlet.connect', 'eventlet.listen', 'eventlet.serve', 'eventlet.StopServe', 'eventlet.wrap_ssl', 'eventlet.convenience.*'],
  message: (use) => messages[use.api] ?? `\`${use.api}\` belongs to eventlet’s shortcuts for sockets; Python’s \`socket\` and \`ssl\` take their place.`,
  guide: {
    title: 'Connecting, listening, serving',
    does: 'Shortcuts for green sockets: `connect` gives a connected one, `listen` a listening one, `serve` accepts connections and starts a green thread for each, `wrap_ssl` puts TLS around a socket.',
    replacement: {
      threading:
        '`connect(address)`: `socket.socket()` and `connect`, or `socket.create_connection(address)`. `listen(address)`: `socket.create_server(address, backlog=50, reuse_port=True)`; leave `reuse_port` out unless several processes share the port. ' +
        '`serve(sock, handle)`: a loop of `accept` with bounded threads, which is written into the `helper-module` of the project file, or `socketserver.ThreadingTCPServer`. `wrap_ssl`: an `ssl.SSLContext` and its `wrap_socket`.',
      asyncio: '`asyncio.open_connection`, `asyncio.start_server(handle, host, port, ssl=context)` and `async with server: await server.serve_forever()`.',
    },
    differences: [
      { of: 'defaults', aspect: 'address family of `connect`', eventlet: 'IPv4 unless told otherwise', threading: '`create_connection` tries IPv6, too' },
      { aspect: 'sharing the port', eventlet: '`listen` sets `SO_REUSEPORT`: a second listener on the port succeeds', threading: '`create_server` does so with `reuse_port=True` only; without it `EADDRINUSE`', asyncio: '`reuse_port=True`' },
      { aspect: 'IPv6', eventlet: 'as the system is set', threading: '`create_server` accepts IPv6 alone; `dualstack_ipv6=True` both' },
      { of: 'exceptions', aspect: 'an exception in the handler', eventlet: 'ends `serve` and is raised from it; `StopServe` ends it quietly', threading: 'stays in its thread', asyncio: 'is logged' },
      { of: 'blocking', aspect: 'limit', eventlet: '`serve` accepts 1000 connections at a time', threading: 'as many as the pool has threads', asyncio: 'none' },
      { of: 'value', aspect: 'end of a connection', eventlet: '`serve` closes the socket when the handler returns', threading: 'the handler closes it', asyncio: 'the handler closes the writer' },
      { aspect: 'TLS', eventlet: '`wrap_ssl` verified nothing by default', threading: '`ssl.create_default_context()` verifies the other side; `ssl.wrap_socket` is gone in Python 3.12' },
      { of: 'cancellation', aspect: 'waiting', eventlet: 'a `Timeout` ends it', threading: '`sock.settimeout(seconds)`; `sock.shutdown` from another thread ends it, `close` does not', asyncio: 'cancellation ends it' },
    ],
    same: {
      order: 'connections are accepted in the order in which they come',
    },
    links: [...links.network.guidance, ...links.network.python, ...links.wrapSsl.guidance, ...links.wrapSsl.python],
  },
  proposals(use, view) {
    if (use.form !== 'name') return [];
    if (use.api === 'eventlet.connect') return [connecting(use, view), { target: 'asyncio', reason: '`await asyncio.open_connection(host, port)` gives a reader and a writer, and what uses the socket is written anew for them' }];
    if (use.api === 'eventlet.listen') return [listening(use, view), { target: 'asyncio', reason: '`asyncio.start_server` opens the socket itself, together with the handler of its connections' }];
    const helped = use.api === 'eventlet.serve' || use.api === 'eventlet.StopServe' ? serving(view) : use.api === 'eventlet.wrap_ssl' ? wrappedByContext(use, view) : undefined;
    const refused = reasons[use.api];
    if (refused && helped) return [helped, ...refused.filter(({ target }) => target === 'asyncio')];
    return refused ?? nowhere(`\`${use.api}\` belongs to the inside of eventlet and has no counterpart`);
  },
  examples: [
    {
      title: 'a connected socket is made in two lines',
      before: `
import eventlet

class Client:
    def start(self, address):
        self.sock = eventlet.connect(address)  # the peer
                    #^^^^^^^^^^^^^^^ review
        sock = eventlet.connect(addr=('10.0.0.1', 80))
               #^^^^^^^^^^^^^^^ safe
        return sock
`,
      after: `
import socket

class Client:
    def start(self, address):
        self.sock = socket.socket()
        self.sock.connect(address)  # the peer
        sock = socket.socket()
        sock.connect(('10.0.0.1', 80))
        return sock
`,
    },
    {
      title: 'a name that somebody reads after a failure must not hold an unconnected socket',
      before: `
import contextlib

import eventlet

conn = None

def dial(address):
    global conn
    conn = eventlet.connect(address)
           #^^^^^^^^^^^^^^^ review

def ask(address):
    sock = other = None
    with contextlib.suppress(OSError):
        sock = eventlet.connect(address)
               #^^^^^^^^^^^^^^^ review
    def give():
        return other
    other = eventlet.connect(address)
            #^^^^^^^^^^^^^^^ review
    return sock, give
`,
      after: `
import contextlib
import socket

conn = None

def dial(address):
    global conn
    conn = socket.socket()
    conn.connect(address)

def ask(address):
    sock = other = None
    with contextlib.suppress(OSError):
        sock = socket.socket()
        sock.connect(address)
    def give():
        return other
    other = socket.socket()
    other.connect(address)
    return sock, give
`,
    },
    {
      title: 'an address that is read from the name itself is read before',
      before: `
import eventlet

def again(conn):
    conn = eventlet.connect(conn.getpeername())
           #^^^^^^^^^^^^^^^ review
    return conn
`,
      after: `
import socket

def again(conn):
    conn = socket.create_connection(conn.getpeername())
    return conn
`,
    },
    {
      title: 'in an expression the standard library connects, by IPv6 too',
      before: `
import eventlet

def ask(address, local):
    return eventlet.connect(address), eventlet.connect(address, bind=local)
           #^^^^^^^^^^^^^^^ review
                                      #^^^^^^^^^^^^^^^ review
`,
      after: `
import socket

def ask(address, local):
    return socket.create_connection(
        address), socket.create_connection(
        address, source_address=local)
`,
    },
    {
      title: 'a listening socket keeps its options',
      before: `
import socket

import eventlet
from eventlet import convenience

def listen(port, family):
    yield eventlet.listen(('0.0.0.0', port))
          #^^^^^^^^^^^^^^ review
    yield convenience.listen(('::1', 0), family, 128)
          #^^^^^^^^^^^^^^^^^ review
    yield eventlet.listen(
          #^^^^^^^^^^^^^^ review
        ('', 8080),
        backlog=4096,
    )
    yield eventlet.listen('/run/service', family=socket.AF_UNIX, reuse_port=False)
          #^^^^^^^^^^^^^^ review
`,
      after: `
import socket

def listen(port, family):
    yield socket.create_server(('0.0.0.0', port), backlog=50, reuse_port=True)
    yield socket.create_server(('::1', 0), family=family, backlog=128)
    yield socket.create_server(
        ('', 8080),
        backlog=4096, reuse_port=True,
    )
    yield socket.create_server(
        '/run/service', family=socket.AF_UNIX, reuse_port=False, backlog=50)
`,
    },
    {
      title: 'in a process that is not patched the socket blocks',
      patched: [],
      before: `
import eventlet

def ask(address):
    sock = eventlet.connect(address)
           #^^^^^^^^^^^^^^^ review
    return sock
`,
      after: `
import socket

def ask(address):
    sock = socket.socket()
    sock.connect(address)
    return sock
`,
    },
    {
      title: 'options without a counterpart and unknown arguments are left to a person',
      before: `
import eventlet

def open(address, *options):
    yield eventlet.connect(address, *options)
          #^^^^^^^^^^^^^^^ none
    yield eventlet.connect(address, 10)
          #^^^^^^^^^^^^^^^ none
    yield eventlet.listen(address, reuse_addr=False)
          #^^^^^^^^^^^^^^ none
    yield map(eventlet.listen, options)
              #^^^^^^^^^^^^^^ none
`,
    },
    {
      title: 'a context wraps sockets in TLS',
      before: `
import eventlet

def wrap(sock, certificate, options):
    server = eventlet.wrap_ssl(sock, certfile=certificate, keyfile='key.pem', server_side=True)
             #^^^^^^^^^^^^^^^^ review
    eventlet.wrap_ssl(sock, **options)
    #^^^^^^^^^^^^^^^^ none
    return server, eventlet.wrap_ssl(sock)
                   #^^^^^^^^^^^^^^^^ none

def call(sock):
    return eventlet.wrap_ssl(sock)
           #^^^^^^^^^^^^^^^^ review
`,
      after: `
import ssl

import eventlet

def wrap(sock, certificate, options):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, 'key.pem')
    server = context.wrap_socket(sock, server_side=True)
    eventlet.wrap_ssl(sock, **options)
    return server, eventlet.wrap_ssl(sock)

def call(sock):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context.wrap_socket(sock)
`,
    },
    {
      title: 'serving is helper code of the project',
      helperModule: 'service.concurrency',
      before: `
import eventlet

def run(sock, handle):
    try:
        eventlet.serve(sock, handle, concurrency=20)
        #^^^^^^^^^^^^^ review
    except eventlet.StopServe:
           #^^^^^^^^^^^^^^^^^ review
        pass
`,
      after: `
from service import concurrency

def run(sock, handle):
    try:
        concurrency.serve(sock, handle, concurrency=20)
    except concurrency.StopServe:
        pass
`,
    },
    {
      title: 'without a module for helper code serving is designed anew',
      before: `
import eventlet

def run(tls, handle):
    try:
        eventlet.serve(tls, handle)
        #^^^^^^^^^^^^^ none
    except eventlet.StopServe:
           #^^^^^^^^^^^^^^^^^ none
        pass
`,
    },
    {
      title: 'methods of that name are left alone',
      before: `
import socket

sock = socket.socket()
sock.connect(('10.0.0.1', 80))
sock.listen()
`,
    },
  ],
};

const messages: Readonly<Record<string, string>> = {
  'eventlet.connect': '`eventlet.connect` gives a connected green socket; a native one comes from Python’s `socket`.',
  'eventlet.listen': '`eventlet.listen` gives a listening green socket; `socket.create_server` gives a native one.',
  'eventlet.serve': '`eventlet.serve` starts a green thread for each connection; a loop with a bounded pool of native threads takes its place.',
  'eventlet.StopServe': '`eventlet.StopServe` ends `eventlet.serve`; what ends the new loop is up to it.',
  'eventlet.wrap_ssl': '`eventlet.wrap_ssl` puts TLS around a green socket; an `ssl.SSLContext` does so natively.',
};

const reasons: Readonly<Record<string, readonly NoFix[]>> = {
  'eventlet.serve': [
    { target: 'threading', reason: 'a loop of `accept` with a bounded pool of threads, or `socketserver.ThreadingTCPServer`, is written in its place: who closes the sockets, what an exception in a handler does and how it stops must be decided' },
    { target: 'asyncio', reason: '`asyncio.start_server` takes its place, with handlers that are coroutines' },
  ],
  'eventlet.StopServe': [
    { target: 'threading', reason: 'nothing raises it without `serve`; an exception of your own or `server.shutdown()` ends the loop' },
    { target: 'asyncio', reason: 'nothing raises it without `serve`; `server.close()` ends the serving' },
  ],
  'eventlet.wrap_ssl': [
    { target: 'threading', reason: 'an `ssl.SSLContext` loads the certificates and its `wrap_socket` takes the other arguments; whether the other side is verified, which `wrap_ssl` did not do, must be decided' },
    { target: 'asyncio', reason: 'an `ssl.SSLContext` is given to `asyncio.start_server` or `open_connection` as `ssl`; whether the other side is verified must be decided' },
  ],
};

const patched: Condition = {
  kind: 'patched',
  groups: ['socket'],
  otherwise: 'the process may run without `socket` being monkey-patched, and then a native socket that waits blocks every green thread',
};

// sock = eventlet.connect(address)  =>  sock = socket.socket()
//                                       sock.connect(address)
function connecting(use: NameUse, view: FileView): Proposal {
  const { call } = use;
  const args = call && argumentsOf(call);
  const address = args?.positional[0] ?? args?.keywords.get('addr');
  const bind = args?.keywords.get('bind') ?? args?.positional[2];
  const known = (address ? 1 : 0) + (args?.keywords.has('bind') ? 1 : 0);
  if (!call) return { target: 'threading', reason: 'the function itself is handed on or replaced here; whoever calls it decides what becomes of it' };
  if (!args || !address || args.isOpen || args.positional.length + args.keywords.size !== known) return { target: 'threading', reason: 'an address family or arguments that are not known from here are given; `socket.socket(family)` and its `connect` do the same' };
  const edits = change(view);
  const module = edits.module('socket', call);
  if (args.keywords.has('addr')) edits.replaceRange(address.parent?.startIndex ?? address.startIndex, address.startIndex, '');
  const target = bind ? undefined : targetOf(call, address, view);
  if (target) {
    const name = target.text;
    const newLine = view.layout.lineEnding + indentAt(view.text, call.startIndex);
    replaceCallee(edits, view, call, `${module}.socket()${newLine}${name}.connect`);
    const fix: Fix = { target: 'threading', title: 'Connect a `socket.socket`', claim: 'safe', conditions: [patched], change: edits.done() };
    const doubt = isSeenAfterFailure(target, view) ? `when connecting fails, \`${name}\` holds the unconnected socket, and with \`eventlet.connect\` it kept what it had` : undefined;
    return unless(use.isCertain ? doubt : ambiguous, fix);
  }
  replaceCallee(edits, view, call, `${module}.create_connection`);
  const keyword = bind?.parent;
  if (keyword?.type === 'keyword_argument') edits.replaceRange(keyword.startIndex, bind?.startIndex ?? 0, 'source_address=');
  return { target: 'threading', title: 'Use `socket.create_connection`', claim: 'review', conditions: [patched], why: 'it tries IPv6 where the name has such an address, `eventlet.connect` used IPv4 only', change: edits.done() };
}

/** The name or attribute that gets the socket, where the statement has its lines to itself and does nothing else, and the address does not read it. */
function targetOf(call: Node, address: Node, view: FileView): Node | undefined {
  const assignment = call.parent;
  const left = assignment?.type === 'assignment' ? field(assignment, 'left') : undefined;
  if (!left || assignment?.parent?.type !== 'expression_statement' || field(assignment, 'type')) return undefined;
  const isRead = [address, ...address.descendantsOfType(['identifier', 'attribute'])].some((node) => node?.text === left.text);
  return /^\w+(\.\w+)*$/.test(left.text) && !isRead && hasOwnLines(view, assignment) ? left : undefined;
}

/**
 * Whether anybody may read the name when connecting has failed. Not so only of a name that one call of a function has to itself, which ends there: `try`
 * goes on, and so does `with` where its manager takes the exception.
 */
function isSeenAfterFailure(target: Node, view: FileView): boolean {
  const around = functionAround(target);
  const variable = around && target.type === 'identifier' && !enclosing(target, 'try_statement', 'with_statement') ? view.names.variableOf(target) : undefined;
  return !variable || [...variable.bindings, ...variable.reads].some(({ node }) => !sameNode(functionAround(node), around));
}

/** The parameters of `eventlet.listen` by position, with their names in `socket.create_server`. */
const listenParameters = ['addr', 'family', 'backlog'];

// eventlet.listen(('', 80))  =>  socket.create_server(('', 80), backlog=50, reuse_port=True)
function listening(use: NameUse, view: FileView): Proposal {
  const { call } = use;
  const args = call && argumentsOf(call);
  const address = args?.positional[0];
  const others = [...(args?.keywords.keys() ?? [])].filter((name) => name !== 'family' && name !== 'backlog' && name !== 'reuse_port');
  if (!call) return { target: 'threading', reason: 'the function itself is handed on or replaced here; whoever calls it decides what becomes of it' };
  if (!address || !args || args.isOpen || args.positional.length > listenParameters.length || others.length > 0) return { target: 'threading', reason: '`socket.create_server` has no such arguments; make the socket with `socket.socket`, `setsockopt`, `bind` and `listen`' };
  if (!hasPython(view, 3, 8)) return { target: 'threading', reason: '`socket.create_server` came with Python 3.8; make the socket with `socket.socket`, `setsockopt`, `bind` and `listen`' };
  const edits = change(view);
  const family = args.positional[1] ?? args.keywords.get('family');
  const hasBacklog = args.positional.length > 2 || args.keywords.has('backlog');
  const isShared = !args.keywords.has('reuse_port') && !family?.text.endsWith('AF_UNIX') && !isPortZero(address);
  const options = [...(hasBacklog ? [] : ['backlog=50']), ...(isShared ? ['reuse_port=True'] : [])].map((option) => `, ${option}`).join('');
  replaceCallee(edits, view, call, `${edits.module('socket', call)}.create_server`, { more: options.length });
  args.positional.slice(1).forEach((value, index) => edits.insert(value.startIndex, `${listenParameters[index + 1]}=`));
  const last = lastArgument(call);
  if (last && options !== '') edits.insert(last.endIndex, options);
  const why = isShared ? '`reuse_port=True` keeps what eventlet did, a second listener on the port succeeds; without it the second one fails, which is mostly wanted' : 'a socket of `create_server` is bound in the same way, but for IPv6: there it accepts IPv6 alone';
  return { target: 'threading', title: 'Use `socket.create_server`', claim: 'review', conditions: [patched], why, change: edits.done() };
}

// eventlet.serve(sock, handle)  =>  concurrency.serve(sock, handle)
function serving(view: FileView): Fix | undefined {
  return view.memory.recall('serving', () => {
    const edits = change(view);
    const uses = view.uses.filter((use): use is NameUse => use.form === 'name' && (use.api === 'eventlet.serve' || use.api === 'eventlet.StopServe'));
    for (const { api, node } of uses) {
      const name = helper(api === 'eventlet.serve' ? 'serve' : 'StopServe', node, edits, view);
      if (name === undefined) return undefined;
      edits.replace(node, name);
    }
    const why = 'each connection has a native thread, so what the handlers share needs a lock; a handler that fails shuts the listening socket down';
    return unless(uses.every(({ isCertain }) => isCertain) ? undefined : ambiguous, { target: 'threading', title: helperTitle('serve', view), claim: 'review', conditions: [patched], why, change: edits.done() });
  });
}

// tls = wrap_ssl(sock, certfile=c, keyfile=k, server_side=True)  =>  context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
//                                                                    context.load_cert_chain(c, k)
//                                                                    tls = context.wrap_socket(sock, server_side=True)
function wrappedByContext({ call, isCertain }: NameUse, view: FileView): Fix | undefined {
  const { positional: [sock, ...others] = [], keywords, isOpen } = call ? argumentsOf(call) : {};
  const statement = call && statementOf(call);
  const outer = call?.parent?.type === 'assignment' ? call.parent.parent : call?.parent;
  const isWhole = call && statement && hasOwnLines(view, statement) && ['expression_statement', 'return_statement'].includes(statement.type) && outer?.id === statement.id;
  const known = ['certfile', 'keyfile', 'server_side'];
  if (!isWhole || !sock || others.length > 0 || isOpen || [...(keywords?.keys() ?? [])].some((name) => !known.includes(name)) || field(call, 'arguments')?.descendantsOfType('comment').length) return undefined;
  const side = keywords?.get('server_side')?.type;
  const [certificate, key] = [keywords?.get('certfile'), keywords?.get('keyfile')];
  if ((side !== undefined && side !== 'true' && side !== 'false') || (side === 'true' && !certificate) || (key && !certificate)) return undefined;
  const edits = change(view);
  const module = edits.module('ssl', call);
  const name = freeName(view, 'context', call);
  const chain = certificate ? [`${name}.load_cert_chain(${[certificate, key].flatMap((file) => file?.text ?? []).join(', ')})`] : [];
  const unverified = side === 'true' ? [] : [`${name}.check_hostname = False`, `${name}.verify_mode = ${module}.CERT_NONE`];
  linesAbove(edits, view, statement, [`${name} = ${module}.SSLContext(${module}.PROTOCOL_TLS_${side === 'true' ? 'SERVER' : 'CLIENT'})`, ...unverified, ...chain]);
  edits.replaceRange(call.startIndex, sock.startIndex, `${name}.wrap_socket(`).replaceRange(sock.endIndex, call.endIndex, side === 'true' ? ', server_side=True)' : ')');
  const why = `a native TLS socket waits with its thread, unless the process is patched${side === 'true' ? '' : ': the other side is not verified, as before, which `ssl.create_default_context()` would do'}`;
  return unless(isCertain ? undefined : ambiguous, { target: 'threading', title: 'Use an `ssl.SSLContext`', claim: 'review', conditions: [patched], why, change: edits.done() });
}

/** Of a port that the system chooses nobody else can know. */
function isPortZero(address: Node): boolean {
  const port = withoutParentheses(address).type === 'tuple' ? withoutParentheses(address).namedChildren.at(-1) : undefined;
  return port?.text === '0';
}

function lastArgument(call: Node): Node | undefined {
  return field(call, 'arguments')?.namedChildren.findLast((child): child is Node => child !== null && child.type !== 'comment');
}
