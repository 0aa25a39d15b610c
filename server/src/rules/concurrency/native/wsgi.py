# provides: wsgi.server=serve_wsgi wsgi.HttpProtocol=HttpProtocol wsgi.Input=Input wsgi.ChunkReadError=ChunkReadError wsgi.format_date_time=format_date_time wsgi.MAX_REQUEST_LINE=MAX_REQUEST_LINE wsgi.MAX_HEADER_LINE=MAX_HEADER_LINE wsgi.MINIMUM_CHUNK_SIZE=MINIMUM_CHUNK_SIZE wsgi.STATE_IDLE=STATE_IDLE wsgi.STATE_REQUEST=STATE_REQUEST wsgi.STATE_CLOSE=STATE_CLOSE
# needs: waiting event pool socket

import email.utils
import http.server
import os
import selectors
import socket as _socket
import sys
import time
import traceback
import urllib.parse

STATE_IDLE, STATE_REQUEST, STATE_CLOSE = 'idle', 'request', 'close'
MINIMUM_CHUNK_SIZE = 4096
MAX_REQUEST_LINE = 8192
# What http.client allows; to assign another number changes nothing.
MAX_HEADER_LINE = 65536


class ChunkReadError(ValueError):
    """The body of a request is not what its headers promise."""


def format_date_time(timestamp):
    """A date as HTTP wants it; the same with eventlet."""
    return email.utils.formatdate(timestamp, usegmt=True)


class Input:
    """The body of a request, by its length or in chunks."""

    def __init__(self, rfile, length, is_chunked, go_on=None):
        self._rfile = rfile
        self._left = 0 if is_chunked else length
        self._is_chunked = is_chunked
        self._go_on = go_on

    def read(self, size=None):
        return self._take(size, self._rfile.read)

    def readline(self, size=None):
        return self._take(size, self._rfile.readline, is_line=True)

    def readlines(self, hint=None):
        return list(self)

    def __iter__(self):
        return iter(self.readline, b'')

    def get_socket(self):
        return self._rfile.raw._sock

    @property
    def is_unsent(self):
        """Whether the client waits for a word before it sends the body."""
        return self._go_on is not None and self._has_body()

    def discard(self):
        """Reads what the application left, for the next request."""
        while self.read(65536):
            pass

    def _has_body(self):
        return self._is_chunked or self._left > 0

    def _take(self, size, take, is_line=False):
        if self.is_unsent:
            self._go_on()
            self._go_on = None
        wanted = float('inf') if size is None or size < 0 else size
        parts = []
        while wanted > 0 and self._has_more():
            part = take(int(min(wanted, self._left, 1 << 16)))
            if not part:
                raise ChunkReadError('the connection ended within the body')
            parts.append(part)
            wanted -= len(part)
            self._left -= len(part)
            if self._is_chunked and not self._left:
                self._rfile.readline()
            if is_line and part.endswith(b'\n'):
                break
        return b''.join(parts)

    def _has_more(self):
        if not self._left and self._is_chunked:
            line = self._rfile.readline(128).split(b';')[0].strip()
            try:
                self._left = int(line, 16)
            except ValueError:
                raise ChunkReadError('no size of a chunk: %r' % line)
            if not self._left:
                self._is_chunked = False
                while self._rfile.readline(65537).strip():
                    pass
        return self._left > 0


class HttpProtocol(http.server.BaseHTTPRequestHandler):
    """Handles one connection, in a thread of its own."""

    protocol_version = 'HTTP/1.1'
    wbufsize = 65536

    def __init__(self, conn_state, server):
        self.conn_state = conn_state
        address, connection, _ = conn_state
        super().__init__(connection, address, server)

    def setup(self):
        super().setup()
        if self.server.max_http_version is not None:
            self.protocol_version = self.server.max_http_version
        self.connection.settimeout(self.server.socket_timeout)

    def handle(self):
        self.close_connection = False
        while not self.close_connection:
            self.conn_state[2] = STATE_IDLE
            if not self.server.is_accepting:
                return
            self.handle_one_request()

    def handle_one_request(self):
        keepalive = self.server.keepalive
        if not isinstance(keepalive, bool):
            self.connection.settimeout(keepalive)
        try:
            limit = self.server.url_length_limit
            self.raw_requestline = self.rfile.readline(limit + 1)
            self.conn_state[2] = STATE_REQUEST
            self.connection.settimeout(self.server.socket_timeout)
            if not self.raw_requestline:
                self.close_connection = True
            elif len(self.raw_requestline) > limit:
                self.requestline, self.request_version = '', 'HTTP/1.0'
                self.command, self.close_connection = '', True
                self.send_error(414)
            elif self.parse_request():
                self._respond()
            self.wfile.flush()
        except (OSError, ChunkReadError):
            self.close_connection = True

    def log_message(self, format, *args):
        self.server.log.info(format % args)

    def log_request(self, code='-', size='-'):
        pass

    def get_environ(self):
        path, _, query = self.path.partition('?')
        length = self.headers.get('content-length') or '0'
        host, port = (self.request.getsockname() + ('', ''))[:2]
        is_chunked = 'chunked' in self.headers.get(
            'transfer-encoding', '').lower()
        expects = self.headers.get('expect', '').lower() == '100-continue'
        body = Input(self.rfile, int(length) if length.isdigit() else 0,
                     is_chunked, self._send_continue if expects else None)
        environ = {
            **self.server.environ,
            'wsgi.version': (1, 0), 'wsgi.errors': sys.stderr,
            'wsgi.url_scheme': self.server.scheme,
            'wsgi.multithread': True, 'wsgi.multiprocess': False,
            'wsgi.run_once': False,
            'wsgi.input': body, 'eventlet.input': body,
            'eventlet.posthooks': [],
            'REQUEST_METHOD': self.command, 'SCRIPT_NAME': '',
            'RAW_PATH_INFO': path,
            'PATH_INFO': urllib.parse.unquote(path, 'latin-1'),
            'SERVER_PROTOCOL': self.request_version,
            'SERVER_NAME': str(host), 'SERVER_PORT': str(port),
            'GATEWAY_INTERFACE': 'CGI/1.1',
            'REMOTE_ADDR': self.address_string(),
            'REMOTE_PORT': self.port_string(),
            'headers_raw': tuple(self.headers.items()),
        }
        if '?' in self.path:
            environ['QUERY_STRING'] = query
        if 'content-type' in self.headers:
            environ['CONTENT_TYPE'] = self.headers['content-type']
        if length != '0' or 'content-length' in self.headers:
            environ['CONTENT_LENGTH'] = length
        for name, value in self.headers.items():
            key = 'HTTP_' + name.upper().replace('-', '_')
            if key not in ('HTTP_CONTENT_TYPE', 'HTTP_CONTENT_LENGTH'):
                known = environ.get(key)
                environ[key] = value if known is None else '%s,%s' % (
                    known, value)
        return environ

    def address_string(self):
        address = self.client_address
        return str(address[0]) if isinstance(address, tuple) else ''

    def port_string(self):
        address = self.client_address
        return str(address[1]) if isinstance(address, tuple) else ''

    def _send_continue(self):
        self.wfile.write(b'HTTP/1.1 100 Continue\r\n\r\n')
        self.wfile.flush()

    def _respond(self):
        self.environ = environ = self.get_environ()
        answer = _Answer(self)
        started = time.monotonic()
        try:
            try:
                result = self.server.app(environ, answer.start_response)
                try:
                    if hasattr(result, '__len__'):
                        answer.whole = sum(len(data) for data in result)
                    for data in result:
                        if data:
                            answer.write(data)
                    answer.end()
                finally:
                    if hasattr(result, 'close'):
                        result.close()
            except (OSError, ChunkReadError):
                self.close_connection = True
            except Exception:
                self.close_connection = True
                answer.fail(traceback.format_exc())
            self.wfile.flush()
            if not self.close_connection:
                environ['eventlet.input'].discard()
        finally:
            for hook, args, kwargs in environ['eventlet.posthooks']:
                hook(environ, *args, **kwargs)
            if self.server.log_output:
                self._log(answer, time.monotonic() - started)

    def _log(self, answer, seconds):
        client = self.address_string()
        forwarded = self.headers.get('x-forwarded-for', '')
        if self.server.log_x_forwarded_for and forwarded:
            client = '%s,%s' % (forwarded, client)
        self.server.log.info(self.server.log_format % {
            'client_ip': client, 'client_port': self.port_string(),
            'date_time': self.log_date_time_string(),
            'request_line': self.requestline,
            'status_code': answer.status.split(' ')[0],
            'body_length': answer.length, 'wall_seconds': seconds})


class _Answer:
    """What one request is answered, as the application says it."""

    def __init__(self, handler):
        self._handler = handler
        self._headers = None
        self._is_sent = False
        self._is_chunked = False
        self._waiting = b''
        self.status = '500 Internal Server Error'
        self.length = 0
        self.whole = None

    def start_response(self, status, headers, exc_info=None):
        if exc_info and self._is_sent:
            raise exc_info[1].with_traceback(exc_info[2])
        self.status, self._headers = status, list(headers)
        return self.write

    def write(self, data):
        if self._headers is None:
            raise AssertionError('write() before start_response()')
        self._send_headers()
        if self._handler.command == 'HEAD':
            return
        self.length += len(data)
        if not self._is_chunked:
            self._handler.wfile.write(data)
            return
        self._waiting += data
        if len(self._waiting) >= self._handler.server.minimum_chunk_size:
            self._send_chunk()

    def end(self):
        if self._headers is None:
            raise AssertionError('start_response() was not called')
        if not self._is_sent:
            self.whole = self.whole or 0
            self._send_headers()
        if self._is_chunked:
            if self._waiting:
                self._send_chunk()
            self._handler.wfile.write(b'0\r\n\r\n')

    def fail(self, text):
        self._handler.server.log.info(text)
        if self._is_sent:
            return
        body = text.encode() if self._handler.server.debug else b''
        self.start_response('500 Internal Server Error', [
            ('Content-Type', 'text/plain'),
            ('Content-Length', str(len(body)))])
        self.write(body)

    def _send_headers(self):
        if self._is_sent:
            return
        self._is_sent = True
        handler = self._handler
        names = {name.lower(): value for name, value in self._headers}
        has_body = self.status[:3] not in ('204', '304')
        if 'content-length' not in names and has_body:
            if self.whole is not None:
                self._headers.append(('Content-Length', str(self.whole)))
            elif handler.request_version == handler.protocol_version == (
                    'HTTP/1.1') and handler.command != 'HEAD':
                self._is_chunked = True
                self._headers.append(('Transfer-Encoding', 'chunked'))
            elif handler.command != 'HEAD':
                handler.close_connection = True
        if 'date' not in names:
            self._headers.append(('Date', format_date_time(time.time())))
        if (names.get('connection', '').lower() == 'close'
                or handler.server.keepalive is False
                or handler.environ['eventlet.input'].is_unsent):
            handler.close_connection = True
        if handler.close_connection and 'connection' not in names:
            self._headers.append(('Connection', 'close'))
        lines = ['%s %s' % (handler.protocol_version, self.status)]
        for name, value in self._headers:
            if handler.server.capitalize_response_headers:
                name = '-'.join(w.capitalize() for w in name.split('-'))
            lines.append('%s: %s' % (name, value))
        handler.wfile.write(
            ('\r\n'.join(lines) + '\r\n\r\n').encode('latin-1'))

    def _send_chunk(self):
        self._handler.wfile.write(
            b'%x\r\n%s\r\n' % (len(self._waiting), self._waiting))
        self._handler.wfile.flush()
        self._waiting = b''


class _Log:
    """Lines for a file, where no logger was given."""

    def __init__(self, file):
        self._file = file

    def info(self, text, *args):
        self._file.write((text % args if args else text) + '\n')

    debug = error = info


class _WsgiServer:
    """What handlers know of their server."""

    def __init__(self, sock, app, log, environ, **options):
        self.socket, self.app, self.log = sock, app, log
        self.environ = dict(environ or {})
        self.is_accepting = True
        self.scheme = 'https' if hasattr(sock, 'do_handshake') else 'http'
        self.address = sock.getsockname()
        self.__dict__.update(options)

    def place(self):
        if isinstance(self.address, tuple):
            return '%s://%s:%s' % ((self.scheme,) + self.address[:2])
        return '%s:%s' % (self.scheme, self.address)


def serve_wsgi(sock, site, log=None, environ=None, max_size=None,
               max_http_version=None, protocol=HttpProtocol,
               server_event=None, minimum_chunk_size=None,
               log_x_forwarded_for=True, custom_pool=None, keepalive=True,
               log_output=True,
               log_format='%(client_ip)s - - [%(date_time)s] '
                          '"%(request_line)s" %(status_code)s '
                          '%(body_length)s %(wall_seconds).6f',
               url_length_limit=MAX_REQUEST_LINE, debug=True,
               socket_timeout=None, capitalize_response_headers=True):
    """Serves a WSGI application until the socket is closed or kill() comes.

    Each connection has a native thread: max_size is 100 where nothing is
    given, not 1024, and what exceeds it waits. All other parameters mean
    what they mean to eventlet's server. Functions in
    environ['eventlet.posthooks'] run after the response, behind its close().
    """
    if not callable(getattr(log, 'info', None)):
        log = _Log(log or sys.stderr)
    server = _WsgiServer(
        sock, site, log, environ, max_http_version=max_http_version,
        minimum_chunk_size=minimum_chunk_size or MINIMUM_CHUNK_SIZE,
        log_x_forwarded_for=log_x_forwarded_for, keepalive=keepalive,
        log_output=log_output, log_format=log_format,
        url_length_limit=url_length_limit, debug=debug,
        socket_timeout=socket_timeout,
        capitalize_response_headers=capitalize_response_headers)
    if server_event is not None:
        server_event.send(server)
    log.info('(%s) wsgi starting up on %s' % (os.getpid(), server.place()))
    pool = custom_pool or GreenPool(max_size or 100)
    states = []
    try:
        while _is_asked(sock):
            try:
                connection, address = sock.accept()
            except OSError:
                continue
            state = [address, connection, STATE_IDLE]
            with _lock:
                states.append(state)
            pool.spawn_n(_serve_connection, protocol, state, server, states)
    except (KeyboardInterrupt, SystemExit):
        pass
    finally:
        server.is_accepting = False
        with _lock:
            idle = [state for state in states if state[2] == STATE_IDLE]
        for state in idle:
            shutdown_safe(state[1])
        sock.close()
    pool.waitall()
    log.info('(%s) wsgi exited' % os.getpid())


def _is_asked(sock):
    """Waits for somebody who connects; False where the socket is closed."""
    if not isinstance(sock, _socket.socket):
        return True
    while sock.fileno() != -1:
        with selectors.DefaultSelector() as selector:
            selector.register(sock, selectors.EVENT_READ)
            if selector.select(0.1):
                return True
        _raise_what_is_due()
    return False


def _serve_connection(protocol, state, server, states):
    try:
        protocol(state, server)
    except OSError:
        pass
    finally:
        state[2] = STATE_CLOSE
        with _lock:
            states.remove(state)
        shutdown_safe(state[1])
        state[1].close()
