# needs: pools.Pool


class TestPool(unittest.TestCase):
    def test_lends_what_it_made(self):
        made = []
        pool = Pool(max_size=1, create=lambda: made.append(1) or len(made))
        with pool.item() as first:
            self.assertEqual((1, 0), (first, pool.free()))
        with pool.item() as again:
            self.assertEqual(1, again)
