import { argumentsOf } from '../python/calls';
import type { MemberUse, NameUse, Use } from '../python/uses';
import { ownStatement } from './kit/assigned';
import { hasOwnLines } from './kit/blocks';
import { replaceCallee } from './kit/callLayout';
import { change } from './kit/change';
import { descriptor } from './kit/descriptors';
import { isPrimary } from './kit/directCall';
import { indentAt } from './kit/lines';
import { links } from './kit/links';
import { objectOf } from './kit/objects';
import { ambiguous, nowhere, unless } from './kit/proposing';
import type { FileView } from './kit/view';
import type { Condition, Fix, NoFix, PatchGroup, Proposal, Rule } from './rule';

export const greenIo: Rule = {
  id: 'green-io',
  pattern: 4,
  names: ['eventlet.greenio.*'],
  message: (use) => `\`${shortName(use)}\` belongs to eventlet’s green sockets and files; Python’s own take their place.`,
  guide: {
    title: 'Green sockets and files',
    does: '`greenio.GreenSocket` and `greenio.GreenPipe` are a socket and a file that let other green threads run while they wait. They put their descriptor into non-blocking mode.',
    replacement: {
      threading:
        '`GreenPipe(fd, mode)`: `os.fdopen(fd, mode)`; of a file object, `os.fdopen(os.dup(file.fileno()), mode)` and `file.close()`. `GreenSocket`: `socket.socket`. `socket_timeout`: `socket.timeout`. ' +
        '`shutdown_safe(sock)`: `sock.shutdown(socket.SHUT_RDWR)`, with `OSError` ignored where `errno` is `ENOTCONN`, `EBADF` or `ENOTSOCK`. `set_nonblocking(file)`: nothing, or `os.set_blocking(file.fileno(), False)`.',
      asyncio: 'Streams: `asyncio.open_connection`, `loop.connect_read_pipe`, `loop.connect_write_pipe`; or the `sock_` methods of the loop on a socket that does not block.',
    },
    differences: [
      { of: 'blocking', aspect: 'mode of the descriptor', eventlet: 'non-blocking, for everybody who has it', threading: 'blocking; `sock.settimeout` limits the waiting', asyncio: 'non-blocking' },
      { of: 'value', aspect: '`isinstance(sock, socket.socket)`', eventlet: 'false', threading: 'true', asyncio: 'true' },
      { of: 'exceptions', aspect: 'two readers of one socket', eventlet: '`RuntimeError`', threading: 'each gets a part of the data', asyncio: '`RuntimeError`' },
      { of: 'cancellation', aspect: 'closing it to wake a reader', eventlet: 'does not wake it', threading: 'does not wake it either; `shutdown(socket.SHUT_RDWR)` does', asyncio: 'cancel the task' },
      { of: 'defaults', aspect: '`GreenPipe` of a file object', eventlet: 'duplicates the descriptor and closes the file', threading: '`os.fdopen` takes descriptors only' },
    ],
    same: {
      order: 'bytes arrive in the same order',
    },
    links: [...links.network.guidance, ...links.network.python],
  },
  proposals(use, view) {
    if (use.form === 'member') return ofMember(use, view);
    return use.form === 'name' ? ofName(use, view) : [];
  },
  examples: [
    {
      title: 'a pipe around a descriptor becomes a file',
      before: `
import os

from eventlet import greenio

def pipe(self):
    r, w = os.pipe()
    reader = greenio.GreenPipe(r, 'rb', 0)
             #^^^^^^^^^^^^^^^^ safe
    return reader.read(), greenio.GreenPipe(self.log.fileno(), 'w')
           #^^^^^^^^^^ safe
                          #^^^^^^^^^^^^^^^^ safe
`,
      after: `
import os

def pipe(self):
    r, w = os.pipe()
    reader = os.fdopen(r, 'rb', 0)
    return reader.read(), os.fdopen(self.log.fileno(), 'w')
`,
    },
    {
      title: 'what is only called a descriptor may be a file',
      before: `
import os

from eventlet.greenio import GreenPipe

def read(self, path, fd):
    with open(path) as log_fd:
        yield GreenPipe(log_fd, 'r')
              #^^^^^^^^ none
    yield GreenPipe(fd, 'r'), GreenPipe(self.fd, 'r')
          #^^^^^^^^ review
                              #^^^^^^^^ review
    lock_fd = os.open(path, os.O_RDONLY)
    yield GreenPipe(lock_fd, 'r')
          #^^^^^^^^ safe
`,
      after: `
import os

from eventlet.greenio import GreenPipe

def read(self, path, fd):
    with open(path) as log_fd:
        yield GreenPipe(log_fd, 'r')
    yield os.fdopen(fd, 'r'), os.fdopen(self.fd, 'r')
    lock_fd = os.open(path, os.O_RDONLY)
    yield os.fdopen(lock_fd, 'r')
`,
    },
    {
      title: 'a pipe around a file, or something unknown, is taken apart by a person',
      before: `
from eventlet.greenio import GreenPipe

def wrap(process, name):
    process.stdout = GreenPipe(process.stdout, 'r')
                     #^^^^^^^^ none
    return GreenPipe(name, bufsize=0)
           #^^^^^^^^ none
`,
    },
    {
      title: 'shutting down ignores what goes wrong',
      before: `
from eventlet import greenio

def close(conn):
    greenio.shutdown_safe(conn)  # no more
    #^^^^^^^^^^^^^^^^^^^^ review
    conn.close()
`,
      after: `
import contextlib
import socket

def close(conn):
    with contextlib.suppress(OSError):
        conn.shutdown(socket.SHUT_RDWR)  # no more
    conn.close()
`,
    },
    {
      title: 'sockets become native ones',
      before: `
from eventlet import greenio

def make(sock, family):
    try:
        plain = greenio.GreenSocket()
                #^^^^^^^^^^^^^^^^^^ review
        plain.connect(('10.0.0.1', 80))
        #^^^^^^^^^^^^ review
        return greenio.GreenSocket(sock)
               #^^^^^^^^^^^^^^^^^^ review
    except greenio.socket_timeout:
           #^^^^^^^^^^^^^^^^^^^^^ safe
        return isinstance(sock, greenio.GreenSocket)
                                #^^^^^^^^^^^^^^^^^^ review
`,
      after: `
import socket

def make(sock, family):
    try:
        plain = socket.socket()
        plain.connect(('10.0.0.1', 80))
        return sock
    except socket.timeout:
        return isinstance(sock, socket.socket)
`,
    },
    {
      title: 'a socket stays green as long as something only green ones have is used',
      before: `
from eventlet import greenio

def make():
    sock = greenio.GreenSocket()
           #^^^^^^^^^^^^^^^^^^ none
    return sock.fd, greenio.SOCKET_CLOSED
           #^^^^^^ none
                    #^^^^^^^^^^^^^^^^^^^^ none
`,
    },
    {
      title: 'a descriptor is told not to block by the system',
      before: `
from eventlet import greenio

def prepare(file, *files):
    greenio.set_nonblocking(file)
    #^^^^^^^^^^^^^^^^^^^^^^ review
    greenio.set_nonblocking(*files)
    #^^^^^^^^^^^^^^^^^^^^^^ none
`,
      after: `
import os

from eventlet import greenio

def prepare(file, *files):
    os.set_blocking(file.fileno(), False)
    greenio.set_nonblocking(*files)
`,
    },
    {
      title: 'files and sockets of Python are left alone',
      before: `
import os
import socket

os.fdopen(os.dup(0), 'r').read()
socket.socket().shutdown(socket.SHUT_RDWR)
`,
    },
  ],
};

function shortName(use: Use): string {
  return use.api.replace(/^eventlet\.(greenio\.(base|py3)\.)?/, '');
}

const noStreams: NoFix = { target: 'asyncio', reason: 'coroutines read and write through asyncio’s streams; what uses the socket or file is written anew for them' };

function ofName(use: NameUse, view: FileView): readonly Proposal[] {
  const refuse = (reason: string): readonly Proposal[] => [{ target: 'threading', reason }, noStreams];
  switch (shortName(use).replace('greenio.', '')) {
    case 'GreenPipe':
      return [piped(use, view), noStreams];
    case 'GreenSocket':
      return [socketed(use, view), noStreams];
    case 'shutdown_safe':
      return [shutDown(use, view), noStreams];
    case 'set_nonblocking':
      return [nonBlocking(use, view), noStreams];
    case 'socket_timeout':
      return alike(renamed(use, view, 'socket', 'timeout', 'Use `socket.timeout`'));
    default:
      return refuse(`\`${use.api}\` belongs to the inside of eventlet’s sockets and has no counterpart`);
  }
}

/** What a green socket or pipe has besides the interface of Python’s own. */
const greenMembers = new Set(['act_non_blocking', 'fd', 'makeGreenFile']);

/** The members keep their names; they move with the object. */
function ofMember(use: MemberUse, view: FileView): readonly Proposal[] {
  if (greenMembers.has(use.member)) return nowhere(`a native socket has no \`${use.member}\`: it is the socket itself`);
  const object = objectOf(use, view);
  const [maker] = object?.makers ?? [];
  if (!maker || object?.makers.length !== 1) return nowhere('where it is made is not in sight here; it moves with that');
  return ofName(maker, view);
}

// greenio.GreenPipe(fd, 'w')  =>  os.fdopen(fd, 'w')
function piped(use: NameUse, view: FileView): Proposal {
  const args = use.call && argumentsOf(use.call);
  const [what] = args?.positional ?? [];
  if (!use.call || !args || !what || args.isOpen) return { target: 'threading', reason: '`os.fdopen` wants the descriptor as its first argument, which is not seen here' };
  if ([...args.keywords.keys()].some((name) => !fdopenParameters.has(name))) return { target: 'threading', reason: '`os.fdopen` has no such arguments; those of `open` are what it takes' };
  const kind = descriptor(what, view);
  if (!kind) return { target: 'threading', reason: 'whether a descriptor or a file is given is not seen here: `os.fdopen(fd, mode)` takes a descriptor; of a file it is `os.fdopen(os.dup(file.fileno()), mode)`, and `file.close()`' };
  const doubt = kind === 'named' ? `\`${what.text}\` must be the number: of a file, which \`GreenPipe\` takes as well, \`os.fdopen\` raises \`TypeError\`` : undefined;
  return unless(doubt, renamed(use, view, 'os', 'fdopen', 'Use `os.fdopen`', patched('os', 'a file that waits')));
}

const fdopenParameters = new Set(['mode', 'buffering', 'encoding', 'errors', 'newline', 'closefd']);

// greenio.GreenSocket()  =>  socket.socket()
function socketed(use: NameUse, view: FileView): Proposal {
  const object = objectOf(use, view);
  const special = object?.members.find(({ member }) => greenMembers.has(member));
  if (special) return { target: 'threading', reason: `a native socket has no \`${special.member}\`; rewrite that first` };
  const args = use.call && argumentsOf(use.call);
  const [first, ...others] = args?.positional ?? [];
  const isWrapper = first !== undefined && !/\bAF_\w+$/.test(first.text);
  if (isWrapper && (others.length > 0 || args?.isOpen || args?.keywords.size || !isPrimary(first))) return { target: 'threading', reason: 'whether a socket is wrapped or made is not seen here: a socket is used as it is, a new one comes from `socket.socket`' };
  if (isWrapper && use.call) {
    const why = 'the socket itself blocks, unless the process is patched';
    const edits = change(view).replaceRange(use.call.startIndex, first.startIndex, '').replaceRange(first.endIndex, use.call.endIndex, '');
    return { target: 'threading', title: 'Use the socket itself', claim: 'review', conditions: [patched('socket', 'a socket that waits')], why, change: edits.done() };
  }
  const why = use.call ? 'a native socket blocks its thread without limit; `settimeout` limits the waiting' : 'any socket is a `socket.socket`, also the native one that a `GreenSocket` would have wrapped';
  const fix = renamed(use, view, 'socket', 'socket', 'Use `socket.socket`', patched('socket', 'a socket that waits'));
  return { ...fix, claim: 'review', why };
}

// greenio.shutdown_safe(sock)  =>  with contextlib.suppress(OSError):
//                                      sock.shutdown(socket.SHUT_RDWR)
function shutDown(use: NameUse, view: FileView): Proposal {
  const args = use.call && argumentsOf(use.call);
  const [sock, ...others] = args?.positional ?? [];
  const statement = use.call && ownStatement(use.call);
  const isPlain = args !== undefined && !args.isOpen && args.keywords.size === 0 && others.length === 0;
  if (!use.call || !statement || !sock || !isPlain || !isPrimary(sock) || !hasOwnLines(view, statement)) return { target: 'threading', reason: '`sock.shutdown(socket.SHUT_RDWR)` does it, inside of `try` with `except OSError`: there is no place for that here' };
  const edits = change(view);
  const inner = view.layout.lineEnding + indentAt(view.text, statement.startIndex) + view.layout.indent;
  edits.replaceRange(use.call.startIndex, sock.startIndex, `with ${edits.module('contextlib', use.call)}.suppress(OSError):${inner}`);
  edits.replaceRange(sock.endIndex, use.call.endIndex, `.shutdown(${edits.module('socket', use.call)}.SHUT_RDWR)`);
  const why = 'every error of the socket is ignored; eventlet ignored only `ENOTCONN`, `EBADF` and `ENOTSOCK`, and let connections of pyOpenSSL be shut down without an argument';
  return { target: 'threading', title: 'Use `shutdown` of the socket', claim: 'review', conditions: [], why, change: edits.done() };
}

// greenio.set_nonblocking(sock)  =>  os.set_blocking(sock.fileno(), False)
//
// It takes what has a `setblocking` or a `fileno`; of a number it raises `AttributeError`.
function nonBlocking(use: NameUse, view: FileView): Proposal {
  const args = use.call && argumentsOf(use.call);
  const [what] = args?.positional ?? [];
  const isPrimary = what && ['identifier', 'attribute', 'call', 'subscript'].includes(what.type);
  if (!isPrimary || args?.positional.length !== 1 || args.isOpen) return { target: 'threading', reason: 'for a socket it is `sock.setblocking(False)`, for a file `os.set_blocking(file.fileno(), False)`; in a native thread it may just go' };
  const edits = change(view);
  edits.replace(use.node, `${edits.module('os', use.node)}.set_blocking`).insert(what.endIndex, '.fileno(), False');
  const why = 'whoever reads a native descriptor that does not block must expect `BlockingIOError`; mostly the call can go';
  return { target: 'threading', title: 'Use `os.set_blocking`', claim: 'review', conditions: [], why, change: edits.done() };
}

function renamed(use: NameUse, view: FileView, module: string, member: string, title: string, condition?: Condition): Fix {
  const edits = change(view);
  const native = `${edits.module(module, use.node)}.${member}`;
  if (use.call) replaceCallee(edits, view, use.call, native);
  else edits.replace(use.node, native);
  const conditions = condition ? [condition] : [{ kind: 'checked', text: 'both names mean the same class' } as const];
  return unless(use.isCertain ? undefined : ambiguous, { target: 'threading', title, claim: 'safe', conditions, change: edits.done() });
}

function alike(fix: Fix): readonly Fix[] {
  return [fix, { ...fix, target: 'asyncio' }];
}

function patched(group: PatchGroup, thing: string): Condition {
  return { kind: 'patched', groups: [group], otherwise: `the process may run without \`${group}\` being monkey-patched, and then ${thing} blocks every green thread` };
}
