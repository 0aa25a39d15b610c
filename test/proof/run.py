"""Runs programs, each in a process of its own.

`run.py patched|unpatched|plain < paths > outcomes`: paths are a list of programs, and outcomes one of `[what it prints, its complaints, its
exit code or null where it does not end in time]`. The processes fork from this one, which has imported eventlet and patched everything
already where they are to be so: that takes longer than all they do.
"""

import json
import os
import runpy
import signal
import sys
# Names that stay native when everything is patched: no hub may run before a process forks.
from os import fork, waitpid
from time import monotonic, sleep

# None of the programs takes more than one or two.
SECONDS = 20


def main(mode):
    paths = json.load(sys.stdin)
    if mode == 'plain':
        # Whoever still imports one of them fails.
        sys.modules['eventlet'] = None
        sys.modules['greenlet'] = None
    else:
        import eventlet

        if mode == 'patched':
            eventlet.monkey_patch()
        # Where requests is installed, dnspython imports it, which opens a socket and so a hub: chosen before the program could choose one, and
        # with descriptors that all of them would share.
        vars(eventlet.hubs._threadlocal).clear()

    outcomes = []
    for path in paths:
        child = fork()
        if child == 0:
            take_over(path)
            runpy.run_path(path, run_name='__main__')
            return
        code = exit_code(child)
        outcomes.append([text_of(path + '.out'), text_of(path + '.err'), code])
    json.dump(outcomes, sys.stdout)


def take_over(path):
    """Makes this process look as if it was started with the program."""
    for descriptor, name in ((1, path + '.out'), (2, path + '.err')):
        os.dup2(os.open(name, os.O_WRONLY | os.O_CREAT), descriptor)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.chdir(os.path.dirname(path))
    sys.argv = [path]
    sys.path[0] = os.path.dirname(path)


def exit_code(child):
    end = monotonic() + SECONDS
    while monotonic() < end:
        found, status = waitpid(child, os.WNOHANG)
        if found:
            return os.waitstatus_to_exitcode(status)
        sleep(0.01)
    os.kill(child, signal.SIGKILL)
    waitpid(child, 0)
    return None


def text_of(path):
    with open(path) as file:
        return file.read()


main(sys.argv[1])
