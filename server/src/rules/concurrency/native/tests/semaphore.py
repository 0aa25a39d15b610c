# needs: Semaphore


class TestSemaphore(unittest.TestCase):
    def test_counts(self):
        semaphore = Semaphore(2)
        self.assertTrue(semaphore.acquire())
        self.assertTrue(semaphore.acquire())
        self.assertFalse(semaphore.acquire(blocking=False))
        self.assertTrue(semaphore.locked())
        semaphore.release()
        self.assertTrue(semaphore.acquire(blocking=False))

    def test_gives_up_when_time_is_over(self):
        self.assertFalse(Semaphore(0).acquire(timeout=0.01))
