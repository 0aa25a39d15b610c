"""What was seen when, in a database of one file."""

import sqlite3
import time

from eventlet import corolocal
from eventlet import tpool


class History:

    def __init__(self, path):
        self.path = path
        self._local = corolocal.local()
        self._write('CREATE TABLE IF NOT EXISTS seen (host, there, at)')

    def add(self, host, is_there):
        # SQLite blocks, so it is kept away from the green threads.
        tpool.execute(self._write, 'INSERT INTO seen VALUES (?, ?, ?)',
                      host, is_there, time.time())
        self._local.last = host

    def last(self):
        """The host that this green thread wrote last."""
        return getattr(self._local, 'last', None)

    def _write(self, statement, *values):
        connection = sqlite3.connect(self.path)
        with connection:
            connection.execute(statement, values)
        connection.close()
