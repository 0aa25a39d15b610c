# needs: hubs.get_hub getcurrent sleep


class TestHub(unittest.TestCase):
    def test_throws_into_who_waits(self):
        throw = getcurrent().throw
        get_hub().schedule_call_global(0.01, throw, KeyError('thrown'))
        with self.assertRaises(KeyError):
            sleep(5)

    def test_calls_nothing_that_was_cancelled(self):
        called = []
        timer = get_hub().schedule_call_global(0.01, called.append, 1)
        timer.cancel()
        sleep(0.05)
        self.assertEqual([], called)

    def test_throws_into_itself_at_once(self):
        with self.assertRaises(KeyError):
            getcurrent().throw(KeyError('thrown'))
