"""Tells what is known, as JSON over HTTP."""

import json

import eventlet
from eventlet import wsgi


def application(keeper):

    def answer(environ, start_response):
        keeper.wait_until_ready()
        start_response('200 OK', [('Content-Type', 'application/json')])
        return [json.dumps(keeper.status).encode()]

    return answer


def serve(keeper, port):
    listener = eventlet.listen(('127.0.0.1', port))
    wsgi.server(listener, application(keeper), max_size=100)
