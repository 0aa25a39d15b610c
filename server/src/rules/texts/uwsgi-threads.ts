import { noCode } from '../kit/aspects';
import { links } from '../kit/links';
import { forBoth } from './kit/proposing';
import { nameOf } from './kit/files';
import type { TextRule } from './textRule';

export const uwsgiThreads: TextRule = {
  id: 'uwsgi-threads',
  pattern: 5,
  kind: 'hazard',
  severity: 'hint',
  files: (path) => /uwsgi[\w.-]*\.(ini|conf)(\.(in|j2|sample|template))?$/.test(nameOf(path)),
  message: () => 'uWSGI runs no threads of Python here: what the application starts in one never begins.',
  guide: {
    title: 'Threads under uWSGI',
    does: 'uWSGI initialises Python without its lock for threads, unless `enable-threads` or `threads` says otherwise. Green threads do not mind. A native thread of an application, a timer or a background task, then stands still as long as no request is served.',
    replacement: { threading: '`enable-threads = true`, or `threads` with a number.', asyncio: 'An ASGI server; uWSGI does not speak ASGI.' },
    differences: [],
    same: noCode,
    links: [...links.wsgi.python],
  },
  find({ code }) {
    const section = /^[ \t]*\[uwsgi\][ \t]*$/m.exec(code);
    if (!section || /^[ \t]*(enable-threads|threads)[ \t]*=/m.test(code)) return [];
    const start = section.index + section[0].indexOf('uwsgi');
    const lineEnd = /\r\n|\n|\r|$/.exec(code.slice(section.index + section[0].length))?.[0] ?? '';
    const at = section.index + section[0].length + lineEnd.length;
    const newText = lineEnd === '' ? '\nenable-threads = true\n' : `enable-threads = true${lineEnd}`;
    const why = 'threads of the application run between requests, too: it must be ready for that';
    return [{ start, end: start + 'uwsgi'.length, api: 'uwsgi', proposals: forBoth({ title: 'Add `enable-threads`', claim: 'review', why, edits: [{ start: at, end: at, newText }] }) }];
  },
  examples: [
    {
      title: 'threads are switched on',
      path: 'etc/uwsgi.ini',
      before: `
[uwsgi]
 #^^^^ review
module = service.wsgi
`,
      after: `
[uwsgi]
enable-threads = true
module = service.wsgi
`,
    },
    {
      title: 'where threads are counted they run',
      path: 'uwsgi.ini',
      before: `
[uwsgi]
threads = 4
`,
    },
  ],
};
