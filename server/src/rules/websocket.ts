import { links } from './kit/links';
import type { Rule } from './rule';

export const websocket: Rule = {
  id: 'websocket',
  pattern: 5,
  names: ['eventlet.websocket.*'],
  message: (use) => `\`${use.api}\` belongs to eventlet’s WebSocket server; a library for native threads or asyncio takes its place.`,
  guide: {
    title: 'WebSocket',
    does: '`websocket.WebSocketWSGI(handler)` is a WSGI application that speaks WebSocket on eventlet’s own server: the handler gets an object with `send`, `wait` and `close`, and runs in the green thread of the connection.',
    replacement: {
      threading: '`simple_websocket` (with Flask: `flask-sock`) on a threaded WSGI server, or the server in `websockets.sync` on a port of its own. Each open connection keeps one thread.',
      asyncio: '`websockets`, or the WebSocket support of Starlette, aiohttp and other ASGI frameworks; thousands of open connections are what asyncio is good at.',
    },
    differences: [
      { of: 'value', aspect: 'next message', eventlet: '`ws.wait()`', threading: '`ws.receive()` of simple_websocket, `ws.recv()` of websockets', asyncio: '`await ws.recv()`' },
      { of: 'exceptions', aspect: 'the other side closes', eventlet: '`wait()` gives `None`', threading: 'an exception: `ConnectionClosed`', asyncio: 'an exception: `ConnectionClosed`' },
      { of: 'blocking', aspect: 'connections', eventlet: 'green threads, many', threading: 'one native thread each', asyncio: 'one task each' },
      { aspect: '`ws.environ`, `path`, `origin`', eventlet: 'attributes', threading: 'from the request of the framework', asyncio: '`ws.request`' },
    ],
    same: {
      order: 'messages come in the order in which they were sent',
      cancellation: 'closing ends who waits, in both',
      defaults: 'limits of messages and the time of pings are the library’s own',
    },
    links: [...links.webSocket.guidance, ...links.wsgi.guidance],
  },
  proposals: (use) => [
    { target: 'threading', reason: reasonFor(use.api, '`simple_websocket` or `websockets.sync`') },
    { target: 'asyncio', reason: reasonFor(use.api, '`websockets` or an ASGI framework') },
  ],
  examples: [
    {
      title: 'handlers are written anew for another library',
      before: `
from eventlet import websocket

@websocket.WebSocketWSGI
 #^^^^^^^^^^^^^^^^^^^^^^ none
def echo(ws):
    ws.send(ws.wait())

def is_closed(error):
    return isinstance(error, websocket.ConnectionClosedError)
                             #^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ none
`,
    },
    {
      title: 'other libraries are left alone',
      before: `
import websocket

websocket.create_connection('ws://example.org').recv()
`,
    },
  ],
};

function reasonFor(api: string, libraries: string): string {
  if (/Error$|BadRequest$/.test(api)) return `the exceptions are those of the new library: ${libraries}`;
  return `the handler is written anew for ${libraries}: \`wait()\` gave \`None\` when the other side closed, others raise`;
}
