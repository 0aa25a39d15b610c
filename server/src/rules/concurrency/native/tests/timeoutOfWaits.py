# needs: Timeout Queue Event Semaphore


class TestTimeoutOfWaits(unittest.TestCase):
    def test_ends_each_kind_of_wait(self):
        semaphore = Semaphore(0)
        for wait in [Queue().get, Event().wait, semaphore.acquire]:
            with self.assertRaises(Timeout) as caught:
                with Timeout(0.01) as limit:
                    wait()
            self.assertIs(caught.exception, limit)
