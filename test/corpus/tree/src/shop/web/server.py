import shop
from shop import base, limits
from shop.concurrency import Hub, eventlet, monkey_patch, socket, spawn
from ..limits import ChunkTimeout, Workers


class Server(base.Service):
    nap = shop.pause

    def run(self):
        monkey_patch()
        listener = socket.socket()
        self.pool.spawn_n(self.serve, listener)
        self.jobs.put(None)
        self.nap(1)
        Hub.yield_()

    def serve(self, listener):
        try:
            with ChunkTimeout(5, "a chunk") as limit:
                limit.cancel()
                eventlet.sleep(0)
        except (OSError, limits.ReadTimeout) as error:
            raise limits.ReadTimeout(1, "the rest") from error
        with Workers(3) as workers:
            workers.spawn(print).wait()
            workers.free()

    def later(self):
        thread = spawn(self.run)
        thread.cancel()
        return shop.green.eventlet.hubs.get_hub()
