import { describe, expect, it } from 'vitest';
import { defaultGroups } from '../../server/src/rules/kit/patching';
import { fixText } from '../../server/src/workspace/fix';
import { Process } from '../../server/src/workspace/process';
import { parser } from '../kit/host';
import { expectLaws } from '../kit/laws';

const court = {
  process: new Process([{ uri: 'service.py', groups: defaultGroups }]),
  settings: { target: 'threading', severity: {} }, choosesThreads: false, ownPackages: new Set<string>(),
  name: (uri: string) => uri,
  digest: (text: string) => text,
  guide: (rule: string) => rule,
} as const;

/** Applies the fixes of some rules and compares; a leading line end of the texts is dropped. */
async function becomes(before: string, after: string, { rules = ['sleep', 'green-import', 'import'], namedElsewhere = [] as readonly string[], isDocumented = true } = {}): Promise<void> {
  const [text, wanted] = isDocumented ? [before.replace(/^\n/, ''), after.replace(/^\n/, '')] : [before, after];
  const context = { namedElsewhere: new Set(namedElsewhere), python: [3, 9] as const };
  const choice = { target: 'threading', rules, review: true } as const;
  const options = { parser: await parser(), context, court };
  const result = fixText(text, choice, options);
  expect(result.after).toBe(wanted);
  await expectLaws(text, result.after);
  expect(fixText(result.after, choice, options).edits).toEqual([]);
}

it('an import that one fix takes away and the new code of another one names stays', () =>
  becomes(
    `
import eventlet
eventlet.monkey_patch()
import __original_module_threading as original
import threading
original.current_thread.__globals__['_active'] = threading._active

def launch(limit: eventlet.semaphore.Semaphore):
    limit.acquire()
`,
    `
import threading

def launch(limit: threading.Semaphore):
    limit.acquire()
`,
    { rules: ['monkey-patch', 'semaphore', 'import'] },
  ));

describe('where a new import goes', () => {
  it('into the group of the standard library, in alphabetical order', () =>
    becomes(
      `
import os
import uuid

import eventlet
import yaml

eventlet.sleep(1)
`,
      `
import os
import time
import uuid

import yaml

time.sleep(1)
`,
    ));

  it('into the order of hacking (H306), where names are compared whole', () =>
    becomes(
      `
import copy
from os import path
import uuid

import eventlet

eventlet.sleep(path.x)
`,
      `
import copy
from os import path
import time
import uuid

time.sleep(path.x)
`,
    ));

  it('behind the plain imports, where plain ones come first as isort puts them', () =>
    becomes(
      `
import os
import uuid
from collections import abc

import eventlet

eventlet.sleep(1)
`,
      `
import os
import time
import uuid
from collections import abc

time.sleep(1)
`,
    ));

  it('among its own kind, where a group has no order', () =>
    becomes(
      `
from six import moves
import pwd
import logging
import zlib
import eventlet

eventlet.sleep(moves.x)
`,
      `
from six import moves
import pwd
import logging
import time
import zlib

time.sleep(moves.x)
`,
    ));

  it('into the place of eventlet, where it was all there was', () =>
    becomes(
      `
"""Waits."""

import eventlet


def wait():
    eventlet.sleep(1)
`,
      `
"""Waits."""

import time


def wait():
    time.sleep(1)
`,
    ));

  it('into a new group above the others, where there is none of the standard library', () =>
    becomes(
      `
# Licence: free.

import eventlet
import yaml

from pkg import mod

eventlet.sleep(1)
`,
      `
# Licence: free.

import time

import yaml

from pkg import mod

time.sleep(1)
`,
    ));

  it('below `from __future__`', () =>
    becomes(
      `
from __future__ import annotations

def wait():
    import eventlet
    eventlet.sleep(1)
`,
      `
from __future__ import annotations

import time

def wait():
    time.sleep(1)
`,
    ));

  it('below `from __future__` among the imports of other packages', () =>
    becomes(
      `
# Licence: free.

from __future__ import absolute_import
from __future__ import annotations
import eventlet
import yaml

eventlet.sleep(1)
`,
      `
# Licence: free.

from __future__ import absolute_import
from __future__ import annotations
import time

import yaml

time.sleep(1)
`,
    ));

  it('below `from __future__` among the imports of the standard library', () =>
    becomes(
      `
from __future__ import annotations
import yaml
import eventlet
import os

eventlet.sleep(1)
`,
      `
from __future__ import annotations
import yaml
import os
import time

time.sleep(1)
`,
    ));

  it('below the docstring, with a blank line on both sides', () =>
    becomes(
      `
"""Waits."""
def wait():
    import eventlet
    eventlet.sleep(1)
`,
      `
"""Waits."""

import time

def wait():
    time.sleep(1)
`,
    ));

  it('below the licence, above the comment of the first definition', () =>
    becomes(
      `
#!/usr/bin/env python
# Licence: free.

# Waits.
def wait():
    import eventlet
    eventlet.sleep(1)
`,
      `
#!/usr/bin/env python
# Licence: free.

import time


# Waits.
def wait():
    time.sleep(1)
`,
    ));

  it('above code at module level that needs it, not into a later group', () =>
    becomes(
      `
import eventlet
eventlet.sleep(1)

import os
os.getpid()
`,
      `
import time
time.sleep(1)

import os
os.getpid()
`,
    ));

  it('once, however many places need it', () =>
    becomes(
      `
import eventlet
from eventlet import greenthread

eventlet.sleep(1)
greenthread.sleep(2)
`,
      `
import time

time.sleep(1)
time.sleep(2)
`,
    ));

  it('nowhere, where the module is imported already', () =>
    becomes(
      `
import time

import eventlet

eventlet.sleep(time.time())
`,
      `
import time

time.sleep(time.time())
`,
    ));

  it('once more, where only type checkers see the one that is there', () =>
    becomes(
      `
from typing import TYPE_CHECKING

import eventlet

if TYPE_CHECKING:
    import time

def wait():
    eventlet.sleep(1)
`,
      `
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import time

def wait():
    time.sleep(1)
`,
    ));

  it.each([
    ['in a branch', ["if sys.platform == 'win32':", '    import time']],
    ['in a loop', ['for name in sys.argv:', '    import time']],
    ['behind what may fail in a `try`', ['try:', '    sys.setswitchinterval(1)', '    import time', 'except ValueError:', '    pass']],
    ['in a function, for the module', ['def prepare():', '    global time', '    import time']],
  ])('once more, where the one that is there may not have been executed: %s', (_, lines) =>
    becomes(
      ['import sys', '', 'import eventlet', '', ...lines, '', 'def wait():', '    eventlet.sleep(1)', ''].join('\n'),
      ['import sys', 'import time', '', ...lines, '', 'def wait():', '    time.sleep(1)', ''].join('\n'),
    ));

  it.each([
    ['above it in the same branch', ['def wait(late):', '    if late:', '        import time', '        eventlet.sleep(1)', '']],
    ['at the beginning of a `try`', ['def wait():', '    try:', '        import time', '    except ImportError:', '        raise', '    eventlet.sleep(1)', '']],
    ['in a `finally`', ['def wait():', '    try:', '        start()', '    finally:', '        import time', '    eventlet.sleep(1)', '']],
    ['around the function', ['def wait():', '    import time', '    def pause():', '        eventlet.sleep(1)', '    return pause', '']],
  ])('nowhere, where the function has it for sure: %s', (_, lines) => becomes(['import eventlet', '', ...lines].join('\n'), lines.join('\n').replace('eventlet', 'time')));

  it.each([
    ['in a branch', ['def wait(debug):', '    if debug:', '        import time', '    eventlet.sleep(1)']],
    ['below', ['def wait():', '    eventlet.sleep(1)', '    import time']],
    ['in a loop', ['def wait(all):', '    for each in all:', '        import time', '    eventlet.sleep(1)']],
    ['in a `finally`, which comes later', ['def wait():', '    try:', '        eventlet.sleep(1)', '    finally:', '        import time']],
    ['below, for the function inside', ['def wait():', '    def pause():', '        eventlet.sleep(1)', '    import time', '    return pause']],
  ])('nowhere, and nothing is rewritten, where the function has it on other ways only: %s', (_, lines) => {
    const text = ['import eventlet', '', ...lines, ''].join('\n');
    return becomes(text, text);
  });

  it('under an alias, where the name is taken', () =>
    becomes(
      `
import eventlet

time = None

def wait():
    eventlet.sleep(1)
`,
      `
import time as time_module

time = None

def wait():
    time_module.sleep(1)
`,
    ));

  it('under an alias, where a star may bring the name in', () =>
    becomes(
      `
import eventlet
from datetime import *

def wait():
    eventlet.sleep(1)
    return time(1, 2).hour
`,
      `
import time as time_module
from datetime import *

def wait():
    time_module.sleep(1)
    return time(1, 2).hour
`,
    ));

  it('with the line ends of the file', () => becomes('import os\r\n\r\nimport eventlet\r\n\r\neventlet.sleep(1)\r\n', 'import os\r\nimport time\r\n\r\ntime.sleep(1)\r\n', { isDocumented: false }));

  it('in a file without a final newline', () => becomes('import eventlet; eventlet.sleep(1)', 'import time\ntime.sleep(1)', { isDocumented: false }));
});

describe('what becomes of an import that goes', () => {
  it('blank lines around it do not add up', () =>
    becomes(
      `
import os

import eventlet

from pkg import mod


def wait():
    eventlet.sleep(os.pid)
`,
      `
import os
import time

from pkg import mod


def wait():
    time.sleep(os.pid)
`,
    ));

  it('a name among others goes alone', () =>
    becomes(
      `
import eventlet, time
from eventlet import sleep, wsgi as server, Timeout

sleep(1)
eventlet.sleep(2)
`,
      `
import time
from eventlet import wsgi as server, Timeout

time.sleep(1)
time.sleep(2)
`,
      { rules: ['sleep'] },
    ));

  it('parentheses and the comments in them stay', () =>
    becomes(
      `
import time
from eventlet import (
    Timeout,  # the hard one
    greenthread,  # the easy one
    sleep,
)  # noqa

greenthread.sleep(1)
sleep(2)
`,
      `
import time
from eventlet import (
    Timeout,  # the hard one
    # the easy one
)  # noqa

time.sleep(1)
time.sleep(2)
`,
      { rules: ['sleep'] },
    ));

  it('continued lines stay lines', () =>
    becomes(
      `
import time
from eventlet import Timeout, sleep, \\
    wsgi

sleep(1)
`,
      `
import time
from eventlet import Timeout, \\
    wsgi

time.sleep(1)
`,
      { rules: ['sleep'] },
    ));

  it('its `noqa` goes to the import that comes', () =>
    becomes(
      `
import os
import eventlet  # noqa: E402

eventlet.sleep(os.pid)
`,
      `
import os
import time  # noqa: E402

time.sleep(os.pid)
`,
    ));

  it('any other comment behind it stays', () =>
    becomes(
      `
import os
import eventlet  # it must be first

eventlet.sleep(os.pid)
`,
      `
import os
import time
# it must be first

time.sleep(os.pid)
`,
    ));

  it('the comments of a statement in several lines stay', () =>
    becomes(
      `
import time

from eventlet import (  # noqa
    sleep,  # pauses
)

sleep(1)
`,
      `
import time

# noqa
# pauses

time.sleep(1)
`,
    ));

  it('a block does not get empty', () =>
    becomes(
      `
import time

def wait(quick):
    if quick:
        import eventlet
    else:
        from eventlet import greenthread
        import eventlet
    eventlet.sleep(1)
    greenthread.sleep(2)
`,
      `
import time

def wait(quick):
    if quick:
        pass
    else:
        pass
    time.sleep(1)
    time.sleep(2)
`,
    ));

  it('statements of one line are told apart', () =>
    becomes(
      `
import os; import eventlet; import time
import sys; import eventlet.wsgi as wsgi

def wait(): import eventlet; eventlet.sleep(1)
`,
      `
import os; import time
import sys

def wait(): time.sleep(1)
`,
    ));

  it('it stays while something reads the name', () =>
    becomes(
      `
import eventlet

eventlet.sleep(1)
eventlet.spawn(print)
`,
      `
import time

import eventlet

time.sleep(1)
eventlet.spawn(print)
`,
      { rules: ['sleep'] },
    ));

  it.each([
    ['`__all__`', "__all__ = ['eventlet']\n"],
    ['a type comment', 'x = []  # type: List[eventlet.GreenPool]\n'],
    ['an annotation in quotes', "def f(x: 'eventlet.GreenPool'): pass\n"],
    ['`globals()`', "globals()['eventlet'].sleep()\n"],
  ])('it stays while %s names it', (_what, rest) => becomes(`import eventlet\n\neventlet.sleep(1)\n${rest}`, `import time\n\nimport eventlet\n\ntime.sleep(1)\n${rest}`, { rules: ['sleep'], isDocumented: false }));

  it('it stays while other files take the name from here', () =>
    becomes('import eventlet\n\neventlet.sleep(1)\n', 'import time\n\nimport eventlet\n\ntime.sleep(1)\n', { namedElsewhere: ['eventlet'], isDocumented: false }));

  it('an import that other branches provide too is left to a person', () =>
    becomes(
      `
import time

try:
    import eventlet
except ImportError:
    eventlet = None

if eventlet:
    eventlet.sleep(1)
`,
      `
import time

try:
    import eventlet
except ImportError:
    eventlet = None

if eventlet:
    time.sleep(1)
`,
    ));

  it('an import for type checkers goes like any other', () =>
    becomes(
      `
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import eventlet

eventlet.sleep(1)
`,
      `
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    pass

time.sleep(1)
`,
    ));
});

describe('an import in the place of another', () => {
  it('moves to its group and takes its comment along', () =>
    becomes(
      `
import os

from eventlet.green import socket  # noqa
import yaml

socket.socket(os.x)
`,
      `
import os
import socket  # noqa

import yaml

socket.socket(os.x)
`,
    ));

  it('stays behind the calls above it', () =>
    becomes(
      `
import os
import eventlet
eventlet.monkey_patch()

from eventlet.green.socket import socket
import yaml

socket(os.x)
`,
      `
import os
import eventlet
eventlet.monkey_patch()

from socket import socket

import yaml

socket(os.x)
`,
      { rules: ['green-import'] },
    ));

  it('is not needed where the module is imported under that name', () =>
    becomes(
      `
import socket

from eventlet.green import socket
import yaml

socket.socket()
`,
      `
import socket

import yaml

socket.socket()
`,
    ));

  it('keeps the alias', () =>
    becomes(
      `
import os

from eventlet.green import socket as green_socket, httplib

green_socket.socket(os.x)
httplib.HTTPConnection()
`,
      `
import http.client as httplib
import os
import socket as green_socket

green_socket.socket(os.x)
httplib.HTTPConnection()
`,
    ));

  it('keeps a statement of many names as it is', () =>
    becomes(
      `
import sys

from eventlet.green.httplib import (  # noqa
    CONTINUE,
    HTTPConnection,  # the client
)
import yaml

HTTPConnection(CONTINUE)
`,
      `
from http.client import (  # noqa
    CONTINUE,
    HTTPConnection,  # the client
)
import sys

import yaml

HTTPConnection(CONTINUE)
`,
    ));

  it('joins names where the file does so', () =>
    becomes(
      `
from os import path, sep
from socket import AF_UNIX, SOCK_STREAM

from eventlet.green.socket import socket

socket(AF_UNIX)
`,
      `
from os import path, sep
from socket import AF_UNIX, SOCK_STREAM, socket

socket(AF_UNIX)
`,
    ));

  it('stays where a comment explains it', () =>
    becomes(
      `
import os

# We must not block here.
from eventlet.green import socket
import yaml

socket.socket()
`,
      `
import os

# We must not block here.
import socket
import yaml

socket.socket()
`,
    ));

  it('gives way to the name that the module has already', () =>
    becomes(
      `
import subprocess

from eventlet.green import subprocess as green_subprocess

def run(command):
    return green_subprocess.call(command) or subprocess.DEVNULL
`,
      `
import subprocess

def run(command):
    return subprocess.call(command) or subprocess.DEVNULL
`,
    ));

  it('leaves the branch for Python 2 to a person', () =>
    becomes(
      `
import six

if six.PY2:
    from eventlet.green import httplib as client
else:
    from eventlet.green.http import client

client.HTTPConnection()
`,
      `
import six

if six.PY2:
    from eventlet.green import httplib as client
else:
    from http import client

client.HTTPConnection()
`,
    ));

  it('of a third party goes to the third parties', () =>
    becomes(
      `
import os

import eventlet
import yaml

from . import mod

feeds = eventlet.import_patched('feedparser')
`,
      `
import os

import feedparser as feeds
import yaml

from . import mod
`,
      { rules: ['patcher-original'] },
    ));

  it('stays a star', () => becomes("from eventlet.green.os import *\n\nread(0, 1)\n", "from os import *\n\nread(0, 1)\n", { isDocumented: false }));

  it('stays in its function, branch or line', () =>
    becomes(
      `
import os

if os.name == 'nt':
    import socket
else:
    from eventlet.green import socket

def listen():
    from eventlet.green import select, time; time.time()
    import eventlet.green.ssl as ssl  # late
    ssl.create_default_context(select.select, socket.socket)
`,
      `
import os

if os.name == 'nt':
    import socket
else:
    import socket

def listen():
    import select
    import time; time.time()
    import ssl  # late
    ssl.create_default_context(select.select, socket.socket)
`,
    ));

  it('stays among the third parties where it is one', () =>
    becomes(
      `
import os

from eventlet.green import zmq

zmq.Context(os.x)
`,
      `
import os

import zmq

zmq.Context(os.x)
`,
    ));
});
