# needs: GreenPool Queue Event Semaphore spawn


class TestAllTogether(unittest.TestCase):
    def test_no_item_is_lost(self):
        pool, queue, semaphore = GreenPool(50), Queue(10), Semaphore(5)
        start, taken = Event(), []

        def put(item):
            start.wait()
            with semaphore:
                queue.put(item)

        def take():
            for item in iter(queue.get, None):
                taken.append(item)
                queue.task_done()

        takers = [spawn(take) for _ in range(8)]
        start.send()
        for item in range(1000):
            pool.spawn_n(put, item)
        pool.waitall()
        queue.join()
        for _ in takers:
            queue.put(None)
        for taker in takers:
            taker.wait()
        self.assertEqual(list(range(1000)), sorted(taken))
