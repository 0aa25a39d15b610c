# needs: Event spawn


class TestEventBetweenThreads(unittest.TestCase):
    def test_wakes_who_waits(self):
        event = Event()
        waiting = [spawn(event.wait) for _ in range(5)]
        event.send(3)
        self.assertEqual([3] * 5, [each.wait() for each in waiting])
