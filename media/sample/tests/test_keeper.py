import unittest
from unittest import mock

import eventlet

from lighthouse import keeper
from lighthouse import probe


class KeeperTest(unittest.TestCase):

    def setUp(self):
        self.keeper = keeper.Keeper(['a', 'b'], interval=10)

    @mock.patch('lighthouse.keeper.probe.is_there', lambda host: host == 'a')
    def test_every_host_is_asked(self):
        self.keeper.start()
        self.addCleanup(self.keeper.stop)
        with eventlet.Timeout(5):
            self.keeper.wait_until_ready()
        self.assertEqual({'a': True, 'b': False}, self.keeper.status)

    def test_a_missed_host_is_asked_sooner(self):
        self.keeper.status = {'a': True, 'b': False}
        self.assertEqual(5, self.keeper.pause())

    @mock.patch('lighthouse.keeper.eventlet.spawn_after')
    def test_a_slow_first_round_is_mentioned(self, spawn_after):
        self.keeper.start()
        self.addCleanup(self.keeper.stop)
        spawn_after.assert_called_once_with(30, mock.ANY)


class ProbeTest(unittest.TestCase):

    @mock.patch.object(probe, 'is_there', side_effect=[False, True])
    def test_a_host_that_starts_is_asked_again(self, is_there):
        self.assertTrue(probe.is_there_soon('a', pause=0.01))
        self.assertEqual(2, is_there.call_count)

    @mock.patch('eventlet.green.socket.create_connection')
    def test_the_connection_is_closed(self, create_connection):
        self.assertTrue(probe.is_there('a'))
        create_connection.return_value.close.assert_called_once_with()
