# needs: GreenPool sleep


class TestGreenPool(unittest.TestCase):
    def test_runs_so_many_at_a_time(self):
        pool, running, most = GreenPool(3), [], []

        def work():
            running.append(1)
            most.append(len(running))
            sleep(0.01)
            running.pop()

        for _ in range(9):
            pool.spawn_n(work)
        pool.waitall()
        self.assertEqual((9, 0), (len(most), pool.running()))
        self.assertLessEqual(max(most), 3)

    def test_gives_the_results(self):
        pool = GreenPool(2)
        threads = [pool.spawn(pow, number, 2) for number in range(5)]
        self.assertEqual([0, 1, 4, 9, 16], [each.wait() for each in threads])

    def test_maps_in_order(self):
        squares = GreenPool(4).imap(lambda number: number ** 2, range(20))
        self.assertEqual([number ** 2 for number in range(20)], list(squares))

    def test_member_may_spawn_into_its_own_full_pool(self):
        pool = GreenPool(1)
        outer = pool.spawn(lambda: pool.spawn(lambda: 'inner').wait())
        self.assertEqual('inner', outer.wait())
