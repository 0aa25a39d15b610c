import { importRule } from './import';
import { greenModuleOf } from './kit/greenImports';
import { fixOf, rewriteOf, type Rewrite } from './kit/greenRewrite';
import { libraryPage, links } from './kit/links';
import { nowhere } from './kit/proposing';
import type { Condition, PatchGroup, Proposal, Rule } from './rule';

export const greenImport: Rule = {
  id: 'green-import',
  pattern: 1,
  names: ['eventlet.green.*'],
  forms: ['import', 'name', 'member'],
  message: (use) => {
    const green = greenModuleOf(use.api);
    if (!green) return `\`${use.api}\` holds the green copies of Python’s modules; the modules themselves take their place.`;
    if (green.target.safety === 'none') return `\`${green.module}\` is a green copy of a module that has no successor under a new name.`;
    return `\`${use.api}\` is the green copy of what \`${green.target.module}\` has; the native one takes its place.`;
  },
  guide: {
    title: 'Green modules',
    does: '`eventlet.green.socket` and its likes are copies of Python’s modules in which everything that blocks lets other green threads run.',
    replacement: {
      threading: 'The module of the standard library under the same name in the file. As long as the process is monkey-patched the module itself is green too, so the import can change long before `monkey_patch()` goes.',
      asyncio: 'What never blocks (`urllib.parse`, constants, exceptions) is imported from the standard library. What blocks becomes its asyncio counterpart: streams for `socket` and `ssl`, `asyncio.create_subprocess_exec` for `subprocess`, `asyncio.Event` and `asyncio.Lock` for `threading`, `loop.add_reader` for `select`, an asynchronous HTTP client for `urllib` and `http.client`.',
    },
    differences: [
      { of: 'value', aspect: 'name resolution', eventlet: 'dnspython, with its own caches and timeouts', threading: 'the resolver of the C library', asyncio: 'the same in a thread: `loop.getaddrinfo`' },
      { of: 'exceptions', aspect: 'exceptions', eventlet: 'those of green `http.client`, `urllib`, `ftplib` and a few others are copies, the texts of socket errors differ', threading: 'Python’s own; an `except` clause that never matched a copy matches now' },
      { of: 'order', aspect: '`threading.Thread`, `Timer`, `_thread`', eventlet: 'green threads', threading: 'native threads: they run at the same time and in any order' },
      { of: 'blocking', aspect: '`select.select`', eventlet: 'any descriptor', threading: '`ValueError` for a descriptor of 1024 or more; `selectors` has no such limit' },
      { of: 'defaults', aspect: '`subprocess.Popen`', eventlet: 'unbuffered, `wait(check_interval=…)`', threading: 'buffered, no such argument', asyncio: '`await process.wait()`' },
      { aspect: '`ssl.wrap_socket`', eventlet: 'still there', threading: 'gone in Python 3.12; use an `SSLContext`', asyncio: '`ssl=context` of the stream functions' },
      { aspect: '`asyncore`, `asynchat`', eventlet: 'empty on Python 3.12 and later', threading: 'gone in Python 3.12' },
    ],
    same: {
      cancellation: 'a `Timeout` or `kill()` ends a green call where it waits; a native call ends by its own time limit',
    },
    links: [...links.greenImports.guidance, libraryPage('socket'), libraryPage('subprocess'), libraryPage('threading')],
  },
  proposals(use, view) {
    const green = greenModuleOf(use.api);
    if (!green) return use.form === 'import' ? importRule.proposals(use, view) : nowhere('this is the package of all green modules; name the module that is meant');
    if (green.target.safety === 'none') return nowhere(green.target.note);
    const rewrite = use.form === 'import' || use.form === 'name' ? rewriteOf(use, view) : undefined;
    if (!rewrite) return nowhere(`it is not known where \`${use.api}\` comes from here; import \`${green.target.module}\` instead`);
    return typeof rewrite === 'string' ? nowhere(rewrite) : [fixOf(rewrite), onAsyncio(rewrite, green.module)];
  },
  examples: [
    {
      title: 'a pipe that is written to by hand is buffered natively',
      before: `
from eventlet.green import subprocess
                           #^^^^^^^^^ review

process = subprocess.Popen(['cat'], stdin=-1)
          #^^^^^^^^^^^^^^^ review
process.stdin.write(b'line')
`,
      after: `
import subprocess

process = subprocess.Popen(['cat'], stdin=-1)
process.stdin.write(b'line')
`,
    },
    {
      title: 'the native module takes the name, and nothing else changes',
      before: `
import os

from eventlet.green import socket
                           #^^^^^ safe
import yaml

def listen():
    return socket.socket()
           #^^^^^^^^^^^^ safe
`,
      after: `
import os
import socket

import yaml

def listen():
    return socket.socket()
`,
    },
    {
      title: 'a module with a new name keeps the old one as an alias',
      before: `
from eventlet.green import httplib
                           #^^^^^^ safe
from eventlet.green.http import client as c
                                #^^^^^ safe

def ask(host):
    return httplib.HTTPConnection(host), c.HTTPSConnection(host)
           #^^^^^^^^^^^^^^^^^^^^^ safe
                                         #^^^^^^^^^^^^^^^^ safe
`,
      after: `
import http.client as httplib
from http import client as c

def ask(host):
    return httplib.HTTPConnection(host), c.HTTPSConnection(host)
`,
    },
    {
      title: 'names of a module stay in one statement',
      before: `
from eventlet.green.subprocess import Popen, PIPE
                                      #^^^^ safe
                                             #^^^ safe

def run(command):
    return Popen(command, stdout=PIPE)
           #^^^^ safe
                                 #^^^ safe
`,
      after: `
from subprocess import Popen, PIPE

def run(command):
    return Popen(command, stdout=PIPE)
`,
    },
    {
      title: 'a dotted use loses its first two parts',
      before: `
import eventlet.green.socket
       #^^^^^^^^^^^^^^^^^^^^ safe

def listen():
    return eventlet.green.socket.socket()
           #^^^^^^^^^^^^^^^^^^^^^^^^^^^ safe
`,
      after: `
import socket

def listen():
    return socket.socket()
`,
    },
    {
      title: 'of a package the modules are imported that are read',
      before: `
from eventlet.green import urllib
                           #^^^^^ safe

def get(url):
    return urllib.request.urlopen(urllib.parse.quote(url))
           #^^^^^^^^^^^^^^^^^^^^^ safe
                                  #^^^^^^^^^^^^^^^^^ safe
`,
      after: `
import urllib.parse
import urllib.request

def get(url):
    return urllib.request.urlopen(urllib.parse.quote(url))
`,
    },
    {
      title: 'threads become native ones, which wants a look',
      before: `
from eventlet.green import threading
                           #^^^^^^^^ review

def start(work):
    threading.Thread(target=work).start()
    #^^^^^^^^^^^^^^^ review
`,
      after: `
import threading

def start(work):
    threading.Thread(target=work).start()
`,
    },
    {
      title: 'in a process that is not patched the native module blocks',
      patched: ['time'],
      before: `
from eventlet.green import select, socket
                           #^^^^^ review
                                   #^^^^^ safe

def wait(files):
    return select.select(files, [], [], socket.IPPROTO_TCP)
           #^^^^^^^^^^^^ review
                                        #^^^^^^^^^^^^^^^^^ safe
`,
      after: `
import select
import socket

def wait(files):
    return select.select(files, [], [], socket.IPPROTO_TCP)
`,
    },
    {
      title: 'where both branches come to the same, one is enough',
      before: `
try:
    from eventlet.green import subprocess
                               #^^^^^^^^^ safe
except ImportError:
    import subprocess

def run(command):
    subprocess.call(command)
    #^^^^^^^^^^^^^^ safe
`,
      after: `
import subprocess

def run(command):
    subprocess.call(command)
`,
    },
    {
      title: 'several modules and names that stand in both branches change together',
      before: `
try:
    from eventlet.green import socket
                               #^^^^^ safe
    from eventlet.green import ssl, time
                               #^^ safe
                                    #^^^ safe
except ImportError:
    # These block the whole thread.
    import socket
    import ssl, time

def connect(address):
    time.sleep(0.1)
    return ssl.create_default_context().wrap_socket(socket.create_connection(address))
           #^^^^^^^^^^^^^^^^^^^^^^^^^ safe
                                                    #^^^^^^^^^^^^^^^^^^^^^^^ safe
`,
      after: `
# These block the whole thread.
import socket
import ssl, time

def connect(address):
    time.sleep(0.1)
    return ssl.create_default_context().wrap_socket(socket.create_connection(address))
`,
    },
    {
      title: 'an exception goes with what raises it',
      before: `
from eventlet.green.urllib.error import URLError
                                        #^^^^^^^ safe
from eventlet.green.urllib.request import urlopen
                                          #^^^^^^ safe

def get(url):
    try:
        return urlopen(url)
               #^^^^^^ safe
    except URLError:
           #^^^^^^^ safe
        return None
`,
      after: `
from urllib.error import URLError
from urllib.request import urlopen

def get(url):
    try:
        return urlopen(url)
    except URLError:
        return None
`,
    },
    {
      title: 'an exception that is a copy stays beside the module that raises it',
      patched: ['time'],
      before: `
from eventlet.green import threading
                           #^^^^^^^^ review
from eventlet.green.threading import BrokenBarrierError
                                     #^^^^^^^^^^^^^^^^^ review

def wait(count):
    try:
        threading.Barrier(count).wait()
        #^^^^^^^^^^^^^^^^ review
    except BrokenBarrierError:
           #^^^^^^^^^^^^^^^^^ review
        pass
`,
      after: `
import threading
from threading import BrokenBarrierError

def wait(count):
    try:
        threading.Barrier(count).wait()
    except BrokenBarrierError:
        pass
`,
    },
    {
      title: 'what somebody keeps raises the exception that is kept with it',
      before: `
from eventlet.green.urllib import error
                                  #^^^^ review
from eventlet.green.urllib import request  # eventlet: keep[green-import] until the proxy is gone
                                  #^^^^^^ kept

def get(url):
    try:
        return request.urlopen(url)  # eventlet: keep[green-import] likewise
               #^^^^^^^^^^^^^^ kept
    except error.URLError:
           #^^^^^^^^^^^^^ review
        return None
`,
      after: `
from urllib import error

from eventlet.green.urllib import request  # eventlet: keep[green-import] until the proxy is gone

def get(url):
    try:
        return request.urlopen(url)  # eventlet: keep[green-import] likewise
    except error.URLError:
        return None
`,
    },
    {
      title: 'a copy whose raiser is not seen wants a look; those that are no copies are the same',
      before: `
from eventlet.green.ftplib import error_perm
                                  #^^^^^^^^^ review
from eventlet.green.subprocess import CalledProcessError, SubprocessError
                                      #^^^^^^^^^^^^^^^^^ safe
                                                          #^^^^^^^^^^^^^^ review

failures = (CalledProcessError, SubprocessError, error_perm)
            #^^^^^^^^^^^^^^^^^ safe
                                #^^^^^^^^^^^^^^ review
                                                 #^^^^^^^^^ review
`,
      after: `
from ftplib import error_perm
from subprocess import CalledProcessError, SubprocessError

failures = (CalledProcessError, SubprocessError, error_perm)
`,
    },
    {
      title: 'what Python has given up has no successor',
      before: `
from eventlet.green import asyncore, profile
                           #^^^^^^^ none
                                     #^^^^^^ none

asyncore.loop()
#^^^^^^^^^^^^ none
`,
    },
    {
      title: 'a `sleep` that would not be understood is rewritten first',
      before: `
from eventlet.green import time
                           #^^^ none

def now():
    time.sleep()
    return time.time()
           #^^^^^^^^ none
`,
    },
    {
      title: 'the modules themselves are left alone',
      before: `
import socket
from mypackage.green import select

socket.socket(select.select())
`,
    },
    {
      title: 'for coroutines only what does not block can stay',
      target: 'asyncio',
      before: `
from eventlet.green.urllib import parse, request
                                  #^^^^ safe
                                         #^^^^^^ none

async def get(url):
    return request.urlopen(parse.quote(url))
           #^^^^^^^^^^^^^^ none
                           #^^^^^^^^^^ safe
`,
      after: `
from urllib import parse

from eventlet.green.urllib import request

async def get(url):
    return request.urlopen(parse.quote(url))
`,
    },
  ],
};

function onAsyncio({ title, change, groups, doubts, affects }: Rewrite, module: string): Proposal {
  if (groups.length === 0 && doubts.length === 0) return { target: 'asyncio', title, claim: 'safe', conditions: conditionsOf(groups, false), change, affects };
  const group = groups[0] ?? 'socket';
  if (module === 'eventlet.green.urllib.error') return { target: 'asyncio', reason: 'its exceptions are copies: they go together with the green `urllib.request`, which raises them' };
  return { target: 'asyncio', reason: `natively \`${module.slice('eventlet.green.'.length)}\` blocks the event loop with everything on it; ${counterparts[group]}` };
}

const counterparts: Readonly<Record<PatchGroup, string>> = {
  os: 'reading and writing go through `loop.connect_read_pipe` and its likes, or through `asyncio.to_thread`',
  select: 'the loop itself waits for descriptors: `loop.add_reader`, `loop.add_writer`',
  socket: 'its place is taken by asyncio’s streams, the `sock_` methods of the loop or an asynchronous client',
  subprocess: 'its place is taken by `asyncio.create_subprocess_exec`',
  thread: 'its place is taken by tasks and by `asyncio.Event`, `asyncio.Lock`, `asyncio.Queue`',
  time: 'its place is taken by `await asyncio.sleep`',
  psycopg: 'its place is taken by an asynchronous driver',
  MySQLdb: 'its place is taken by an asynchronous driver',
  builtins: 'files are read and written in `asyncio.to_thread`',
};

function conditionsOf(groups: readonly PatchGroup[], binds: boolean): readonly Condition[] {
  if (groups.length === 0) return [{ kind: 'checked', text: 'nothing that is used of it blocks' }];
  const listed = groups.map((group) => `\`${group}\``).join(' and ');
  return [{ kind: 'patched', groups, ...(binds ? { binds: 'names' } : {}), otherwise: `the process may run without ${listed} being monkey-patched, and then the native module blocks every green thread` }];
}
