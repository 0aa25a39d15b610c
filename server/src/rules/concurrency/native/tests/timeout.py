# needs: Timeout sleep


class TestTimeout(unittest.TestCase):
    def test_ends_a_wait_with_itself(self):
        with self.assertRaises(Timeout) as caught:
            with Timeout(0.01) as limit:
                sleep(10)
        self.assertIs(caught.exception, limit)

    def test_leaves_alone_what_is_quick(self):
        with Timeout(10) as limit:
            sleep(0)
        self.assertFalse(limit.pending)

    def test_is_not_caught_as_an_ordinary_exception(self):
        self.assertNotIsInstance(Timeout(None), Exception)

    def test_without_a_limit_it_is_never_pending(self):
        with Timeout(None) as limit:
            self.assertFalse(limit.pending)
            limit.start()
            self.assertFalse(limit.pending)

    def test_silent_one_ends_its_block_only(self):
        steps = []
        with Timeout(0.01, False):
            steps.append('before')
            sleep(10)
            steps.append('never')
        self.assertEqual(['before'], steps)

    def test_raises_the_exception_it_was_given(self):
        with self.assertRaises(KeyError):
            with Timeout(0.01, KeyError('late')):
                sleep(10)

    def test_outer_one_goes_through_the_inner_block(self):
        with self.assertRaises(Timeout) as caught:
            with Timeout(0.01) as outer:
                with Timeout(10, False):
                    sleep(10)
        self.assertIs(caught.exception, outer)

    def test_inner_one_does_not_stop_the_outer(self):
        with self.assertRaises(Timeout) as caught:
            with Timeout(0.05) as outer:
                with Timeout(0.01, False):
                    sleep(10)
                sleep(10)
        self.assertIs(caught.exception, outer)

    def test_can_be_cancelled(self):
        limit = Timeout(0.01)
        limit.cancel()
        sleep(0.02)
        self.assertFalse(limit.pending)

    def test_says_how_long(self):
        for limit, words in [(Timeout(1), '1 second'),
                             (Timeout(5), '5 seconds'),
                             (Timeout(5, False), '5 seconds (silent)')]:
            limit.cancel()
            self.assertEqual(words, str(limit))
