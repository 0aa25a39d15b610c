# provides: green.http.client.HTTPConnection green.http.client.HTTPSConnection
# needs: socket

import http.client as _http_client


class HTTPConnection(_http_client.HTTPConnection):
    """The standard one, whose waits a Timeout of this thread can end."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._create_connection = _create_connection


class HTTPSConnection(_http_client.HTTPSConnection):
    """The standard one; a Timeout ends its connecting, not its reading."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._create_connection = _create_connection
