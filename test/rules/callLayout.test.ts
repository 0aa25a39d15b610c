import { describe, it } from 'vitest';
import { greenPool } from '../../server/src/rules/green-pool';
import { spawn } from '../../server/src/rules/spawn';
import { checkExample } from '../kit/check';

/** Rewritten calls look as if their author had written them: aligned as before, and no line longer than his own. */
describe('layout of rewritten calls', () => {
  it('arguments stay aligned with the parenthesis, and strings keep their lines', () =>
    checkExample(greenPool, {
      title: '',
      before: `
import eventlet

def handle_all(handle, items):
    pool = eventlet.GreenPool(20)
           #^^^^^^^^^^^^^^^^^ review
    for item in items:
        pool.spawn_n(handle, item,
        #^^^^^^^^^^^ review
                     text="""
                     as it is""",
                     key=[1,
                          2])
    pool.waitall()
    #^^^^^^^^^^^ review
`,
      after: `
import concurrent.futures

def handle_all(handle, items):
    pool = concurrent.futures.ThreadPoolExecutor(max_workers=20)
    for item in items:
        pool.submit(handle, item,
                    text="""
                     as it is""",
                    key=[1,
                         2])
    pool.shutdown(wait=True)
`,
    }));

  it('arguments that hang below their call stay where they are, and get company', () =>
    checkExample(spawn, {
      title: '',
      before: `
import eventlet

def start(serve):
    eventlet.spawn(
    #^^^^^^^^^^^^^ review
        serve,
        'localhost',
        80,
        debug=True,
    )
`,
      after: `
import threading

def start(serve):
    threading.Thread(
        target=serve,
        args=('localhost',
              80),
        kwargs={'debug': True},
        daemon=True,
    ).start()
`,
    }));

  it('an argument of several lines moves as one piece', () =>
    checkExample(spawn, {
      title: '',
      before: `
import eventlet

def start(serve):
    eventlet.spawn(serve, {'a': 1,
    #^^^^^^^^^^^^^ review
                           'b': 2}, 3,
                   key=serve(4,
                             5))
`,
      after: `
import threading

def start(serve):
    threading.Thread(target=serve,
                     args=({'a': 1,
                            'b': 2}, 3),
                     kwargs={'key': serve(4,
                                          5)},
                     daemon=True).start()
`,
    }));

  it('tabs stay tabs', () =>
    checkExample(spawn, {
      title: '',
      before: `
import eventlet

def start(serve):
\teventlet.spawn(serve,
\t#^^^^^^^^^^^^^ review
\t               80)
\tif serve:
\t\teventlet.spawn(serve.with_a_name_that_is_so_long_that_it_fills_the_line)
\t\t#^^^^^^^^^^^^^ review
`,
      after: `
import threading

def start(serve):
\tthreading.Thread(target=serve,
\t                 args=(80,),
\t                 daemon=True).start()
\tif serve:
\t\tthreading.Thread(
\t\t\ttarget=serve.with_a_name_that_is_so_long_that_it_fills_the_line,
\t\t\tdaemon=True).start()
`,
    }));

  it('what does not fit behind the parenthesis hangs below it', () =>
    checkExample(spawn, {
      title: '',
      before: `
import eventlet

def start(self):
    for thread in self.threads:
        worker = eventlet.spawn(self.run_until_somebody_stops_the_whole_thing)
                 #^^^^^^^^^^^^^ review
        if thread:
            self.result_of_the_last_thread = eventlet.spawn(self.run).wait
                                             #^^^^^^^^^^^^^ review
`,
      after: `
import concurrent.futures
import threading

def start(self):
    for thread in self.threads:
        worker = threading.Thread(
            target=self.run_until_somebody_stops_the_whole_thing, daemon=True)
        worker.start()
        if thread:
            self.result_of_the_last_thread = concurrent.futures.ThreadPoolExecutor(
                max_workers=1).submit(self.run).result
`,
    }));

  it('a long line of the author’s does not make all lines long', () =>
    checkExample(spawn, {
      title: '',
      before: `
import eventlet

def start(serve, address, backlog):
    eventlet.spawn(serve, address, backlog)  # ${'x'.repeat(80)}
    #^^^^^^^^^^^^^ review
${'    serve()\n'.repeat(200)}`,
      after: `
import threading

def start(serve, address, backlog):
    threading.Thread(target=serve, args=(address, backlog),
                     daemon=True).start()  # ${'x'.repeat(80)}
${'    serve()\n'.repeat(200)}`,
    }));

  it('a new variable takes a free name', () =>
    checkExample(spawn, {
      title: '',
      before: `
import eventlet

def start(serve, thread):
    _threads = [thread]
    _threads.clear()
    started = set()
    started.add(eventlet.spawn(serve))
                #^^^^^^^^^^^^^ review
`,
      after: `
import threading

def start(serve, thread):
    _threads = [thread]
    _threads.clear()
    started = set()
    new_thread = threading.Thread(target=serve, daemon=True)
    new_thread.start()
    started.add(new_thread)
`,
    }));
});
