from shop.concurrency import *

with ReadTimeout(1, "status"):
    status = _UNKNOWN
socket.socket()
