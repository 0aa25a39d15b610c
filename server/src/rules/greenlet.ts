import { links } from './kit/links';
import { nowhere } from './kit/proposing';
import type { Rule } from './rule';

export const greenlet: Rule = {
  id: 'greenlet',
  pattern: 4,
  names: ['greenlet.*'],
  forms: ['import', 'name'],
  severity: 'information',
  message: (use) => `\`${use.api}\` switches stacks by hand, below eventlet; it stays when eventlet goes, and has to be looked at by itself.`,
  guide: {
    title: 'Greenlets',
    does: 'greenlet is the package that eventlet’s green threads are made of: `greenlet.getcurrent()`, `greenlet.greenlet(f)`, `switch`, `throw`, `GreenletExit`.',
    replacement: {
      threading: 'What a green thread is for: a `threading.Thread`, an executor. `getcurrent()` as a key is `threading.get_ident()`.',
      asyncio: 'Tasks. greenlet may stay installed: SQLAlchemy’s asyncio extension, awaitlet, gevent and Playwright need it.',
    },
    differences: [
      { of: 'blocking', aspect: '`switch()`', eventlet: 'goes to another stack at once, and comes back where somebody switches back', threading: 'there is none: threads wait for a queue or an event' },
      { of: 'cancellation', aspect: '`throw()`, `GreenletExit`', eventlet: 'raised where the greenlet stands', threading: 'no thread can be ended from outside: it looks at an event' },
    ],
    same: {
      value: 'a switch hands a value over; a queue does that natively',
      exceptions: 'what a greenlet raises goes to its parent; a thread keeps it to itself',
      order: 'whoever switches says who is next; natively the system does',
      defaults: 'there are none',
    },
    links: [...links.greenlet.guidance, ...links.locals.python],
  },
  proposals: () => nowhere('what is to be done depends on what the switches are for: a key for the running green thread is `threading.get_ident()`, everything else wants a queue, an event or a redesign'),
  examples: [
    {
      title: 'direct uses are listed',
      before: `
import greenlet
       #^^^^^^^ none


def me():
    return greenlet.getcurrent()
           #^^^^^^^^^^^^^^^^^^ none
`,
    },
    {
      title: 'through eventlet it is eventlet’s',
      before: `
from eventlet import greenlet

greenlet.getcurrent()
`,
    },
  ],
};
