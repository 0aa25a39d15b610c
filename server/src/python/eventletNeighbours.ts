/**
 * What other packages offer that runs on eventlet, or that gives way to it, as tables kept by hand (catalogue 3.1). Names are separated by
 * blanks; a star stands for everything in a module.
 */
export const neighbourNames: Readonly<Record<string, string>> = {
  'celery.concurrency.eventlet': '*',
  'celery.signals': 'eventlet_pool_apply eventlet_pool_postshutdown eventlet_pool_preshutdown eventlet_pool_started',
  'engineio': 'Server',
  'engineio.async_drivers.eventlet': '*',
  'fasteners': 'ReaderWriterLock',
  'flask_socketio': 'SocketIO',
  'futurist': 'GreenFuture GreenThreadPoolExecutor SynchronousExecutor',
  'greenlet': '*',
  'gunicorn.workers.geventlet': '*',
  'kazoo.handlers.eventlet': '*',
  'nameko': '*',
  'oslo_log.log': 'setup',
  'oslo_log.pipe_mutex': '*',
  'oslo_messaging': 'get_batch_notification_listener get_notification_listener get_rpc_server',
  'oslo_service.backend': 'init_backend',
  'oslo_service.backend.BackendType': 'EVENTLET THREADING',
  'oslo_service.backend._eventlet': '*',
  'oslo_service.backend.eventlet': '*',
  'oslo_service.eventlet_backdoor': 'initialize_if_enabled',
  'oslo_service.service': 'Launcher ProcessLauncher ServiceLauncher launch',
  'oslo_service.threadgroup': 'ThreadGroup',
  'oslo_service.wsgi': 'Server',
  'oslo_utils.eventletutils': '*',
  'socketio': 'Server',
  'taskflow.engines': 'load load_from_detail load_from_factory run',
  'taskflow.utils.eventlet_utils': '*',
};

/** The packages of these names. greenlet is eventlet's own ground. */
export const neighbourPackages: readonly string[] = [...new Set(Object.keys(neighbourNames).map((name) => name.split('.')[0] ?? name))].filter((name) => name !== 'greenlet');

/** Other spellings of them, the longer one first. */
export const neighbourSpellings: Readonly<Record<string, string>> = {
  'futurist._futures': 'futurist',
  'oslo_messaging.notify.listener': 'oslo_messaging',
  'oslo_messaging.rpc.get_rpc_server': 'oslo_messaging.get_rpc_server',
  'oslo_messaging.rpc.server.get_rpc_server': 'oslo_messaging.get_rpc_server',
  'taskflow.engines.helpers': 'taskflow.engines',
};

/** The keywords of their calls that have to do with it. */
export const neighbourKeywords: Readonly<Record<string, string>> = {
  'engineio.Server': 'async_mode',
  'fasteners.ReaderWriterLock': 'current_thread_functor',
  'flask_socketio.SocketIO': 'async_mode',
  'futurist.SynchronousExecutor': 'green',
  'oslo_log.log.setup': 'fix_eventlet',
  'oslo_messaging.get_batch_notification_listener': 'executor',
  'oslo_messaging.get_notification_listener': 'executor',
  'oslo_messaging.get_rpc_server': 'executor',
  'socketio.Server': 'async_mode',
  'taskflow.engines.load': 'executor',
  'taskflow.engines.load_from_detail': 'executor',
  'taskflow.engines.load_from_factory': 'executor',
  'taskflow.engines.run': 'executor',
};

/** Their classes whose members are followed, with the members. */
export const neighbourClasses: Readonly<Record<string, string>> = {
  'flask_socketio.SocketIO': 'init_app',
};

/**
 * What a text must say to be of interest although it does not name eventlet in small letters: a word that is looked for first, because that is
 * cheap, and what must be there too.
 */
export const neighbourWords: readonly (readonly [word: string, form: RegExp])[] = [
  ['EVENTLET', /\b[A-Z0-9_]*EVENTLET[A-Z0-9_]*\b/],
  ['Eventlet', /["']gunicorn\.workers\.|EventletDeprecationWarning/],
  ['oslo_service', /\b((launch|Launcher|ProcessLauncher|ServiceLauncher|ThreadGroup|init_backend|initialize_if_enabled)\(|wsgi\.Server\b|backend\._eventlet)/],
  ['futurist', /\b(GreenFuture|GreenThreadPoolExecutor|SynchronousExecutor)\b/],
  ['greenthread', /["']greenthread(s|ed)?["']/i],
  ['greenlet', /^\s*(from|import)\s+greenlet\b/m],
  ['nameko', /^\s*(from|import)\s+nameko\b/m],
  ['socketio', /\b(SocketIO|socketio\.Server)\(/],
  ['engineio', /\bengineio\.Server\(/],
  ['ReaderWriterLock', /\bcurrent_thread_functor\b/],
];
