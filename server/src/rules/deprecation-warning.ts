import type { NameUse } from '../python/uses';
import { enclosing, field } from '../syntax/node';
import { ownStatement } from './kit/assigned';
import { change } from './kit/change';
import { links } from './kit/links';
import { nowhere } from './kit/proposing';
import type { FileView } from './kit/view';
import type { Proposal, Rule } from './rule';

export const deprecationWarning: Rule = {
  id: 'deprecation-warning',
  pattern: 1,
  names: ['eventlet.EventletDeprecationWarning', 'eventlet.__version__', 'eventlet.version_info'],
  message: (use) => (use.api === 'eventlet.EventletDeprecationWarning' ? '`EventletDeprecationWarning` says that eventlet comes to its end; what treats it goes with eventlet.' : `\`${use.api}\` asks which eventlet is there; natively none is.`),
  guide: {
    title: 'The deprecation warning, and versions',
    does: 'eventlet 0.41 warns with `eventlet.EventletDeprecationWarning` when it is imported; programs that still need it filter the warning. `eventlet.__version__` tells releases apart.',
    replacement: {
      threading: 'Nothing: filters of the warning are deleted, and of branches by version what works without eventlet stays.',
      asyncio: 'Nothing, too.',
    },
    differences: [{ of: 'value', aspect: 'the warning', eventlet: 'shown once for each importing place', threading: 'gone' }],
    same: {
      exceptions: 'a warning that is turned into an error fails the import; natively there is none',
      blocking: 'nothing waits',
      order: 'nothing is started',
      cancellation: 'nothing is cancelled',
      defaults: 'it is shown where nothing is said',
    },
    links: [...links.overview.guidance],
  },
  proposals: (use, view) => (use.form === 'name' ? unfiltered(use, view) : []),
  examples: [
    {
      title: 'a filter of the warning is deleted',
      before: `
import warnings

import eventlet

warnings.filterwarnings('ignore', category=eventlet.EventletDeprecationWarning)
                                           #^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ review
warnings.simplefilter('once')
`,
      after: `
import warnings

warnings.simplefilter('once')
`,
    },
    {
      title: 'what else is done with it is left to a person',
      before: `
import eventlet

if eventlet.__version__ < '0.41':
   #^^^^^^^^^^^^^^^^^^^ none
    print(eventlet.version_info, eventlet.EventletDeprecationWarning)
          #^^^^^^^^^^^^^^^^^^^^ none
                                 #^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ none
`,
    },
    {
      title: 'other warnings are left alone',
      before: `
import warnings

warnings.filterwarnings('ignore', category=DeprecationWarning)
`,
    },
  ],
};

function unfiltered(use: NameUse, view: FileView): readonly Proposal[] {
  if (use.api !== 'eventlet.EventletDeprecationWarning') return nowhere('what depends on the release goes with eventlet; of the branches the one without it stays');
  const call = enclosing(use.node, 'call');
  const statement = call && /(^|\.)(filterwarnings|simplefilter)$/.test(field(call, 'function')?.text ?? '') ? ownStatement(call) : undefined;
  if (!statement) return nowhere('what is done with the warning goes with eventlet');
  const fix = { title: 'Delete this filter', claim: 'review', conditions: [], why: 'as long as something imports eventlet, the warning is shown again', change: change(view).removeStatement(statement).done() } as const;
  return [
    { target: 'threading', ...fix },
    { target: 'asyncio', ...fix },
  ];
}
