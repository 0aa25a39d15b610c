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

    @mock.patch('lighthouse.keeper.eventlet.sleep')
    def test_a_missed_host_is_asked_sooner(self, sleep):
        self.keeper.status = {'a': True, 'b': False}
        self.keeper._rest()
        sleep.assert_called_once_with(5)

    @mock.patch.object(eventlet, 'spawn_after')
    def test_a_slow_first_round_is_mentioned(self, spawn_after):
        self.keeper.start()
        self.addCleanup(self.keeper.stop)
        spawn_after.assert_called_once_with(30, mock.ANY)


class ProbeTest(unittest.TestCase):

    @mock.patch('eventlet.sleep')
    @mock.patch.object(probe, 'is_there', side_effect=[False, True])
    def test_a_host_that_starts_is_asked_again(self, is_there, sleep):
        self.assertTrue(probe.is_there_soon('a', pause=3))
        sleep.assert_called_once_with(3)
