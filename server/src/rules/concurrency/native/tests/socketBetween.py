# needs: listen connect spawn


class TestSocketsBetweenThreads(unittest.TestCase):
    def test_talk(self):
        listening = listen(('127.0.0.1', 0))
        self.addCleanup(listening.close)

        def echo():
            connection, _ = listening.accept()
            connection.sendall(connection.recv(100))
            connection.close()

        thread = spawn(echo)
        client = connect(listening.getsockname())
        self.addCleanup(client.close)
        client.sendall(b'hello')
        self.assertEqual(b'hello', client.recv(100))
        thread.wait()
