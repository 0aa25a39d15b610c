import { links } from './kit/links';
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
    links: [...links.overview.guidance, ...links.choosePath.guidance],
  },
  proposals: (use) => {
    const reason = `\`${use.api}\` has no native counterpart that could be put in its place`;
    return [
      { target: 'threading', reason },
      { target: 'asyncio', reason },
    ];
  },
  examples: [
    {
      title: 'a name without a rule is found',
      before: `
from eventlet.support import greendns

greendns.HOSTS_TTL = 60
#^^^^^^^^^^^^^^^^^ none
`,
    },
  ],
};
