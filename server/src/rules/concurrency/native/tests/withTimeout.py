# needs: with_timeout sleep Timeout


class TestWithTimeout(unittest.TestCase):
    def test_gives_the_result(self):
        self.assertEqual(7, with_timeout(10, lambda: 7))

    def test_gives_another_value_when_time_is_over(self):
        self.assertEqual(
            'late', with_timeout(0.01, sleep, 10, timeout_value='late'))

    def test_raises_without_another_value(self):
        self.assertRaises(Timeout, with_timeout, 0.01, sleep, 10)
