# needs: listen Timeout


class TestSockets(unittest.TestCase):
    def test_timeout_ends_waiting_for_a_connection(self):
        listening = listen(('127.0.0.1', 0))
        self.addCleanup(listening.close)
        with self.assertRaises(Timeout) as caught:
            with Timeout(0.01) as limit:
                listening.accept()
        self.assertIs(caught.exception, limit)

    def test_the_socket_below_is_the_same_to_the_system(self):
        listening = listen(('127.0.0.1', 0))
        self.addCleanup(listening.close)
        self.assertEqual(listening.fileno(), listening.fd.fileno())
