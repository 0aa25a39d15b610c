import { noCode } from '../kit/aspects';
import { links } from '../kit/links';
import { isConfig, isYaml } from './kit/files';
import { forBoth, forNeither } from './kit/proposing';
import { withoutItem } from './kit/removal';
import type { TextFile, TextMatch, TextRule } from './textRule';

export const logger: TextRule = {
  id: 'logger',
  pattern: 8,
  kind: 'config',
  files: isConfig,
  message: ({ api }) => `\`${api}\` is a logger that nobody writes to once eventlet is gone.`,
  guide: {
    title: 'Loggers of eventlet',
    does: 'Services configure `eventlet.wsgi.server`, the logger that the WSGI server writes a line for each request to, by name.',
    replacement: {
      threading: 'The logger of the server that takes its place: `gunicorn.access`, `cheroot.errors`, `waitress`; uWSGI and mod_wsgi write access logs of their own.',
      asyncio: 'The logger of the server that takes its place: `uvicorn.access`, `hypercorn.access`, `gunicorn.access`.',
    },
    differences: [{ aspect: 'form of a line', eventlet: 'the `log_format` given to `wsgi.server`', threading: 'the server’s own; check what reads the log' }],
    same: noCode,
    links: [...links.wsgi.guidance, ...links.wsgi.python],
  },
  find: (file) => [...levels(file), ...configured(file)],
  examples: [
    {
      title: 'a level in a list can go',
      path: 'etc/service.conf',
      before: `
default_log_levels = amqp=WARN,eventlet.wsgi.server=WARN,boto=WARN
                               #^^^^^^^^^^^^^^^^^^^ review
`,
      after: `
default_log_levels = amqp=WARN,boto=WARN
`,
    },
    {
      title: 'a logger of a logging configuration is named at several places',
      path: 'etc/logging.conf',
      before: `
[logger_eventletwsgi]
level = INFO
handlers = stderr
qualname = eventlet.wsgi.server
           #^^^^^^^^^^^^^^^^^^^ none
`,
    },
    {
      title: 'in YAML, too',
      path: 'logging.yaml',
      before: `
loggers:
  eventlet.wsgi.server:
  #^^^^^^^^^^^^^^^^^^^ none
    level: INFO
`,
    },
    {
      title: 'other loggers are left alone',
      path: 'etc/logging.conf',
      before: `
[logger_mine]
qualname = mypackage.eventlet.server
`,
    },
  ],
};

function levels(file: TextFile): readonly TextMatch[] {
  const form = /(?<![\w.-])(eventlet(?:\.\w+)*)[ \t]*=[ \t]*(?:DEBUG|INFO|WARN(?:ING)?|ERROR|CRITICAL|FATAL)\b/gi;
  return [...file.code.matchAll(form)].map(({ 0: item, 1: name = '', index }) => ({
    start: index,
    end: index + name.length,
    api: name,
    proposals: forBoth({
      title: `Remove the level of \`${name}\``,
      claim: 'review',
      why: 'as long as eventlet serves, its logger writes more without it; the server that takes its place has a logger of its own',
      edits: [withoutItem(file, index, index + item.length)],
    }),
  }));
}

function configured({ code, path }: TextFile): readonly TextMatch[] {
  const form = isYaml(path) ? (/^[ \t]*loggers:/m.test(code) ? /^[ \t]+(["']?)(eventlet(?:\.\w+)*)\1:[ \t]*(?:\{.*)?$/gm : undefined) : /^qualname[ \t]*[=:][ \t]*()(eventlet(?:\.\w+)*)(?![\w.])/gm;
  if (!form) return [];
  return [...code.matchAll(form)].map(({ 0: line, 2: name = '', index }) => {
    const start = index + line.indexOf(name);
    return { start, end: start + name.length, api: name, proposals: forNeither('configure the logger of the server that takes its place, then take this one out wherever the file names it') };
  });
}
