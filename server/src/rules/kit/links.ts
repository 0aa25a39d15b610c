import type { Pattern } from '../../protocol';

/** A page to read; the title is what the user clicks. */
export interface Link {
  readonly title: string;
  /** Always https. */
  readonly href: string;
}

export interface TopicLinks {
  /** Why and how to leave it: the migration guide, the wiki, eventlet's own pages. */
  readonly guidance: readonly Link[];
  /** What takes its place: the standard library first, then well-known packages. */
  readonly python: readonly Link[];
}

const wiki = 'https://wiki.openstack.org/wiki/Eventlet-removal';
const guide = 'https://removal.eventlet.org/guide';
const docs = 'https://eventlet.readthedocs.io/en/latest';
const py = 'https://docs.python.org/3/library';

/**
 * The nine patterns of the OpenStack wiki's page, in its order. Headings with backticks or parentheses are encoded
 * differently by different releases of MediaWiki: those lead to the page as a whole (catalogue 5.5).
 */
export const wikiPatterns: readonly Pattern[] = [
  { number: 1, title: 'Importing Eventlet', href: `${wiki}#1._Importing_Eventlet` },
  { number: 2, title: 'Use of monkey_patch()', href: wiki },
  { number: 3, title: 'Timeout and Deadline Management', href: `${wiki}#3._Timeout_and_Deadline_Management` },
  { number: 4, title: 'Green Threads and GreenPool', href: `${wiki}#4._Green_Threads_and_GreenPool` },
  { number: 5, title: 'Use of eventlet.wsgi', href: wiki },
  { number: 6, title: 'Deferred Tasks and Scheduling', href: `${wiki}#6._Deferred_Tasks_and_Scheduling` },
  { number: 7, title: 'Use in Tests with mock', href: wiki },
  { number: 8, title: 'Presence in Configuration Files and Dependencies', href: `${wiki}#8._Presence_in_Configuration_Files_and_Dependencies` },
  { number: 9, title: 'References in Documentation', href: `${wiki}#9._References_in_Documentation` },
];

/** The page of a module in Python's library reference: `urllib.request`. */
export function libraryPage(module: string): Link {
  return { title: `Python: ${module}`, href: `${py}/${module}.html` };
}

/**
 * The pages to read on one topic. Anchors of Python's, eventlet's and the guide's pages were checked against their
 * sources (catalogue 5.5).
 */
export const links = {
  adapter: {
    guidance: [inGuide('A sync-async adapter', 'migrating-to-asyncio/#sync-async-adapter')],
    python: [],
  },
  afterMigration: {
    guidance: [
      inGuide('Hacking checks', 'post-migration-guidance/#hacking-checks'),
      inGuide('Watching dependencies', 'post-migration-guidance/#monitor-dependencies'),
      inGuide('Review practices', 'post-migration-guidance/#review-practices'),
      page('OpenStack hacking: check H905', 'https://docs.openstack.org/hacking/latest/'),
    ],
    python: [],
  },
  asyncioMigration: {
    guidance: [
      inDocs('Migrating code to asyncio', 'asyncio/migration.html#step-2-migrate-code-to-asyncio'),
      inDocs('eventlet.asyncio', 'modules/asyncio.html'),
      inDocs('Compatibility of asyncio and eventlet', 'asyncio/compatibility.html'),
    ],
    python: [
      inPython('asyncio and threads', 'asyncio-dev.html#concurrency-and-multithreading'),
      inPython('Running blocking code', 'asyncio-dev.html#running-blocking-code'),
    ],
  },
  awaitlet: {
    guidance: [
      inGuide('awaitlet as a migration tool', 'managing-migration-depth/#awaitlet-as-a-migration-tool'),
      inDocs('awaitlet', 'asyncio/guide/awaitlet.html'),
      page('awaitlet: synopsis', 'https://awaitlet.sqlalchemy.org/en/latest/synopsis.html'),
    ],
    python: [],
  },
  celery: {
    guidance: [page('Celery: concurrency', 'https://docs.celeryq.dev/en/stable/userguide/concurrency/index.html')],
    python: [],
  },
  choosePath: {
    guidance: [
      inGuide('Choosing an alternative', 'preparing-for-migration/#choosing-an-alternative'),
      inGuide('Advantages of asyncio', 'alternatives/#asyncio-advantages'),
      inGuide('Advantages of native threads', 'alternatives/#native-threads-advantages'),
    ],
    python: [],
  },
  debugging: {
    guidance: [inGuide('Debugging: eventlet and asyncio', 'debug-asyncio/#eventlet-vs-asyncio'), inDocs('eventlet.debug', 'modules/debug.html')],
    python: [inPython('faulthandler.dump_traceback', 'faulthandler.html#faulthandler.dump_traceback')],
  },
  deprecatingOptions: {
    guidance: [inDocs('Deprecating options that name eventlet', 'asyncio/guide/deprecation.html')],
    python: [],
  },
  event: {
    guidance: [inDocs('Event', 'modules/event.html#eventlet.event.Event')],
    python: [
      inPython('Event objects of threading', 'threading.html#event-objects'),
      inPython('concurrent.futures.Future', 'concurrent.futures.html#concurrent.futures.Future'),
      inPython('asyncio.Event', 'asyncio-sync.html#asyncio.Event'),
      inPython('asyncio.Future', 'asyncio-future.html#asyncio.Future'),
    ],
  },
  facade: {
    guidance: [
      inGuide('Shared private APIs', 'preparing-for-migration/#migrating-shared-private-apis'),
      inGuide('An example of one', 'preparing-for-migration/#implementation-example'),
    ],
    python: [],
  },
  fasteners: {
    guidance: [page('fasteners', 'https://fasteners.readthedocs.io/')],
    python: [],
  },
  fork: {
    guidance: [inDocs('Forking', 'fork.html')],
    python: [
      inPython('os.fork', 'os.html#os.fork'),
      inPython('Start methods of multiprocessing', 'multiprocessing.html#contexts-and-start-methods'),
    ],
  },
  futurist: {
    guidance: [page('futurist: reference', 'https://docs.openstack.org/futurist/latest/reference/index.html')],
    python: [],
  },
  greenImports: {
    guidance: [inDocs('Importing green modules', 'patching.html#import-green')],
    python: [],
  },
  greenlet: {
    guidance: [page('greenlet', 'https://greenlet.readthedocs.io/')],
    python: [],
  },
  greenPool: {
    guidance: [
      inDocs('GreenPool', 'modules/greenpool.html#eventlet.greenpool.GreenPool'),
      inGuide('Key patterns on native threads', 'migrating-to-threading/#key-migration-patterns'),
    ],
    python: [
      inPython('ThreadPoolExecutor', 'concurrent.futures.html#concurrent.futures.ThreadPoolExecutor'),
      inPython('Executor.map', 'concurrent.futures.html#concurrent.futures.Executor.map'),
      inPython('concurrent.futures.wait', 'concurrent.futures.html#concurrent.futures.wait'),
      inPython('asyncio.gather', 'asyncio-task.html#asyncio.gather'),
      inPython('asyncio.TaskGroup', 'asyncio-task.html#asyncio.TaskGroup'),
      page(
        'futurist: DynamicThreadPoolExecutor',
        'https://docs.openstack.org/futurist/latest/reference/index.html#futurist.DynamicThreadPoolExecutor',
      ),
    ],
  },
  gunicorn: {
    guidance: [page('gunicorn', 'https://gunicorn.org/')],
    python: [],
  },
  hubs: {
    guidance: [
      inDocs('Hubs', 'hubs.html'),
      inDocs('Switching to the asyncio hub', 'asyncio/migration.html#step-1-switch-to-the-asyncio-hub'),
      inGuide('Steps to asyncio', 'migrating-to-asyncio/#steps-to-migrate'),
    ],
    python: [],
  },
  inventory: {
    guidance: [
      inGuide('Locating uses of eventlet', 'preparing-for-migration/#locate-eventlet-usages'),
      inGuide('Auditing the code', 'preparing-for-migration/#audit-your-code'),
      inGuide('Can eventlet be disabled?', 'preparing-for-migration/#is-eventlet-disablable'),
    ],
    python: [],
  },
  kazoo: {
    guidance: [page('kazoo: handlers', 'https://kazoo.readthedocs.io/en/latest/api/handlers/threading.html')],
    python: [],
  },
  kill: {
    guidance: [inGuide('Common pitfalls of native threads', 'migrating-to-threading/#common-pitfalls')],
    python: [
      inPython('Future.cancel', 'concurrent.futures.html#concurrent.futures.Future.cancel'),
      inPython('Task cancellation', 'asyncio-task.html#task-cancellation'),
      inPython('asyncio.Task.cancel', 'asyncio-task.html#asyncio.Task.cancel'),
    ],
  },
  link: {
    guidance: [inDocs('GreenThread.link', 'modules/greenthread.html#eventlet.greenthread.GreenThread.link')],
    python: [inPython('Future.add_done_callback', 'concurrent.futures.html#concurrent.futures.Future.add_done_callback')],
  },
  locals: {
    guidance: [inDocs('corolocal', 'modules/corolocal.html')],
    python: [
      inPython('Thread-local data', 'threading.html#thread-local-data'),
      inPython('threading.get_ident', 'threading.html#threading.get_ident'),
      inPython('contextvars.ContextVar', 'contextvars.html#contextvars.ContextVar'),
    ],
  },
  mocks: {
    guidance: [page('OpenStack wiki: eventlet in tests', wiki)],
    python: [inPython('Where to patch', 'unittest.mock.html#where-to-patch')],
  },
  monkeyPatch: {
    guidance: [
      inDocs('Monkey patching the standard library', 'patching.html#monkeypatching-the-standard-library'),
      inGuide('Key patterns on native threads', 'migrating-to-threading/#key-migration-patterns'),
      inGuide('Advanced scenarios on asyncio', 'migrating-to-asyncio/#advanced-scenarios'),
    ],
    python: [],
  },
  nameko: {
    guidance: [page('nameko', 'https://nameko.readthedocs.io/')],
    python: [],
  },
  network: {
    guidance: [inDocs('Network convenience functions', 'basic_usage.html#network-convenience-functions')],
    python: [
      inPython('socket.create_server', 'socket.html#socket.create_server'),
      inPython('socket.create_connection', 'socket.html#socket.create_connection'),
      inPython('socketserver.ThreadingTCPServer', 'socketserver.html#socketserver.ThreadingTCPServer'),
      inPython('asyncio.start_server', 'asyncio-stream.html#asyncio.start_server'),
      inPython('asyncio.open_connection', 'asyncio-stream.html#asyncio.open_connection'),
    ],
  },
  openstack: {
    guidance: [
      page('oslo.service: backends', 'https://docs.openstack.org/oslo.service/latest/user/backend.html'),
      page('Nova: concurrency modes', 'https://docs.openstack.org/nova/latest/admin/concurrency.html'),
      page('Neutron: eventlet deprecation', 'https://docs.openstack.org/neutron/latest/eventlet_deprecation/index.html'),
      page(
        'oslo spec: remove eventlet from oslo.service',
        'https://specs.openstack.org/openstack/oslo-specs/specs/epoxy/remove-eventlet-from-oslo-service.html',
      ),
      page('Notes of a Nova developer', 'https://gibizer.github.io/categories/eventlet/'),
      inGuide('OpenStack: state of the migration', 'openstack/#migration-status'),
      inGuide('Case study: Octavia', 'case-studies/octavia/'),
    ],
    python: [],
  },
  order: {
    guidance: [
      inGuide('Splitting the work', 'preparing-for-migration/#split-your-works'),
      inGuide('The order of a migration', 'sequencing-the-migration/#your-migration'),
      inGuide('When eventlet retires', 'sequencing-the-migration/#eventlet-retirement'),
      inGuide('The order in OpenStack', 'sequencing-the-migration/#openstack-migration'),
    ],
    python: [],
  },
  osloLog: {
    guidance: [page('oslo.log', 'https://docs.openstack.org/oslo.log/latest/')],
    python: [],
  },
  osloMessaging: {
    guidance: [page('oslo.messaging', 'https://docs.openstack.org/oslo.messaging/latest/')],
    python: [],
  },
  osloUtils: {
    guidance: [page('oslo.utils: eventletutils', 'https://docs.openstack.org/oslo.utils/latest/reference/eventletutils.html')],
    python: [],
  },
  overview: {
    guidance: [
      page('OpenStack wiki: Eventlet removal', wiki),
      inGuide('Why migrate', 'getting-started/#why-migrate'),
      inGuide('How eventlet is commonly used', 'understanding-eventlet/#common-usages'),
      inGuide('Risks of eventlet', 'eventlet-risks/'),
      page('OpenStack goal: remove eventlet', 'https://governance.openstack.org/tc/goals/selected/remove-eventlet.html'),
    ],
    python: [],
  },
  pitfalls: {
    guidance: [
      inGuide('Common pitfalls of native threads', 'migrating-to-threading/#common-pitfalls'),
      inGuide('Best practices with native threads', 'migrating-to-threading/#best-practices-and-considerations'),
      inGuide('Common pitfalls of asyncio', 'migrating-to-asyncio/#common-pitfalls'),
    ],
    python: [
      inPython('Signals and threads', 'signal.html#signals-and-threads'),
      inPython('threading.excepthook', 'threading.html#threading.excepthook'),
    ],
  },
  posthooks: {
    guidance: [
      inDocs('Post hooks', 'modules/wsgi.html#non-standard-extension-to-support-post-hooks'),
      page('PEP 3333: WSGI', 'https://peps.python.org/pep-3333/'),
    ],
    python: [],
  },
  queue: {
    guidance: [inDocs('Queue', 'modules/queue.html#eventlet.queue.Queue')],
    python: [
      inPython('queue.Queue', 'queue.html#queue.Queue'),
      inPython('queue.SimpleQueue', 'queue.html#queue.SimpleQueue'),
      inPython('asyncio.Queue', 'asyncio-queue.html#asyncio.Queue'),
    ],
  },
  semaphore: {
    guidance: [inDocs('Semaphores', 'modules/semaphore.html')],
    python: [
      inPython('Semaphore objects of threading', 'threading.html#semaphore-objects'),
      inPython('asyncio.Semaphore', 'asyncio-sync.html#asyncio.Semaphore'),
    ],
  },
  sleep: {
    guidance: [
      inGuide('Key patterns on native threads', 'migrating-to-threading/#key-migration-patterns'),
      inDocs('sleep', 'modules/greenthread.html#eventlet.greenthread.sleep'),
    ],
    python: [inPython('time.sleep', 'time.html#time.sleep'), inPython('asyncio.sleep', 'asyncio-task.html#asyncio.sleep')],
  },
  socketio: {
    guidance: [page('Flask-SocketIO: deployment', 'https://flask-socketio.readthedocs.io/en/latest/deployment.html'), page('python-socketio: the server', 'https://python-socketio.readthedocs.io/en/latest/server.html')],
    python: [],
  },
  spawn: {
    guidance: [
      inGuide('Replacing eventlet with threading', 'migrating-to-threading/#replacing-eventlet-with-threading'),
      inGuide('Replacing eventlet with asyncio', 'migrating-to-asyncio/#replacing-eventlet-with-asyncio'),
      page('OpenStack wiki: green threads and GreenPool', `${wiki}#4._Green_Threads_and_GreenPool`),
      inDocs('spawn', 'modules/greenthread.html#eventlet.greenthread.spawn'),
    ],
    python: [
      inPython('threading.Thread', 'threading.html#threading.Thread'),
      inPython('Executor.submit', 'concurrent.futures.html#concurrent.futures.Executor.submit'),
      inPython('Future.result', 'concurrent.futures.html#concurrent.futures.Future.result'),
      inPython('asyncio.create_task', 'asyncio-task.html#asyncio.create_task'),
    ],
  },
  spawnAfter: {
    guidance: [page('OpenStack wiki: deferred tasks and scheduling', `${wiki}#6._Deferred_Tasks_and_Scheduling`)],
    python: [
      inPython('Timer objects of threading', 'threading.html#timer-objects'),
      inPython('loop.call_later', 'asyncio-eventloop.html#asyncio.loop.call_later'),
      page('futurist: reference', 'https://docs.openstack.org/futurist/latest/reference/index.html'),
    ],
  },
  taskflow: {
    guidance: [page('taskflow: engines', 'https://docs.openstack.org/taskflow/latest/user/engines.html')],
    python: [],
  },
  timeout: {
    guidance: [
      inDocs('Timeout', 'modules/timeout.html'),
      page('OpenStack wiki: timeout and deadline management', `${wiki}#3._Timeout_and_Deadline_Management`),
      inGuide('Advanced scenarios on asyncio', 'migrating-to-asyncio/#advanced-scenarios'),
    ],
    python: [
      inPython('asyncio.timeout', 'asyncio-task.html#asyncio.timeout'),
      inPython('asyncio.wait_for', 'asyncio-task.html#asyncio.wait_for'),
      inPython('signal.setitimer', 'signal.html#signal.setitimer'),
      inPython('TimeoutError', 'exceptions.html#TimeoutError'),
      inPython('time.monotonic', 'time.html#time.monotonic'),
    ],
  },
  tpool: {
    guidance: [inDocs('A simple pool of native threads', 'threading.html#tpool-simple-thread-pool')],
    python: [inPython('asyncio.to_thread', 'asyncio-task.html#asyncio.to_thread')],
  },
  webSocket: {
    guidance: [
      inDocs('eventlet.websocket', 'modules/websocket.html'),
      page('websockets: documentation', 'https://websockets.readthedocs.io/en/stable/'),
    ],
    python: [],
  },
  wrapSsl: {
    guidance: [inDocs('TLS', 'ssl.html')],
    python: [
      inPython('SSLContext.wrap_socket', 'ssl.html#ssl.SSLContext.wrap_socket'),
      inPython('ssl.create_default_context', 'ssl.html#ssl.create_default_context'),
    ],
  },
  wsgi: {
    guidance: [
      inDocs('eventlet.wsgi', 'modules/wsgi.html'),
      page('OpenStack wiki: the HTTP SGI working group', `${wiki}#The_HTTP_SGI_Working_Group`),
      page('OpenStack wiki: servers compared', 'https://wiki.openstack.org/wiki/SGI-servers-comparison'),
    ],
    python: [
      page('gunicorn', 'https://gunicorn.org/'),
      page('cheroot', 'https://cheroot.cherrypy.dev/'),
      page('uWSGI', 'https://uwsgi-docs.readthedocs.io/'),
    ],
  },
} as const satisfies Readonly<Record<string, TopicLinks>>;

function inGuide(title: string, path: string): Link {
  return page(`Migration guide: ${title}`, `${guide}/${path}`);
}

function inDocs(title: string, path: string): Link {
  return page(`eventlet: ${title}`, `${docs}/${path}`);
}

function inPython(title: string, path: string): Link {
  return page(`Python: ${title}`, `${py}/${path}`);
}

function page(title: string, href: string): Link {
  return { title, href };
}
