# needs: Event


class TestEvent(unittest.TestCase):
    def test_hands_a_value_to_all_who_wait(self):
        event = Event()
        event.send('value')
        self.assertEqual(['value', 'value'], [event.wait(), event.wait()])

    def test_raises_what_was_sent(self):
        event = Event()
        event.send_exception(KeyError('sent'))
        self.assertRaises(KeyError, event.wait)
        self.assertTrue(event.has_exception())

    def test_gives_nothing_when_time_is_over(self):
        self.assertIsNone(Event().wait(timeout=0.01))

    def test_is_sent_once(self):
        event = Event()
        event.send()
        self.assertRaises(AssertionError, event.send)
        self.assertTrue(event.ready())
