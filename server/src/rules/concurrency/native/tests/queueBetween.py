# needs: Queue spawn sleep


class TestQueueBetweenThreads(unittest.TestCase):
    def test_waits_for_room(self):
        queue = Queue(1)
        queue.put('first')
        putting = spawn(queue.put, 'second')
        sleep(0.01)
        self.assertEqual(1, queue.qsize())
        self.assertEqual(['first', 'second'], [queue.get(), queue.get()])
        putting.wait()

    def test_of_no_size_hands_over(self):
        queue = Queue(0)
        putting = spawn(queue.put, 'item')
        sleep(0.01)
        self.assertEqual('item', queue.get())
        putting.wait()
