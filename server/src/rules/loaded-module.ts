import type { StringUse } from '../python/uses';
import { contains, enclosing, field, type Node } from '../syntax/node';
import { ownStatement } from './kit/assigned';
import { withBranch, withoutBranch } from './kit/branches';
import { change, type Change } from './kit/change';
import { links } from './kit/links';
import { bothWays, nowhere } from './kit/proposing';
import type { FileView } from './kit/view';
import type { Fix, Proposal, Rule } from './rule';

export const loadedModule: Rule = {
  id: 'loaded-module',
  pattern: 2,
  names: ['*'],
  forms: ['string'],
  answers: (use) => use.form === 'string' && use.purpose === 'loaded',
  message: (use) => `\`${use.api}\` is looked up in \`sys.modules\` here, to tell whether the process runs on eventlet.`,
  guide: {
    title: 'Asking whether eventlet is loaded',
    does: '`"eventlet" in sys.modules` and `sys.modules.get("eventlet.patcher")` tell whether somebody imported eventlet, without importing it.',
    replacement: { threading: '`False`: of an `if` only the branch for native threads stays.', asyncio: 'The same.' },
    differences: [{ of: 'value', aspect: '`"eventlet" in sys.modules`', eventlet: 'true as soon as any module has imported it, patched or not', threading: 'false' }],
    same: {
      exceptions: '`sys.modules[…]` raises `KeyError` where it is not loaded, as without eventlet',
      blocking: 'the question does not wait',
      order: 'nothing is started by it',
      cancellation: 'nothing here is cancelled',
      defaults: 'there are none',
    },
    links: [...links.inventory.guidance, ...links.order.guidance],
  },
  proposals: (use, view) => (use.form === 'string' ? proposals(use, view) : []),
  examples: [
    {
      title: 'without eventlet the answer is no',
      before: `
import sys


def kind():
    if 'eventlet' in sys.modules:
        #^^^^^^^ review
        return 'green'
    return 'native'


print('eventlet.patcher' in sys.modules)
       #^^^^^^^^^^^^^^^ review
`,
      after: `
import sys


def kind():
    return 'native'


print(False)
`,
    },
    {
      title: 'or yes, where the question is the other way round',
      before: `
import sys

if 'eventlet' not in sys.modules:
    #^^^^^^^ review
    print('native')
else:
    print('green')
`,
      after: `
import sys

print('native')
`,
    },
    {
      title: 'what only forgets the module goes, what takes it is left to a person',
      before: `
import sys

del sys.modules['eventlet']
                 #^^^^^^^ review
patcher = sys.modules.get('eventlet.patcher')
                           #^^^^^^^^^^^^^^^ none
`,
      after: `
import sys

patcher = sys.modules.get('eventlet.patcher')
`,
    },
    {
      title: 'other modules are left alone',
      before: `
import sys

print('gevent' in sys.modules, 'eventlet' in names)
`,
    },
  ],
};

function proposals({ node }: StringUse, view: FileView): readonly Proposal[] {
  const why = 'as long as anything in the process imports eventlet the answer is another one; this goes with the last step';
  const comparison = enclosing(node, 'comparison_operator');
  if (comparison && contains(comparison, node) && comparison.namedChildCount === 2) {
    const answer = comparison.children.some((child) => child?.type === 'not in') ? 'True' : 'False';
    return bothWays({ ...folded(comparison, answer, view), claim: 'review', conditions: [], why });
  }
  const deletion = deletionOf(node);
  if (deletion) return bothWays({ title: 'Delete the statement', claim: 'review', conditions: [], why: 'as long as eventlet is imported it makes the next import load it anew', change: change(view).removeStatement(deletion).done() });
  return nowhere('the module is taken from there to be used where it is loaded; without eventlet there is nothing to take, and what happens then stays');
}

function folded(question: Node, answer: 'True' | 'False', view: FileView): Pick<Fix, 'title' | 'change'> {
  const kept: Change | undefined = answer === 'True' ? withBranch(question, view) : withoutBranch(question, view);
  return kept ? { title: 'Keep the branch without eventlet', change: kept } : { title: `Use \`${answer}\``, change: change(view).replace(question, answer).done() };
}

/** `del sys.modules['eventlet']`, `sys.modules.pop('eventlet', None)`. */
function deletionOf(name: Node): Node | undefined {
  const at = name.parent;
  if (at?.type === 'subscript') return at.parent?.type === 'delete_statement' ? at.parent : undefined;
  const call = enclosing(name, 'call');
  return call && field(call, 'function')?.text === 'sys.modules.pop' ? ownStatement(call) : undefined;
}
