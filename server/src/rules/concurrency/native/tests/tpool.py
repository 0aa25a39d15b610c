# needs: tpool.execute


class TestTpool(unittest.TestCase):
    def test_gives_the_result(self):
        self.assertEqual(3, execute(lambda a, b: a + b, 1, b=2))
