import type { StringUse } from '../python/uses';
import { enclosing, field } from '../syntax/node';
import { dropArgument } from './kit/arguments';
import { noCode } from './kit/aspects';
import { change } from './kit/change';
import { links } from './kit/links';
import { bothWays, nowhere } from './kit/proposing';
import type { FileView } from './kit/view';
import type { Proposal, Rule } from './rule';
import { demandIn } from './texts/kit/demand';

export const setupRequirement: Rule = {
  id: 'setup-requirement',
  pattern: 8,
  names: ['**'],
  forms: ['string'],
  kind: 'dependency',
  answers: (use) => use.form === 'string' && isRequirement(use) && demandIn(use.text) !== undefined,
  message: () => 'eventlet is required here; that goes when nothing imports it any more.',
  guide: {
    title: 'Requirements in code',
    does: '`install_requires` and `extras_require` in a `setup.py`, and `session.install(…)` in a `noxfile.py`, install eventlet, by its own name or as an extra of another package.',
    replacement: {
      threading: 'Nothing. It is the very last step: first no module imports eventlet any more, and no library that is used needs it.',
      asyncio: 'Nothing, as the very last step.',
    },
    differences: [],
    same: noCode,
    links: [...links.order.guidance, ...links.afterMigration.guidance],
  },
  proposals: (use, view) => (use.form === 'string' ? proposals(use, view) : []),
  examples: [
    {
      title: 'an item of a list goes, an extra leaves its package',
      before: `
from setuptools import setup

setup(
    name='service',
    keywords=['eventlet'],
    install_requires=[
        'eventlet>=0.33',
         #^^^^^^^^^^^^^ review
        'requests',
    ],
    extras_require={'worker': ['celery[eventlet]>=5']},
                                #^^^^^^^^^^^^^^^^^^ review
)
`,
      after: `
from setuptools import setup

setup(
    name='service',
    keywords=['eventlet'],
    install_requires=[
        'requests',
    ],
    extras_require={'worker': ['celery>=5']},
)
`,
    },
    {
      title: 'a session of nox installs the rest',
      before: `
import nox


@nox.session
def tests(session):
    session.install('eventlet', 'pytest')
                     #^^^^^^^ review
    session.install('eventlet')
                     #^^^^^^^ none
`,
      after: `
import nox


@nox.session
def tests(session):
    session.install('pytest')
    session.install('eventlet')
`,
    },
    {
      title: 'other strings are left alone',
      before: `
setup(description='eventlet', install_requires=['eventlet-helpers'])
`,
    },
  ],
};

function isRequirement({ setting, purpose, node }: StringUse): boolean {
  if (purpose === 'word') return setting?.callee === 'install';
  const keyword = enclosing(node, 'keyword_argument');
  const name = keyword ? (field(keyword, 'name')?.text ?? '') : (setting?.name ?? '');
  return purpose === 'option' && /(^|_)(requires?|requirements)$/i.test(name);
}

function proposals({ node, start, text, purpose }: StringUse, view: FileView): readonly Proposal[] {
  const demand = demandIn(text);
  const edits = change(view);
  const isAlone = purpose === 'word' && node.parent?.namedChildCount === 1;
  if (!demand || isAlone) return nowhere('the call has nothing else to do; take it out by hand, in the same step as eventlet');
  if (demand.extra) edits.replaceRange(start + demand.extra.start, start + demand.extra.end, '');
  else if (!['list', 'tuple', 'argument_list'].includes(node.parent?.type ?? '') || !dropArgument(edits, view, node)) return nowhere('it is no item of a list, or a comment belongs to it; take it out by hand');
  const why = 'it is the very last step: first nothing imports eventlet any more, and no library that is used runs on it';
  return bothWays({ title: demand.extra ? 'Remove the extra `eventlet`' : `Remove the requirement of \`${demand.api}\``, claim: 'review', conditions: [], why, change: edits.done() });
}
