import { argumentsOf } from '../python/calls';
import { plainString } from '../python/strings';
import type { NameUse, Use } from '../python/uses';
import { field } from '../syntax/node';
import { change } from './kit/change';
import { links } from './kit/links';
import { nowhere } from './kit/proposing';
import type { FileView } from './kit/view';
import type { Proposal, Rule } from './rule';

export const asyncMode: Rule = {
  id: 'async-mode',
  pattern: 5,
  names: ['flask_socketio.SocketIO', 'socketio.Server', 'engineio.Server', 'flask_socketio.SocketIO(async_mode)', 'socketio.Server(async_mode)', 'engineio.Server(async_mode)', 'engineio.async_drivers.eventlet.*', '**'],
  forms: ['name', 'keyword', 'string'],
  kind: 'config',
  answers,
  message: (use) => (use.form === 'name' ? `\`${use.api}\` runs on eventlet wherever that is installed, because nothing else is said here.` : 'This server runs on eventlet.'),
  guide: {
    title: 'The mode of Flask-SocketIO, python-socketio and python-engineio',
    does: 'A server is given its mode by `async_mode`. Where nothing is said it takes the first that is installed of eventlet, gevent with uWSGI, gevent and threads: whoever uninstalls eventlet changes the mode without a word.',
    replacement: {
      threading: '`async_mode="threading"`, with the package `simple-websocket`; the server behind it is Werkzeug’s, or gunicorn’s `gthread` with enough threads.',
      asyncio: '`socketio.AsyncServer` or `engineio.AsyncServer` in an ASGI application: handlers become coroutines.',
    },
    differences: [
      { of: 'blocking', aspect: 'a client', eventlet: 'costs a green thread', threading: 'costs a native thread as long as it is connected' },
      { of: 'order', aspect: 'two events at once', eventlet: 'their handlers change places only where one of them waits', threading: 'they change places anywhere: what they share needs locks' },
      { of: 'defaults', aspect: '`socketio.run(app)`', eventlet: 'eventlet’s own server', threading: 'Werkzeug’s server, which wants `allow_unsafe_werkzeug=True` in production' },
    ],
    same: { value: 'handlers answer in the same way', exceptions: 'what a handler raises is logged in both', cancellation: 'a background task cannot be ended from outside in either' },
    links: [...links.socketio.guidance],
  },
  proposals,
  examples: [
    {
      title: 'the mode is said',
      before: `
import socketio
from flask_socketio import SocketIO

chat = SocketIO(app, async_mode='eventlet')
                                 #^^^^^^^ review
server = socketio.Server(async_mode="eventlet")
                                     #^^^^^^^ review
late = SocketIO()
late.init_app(app, async_mode='eventlet')
                               #^^^^^^^ review
`,
      after: `
import socketio
from flask_socketio import SocketIO

chat = SocketIO(app, async_mode='threading')
server = socketio.Server(async_mode="threading")
late = SocketIO()
late.init_app(app, async_mode='threading')
`,
    },
    {
      title: 'where nothing is said, what is installed decides',
      before: `
import socketio
from flask_socketio import SocketIO

chat = SocketIO(app, cors_allowed_origins='*')
       #^^^^^^^ review
server = socketio.Server()
         #^^^^^^^^^^^^^^ review
`,
      after: `
import socketio
from flask_socketio import SocketIO

chat = SocketIO(app, cors_allowed_origins='*', async_mode='threading')
server = socketio.Server(async_mode='threading')
`,
    },
    {
      title: 'what is bundled with the program is named by its module',
      before: `
hiddenimports = ['engineio.async_drivers.eventlet']
                  #^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ review
`,
      after: `
hiddenimports = ['engineio.async_drivers.threading']
`,
    },
    {
      title: 'other modes, and modes from elsewhere, are left alone',
      before: `
import socketio
from flask_socketio import SocketIO

SocketIO(app, async_mode='threading')
SocketIO(app, async_mode=mode)
SocketIO(app, **options)
socketio.AsyncServer()
`,
    },
  ],
};

const driver = 'engineio.async_drivers.eventlet';

function answers(use: Use): boolean {
  switch (use.form) {
    case 'keyword':
      return plainString(use.value) === 'eventlet';
    case 'string':
      return use.text === driver || (use.purpose === 'option' && use.text === 'eventlet' && /async_?mode$/i.test(use.setting?.name ?? ''));
    case 'name':
      return use.api.startsWith(`${driver}.`) || (modal.has(use.api) && isSilent(use));
    default:
      return false;
  }
}

const modal = new Set(['flask_socketio.SocketIO', 'socketio.Server', 'engineio.Server']);

/** Whether a server is made here without a word on its mode. `SocketIO()` without an application is told later, by `init_app`. */
function isSilent({ api, call }: NameUse): boolean {
  if (!call) return false;
  const { positional, keywords, isOpen } = argumentsOf(call);
  const isLater = api === 'flask_socketio.SocketIO' && positional.length === 0 && !keywords.has('app');
  return !isOpen && !isLater && !keywords.has('async_mode');
}

function proposals(use: Use, view: FileView): readonly Proposal[] {
  const edits = change(view);
  const why = 'each client takes a native thread, and WebSocket needs the package `simple-websocket`';
  const asyncio = { target: 'asyncio', reason: 'coroutines want another server class, `AsyncServer`, and handlers that are coroutines' } as const;
  const list = use.form === 'name' && use.call ? field(use.call, 'arguments') : undefined;
  if (use.form === 'name') {
    const last = list?.namedChildren.findLast((child) => child?.type !== 'comment');
    if (!list) return nowhere('the driver goes with the mode: name `threading` where the server is made');
    if (last) edits.insert(last.endIndex, `, async_mode=${view.layout.quote}threading${view.layout.quote}`);
    else edits.insert(list.startIndex + 1, `async_mode=${view.layout.quote}threading${view.layout.quote}`);
    return [{ target: 'threading', title: 'Say `async_mode`: `threading`', claim: 'review', conditions: [], why: `as long as eventlet is installed, that is another mode than today’s; ${why}`, change: edits.done() }, asyncio];
  }
  const name = use.form === 'string' && use.text === driver ? 'engineio.async_drivers.threading' : 'threading';
  edits.replace({ startIndex: use.start, endIndex: use.end }, name);
  return [{ target: 'threading', title: `Use \`${name}\``, claim: 'review', conditions: [], why, change: edits.done() }, asyncio];
}
