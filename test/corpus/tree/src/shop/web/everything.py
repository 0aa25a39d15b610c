from shop import *

with Timeout(1):
    pause(1)
    Semaphore().acquire()
    queue.Queue().get()

status = _UNKNOWN
subprocess.run("ls")
