import { links } from './kit/links';
import { nowhere } from './kit/proposing';
import { allOf } from './kit/aspects';
import type { Rule } from './rule';

export const nameko: Rule = {
  id: 'nameko',
  pattern: 1,
  names: ['nameko.*'],
  forms: ['import'],
  message: (use) => `\`${use.api}\` is part of nameko, which runs on eventlet and on nothing else.`,
  guide: {
    title: 'nameko',
    does: 'nameko is a framework for services whose entry points, workers and connections are green threads. It patches the process when it starts a service.',
    replacement: {
      threading: 'Another framework: kombu or Celery for events and calls through a broker, a WSGI server for HTTP.',
      asyncio: 'Another framework: FastStream or aio-pika for a broker, an ASGI framework for HTTP.',
    },
    differences: [],
    same: allOf('nameko has no native mode that could be compared; the service is written anew for another framework'),
    links: [...links.nameko.guidance, ...links.choosePath.guidance],
  },
  proposals: () => nowhere('nameko runs on eventlet and on nothing else: leaving eventlet means leaving nameko, service by service'),
  examples: [
    {
      title: 'each import of it is a place that changes',
      before: `
from nameko.rpc import rpc, RpcProxy
                       #^^ none
                            #^^^^^^^ none
import nameko.events
       #^^^^^^^^^^^^ none
`,
    },
    {
      title: 'other packages are left alone',
      before: `
from nameko_sqlalchemy import Database
from . import nameko
`,
    },
  ],
};
