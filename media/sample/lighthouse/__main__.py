"""Starts the service: ``python -m lighthouse host ...``"""

import eventlet

eventlet.monkey_patch()

import argparse  # noqa: E402
import logging  # noqa: E402

from lighthouse import history  # noqa: E402
from lighthouse import keeper  # noqa: E402
from lighthouse import web  # noqa: E402


def main():
    parser = argparse.ArgumentParser(prog='lighthouse')
    parser.add_argument('host', nargs='+')
    parser.add_argument('--port', type=int, default=8080)
    parser.add_argument('--interval', type=float, default=10)
    parser.add_argument('--history', default='lighthouse.sqlite')
    options = parser.parse_args()

    logging.basicConfig(level=logging.INFO)
    watch = keeper.Keeper(options.host, options.interval,
                          history.History(options.history))
    watch.start()
    web.serve(watch, options.port)


if __name__ == '__main__':
    main()
