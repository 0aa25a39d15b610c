import type { StringUse } from '../python/uses';
import { enclosing } from '../syntax/node';
import { noCode } from './kit/aspects';
import { ownStatement } from './kit/assigned';
import { change } from './kit/change';
import { links } from './kit/links';
import { bothWays, nowhere } from './kit/proposing';
import type { FileView } from './kit/view';
import type { Proposal, Rule } from './rule';

export const warningsFilter: Rule = {
  id: 'warnings-filter',
  pattern: 8,
  names: ['**'],
  forms: ['string'],
  kind: 'config',
  answers: (use) => use.form === 'string' && use.setting?.callee === 'filterwarnings',
  message: () => 'Warnings of or about eventlet are filtered here; the filter goes with eventlet.',
  guide: {
    title: 'Filters of warnings',
    does: '`warnings.filterwarnings("ignore", module="eventlet")` and its likes silence what eventlet, or Python about eventlet, would say.',
    replacement: { threading: 'Nothing: the filter is deleted.', asyncio: 'Nothing: the filter is deleted.' },
    differences: [],
    same: noCode,
    links: [...links.overview.guidance],
  },
  proposals: (use, view) => (use.form === 'string' ? proposals(use, view) : []),
  examples: [
    {
      title: 'a filter is deleted',
      before: `
import warnings

warnings.filterwarnings('ignore', module='eventlet')
                                          #^^^^^^^ review
warnings.filterwarnings('ignore', 'Eventlet is deprecated')
                                   #^^^^^^^^^^^^^^^^^^^^^ review
warnings.filterwarnings('error')
`,
      after: `
import warnings

warnings.filterwarnings('error')
`,
    },
    {
      title: 'a filter that is part of something else is left to a person',
      before: `
import warnings

filters = [warnings.filterwarnings('ignore', module='eventlet')]
                                                     #^^^^^^^ none
`,
    },
    {
      title: 'other filters are left alone',
      before: `
import warnings

warnings.filterwarnings('ignore', module='urllib3')
`,
    },
  ],
};

function proposals({ node }: StringUse, view: FileView): readonly Proposal[] {
  const call = enclosing(node, 'call');
  const statement = call && ownStatement(call);
  if (!statement) return nowhere('the call is part of something else; take it out by hand, in the same step as eventlet');
  const why = 'as long as eventlet is imported its warnings are shown without it; remove it in the same step as eventlet';
  return bothWays({ title: 'Delete the filter', claim: 'review', conditions: [], why, change: change(view).removeStatement(statement).done() });
}
