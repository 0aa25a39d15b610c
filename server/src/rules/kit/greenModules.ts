import type { PatchGroup } from '../rule';

/** What takes the place of a module of `eventlet.green` (catalogue 2.18). */
export interface GreenTarget {
  /** Dotted name of the module that has these names natively: of the standard library, or of a third party. */
  readonly module: string;
  /** How far changing the import alone can be trusted where no other green thread can be blocked by it; `none`: there is no such import. */
  readonly safety: 'safe' | 'review' | 'none';
  /** What differs, in sentences for the user with code in backticks; empty where nothing does. */
  readonly note: string;
  /** Names of a safe module that want a person's look all the same. */
  readonly reviewNames: readonly string[];
}

/** The native module for a green one (`eventlet.green.socket`); undefined for everything else, `eventlet.green` itself included. */
export function greenTarget(module: string): GreenTarget | undefined {
  return module.startsWith(prefix) ? targets.get(module.slice(prefix.length)) : undefined;
}

/** What must be patched so that a native module lets green threads run as the green one does; none where nothing in it blocks. */
export function blockingGroups({ module }: GreenTarget): readonly PatchGroup[] {
  return groups.get(module) ?? [];
}

/**
 * The native name of the module whose green one raises a copy of an exception: `except` catches it as long as both are green, or both
 * native. undefined where the green module has the native exception itself.
 */
export function copyOf(member: string, { module }: GreenTarget): { readonly raisedBy: string | undefined } | undefined {
  const known = copies.find(({ modules, names }) => modules.includes(module) && names.includes(member));
  return known && { raisedBy: known.raisedBy };
}

/** Whether using a name of these modules blocks nobody and leads to nothing that does: a constant, an exception that is the native one, a conversion. */
export function isInert(member: string, target: GreenTarget): boolean {
  return copyOf(member, target) === undefined && /^[A-Z][A-Z0-9_]*$|(Error|Exception|Expired|Empty|Full|Status)$|^(error|timeout|gaierror|herror|hton[sl]|ntoh[sl]|inet_\w+|responses)$/.test(member);
}

const prefix = 'eventlet.green.';

/**
 * The exceptions that the green modules have once more, because `patcher.inject` or `patcher.import_patched` runs the module again: those
 * public classes that `is not` the native one, looked up in all modules of eventlet.green of 0.33.1 on Python 3.11. The others of
 * `subprocess` are native ones, which the green module takes over; so nothing raises its `SubprocessError`. Those of `http.client` are
 * below, with what else differs there.
 */
const copies: readonly { readonly modules: readonly string[]; readonly names: readonly string[]; readonly raisedBy: string | undefined }[] = [
  { modules: ['ftplib'], names: ['Error', 'error_perm', 'error_proto', 'error_reply', 'error_temp'], raisedBy: 'ftplib' },
  { modules: ['http.cookiejar'], names: ['LoadError'], raisedBy: 'http.cookiejar' },
  { modules: ['subprocess'], names: ['SubprocessError'], raisedBy: undefined },
  { modules: ['threading'], names: ['BrokenBarrierError'], raisedBy: 'threading' },
  { modules: ['urllib.error', 'urllib.request'], names: ['ContentTooShortError', 'HTTPError', 'URLError'], raisedBy: 'urllib.request' },
];

const groups: ReadonlyMap<string, readonly PatchGroup[]> = new Map([
  ['MySQLdb', ['MySQLdb']],
  ['OpenSSL', ['socket']],
  ['OpenSSL.SSL', ['socket']],
  ['OpenSSL.crypto', ['socket']],
  ['OpenSSL.tsafe', ['socket']],
  ['_thread', ['thread']],
  ['builtins', ['builtins']],
  ['ftplib', ['socket']],
  ['http.client', ['socket']],
  ['http.server', ['select', 'socket', 'thread']],
  ['os', ['os']],
  ['queue', ['thread']],
  ['select', ['select']],
  ['selectors', ['select']],
  ['socket', ['socket']],
  ['socketserver', ['select', 'socket', 'thread']],
  ['ssl', ['socket']],
  ['subprocess', ['subprocess']],
  ['threading', ['thread']],
  ['time', ['time']],
  // Nothing in it blocks; but its exceptions go where `urllib.request` goes, which raises them.
  ['urllib.error', ['socket']],
  ['urllib.request', ['socket']],
]);

const httpCopies =
  'The exceptions of the green module are copies: an `except http.client.HTTPException` that never matched them does match now, and one that matched them does not match what a module raises that still imports the green one.';

const httpReviewNames = [
  ...['_MAXHEADERS', '_UNKNOWN', 'BadStatusLine', 'CannotSendHeader', 'CannotSendRequest', 'HTTPException', 'ImproperConnectionState', 'IncompleteRead'],
  ...['InvalidURL', 'LineTooLong', 'NotConnected', 'RemoteDisconnected', 'ResponseNotReady', 'UnimplementedFileMode', 'UnknownProtocol'],
  ...['UnknownTransferEncoding', 'error'],
];

const targets: ReadonlyMap<string, GreenTarget> = new Map([
  ['BaseHTTPServer', safe('http.server')],
  ['CGIHTTPServer', review('http.server', 'The green module does not work on Python 3. `CGIHTTPRequestHandler` is deprecated since Python 3.13.')],
  ['MySQLdb', review('MySQLdb', 'Every call on a green connection ran in a native thread of `tpool`; now it blocks its own thread.')],
  ['OpenSSL', review('OpenSSL', 'The wrapper that made connections non-blocking is gone.')],
  ['OpenSSL.SSL', review('OpenSSL.SSL', 'The wrapper that made connections non-blocking is gone.')],
  ['OpenSSL.crypto', review('OpenSSL.crypto', 'The names are the same; a connection made with them blocks its own thread.')],
  ['OpenSSL.rand', none('OpenSSL.rand', 'eventlet has had no such module since 2017; `os.urandom` and `secrets` give random bytes.')],
  ['OpenSSL.tsafe', review('OpenSSL.tsafe', 'Current releases of pyOpenSSL have no such module.')],
  ['OpenSSL.version', review('OpenSSL.version', '')],
  ['Queue', safe('queue')],
  ['SimpleHTTPServer', review('http.server', 'The green module does not work on Python 3: it cannot be imported, or it is empty.')],
  ['SocketServer', safe('socketserver')],
  ['_socket_nodns', safe('socket', 'The texts of some errors differ.')],
  ['asynchat', none('asynchat', 'Python 3.12 removed the module; `asyncio` streams or the package `pyasynchat` do its work.')],
  ['asyncore', none('asyncore', 'Python 3.12 removed the module; `asyncio` or the package `pyasyncore` does its work.')],
  ['builtin', safe('builtins')],
  ['ftplib', safe('ftplib')],
  ['http', safe('http')],
  ['http.client', safe('http.client', httpCopies, httpReviewNames)],
  ['http.cookiejar', safe('http.cookiejar')],
  ['http.cookies', safe('http.cookies', 'The green module cannot be imported on Python 3.11 and later.')],
  ['http.server', safe('http.server')],
  ['httplib', safe('http.client', httpCopies, httpReviewNames)],
  ['os', safe('os', 'The green `read` gave an empty string after `EPIPE` and for a descriptor closed while it waited; `os.read` does not.')],
  ['profile', none('cProfile', 'The green profiler keeps green threads apart, which `cProfile` does not; profiling native threads is set up anew.')],
  ['select', review('select', '`select.select` raises `ValueError` for a descriptor of 1024 or more, the green one did not; `poll` and `epoll` are there again.')],
  ['selectors', safe('selectors', '`DefaultSelector` uses `epoll` or `kqueue` again.')],
  ['socket', safe('socket', 'Names are resolved by the C library instead of dnspython, and the texts of some errors differ.')],
  ['ssl', safe('ssl', '`ssl.wrap_socket` is gone in Python 3.12; an `SSLContext` does its work.', ['wrap_socket'])],
  ['subprocess', safe('subprocess', '`Popen` buffers its pipes by default, and its `wait` has no `check_interval`.')],
  ['thread', review('_thread', '`start_new_thread` starts native threads, and `get_ident` tells those apart.')],
  ['threading', safe('threading', '`Thread` and `Timer` start native threads.', ['Thread', 'Timer'])],
  ['time', safe('time')],
  ['urllib', safe('urllib')],
  ['urllib.error', safe('urllib.error')],
  ['urllib.parse', safe('urllib.parse')],
  ['urllib.request', safe('urllib.request')],
  ['urllib.response', safe('urllib.response')],
  ['urllib2', review('urllib.request', 'The green module cannot be imported on Python 3; what it had is in `urllib.request`, `urllib.error` and `urllib.parse`.')],
  ['zmq', review('zmq', 'A green socket could be shared by green threads; a native one belongs to one thread.')],
]);

function safe(module: string, note = '', reviewNames: readonly string[] = []): GreenTarget {
  return { module, safety: 'safe', note, reviewNames };
}

function review(module: string, note: string): GreenTarget {
  return { module, safety: 'review', note, reviewNames: [] };
}

function none(module: string, note: string): GreenTarget {
  return { module, safety: 'none', note, reviewNames: [] };
}
