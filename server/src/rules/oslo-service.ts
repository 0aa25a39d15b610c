import { functionAround } from '../python/scopes';
import type { NameUse } from '../python/uses';
import { field, type Node } from '../syntax/node';
import { hasOwnLines, linesAbove } from './kit/blocks';
import { change } from './kit/change';
import { isNative } from './kit/importGroups';
import { isImport } from './kit/imports';
import { links } from './kit/links';
import { nowhere } from './kit/proposing';
import type { FileView } from './kit/view';
import type { Proposal, Rule } from './rule';

export const osloService: Rule = {
  id: 'oslo-service',
  pattern: 4,
  names: [
    ...['oslo_service.service.launch', 'oslo_service.service.Launcher', 'oslo_service.service.ProcessLauncher', 'oslo_service.service.ServiceLauncher', 'oslo_service.threadgroup.ThreadGroup'],
    ...['oslo_service.wsgi.Server', 'oslo_service.eventlet_backdoor.initialize_if_enabled', 'oslo_service.backend.BackendType.EVENTLET', 'oslo_service.backend.eventlet.*', 'oslo_service.backend._eventlet.*'],
  ],
  forms: ['name', 'import'],
  endsWithNativeBackend: true,
  answers: (use) => (use.form === 'import' ? isInner(use.api) : use.api !== 'oslo_service.backend.eventlet' && use.api !== 'oslo_service.backend._eventlet'),
  message: (use) => (isInner(use.api) ? `\`${use.api}\` is the inside of oslo.service’s backend on eventlet.` : use.api.endsWith('.EVENTLET') ? 'oslo.service is told to run on eventlet here.' : `\`${use.api}\` runs on eventlet as long as no other backend of oslo.service is chosen.`),
  guide: {
    title: 'Services of oslo.service',
    does: 'oslo.service starts processes, groups of threads and WSGI servers for a service, on one of two backends. Where none is chosen it is eventlet, also in a program that never says the word. Looping calls do the same on both, and are not reported.',
    replacement: {
      threading: '`backend.init_backend(backend.BackendType.THREADING)`, first thing in each entry point, above the imports: whoever loads `oslo_service.service` or `oslo_messaging` has chosen eventlet, and choosing again raises `BackendAlreadySelected`; libraries use `register_backend_default_hook`. The requirement becomes `oslo.service[threading]`. `wsgi.Server` is not there then: the API is served by uWSGI, mod_wsgi or gunicorn. When any module outside the tests chooses this backend, this rule is silent.',
      asyncio: 'oslo.service has no backend for an event loop.',
    },
    differences: [
      { of: 'value', aspect: '`add_thread(…)`', eventlet: 'an object with `link()`, `stop()`, `cancel()` and `wait()`', threading: '`link()`, `stop()`, `cancel()` do nothing at all; `wait()` is `join()` and gives `None`' },
      { of: 'exceptions', aspect: 'what a thread raises', eventlet: '`wait()` raises it', threading: 'it goes to `threading.excepthook`; `wsgi.Server` raises `UnsupportedBackendError`, choosing two backends `BackendAlreadySelected`' },
      { of: 'blocking', aspect: 'a full `ThreadGroup`', eventlet: '`add_thread` waits', threading: '`add_thread` raises `RuntimeError`; 1000 where nothing is said' },
      { of: 'cancellation', aspect: '`stop()`', eventlet: 'ends threads where they wait', threading: 'work runs to its end; threads are no daemons, so the process waits for them' },
      { of: 'defaults', aspect: 'workers', eventlet: 'forked', threading: 'forked by cotyledon: no thread may run before; `no_fork=True` keeps one process; `restart` is not implemented' },
      { aspect: 'workers that are spawned, not forked', eventlet: '—', threading: 'newer releases pickle the service and load its modules anew: what holds locks, events, thread groups or connections is left out of that and made anew in the worker; where it cannot be pickled they fork, with a warning' },
    ],
    same: { order: 'services are started one after the other in both' },
    links: links.openstack.guidance,
  },
  proposals: (use, view) => (use.form === 'name' ? proposals(use, view) : nowhere('nothing promises that this module stays: import what it offers from `oslo_service` itself, which takes it from the backend that was chosen')),
  examples: [
    {
      title: 'an entry point chooses its backend before it loads what takes one',
      before: `
import sys

from oslo_service import service


def main():
    """Run it."""
    config.parse(sys.argv)
    launcher = service.launch(CONF, Server(), workers=2)
               #^^^^^^^^^^^^^ review
    launcher.wait()
`,
      after: `
import sys

from oslo_service import backend

backend.init_backend(backend.BackendType.THREADING)

from oslo_service import service


def main():
    """Run it."""
    config.parse(sys.argv)
    launcher = service.launch(CONF, Server(), workers=2)
    launcher.wait()
`,
    },
    {
      title: 'a name that is taken is not taken twice',
      before: `
"""The agent."""
from __future__ import annotations

from oslo_service import service as services


def main(backend):
    services.launch(backend, backend.server).wait()
    #^^^^^^^^^^^^^^ review
`,
      after: `
"""The agent."""
from __future__ import annotations

from oslo_service import backend as oslo_service_backend

oslo_service_backend.init_backend(oslo_service_backend.BackendType.THREADING)

from oslo_service import service as services


def main(backend):
    services.launch(backend, backend.server).wait()
`,
    },
    {
      title: 'elsewhere it is not known which entry points come here',
      before: `
from oslo_service import service
from oslo_service import wsgi


class Api(service.Service):
    def __init__(self, app):
        self.server = wsgi.Server(CONF, 'api', app)
                      #^^^^^^^^^^ none


def serve(server):
    return service.ProcessLauncher(CONF)
           #^^^^^^^^^^^^^^^^^^^^^^ none
`,
    },
    {
      title: 'groups of threads follow the backend, looping calls do not mind',
      before: `
from oslo_service import loopingcall
from oslo_service.threadgroup import ThreadGroup

timer = loopingcall.FixedIntervalLoopingCall(print)
group = ThreadGroup(10)
        #^^^^^^^^^^ none
`,
    },
    {
      title: 'a backend that is said can be another one',
      before: `
from oslo_service import backend

backend.init_backend(backend.BackendType.EVENTLET)
                     #^^^^^^^^^^^^^^^^^^^^^^^^^^^ review
`,
      after: `
from oslo_service import backend

backend.init_backend(backend.BackendType.THREADING)
`,
    },
    {
      title: 'the inside of a backend is nobody’s business',
      before: `
from oslo_service.backend._eventlet import service
                                           #^^^^^^ none
`,
    },
    {
      title: 'a service on threads is left alone',
      before: `
from oslo_service import backend
from oslo_service import service

backend.init_backend(backend.BackendType.THREADING)
service.launch(CONF, service.Service())
`,
    },
  ],
};

function isInner(api: string): boolean {
  return /^oslo_service\.backend\._?eventlet(\.|$)/.test(api);
}

const why = 'stopping, full thread groups, results and exceptions of threads differ (see the guide); it must run before anything that loads `oslo_service.service`, which takes the backend there and then, starts a thread or reads the configuration, and whoever imports this file gets it; the requirement is `oslo.service[threading]`';

function proposals(use: NameUse, view: FileView): readonly Proposal[] {
  const asyncio = { target: 'asyncio', reason: 'oslo.service has no backend for an event loop' } as const;
  if (use.api.endsWith('.EVENTLET')) return [{ target: 'threading', title: 'Choose the backend on threads', claim: 'review', conditions: [], why, change: change(view).replace({ startIndex: use.node.endIndex - 'EVENTLET'.length, endIndex: use.node.endIndex }, 'THREADING').done() }, asyncio];
  if (use.api === 'oslo_service.wsgi.Server') return nowhere('the backend on threads has no WSGI server: uWSGI, mod_wsgi or gunicorn serve the application');
  if (use.api.endsWith('.ThreadGroup')) return nowhere('the code stays and the backend changes: choose it in the entry points, after a look at what is done with the threads of the group: natively `link()`, `stop()` and `cancel()` do nothing, and a full group raises');
  if (use.api.startsWith('oslo_service.eventlet_backdoor')) return nowhere('the backdoor shows green threads; guru meditation reports of oslo.reports, or `faulthandler`, show native ones');
  if (/\binit_backend\b/.test(view.text)) return nowhere('this file chooses a backend in another place: that is the one to change');
  const first = use.call && isInMain(use.call) ? firstLoading(view) : undefined;
  if (!first || !hasOwnLines(view, first)) return nowhere('which entry points come here is not to be seen in this file: each of them has `backend.init_backend(backend.BackendType.THREADING)` above all imports that load `oslo_service.service`');
  const edits = change(view);
  const backend = view.names.of('backend').length > 0 ? 'oslo_service_backend' : 'backend';
  const imported = backend === 'backend' ? 'backend' : `backend as ${backend}`;
  linesAbove(edits, view, first, [`from oslo_service import ${imported}`, '', `${backend}.init_backend(${backend}.BackendType.THREADING)`, '']);
  return [{ target: 'threading', title: 'Choose the backend on threads first', claim: 'review', conditions: [], why, change: edits.done() }, asyncio];
}

function isInMain(call: Node): boolean {
  const around = functionAround(call);
  return around !== undefined && field(around, 'name')?.text === 'main';
}

/** The first statement that may load `oslo_service.service`, which takes its backend while it is loaded: what is no docstring and no import of the standard library. */
function firstLoading({ tree }: FileView): Node | undefined {
  const statements = tree.rootNode.namedChildren.filter((child): child is Node => !!child && child.type !== 'comment');
  return statements.find((statement, index) => {
    const isDocumentation = index === 0 && statement.type === 'expression_statement' && statement.firstNamedChild?.type === 'string';
    const isHarmless = statement.type === 'future_import_statement' || (isImport(statement) && isNative(statement));
    return !isDocumentation && !isHarmless;
  });
}
