# provides: listen connect greenio.shutdown_safe green.socket.socket=_Socket green.socket.create_connection=_create_connection
# needs: waiting timeout

import errno
import socket as _socket
import time


def _limited(name):
    """A method of the socket that a Timeout of this thread can end."""
    plain = getattr(_socket.socket, name)

    def method(self, *args, **kwargs):
        until = _earliest()
        own = self.gettimeout()
        if until is None or own == 0:
            return plain(self, *args, **kwargs)
        _raise_what_is_due()
        left = max(0.001, until - time.monotonic())
        self.settimeout(left if own is None else min(own, left))
        try:
            return plain(self, *args, **kwargs)
        except _socket.timeout:
            _raise_what_is_due()
            raise
        finally:
            self.settimeout(own)

    method.__name__ = name
    method.__doc__ = plain.__doc__
    return method


class _Socket(_socket.socket):
    """The standard socket, whose waits a Timeout of this thread can end.

    What wraps it (TLS) waits without asking: give that a timeout of its own.
    """

    __slots__ = ()

    connect = _limited('connect')
    recv = _limited('recv')
    recv_into = _limited('recv_into')
    recvfrom = _limited('recvfrom')
    recvfrom_into = _limited('recvfrom_into')
    send = _limited('send')
    sendall = _limited('sendall')
    sendto = _limited('sendto')
    _accept_one = _limited('accept')

    @property
    def fd(self):
        """What eventlet's socket wraps: here that is the socket itself."""
        return self

    def accept(self):
        plain, address = self._accept_one()
        own = plain.gettimeout()
        sock = _Socket(plain.family, plain.type, plain.proto, plain.detach())
        sock.settimeout(own)
        return sock, address


def _create_connection(address, timeout=_socket._GLOBAL_DEFAULT_TIMEOUT,
                       source_address=None, **kwargs):
    """The standard one, but a Timeout of this thread can end it."""
    host, port = address[:2]
    error = OSError('getaddrinfo returns an empty list')
    for family, kind, proto, _, place in _socket.getaddrinfo(
            host, port, 0, _socket.SOCK_STREAM):
        sock = _Socket(family, kind, proto)
        try:
            if timeout is not _socket._GLOBAL_DEFAULT_TIMEOUT:
                sock.settimeout(timeout)
            if source_address:
                sock.bind(source_address)
            sock.connect(place)
            return sock
        except OSError as failure:
            error = failure
            sock.close()
    raise error


def listen(addr, family=_socket.AF_INET, backlog=50, reuse_addr=True,
           reuse_port=None):
    """A socket that listens; the port is not shared unless that is asked."""
    sock = _Socket(family, _socket.SOCK_STREAM)
    if reuse_addr:
        sock.setsockopt(_socket.SOL_SOCKET, _socket.SO_REUSEADDR, 1)
    if reuse_port:
        sock.setsockopt(_socket.SOL_SOCKET, _socket.SO_REUSEPORT, 1)
    sock.bind(addr)
    sock.listen(backlog)
    return sock


def connect(addr, family=_socket.AF_INET, bind=None):
    """A socket that is connected; a Timeout ends that, and its waits."""
    sock = _Socket(family, _socket.SOCK_STREAM)
    if bind is not None:
        sock.bind(bind)
    sock.connect(addr)
    return sock


def shutdown_safe(sock):
    """Shuts a socket down, connected or not; the same with eventlet."""
    try:
        sock.shutdown(_socket.SHUT_RDWR)
    except TypeError:
        sock.shutdown()
    except OSError as error:
        if error.errno not in (errno.ENOTCONN, errno.EBADF):
            raise
