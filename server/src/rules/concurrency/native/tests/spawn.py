# needs: spawn sleep


class TestSpawn(unittest.TestCase):
    def test_gives_the_result_as_often_as_asked(self):
        thread = spawn(lambda a, b: a + b, 1, b=2)
        self.assertEqual([3, 3], [thread.wait(), thread.wait()])

    def test_raises_what_the_function_raised(self):
        def fail():
            raise KeyError('inside')

        with contextlib.redirect_stderr(io.StringIO()):
            self.assertRaises(KeyError, spawn(fail).wait)

    def test_tells_who_is_linked(self):
        ended = []
        thread = spawn(lambda: 'result')
        thread.link(lambda each, word: ended.append((each.wait(), word)), 'x')
        thread.wait()
        sleep(0.01)
        self.assertEqual([('result', 'x')], ended)

    def test_is_killed_where_it_waits(self):
        steps = []

        def work():
            try:
                sleep(10)
            finally:
                steps.append('cleaned up')

        thread = spawn(work)
        sleep(0.01)
        thread.kill()
        with self.assertRaises(BaseException):
            thread.wait()
        self.assertEqual(['cleaned up'], steps)
