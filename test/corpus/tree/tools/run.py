import helper
from unittest import mock

import importlib

helper.nap(1)
importlib.import_module("eventlet").sleep(1)


@mock.patch("shop.concurrency.sleep")
@mock.patch(target="shop.web.server."
                   "eventlet.sleep")
def test_server(*doubles):
    pass
