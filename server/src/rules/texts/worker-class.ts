import { noCode } from '../kit/aspects';
import { links } from '../kit/links';
import { isConfig } from './kit/files';
import { forNeither } from './kit/proposing';
import type { TextFile, TextMatch, TextProposal, TextRule } from './textRule';

export const workerClass: TextRule = {
  id: 'worker-class',
  pattern: 8,
  kind: 'config',
  files: isConfig,
  message: ({ api }) => `\`${api}\` runs the workers on green threads.`,
  guide: {
    title: 'Workers of servers and task queues',
    does: 'gunicorn, Celery and Flask-SocketIO are told by an option or a setting to run on eventlet, and patch the process before the application is loaded. `python -m eventlet.patcher` does so for any program.',
    replacement: {
      threading: 'gunicorn: `gthread` with a number of `--threads`. Celery: the pool `threads`, with a concurrency that is fit for native threads. Flask-SocketIO: `async_mode` `threading`, with `simple-websocket`.',
      asyncio: 'An ASGI application on an ASGI server, such as uvicorn. Celery has no pool for coroutines.',
    },
    differences: [
      { aspect: 'one request or task', eventlet: 'a green thread', threading: 'a native thread' },
      { aspect: 'how many at once', eventlet: '`--worker-connections` (gunicorn, 1000), `--concurrency` (Celery); thousands are cheap', threading: '`--threads` (gunicorn, 1 where nothing is said), `--concurrency` (Celery); tens are usual' },
      { aspect: 'support', eventlet: 'gunicorn 26 has no eventlet worker any more', threading: 'part of gunicorn and Celery' },
    ],
    same: noCode,
    links: [...links.wsgi.guidance, ...links.wsgi.python, { title: 'Celery: concurrency', href: 'https://docs.celeryq.dev/en/stable/userguide/concurrency/index.html' }],
  },
  find: (file) => ways.filter(({ about }) => about?.test(file.code) ?? true).flatMap((way) => found(way, file)),
  examples: [
    {
      title: 'gunicorn has a worker with native threads',
      path: 'Procfile',
      before: `
web: gunicorn --worker-class eventlet -w 1 service:app
                             #^^^^^^^ review
`,
      after: `
web: gunicorn --worker-class gthread -w 1 service:app
`,
    },
    {
      title: 'arguments may stand in a list',
      path: 'Dockerfile',
      before: `
CMD ["gunicorn", "-k", "eventlet", "service:app"]
                        #^^^^^^^ review
`,
      after: `
CMD ["gunicorn", "-k", "gthread", "service:app"]
`,
    },
    {
      title: 'in YAML one below the other',
      path: 'chart/values.yaml',
      before: `
command: [gunicorn]
args:
  - --worker-class
  - eventlet
    #^^^^^^^ review
`,
      after: `
command: [gunicorn]
args:
  - --worker-class
  - gthread
`,
    },
    {
      title: 'Celery has a pool of native threads',
      path: 'celery.service',
      before: `
[Service]
ExecStart=/usr/bin/celery -A service worker -P eventlet -c 500
                                               #^^^^^^^ review
Environment=CELERY_WORKER_POOL=eventlet
                               #^^^^^^^ review
`,
      after: `
[Service]
ExecStart=/usr/bin/celery -A service worker -P threads -c 500
Environment=CELERY_WORKER_POOL=threads
`,
    },
    {
      title: 'a program that is patched from outside runs by itself',
      path: 'run.sh',
      before: `
exec python3 -m eventlet.patcher service.py --port 80
                #^^^^^^^^^^^^^^^ review
`,
      after: `
exec python3 service.py --port 80
`,
    },
    {
      title: 'no module of eventlet but the patcher runs programs',
      path: 'run.sh',
      before: `
exec python -m eventlet service.py
               #^^^^^^^ none
`,
    },
    {
      title: 'coroutines want another kind of application',
      path: 'gunicorn.toml',
      target: 'asyncio',
      before: `
worker_class = "eventlet"
                #^^^^^^^ none
`,
    },
    {
      title: 'tests whose names are asked for are left alone',
      path: 'Makefile',
      before: `
serve:
	gunicorn service:app
test:
	pytest -k eventlet
`,
    },
  ],
};

/** A way in which people write it; `name` is the group of what is replaced. */
interface Way {
  readonly form: RegExp;
  /** What the file must also speak of. */
  readonly about?: RegExp;
  proposals(name: string, start: number, file: TextFile): readonly TextProposal[];
}

/** Between an option and its value: blanks, the end of an argument in a list, the next line of one. */
const between = String.raw`["']?(?:=|[ \t]*,\s*|\s+(?:\\\r?\n\s*)?(?:-[ \t]+)?)["']?`;
const worker = String.raw`(?<name>eventlet|gunicorn\.workers\.geventlet\.EventletWorker)(?![\w.-])`;
const pool = String.raw`(?<name>eventlet)(?![\w.-])`;
const is = String.raw`["']?[ \t]*[:=][ \t]*["']?`;

const ways: readonly Way[] = [
  { form: new RegExp(`(?<![\\w-])--worker-class${between}${worker}`, 'g'), proposals: gunicorn },
  { form: new RegExp(`(?<![\\w-])(?<!(?:pytest|py\\.test|stestr)\\b[^\\r\\n]*)-k${between}${worker}`, 'g'), about: /gunicorn/, proposals: gunicorn },
  { form: new RegExp(`(?<![\\w-])\\w*worker_?class${is}${worker}`, 'gi'), proposals: gunicorn },
  { form: new RegExp(`(?<![\\w-])--pool${between}${pool}`, 'g'), about: /celery/i, proposals: celery },
  { form: new RegExp(`(?<![\\w-])-P${between}${pool}`, 'g'), about: /celery/i, proposals: celery },
  { form: new RegExp(`(?<![\\w-])\\w*(?:worker|celeryd?)_?pool${is}${pool}`, 'gi'), proposals: celery },
  { form: new RegExp(`(?<![\\w-])\\w*async_mode${is}${pool}`, 'gi'), proposals: socketio },
  { form: new RegExp(`(?<![\\w-])-m["']?(?:[ \\t]+|[ \\t]*,\\s*)["']?(?<name>eventlet(?:\\.patcher)?)(?![\\w.-])`, 'g'), about: /python/i, proposals: patcher },
];

function found({ form, proposals }: Way, file: TextFile): readonly TextMatch[] {
  return [...file.code.matchAll(form)].map((match) => {
    const name = match.groups?.['name'] ?? '';
    const start = match.index + match[0].length - name.length;
    return { start, end: start + name.length, api: name, proposals: proposals(name, start, file) };
  });
}

function gunicorn(name: string, start: number): readonly TextProposal[] {
  return [
    replaced(name, start, 'gthread', 'a worker serves as many requests at once as it has threads, and has one unless `--threads` or `threads` says more: choose the number'),
    { target: 'asyncio', reason: 'an ASGI worker serves an ASGI application; the WSGI application has to become one first' },
  ];
}

function celery(name: string, start: number): readonly TextProposal[] {
  return [
    replaced(name, start, 'threads', 'the concurrency counts native threads then: hundreds of green threads are cheap, tens of native ones are usual'),
    { target: 'asyncio', reason: 'Celery has no pool for coroutines' },
  ];
}

function socketio(name: string, start: number): readonly TextProposal[] {
  return [
    replaced(name, start, 'threading', 'each client takes a native thread, and WebSocket needs the package `simple-websocket`'),
    { target: 'asyncio', reason: 'coroutines want another server class, `AsyncServer`, which is a change of the code' },
  ];
}

function replaced(name: string, start: number, newText: string, why: string): TextProposal {
  return { target: 'threading', title: `Use \`${newText}\``, claim: 'review', why, edits: [{ start, end: start + name.length, newText }] };
}

/** The patcher runs a file with the standard library patched; without it, the file runs as it is. */
function patcher(name: string, start: number, { code }: TextFile): readonly TextProposal[] {
  if (name === 'eventlet') return forNeither('`eventlet` cannot be run as a module, so this fails; `python -m eventlet.patcher` was meant, and goes with eventlet');
  const option = /-m[ \t]+$/.exec(code.slice(0, start));
  const blank = /^[ \t]+(?=\S)/.exec(code.slice(start + name.length));
  if (!option || !blank) return forNeither('take the option and its value out by hand, so that the program runs by itself');
  const edit = { start: option.index, end: start + name.length + blank[0].length, newText: '' };
  const why = 'the program runs unpatched then: what it and its libraries do has to be native';
  return [
    { target: 'threading', title: 'Run the program by itself', claim: 'review', why, edits: [edit] },
    { target: 'asyncio', title: 'Run the program by itself', claim: 'review', why, edits: [edit] },
  ];
}
