# needs: GreenPile


class TestGreenPile(unittest.TestCase):
    def test_gives_the_results_in_the_order_of_their_start(self):
        pile = GreenPile(3)
        for number in range(10):
            pile.spawn(pow, number, 2)
        self.assertEqual([number ** 2 for number in range(10)], list(pile))
