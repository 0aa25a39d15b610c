"""Checks of the oracle itself: `python3 oracle_selftest.py` says nothing but a count when all is well."""
import ast
import glob
import os
import symtable
import sys
import tempfile
import textwrap

import oracle
import oracle_scopes


def main():
    checks = [value for name, value in sorted(globals().items()) if name.startswith('check_')]
    for check in checks:
        check()
    print(f'{len(checks)} checks of the oracle passed')


def found(source):
    """`text -> api` of every use, in the order of the text."""
    source = textwrap.dedent(source)
    lines = oracle.source_lines(source.encode())
    return [f'{text(lines, use)} -> {use["api"]}' for use in oracle.uses(source.encode())]


def text(lines, use):
    if use['line'] == use['endLine']:
        return oracle.cut(lines[use['line']], use['col'], use['endCol'])
    return oracle.cut(lines[use['line']], use['col'], None) + '…' + oracle.cut(lines[use['endLine']], 0, use['endCol'])


def expect(source, *uses):
    got = found(source)
    assert got == list(uses), f'{textwrap.dedent(source)}\nexpected {list(uses)}\ngot      {got}'


def check_every_form_of_import():
    expect('import eventlet.wsgi as w', 'eventlet.wsgi -> eventlet.wsgi')
    expect('import os, eventlet', 'eventlet -> eventlet')
    expect('from eventlet import sleep as s, spawn', 'sleep -> eventlet.sleep', 'spawn -> eventlet.spawn')
    expect('from eventlet.green import os as green_os', 'os -> eventlet.green.os')
    expect('from eventlet import *', '* -> eventlet')
    expect('from eventlet import (  # why\n    sleep,  # this\n    GreenPool as Pool,\n)',
           'sleep -> eventlet.sleep', 'GreenPool -> eventlet.GreenPool')
    expect('from eventlet import \\\n    sleep', 'sleep -> eventlet.sleep')
    expect('if 1: import os; import eventlet', 'eventlet -> eventlet')
    expect('eventlet = importutils.try_import("eventlet")\neventlet.sleep()',
           '"eventlet" -> eventlet', 'eventlet.sleep -> eventlet.sleep')


def check_what_is_not_eventlet():
    expect('from . import eventlet\neventlet.sleep()')
    expect('from .eventlet import sleep\nsleep()')
    expect('from kazoo.handlers import eventlet\neventlet.sleep()')
    expect('import eventlets, my.eventlet\neventlets.sleep()')
    expect('from oslo_utils import eventletutils\neventletutils.Event().wait()')
    expect('eventlet.sleep()')


def check_the_chain_ends_behind_the_first_name_that_is_no_module():
    expect('import eventlet\neventlet.green.socket.AF_INET.name\neventlet.Timeout.foo\nf(eventlet)',
           'eventlet -> eventlet', 'eventlet.green.socket.AF_INET -> eventlet.green.socket.AF_INET',
           'eventlet.Timeout -> eventlet.Timeout', 'eventlet -> eventlet')
    expect('import eventlet\neventlet.wsgi.MAX_HEADER_LINE = 1\ndel eventlet.x',
           'eventlet -> eventlet', 'eventlet.wsgi.MAX_HEADER_LINE -> eventlet.wsgi.MAX_HEADER_LINE',
           'eventlet.x -> eventlet.x')
    expect('import eventlet\n(eventlet\n .sleep)()', 'eventlet -> eventlet', 'eventlet… .sleep -> eventlet.sleep')


def check_one_name_has_one_spelling():
    expect('from eventlet import greenthread\ngreenthread.sleep()',
           'greenthread -> eventlet.greenthread', 'greenthread.sleep -> eventlet.sleep')
    expect('from eventlet.support.greenlets import GreenletExit', 'GreenletExit -> eventlet.greenlet.GreenletExit')
    expect('from eventlet.green.Queue import Queue', 'Queue -> eventlet.green.Queue.Queue')


def check_inner_bindings_shadow():
    expect('from eventlet import sleep\ndef f(sleep):\n    sleep()\n    return lambda: sleep',
           'sleep -> eventlet.sleep')
    expect('from eventlet import sleep\ndef f():\n    sleep()\n    sleep = 1', 'sleep -> eventlet.sleep')
    expect('from eventlet import sleep\n[sleep for sleep in x]', 'sleep -> eventlet.sleep')
    expect('from eventlet import sleep\ndef f():\n    try: pass\n    except E as sleep: sleep', 'sleep -> eventlet.sleep')
    expect('from eventlet import sleep\ndef f():\n    with x as (a, [*sleep]): sleep', 'sleep -> eventlet.sleep')
    expect('from eventlet import sleep\ndef f():\n    [(sleep := 1) for _ in x]\n    sleep()', 'sleep -> eventlet.sleep')
    expect('from eventlet import sleep\ndef f():\n    def sleep(): pass\n    sleep()', 'sleep -> eventlet.sleep')
    expect('from eventlet import sleep\ndef f():\n    import sleep.x\n    sleep()', 'sleep -> eventlet.sleep')
    expect('from eventlet import sleep\ndef f():\n    sleep: int\n    sleep()', 'sleep -> eventlet.sleep')
    if sys.version_info >= (3, 10):
        expect('from eventlet import sleep\ndef f():\n    match x:\n        case [1, sleep]: sleep()',
               'sleep -> eventlet.sleep')
        expect('from eventlet import sleep\ndef f():\n    match x:\n        case {**sleep}: sleep()',
               'sleep -> eventlet.sleep')


def check_what_is_evaluated_outside():
    expect('from eventlet import sleep\ndef f(sleep=sleep, *, a: sleep = 1) -> sleep: pass',
           *['sleep -> eventlet.sleep'] * 4)
    expect('from eventlet import sleep\n@sleep\nclass C(sleep, k=sleep):\n    sleep = sleep',
           *['sleep -> eventlet.sleep'] * 5)
    expect('from eventlet import sleep\nclass C:\n    x = [sleep for sleep in sleep]', *['sleep -> eventlet.sleep'] * 2)


def check_class_bodies_are_not_seen_from_their_functions():
    expect('''
        class C:
            from eventlet import sleep
            sleep()
            def f(self):
                sleep()
        ''', 'sleep -> eventlet.sleep', 'sleep -> eventlet.sleep')
    expect('''
        from eventlet import sleep
        class C:
            def sleep(self):
                sleep()
        ''', 'sleep -> eventlet.sleep', 'sleep -> eventlet.sleep')


def check_global_and_nonlocal():
    expect('''
        def load():
            global eventlet
            import eventlet
        def f():
            eventlet.sleep()
        ''', 'eventlet -> eventlet', 'eventlet.sleep -> eventlet.sleep')
    expect('''
        def outer():
            sleep = None
            def load():
                nonlocal sleep
                from eventlet import sleep
            sleep()
        sleep()
        ''', 'sleep -> eventlet.sleep', 'sleep -> eventlet.sleep')
    expect('''
        from eventlet import sleep
        def f(sleep):
            def g():
                global sleep
                sleep()
        ''', 'sleep -> eventlet.sleep', 'sleep -> eventlet.sleep')


def check_conditional_imports_count():
    expect('''
        try:
            import eventlet
        except ImportError:
            eventlet = None
        if eventlet:
            eventlet.sleep()
        ''', 'eventlet -> eventlet', 'eventlet -> eventlet', 'eventlet.sleep -> eventlet.sleep')


def check_aliases_are_followed():
    expect('import eventlet\nsleep = eventlet.sleep\nnap = sleep\ndef f(): nap()',
           'eventlet -> eventlet', 'eventlet.sleep -> eventlet.sleep', 'sleep -> eventlet.sleep', 'nap -> eventlet.sleep')
    expect('import eventlet\nclass C:\n    sleep = eventlet.sleep\n    def f(self): self.sleep()\nC.sleep()',
           'eventlet -> eventlet', 'eventlet.sleep -> eventlet.sleep', 'self.sleep -> eventlet.sleep', 'C.sleep -> eventlet.sleep')
    expect('from eventlet.green import socket\nclass C:\n    def f(self):\n        self.family = socket.AF_INET\n        g(self.family)',
           'socket -> eventlet.green.socket', 'socket.AF_INET -> eventlet.green.socket.AF_INET')
    expect('import eventlet\na, b = eventlet.sleep, 1\na(b)',
           'eventlet -> eventlet', 'eventlet.sleep -> eventlet.sleep', 'a -> eventlet.sleep')


def check_star_imports():
    expect('from eventlet import *\nsleep()\nqueue.Empty\nother()',
           '* -> eventlet', 'sleep -> eventlet.sleep', 'queue.Empty -> eventlet.queue.Empty')
    expect('from eventlet.green.Queue import *\nEmpty', '* -> eventlet.green.Queue', 'Empty -> eventlet.green.Queue.Empty')
    expect('from eventlet.queue import *\nFull\nWaiter', '* -> eventlet.queue', 'Full -> eventlet.queue.Full')
    expect('from eventlet import *\ndef f(sleep): sleep()', '* -> eventlet')


def check_objects_of_names():
    expect('''
        from eventlet import GreenPool
        def f():
            pool = GreenPool()
            def g():
                pool.spawn(h).wait()
            pool.surprise()
        def k(pool):
            pool.waitall()
        ''', 'GreenPool -> eventlet.GreenPool', 'GreenPool -> eventlet.GreenPool',
           'pool.spawn -> eventlet.GreenPool().spawn', 'wait -> eventlet.GreenThread().wait')
    expect('from eventlet import Event\ne = None\nif x: e = Event()\ne.send()',
           'Event -> eventlet.Event', 'Event -> eventlet.Event', 'e.send -> eventlet.Event().send')
    expect('from eventlet import Event\ne = Event()\ne = other()\ne.send()',
           'Event -> eventlet.Event', 'Event -> eventlet.Event')
    expect('from eventlet import Event\ne = e or Event()\ne.send()',
           'Event -> eventlet.Event', 'Event -> eventlet.Event', 'e.send -> eventlet.Event().send')
    expect('from eventlet import Timeout\nwith Timeout(1) as t: t.cancel()',
           'Timeout -> eventlet.Timeout', 'Timeout -> eventlet.Timeout', 't.cancel -> eventlet.Timeout().cancel')
    expect('from eventlet import Semaphore\nwith Semaphore(1) as s: s.release()',
           'Semaphore -> eventlet.Semaphore', 'Semaphore -> eventlet.Semaphore')


    expect('from eventlet import Event\ne = Event()\ne.send()\ndel e',
           'Event -> eventlet.Event', 'Event -> eventlet.Event', 'e.send -> eventlet.Event().send')


def check_the_order_of_bindings():
    use = 'e.send -> eventlet.Event().send'
    for body, uses in [
        ('e = Event()\ne.send()\ne = other()\ne.send()', [use]),
        ('e = other()\ne.send()\ne = Event()\ne.send()', [use]),
        ('e = other()\nif x:\n    e = Event()\ne.send()', [use]),
        ('e = Event()\nif x:\n    e = other()\n    e.send()\ne.send()', [use]),
        ('e = Event()\nfor e in others:\n    e.send()\ne.send()', [use]),
        ('e = other()\nfor x in y:\n    e.send()\n    e = Event()', [use]),
        ('for x in y:\n    e = other()\n    e.send()\n    e = Event()', []),
        ('e = Event()\ntry:\n    e = other()\nexcept E as e:\n    e.send()\nelse:\n    e.send()', [use]),
        ('e = Event()\nwith x as e:\n    pass\ne.send()', []),
        ('e = Event()\n[e.send() for x in y]\ne = other()\n[e.send() for x in y]', [use]),
        ('e = Event()\ndef f():\n    e.send()\ne = other()', [use]),
        ('while x:\n    b = a\n    a = b\n    b.send()\n    a = Event()',
         ['b.send -> eventlet.Event().send']),
    ]:
        got = [each for each in found('from eventlet import Event\n' + body) if '.send' in each]
        assert got == uses, f'{body}\nexpected {uses}\ngot      {got}'


def check_objects_of_self():
    expect('''
        import eventlet
        class C:
            def __init__(self, queue):
                self.pool = eventlet.GreenPool()
                self.queue = queue
            def f(self):
                return lambda: self.pool.waitall()
            @staticmethod
            def g(self):
                self.pool.waitall()
        class D:
            def f(self):
                self.pool.waitall()
        ''', 'eventlet -> eventlet', 'eventlet.GreenPool -> eventlet.GreenPool',
           'self.pool.waitall -> eventlet.GreenPool().waitall')


def check_objects_of_inherited_self():
    expect('''
        import eventlet
        class Base:
            lock = eventlet.Semaphore()
            def __init__(self):
                self.pool = eventlet.GreenPool()
        class Derived(Base):
            def f(self):
                self.pool.waitall()
                self.lock.acquire()
        Derived.lock.release()
        Derived.pool.free()
        ''', 'eventlet -> eventlet', 'eventlet.Semaphore -> eventlet.Semaphore',
           'eventlet.GreenPool -> eventlet.GreenPool', 'self.pool.waitall -> eventlet.GreenPool().waitall',
           'self.lock.acquire -> eventlet.Semaphore().acquire',
           'Derived.lock.release -> eventlet.Semaphore().release', 'Derived.pool.free -> eventlet.GreenPool().free')


def check_objects_of_derived_classes():
    expect('''
        from eventlet import GreenPool
        class Pool(GreenPool):
            def spawn(self): pass
        class Smaller(Pool):
            def resize(self): pass
        pool = Smaller()
        pool.spawn()
        pool.resize()
        pool.waitall()
        ''', 'GreenPool -> eventlet.GreenPool', 'GreenPool -> eventlet.GreenPool', 'Smaller -> eventlet.GreenPool',
           'pool.waitall -> eventlet.GreenPool().waitall')


    expect('''
        from eventlet import GreenPool
        Pool = GreenPool
        while True:
            class Pool(Pool):
                def f(self): self.x.spawn()
            pool = Pool()
            pool.waitall()
        ''', 'GreenPool -> eventlet.GreenPool', 'GreenPool -> eventlet.GreenPool', 'Pool -> eventlet.GreenPool',
           'Pool -> eventlet.GreenPool',
           'pool.waitall -> eventlet.GreenPool().waitall')


def check_subclasses():
    expect('''
        from eventlet import Timeout
        class Late(Timeout): pass
        class Later(Late):
            def cancel(self): pass
        try:
            with Later(1) as limit:
                limit.start()
                limit.cancel()
            raise Late
        except (OSError, Late): f(Late)
        except Later as e: isinstance(e, Later)
        ''', 'Timeout -> eventlet.Timeout', 'Timeout -> eventlet.Timeout', 'Later -> eventlet.Timeout',
           'limit.start -> eventlet.Timeout().start', 'Late -> eventlet.Timeout', 'Late -> eventlet.Timeout',
           'Later -> eventlet.Timeout')
    expect('''
        from eventlet import GreenPool
        class Pool(GreenPool):
            def __enter__(self): return self
        class Other(GreenPool):
            def __enter__(self): return f()
        with Pool() as pool: pool.spawn()
        with Other() as other: other.spawn()
        ''', 'GreenPool -> eventlet.GreenPool', 'GreenPool -> eventlet.GreenPool', 'GreenPool -> eventlet.GreenPool',
           'Pool -> eventlet.GreenPool', 'pool.spawn -> eventlet.GreenPool().spawn', 'Other -> eventlet.GreenPool')


def check_wrappers():
    expect('''
        import eventlet
        def spawn(f, *a, **k):
            """Wraps."""
            return eventlet.spawn(f, *a, **k)
        def nap(): spawn(print)
        def more(f):
            print(f)
            return eventlet.spawn(f)
        def fixed(): return eventlet.spawn(more)
        @cached
        def decorated(f): return eventlet.spawn(f)
        class C:
            @staticmethod
            def rest(seconds=1): eventlet.sleep(seconds)
        spawn(f).wait()
        nap().wait()
        more(f); fixed(); decorated(f); f(spawn)
        C.rest()
        ''', 'eventlet -> eventlet', 'eventlet.spawn -> eventlet.spawn', 'spawn -> eventlet.spawn',
           'eventlet.spawn -> eventlet.spawn', 'eventlet.spawn -> eventlet.spawn', 'eventlet.spawn -> eventlet.spawn', 'eventlet.sleep -> eventlet.sleep',
           'spawn -> eventlet.spawn', 'wait -> eventlet.GreenThread().wait', 'C.rest -> eventlet.sleep')


def check_names_of_other_modules():
    files = {
        'src/pkg/__init__.py': 'from .low import *\nfrom . import low as green',
        'src/pkg/low.py': 'import eventlet\nfrom eventlet import Timeout, Queue, Event\n'
                          '__all__ = ("_nap", "Timeout")\n__all__ += ["Late"]\n_nap = eventlet.sleep\n'
                          'class Late(Timeout): pass\nclass Base:\n    def __init__(self): self.queue = Queue()',
        'src/pkg/sub/user.py': 'from .. import green as g, low\nfrom ..low import *\nimport pkg.low, pkg\n'
                               'g.Event().send()\n_nap(1)\nEvent()\npkg.Timeout(1)\npkg._nap(1)\nwith Late(1): pass\n'
                               'class User(low.Base):\n    def f(self): self.queue.put(1)\n'
                               'mock.patch("pkg.low._nap")\nmock.patch("pkg.low.Late")\nmock.patch("other.low._nap")',
        'tools/helper.py': 'from pkg.low import _nap as nap',
        'tools/run.py': 'import helper\nhelper.nap(1)',
    }
    expect_in(files, 'src/pkg/sub/user.py', 'g.Event -> eventlet.Event', 'send -> eventlet.Event().send', '_nap -> eventlet.sleep',
              'pkg.Timeout -> eventlet.Timeout', 'pkg._nap -> eventlet.sleep', 'Late -> eventlet.Timeout', 'self.queue.put -> eventlet.Queue().put',
              '"pkg.low._nap" -> eventlet.sleep')
    expect_in(files, 'tools/helper.py', '_nap -> eventlet.sleep')
    expect_in(files, 'tools/run.py', 'helper.nap -> eventlet.sleep')


def check_modules_in_circles():
    files = {
        'a.py': 'try:\n    from b import sleep\nexcept ImportError:\n    from eventlet import sleep\nfrom b import *',
        'b.py': 'from a import sleep\nfrom a import *\nsleep()',
    }
    expect_in(files, 'b.py', 'sleep -> eventlet.sleep', 'sleep -> eventlet.sleep')


def expect_in(files, path, *uses):
    """Like `expect`, for one file of a project."""
    with tempfile.TemporaryDirectory() as folder:
        for name, source in files.items():
            os.makedirs(os.path.dirname(os.path.join(folder, name)), exist_ok=True)
            with open(os.path.join(folder, name), 'w') as file:
                file.write(source)
        content = files[path].encode()
        lines = oracle.source_lines(content)
        found = oracle.uses(content, oracle.Project(folder, oracle.Oracle), path)
        got = [f'{text(lines, use)} -> {use["api"]}' for use in found]
    assert got == list(uses), f'{path}\nexpected {list(uses)}\ngot      {got}'


def check_objects_in_lists():
    expect('''
        from eventlet import spawn
        threads = []
        threads.append(spawn(f))
        for thread in threads:
            thread.wait()
        [t.kill() for t in [spawn(f) for f in fs]]
        ''', 'spawn -> eventlet.spawn', 'spawn -> eventlet.spawn', 'thread.wait -> eventlet.GreenThread().wait',
           't.kill -> eventlet.GreenThread().kill', 'spawn -> eventlet.spawn')


    expect('from eventlet import Event\nes = [Event(), Event()]\nes[0].send()\nes[1:].send()\nes[1:][0].send()',
           *['Event -> eventlet.Event'] * 3, *['send -> eventlet.Event().send'] * 2)
    expect('from eventlet import Event\nclass C:\n    events = [Event()]\n    [e.send() for e in events]',
           'Event -> eventlet.Event', 'Event -> eventlet.Event', 'e.send -> eventlet.Event().send')


def check_mocks():
    expect("mock.patch('a.b.eventlet.sleep')", "'a.b.eventlet.sleep' -> eventlet.sleep")
    expect("@patch(target='eventlet.greenthread.sleep', autospec=True)\ndef f(): pass",
           "'eventlet.greenthread.sleep' -> eventlet.sleep")
    expect("self.useFixture(fixtures.MonkeyPatch('eventlet.tpool.Proxy.x', y))",
           "'eventlet.tpool.Proxy.x' -> eventlet.tpool.Proxy")
    expect("mock.patch.dict('eventlet.patcher.already_patched', {})",
           "'eventlet.patcher.already_patched' -> eventlet.patcher.already_patched")
    expect("mock.patch('a.eventletutils.x'); print('eventlet.sleep'); mock.patch('a eventlet.b')")
    expect("import eventlet\nmock.patch.object(eventlet, 'sleep')", 'eventlet -> eventlet', 'eventlet -> eventlet')


def check_mocks_of_what_a_module_of_the_project_holds():
    files = {
        'pkg/low.py': 'from eventlet import Queue, sleep\nfrom eventlet.green import socket\nqueue = Queue()\ndef own(): pass\n',
        'tests/test_low.py': 'from pkg import low\nimport pkg.low\n'
                             'mock.patch.object(low, "sleep")\npatch.object(target=low, attribute="Queue")\n'
                             'monkeypatch.setattr(pkg.low, "socket", f)\nfixtures.MockPatchObject(low, "own")\n'
                             'mock.patch.object(low, "queue")\nmock.patch.object(low, name)\nprint(low, "sleep")\n',
    }
    expect_in(files, 'tests/test_low.py', '"sleep" -> eventlet.sleep', '"Queue" -> eventlet.Queue', '"socket" -> eventlet.green.socket')


def check_parameters():
    expect('''
        from eventlet import GreenPool
        def work(pool, item):
            pool.spawn(item)
        def more(pool=None): pool.waitall()
        def any_of(pool): pool.waitall()
        def named(pool): pool.waitall()
        def bound(pool):
            pool = other()
            pool.waitall()
        pool = GreenPool()
        work(pool, 1)
        work(item=1, pool=pool)
        more(pool); more()
        any_of(pool); any_of(1)
        named(pool); f(named)
        bound(pool)
        ''', 'GreenPool -> eventlet.GreenPool', 'pool.spawn -> eventlet.GreenPool().spawn', 'pool.waitall -> eventlet.GreenPool().waitall',
           'GreenPool -> eventlet.GreenPool')
    expect('''
        from eventlet import Queue, sleep
        def put(queue: Queue): queue.put(1)
        def get(queue: Optional[Queue] = None, last: 'Queue' = None, *all: Queue, other: sleep = 1):
            queue.get(); last.get(); all.get(); other.get()
        ''', 'Queue -> eventlet.Queue', 'sleep -> eventlet.sleep', 'Queue -> eventlet.Queue', 'queue.put -> eventlet.Queue().put',
           'Queue -> eventlet.Queue', 'Queue -> eventlet.Queue', 'sleep -> eventlet.sleep', 'queue.get -> eventlet.Queue().get')
    expect('''
        from eventlet import Event
        class Worker:
            def run(self):
                self.wake(Event())
            def wake(self, event):
                event.send()
        class Other:
            def run(self):
                self.rest(Event())
            def rest(self, event): event.send()
            @property
            def own(self, event): event.send()
        Other().rest(1)
        ''', 'Event -> eventlet.Event', 'Event -> eventlet.Event', 'event.send -> eventlet.Event().send', 'Event -> eventlet.Event')


def check_positions_are_utf16_and_without_byte_order_mark():
    use = oracle.uses('\ufeffx = "😀é"; import eventlet'.encode())[0]
    assert (use['line'], use['col'], use['endCol']) == (0, 18, 26), use
    use = oracle.uses('# coding: latin-1\r\n"é"; import eventlet\r\n'.encode('latin-1'))[0]
    assert (use['line'], use['col'], use['endCol']) == (1, 12, 20), use
    use = oracle.uses('import eventlet\n"😀"; eventlet.sleep'.encode())[1]
    assert (use['line'], use['col'], use['endCol']) == (1, 6, 20), use


def check_scopes_are_those_of_python():
    """Every name that the compiler's own symbol table calls local, free or global is called so by the oracle."""
    folder = os.path.dirname(ast.__file__)
    files = [os.path.join(folder, name) for name in (
        'argparse.py', 'ast.py', 'dataclasses.py', 'typing.py', 'enum.py', 'functools.py', 'inspect.py', 'threading.py')]
    files += glob.glob(os.path.join(folder, 'asyncio', '*.py'))
    compared = 0
    for path in files:
        with open(path, 'rb') as file:
            source = file.read().decode('utf-8')
        ours = {}
        for scope in oracle_scopes.read(ast.parse(source)).scopes:
            ours.setdefault((scope.name, scope.line), scope)
        for table in tables(symtable.symtable(source, path, 'exec')):
            scope = ours.get((table.get_name(), table.get_lineno()))
            if scope is None or table.get_type() not in ('function', 'class'):
                continue
            for symbol in table.get_symbols():
                name = symbol.get_name()
                if not symbol.is_referenced() or name.startswith('.') or name == '__class__' or name.startswith('_'):
                    continue
                owner = scope.owner(name)
                told = 'global' if owner is None or owner.kind == 'module' else 'local' if owner is scope else 'free'
                truth = 'free' if symbol.is_free() else 'local' if symbol.is_local() else 'global'
                assert told == truth, f'{path}:{table.get_lineno()} {name}: {told}, but Python says {truth}'
                compared += 1
    assert compared > 5000, compared


def tables(table):
    yield table
    for child in table.get_children():
        yield from tables(child)


if __name__ == '__main__':
    main()
