# needs: wsgi.server listen connect spawn sleep


class TestWsgiServer(unittest.TestCase):
    def serve(self, application, **options):
        listening = listen(('127.0.0.1', 0))
        self.log = io.StringIO()
        serving = spawn(server, listening, application, self.log, **options)
        self.addCleanup(serving.kill)
        return listening.getsockname()

    def ask(self, address, request):
        with contextlib.closing(connect(address)) as client:
            client.sendall(request)
            parts = []
            while True:
                part = client.recv(65536)
                if not part:
                    return b''.join(parts)
                parts.append(part)

    def test_answers_what_the_application_says(self):
        def application(environ, start_response):
            start_response('201 Created', [('x-kind', environ['kind'])])
            return [environ['PATH_INFO'].encode(), b'?', environ[
                'QUERY_STRING'].encode(), environ['wsgi.input'].read()]

        address = self.serve(application, environ={'kind': 'till'})
        answer = self.ask(address, b'POST /a%20b?c=d HTTP/1.0\r\n'
                          b'Content-Length: 4\r\n\r\nbody')
        head, body = answer.split(b'\r\n\r\n', 1)
        self.assertIn(b' 201 Created\r\n', head)
        self.assertIn(b'\r\nX-Kind: till', head)
        self.assertEqual(b'/a b?c=dbody', body)
        sleep(0.05)
        self.assertIn('"POST /a%20b?c=d HTTP/1.0" 201 ', self.log.getvalue())

    def test_keeps_a_connection_and_speaks_in_chunks(self):
        def application(environ, start_response):
            start_response('200 OK', [])
            return iter([b'<', environ['wsgi.input'].read(), b'>'])

        address = self.serve(application)
        request = (b'PUT / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked'
                   b'\r\n%s\r\n2\r\nab\r\n1;x=y\r\nc\r\n0\r\n\r\n')
        answer = self.ask(address, request % b'' + request
                          % b'Connection: close\r\n')
        self.assertEqual(2, answer.count(b' 200 OK\r\n'))
        self.assertEqual(2, answer.count(b'Transfer-Encoding: chunked\r\n'))
        self.assertTrue(answer.endswith(b'0\r\n\r\n'))

    def test_runs_what_is_hooked_behind_the_response(self):
        steps = []

        class Response:
            def __iter__(self):
                yield b'body'

            def close(self):
                steps.append('close')

        def application(environ, start_response):
            environ['eventlet.posthooks'].append(
                (lambda environ, word: steps.append(word), ('hook',), {}))
            start_response('200 OK', [('Content-Length', '4')])
            return Response()

        self.ask(self.serve(application), b'GET / HTTP/1.0\r\n\r\n')
        sleep(0.05)
        self.assertEqual(['close', 'hook'], steps)

    def test_answers_500_where_the_application_fails(self):
        def application(environ, start_response):
            raise KeyError('inside')

        address = self.serve(application, debug=False)
        answer = self.ask(address, b'GET / HTTP/1.1\r\nHost: x\r\n\r\n')
        self.assertIn(b' 500 Internal Server Error\r\n', answer)
        sleep(0.05)
        self.assertIn('KeyError', self.log.getvalue())

    def test_refuses_an_address_that_is_too_long(self):
        def application(environ, start_response):
            start_response('200 OK', [])
            return []

        address = self.serve(application, url_length_limit=50)
        answer = self.ask(address, b'GET /%s HTTP/1.0\r\n\r\n' % (b'x' * 99))
        self.assertIn(b' 414 ', answer)
