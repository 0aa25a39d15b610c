"""Asks every host, again and again."""

import logging

import eventlet
from eventlet import event
from eventlet import queue
from eventlet import semaphore

from lighthouse import probe

LOG = logging.getLogger(__name__)


class Keeper:

    def __init__(self, hosts, interval, history=None):
        self.hosts = hosts
        self.interval = interval
        self.history = history
        self.status = {}
        self._pool = eventlet.GreenPool(20)
        self._results = queue.Queue()
        self._status_lock = semaphore.Semaphore()
        self._first_round = event.Event()

    def start(self):
        self._collector = eventlet.spawn(self._collect)
        self._rounds = eventlet.spawn(self._run)
        self._reminder = eventlet.spawn_after(30, self._remind)

    def stop(self):
        self._reminder.cancel()
        self._rounds.kill()
        self._collector.kill()

    def wait_until_ready(self):
        self._first_round.wait()

    def ask_all(self):
        for host in self.hosts:
            self._pool.spawn_n(self._ask, host)
        self._pool.waitall()
        self._results.join()

    def _run(self):
        self.ask_all()
        self._first_round.send()
        while True:
            eventlet.sleep(self.pause())
            self.ask_all()

    def pause(self):
        """Seconds until the next round; fewer when somebody is missed."""
        if all(self.status.values()):
            return self.interval
        return self.interval / 2

    def _ask(self, host):
        self._results.put((host, probe.is_there(host)))
        # Give the collector a chance to run.
        eventlet.sleep(0)

    def _collect(self):
        while True:
            host, is_there = self._results.get()
            with self._status_lock:
                self.status[host] = is_there
            if self.history:
                self.history.add(host, is_there)
            self._results.task_done()

    def _remind(self):
        if not self._first_round.ready():
            LOG.warning('The first round takes long; is the network up?')
