import { argumentsOf } from '../python/calls';
import type { NameUse } from '../python/uses';
import { ownStatement } from './kit/assigned';
import { change } from './kit/change';
import { isPrimary } from './kit/directCall';
import { libraryPage, links } from './kit/links';
import { nowhere } from './kit/proposing';
import type { FileView } from './kit/view';
import type { Fix, Proposal, Rule } from './rule';

export const support: Rule = {
  id: 'support',
  pattern: 1,
  names: ['eventlet.support.*'],
  message: (use) => `\`${use.api}\` is a helper of eventlet’s own; Python has what it does.`,
  guide: {
    title: 'Helpers of eventlet',
    does: '`eventlet.support` holds what eventlet needs for itself: `get_errno`, a DNS resolver that lets green threads run, a patch for psycopg2, remains of Python 2.',
    replacement: {
      threading: '`get_errno(e)`: `e.errno`. `bytes_to_str(b)`: `b.decode()`. `greendns.getaddrinfo` and its likes: the function of that name in `socket`. `make_psycopg_green()`: nothing, psycopg2 waits natively. `six`: plain Python 3.',
      asyncio: '`get_errno(e)`: `e.errno`. Names are resolved by `loop.getaddrinfo`; psycopg 3 and asyncpg take the place of a green psycopg2.',
    },
    differences: [
      { of: 'value', aspect: '`get_errno` of something that is no `OSError`', eventlet: 'the first argument of the exception, or `None`', threading: '`AttributeError`', asyncio: '`AttributeError`' },
      { of: 'exceptions', aspect: 'resolving', eventlet: 'dnspython, `/etc/hosts` and `resolv.conf`', threading: 'the C library, with whatever `nsswitch.conf` says; texts of errors differ', asyncio: 'the same, in a thread' },
      { of: 'blocking', aspect: 'psycopg2', eventlet: 'waits through the hub', threading: 'blocks its thread', asyncio: 'blocks the loop' },
    ],
    same: {
      order: 'nothing is started',
      cancellation: 'a green resolver can be ended by a `Timeout`, the native one cannot',
      defaults: '`make_psycopg_green()` takes none; the resolver’s are those of `socket`',
    },
    links: [...links.network.python, libraryPage('errno')],
  },
  proposals: (use, view) => (use.form === 'name' ? ofName(use, view) : nowhere(inner)),
  examples: [
    {
      title: 'the number of an error is its attribute',
      before: `
from eventlet import support

def is_closed(error):
    return support.get_errno(error) == 9, map(support.get_errno, [error])
           #^^^^^^^^^^^^^^^^ review
                                              #^^^^^^^^^^^^^^^^ none
`,
      after: `
from eventlet import support

def is_closed(error):
    return error.errno == 9, map(support.get_errno, [error])
`,
    },
    {
      title: 'names are resolved by the system',
      before: `
from eventlet.support import greendns

def find(host):
    greendns.HOSTS_TTL = 60
    #^^^^^^^^^^^^^^^^^ none
    return greendns.getaddrinfo(host, 80)
           #^^^^^^^^^^^^^^^^^^^ review
`,
      after: `
import socket

from eventlet.support import greendns

def find(host):
    greendns.HOSTS_TTL = 60
    return socket.getaddrinfo(host, 80)
`,
    },
    {
      title: 'in a process that is not patched resolving blocks',
      patched: [],
      before: `
from eventlet.support.greendns import gethostbyname

def find(host):
    return gethostbyname(host)
           #^^^^^^^^^^^^ review
`,
      after: `
import socket

def find(host):
    return socket.gethostbyname(host)
`,
    },
    {
      title: 'psycopg2 waits natively when nothing is green any more',
      before: `
from eventlet.support import psycopg2_patcher

psycopg2_patcher.make_psycopg_green()
#^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ review
`,
      after: `
`,
    },
    {
      title: 'other helpers are left alone',
      before: `
from mypackage import support

support.get_errno(None)
`,
    },
  ],
};

const inner = 'it belongs to the inside of eventlet; look at what the code wants of it';

const resolvers = new Set(['getaddrinfo', 'gethostbyname', 'gethostbyname_ex', 'getnameinfo']);

function ofName(use: NameUse, view: FileView): readonly Proposal[] {
  const name = use.api.slice(use.api.lastIndexOf('.') + 1);
  if (name === 'get_errno') return attributed(use, view);
  if (name === 'make_psycopg_green') return unpatched(use, view);
  if (name === 'bytes_to_str') return nowhere('where bytes are given `.decode()` does it, and text needs nothing');
  if (use.api.startsWith('eventlet.support.greendns.') && resolvers.has(name)) return [resolved(use, name, view), { target: 'asyncio', reason: `a coroutine awaits \`loop.${name === 'getnameinfo' ? name : 'getaddrinfo'}\`, which asks the system in a thread` }];
  if (use.api.startsWith('eventlet.support.greendns')) return nowhere('it belongs to eventlet’s resolver; the system resolves names with settings of its own, dnspython by itself does more');
  return nowhere(inner);
}

// get_errno(error)  =>  error.errno
function attributed(use: NameUse, view: FileView): readonly Proposal[] {
  const args = use.call && argumentsOf(use.call);
  const [error, ...others] = args?.positional ?? [];
  if (!use.call || !error || others.length > 0 || args?.isOpen || !isPrimary(error)) return nowhere('of an `OSError` it is the attribute `errno`; here the function itself, or more than an exception, is passed on');
  const edits = change(view).replaceRange(use.call.startIndex, error.startIndex, '').replaceRange(error.endIndex, use.call.endIndex, '.errno');
  const fix = { title: 'Use `errno` of the exception', claim: 'review', conditions: [], why: 'only an `OSError` has it; of anything else `get_errno` gave the first argument', change: edits.done() } as const;
  return [
    { target: 'threading', ...fix },
    { target: 'asyncio', ...fix },
  ];
}

// greendns.getaddrinfo(host, 80)  =>  socket.getaddrinfo(host, 80)
function resolved(use: NameUse, name: string, view: FileView): Fix {
  const edits = change(view);
  edits.replace(use.node, `${edits.module('socket', use.node)}.${name}`);
  const otherwise = 'the process may run without `socket` being monkey-patched, and then resolving a name blocks every green thread';
  const why = 'the system resolves names as `nsswitch.conf` says, dnspython looked into `/etc/hosts` and `resolv.conf` only';
  return { target: 'threading', title: `Use \`socket.${name}\``, claim: 'review', conditions: [{ kind: 'patched', groups: ['socket'], otherwise }], why, change: edits.done() };
}

function unpatched(use: NameUse, view: FileView): readonly Proposal[] {
  const statement = use.call && ownStatement(use.call);
  if (!statement) return nowhere('it goes when no green thread waits for the database any more');
  const why = 'as long as green threads run, every query blocks all of them without it';
  return [
    { target: 'threading', title: 'Delete the patch of psycopg2', claim: 'review', conditions: [], why, change: change(view).removeStatement(statement).done() },
    { target: 'asyncio', reason: 'psycopg2 blocks the event loop; psycopg 3 or asyncpg take its place' },
  ];
}
