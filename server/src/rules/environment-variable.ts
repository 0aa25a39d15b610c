import type { StringUse } from '../python/uses';
import { enclosing, field, isField, type Node } from '../syntax/node';
import { noCode } from './kit/aspects';
import { ownStatement } from './kit/assigned';
import { change } from './kit/change';
import { links } from './kit/links';
import { bothWays, nowhere } from './kit/proposing';
import { effectOf, isOwnSwitch, variablesDo } from './kit/variables';
import type { FileView } from './kit/view';
import type { Proposal, Rule } from './rule';

export const environmentVariable: Rule = {
  id: 'environment-variable',
  pattern: 8,
  names: ['**'],
  forms: ['string'],
  kind: 'config',
  answers: (use) => use.form === 'string' && (use.purpose === 'variable' || use.purpose === 'key') && /^[A-Z0-9_]*EVENTLET[A-Z0-9_]*$/.test(use.text),
  message: (use) => (isOwnSwitch(use.api) ? `\`${use.api}\` switches between eventlet and native threads; it goes when there is only one way left.` : `\`${use.api}\` configures eventlet and goes with it.`),
  guide: {
    title: 'Environment variables in code',
    does: variablesDo,
    replacement: {
      threading: 'Nothing: a statement that sets one of eventlet’s goes with eventlet, a switch with the code that reads it.',
      asyncio: 'Nothing. `EVENTLET_HUB=asyncio` is the first step on this way, and goes with the last one.',
    },
    differences: [],
    same: noCode,
    links: [...links.hubs.guidance, ...links.inventory.guidance],
  },
  proposals: (use, view) => (use.form === 'string' ? proposals(use, view) : []),
  examples: [
    {
      title: 'a statement that sets one goes',
      before: `
import os

os.environ['EVENTLET_NO_GREENDNS'] = 'yes'
            #^^^^^^^^^^^^^^^^^^^ review
os.environ.setdefault('EVENTLET_HUB', 'poll')
                       #^^^^^^^^^^^ review
os.environ['HOME'] = '/'
`,
      after: `
import os

os.environ['HOME'] = '/'
`,
    },
    {
      title: 'a switch of the project stays while both ways are tested',
      before: `
import os

if os.environ.get('OS_NOVA_DISABLE_EVENTLET_PATCHING'):
                   #^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ none
    print('native')
`,
    },
    {
      title: 'what is set together with others, or asked for, is changed by hand',
      before: `
import os

os.environ.update({'EVENTLET_HUB': 'poll', 'HOME': '/'})
                    #^^^^^^^^^^^ none
print(os.getenv('EVENTLET_HUB'))
                 #^^^^^^^^^^^ none
`,
    },
    {
      title: 'words that look like one are left alone',
      before: `
EVENTLET_HUB = 'x'
print('EVENTLET_HUB')
`,
    },
  ],
};

function proposals({ node, text }: StringUse, view: FileView): readonly Proposal[] {
  if (isOwnSwitch(text)) return nowhere('it lets both ways be tested; keep it while there are two, then remove it with the code that reads it');
  const statement = settingStatement(node);
  if (!statement) return nowhere('it is asked for, or set together with others; take it out by hand, in the same step as eventlet');
  const why = `while eventlet runs: ${effectOf(text)}; remove it in the same step as eventlet`;
  return bothWays({ title: `Delete what sets \`${text}\``, claim: 'review', conditions: [], why, change: change(view).removeStatement(statement).done() });
}

/** The statement that sets a variable, or forgets it, and does nothing else. */
function settingStatement(name: Node): Node | undefined {
  const subscript = name.parent?.type === 'subscript' ? name.parent : undefined;
  if (subscript?.parent?.type === 'assignment') {
    const isTarget = isField(subscript.parent, 'left', subscript) && field(subscript.parent, 'right')?.type === 'string';
    return isTarget ? ownStatement(subscript.parent) : undefined;
  }
  if (subscript?.parent?.type === 'delete_statement') return subscript.parent;
  const call = enclosing(name, 'call');
  const callee = call && field(call, 'function');
  return callee && /\b(setdefault|putenv|unsetenv|pop|setenv|delenv)$/.test(callee.text) ? ownStatement(call) : undefined;
}
