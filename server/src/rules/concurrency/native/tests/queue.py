# needs: Queue queue.Empty


class TestQueue(unittest.TestCase):
    def test_keeps_the_order(self):
        queue = Queue()
        for item in range(3):
            queue.put(item)
        self.assertEqual([0, 1, 2], [queue.get() for _ in range(3)])

    def test_is_empty_when_time_is_over(self):
        with self.assertRaises(Empty):
            Queue().get(timeout=0.01)
        with self.assertRaises(Empty):
            Queue().get_nowait()

    def test_waits_until_all_is_done(self):
        queue = Queue()
        queue.put('item')
        queue.get()
        queue.task_done()
        queue.join()
        self.assertRaises(ValueError, queue.task_done)
