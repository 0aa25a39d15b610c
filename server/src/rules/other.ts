import { eventlet } from '../python/eventlet';
import { allOf } from './kit/aspects';
import { links } from './kit/links';
import { nowhere } from './kit/proposing';
import type { Rule } from './rule';

/** The general rule: whatever eventlet offers and no rule names is found all the same. */
export const other: Rule = {
  id: 'other',
  pattern: 1,
  names: ['*'],
  message: (use) => `\`${use.api}\` belongs to eventlet and has to go with it.`,
  guide: {
    title: 'Other names of eventlet',
    does: 'The name belongs to eventlet’s inside or is used so rarely that there is no rule for it.',
    replacement: {
      threading: 'There is no native counterpart that fits all places. Find out what the code wants to achieve and look for that in the guide.',
      asyncio: 'There is no native counterpart that fits all places. Find out what the code wants to achieve and look for that in the guide.',
    },
    differences: [],
    same: allOf('what differs depends on the name, which has no native counterpart of its own'),
    links: [...links.overview.guidance, ...links.choosePath.guidance],
  },
  proposals: (use) => nowhere(eventlet.isModule(use.api) ? modulesAreValues : `\`${use.api}\` has no native counterpart that could be put in its place`),
  examples: [
    {
      title: 'a name without a rule is found',
      before: `
import eventlet

eventlet.some_day()
#^^^^^^^^^^^^^^^^ none
`,
    },
    {
      title: 'so is the module as a value',
      before: `
try:
    import eventlet
except ImportError:
    eventlet = None

libraries = [eventlet]
             #^^^^^^^ none
`,
    },
    {
      title: 'other modules with such names are left alone',
      before: `
from mypackage import eventlet

eventlet.some_day()
`,
    },
  ],
};

const modulesAreValues = 'the module itself is handed on here: when its other uses have gone, what happens without it stays and this goes';
