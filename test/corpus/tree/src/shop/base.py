from shop.concurrency import GreenPool, queue


class Service:
    def __init__(self):
        self.pool = GreenPool(10)
        self.jobs = queue.Queue()

    def stop(self):
        self.pool.waitall()
