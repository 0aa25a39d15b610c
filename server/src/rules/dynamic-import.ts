import type { StringUse } from '../python/uses';
import { change } from './kit/change';
import { greenModuleOf } from './kit/greenImports';
import { links } from './kit/links';
import { nowhere } from './kit/proposing';
import type { FileView } from './kit/view';
import type { Proposal, Rule } from './rule';

export const dynamicImport: Rule = {
  id: 'dynamic-import',
  pattern: 1,
  names: ['*'],
  forms: ['string'],
  answers: (use) => use.form === 'string' && use.purpose === 'import',
  message: (use) => `\`${use.api}\` is imported by name here; the call goes with the last use of what it gives.`,
  guide: {
    title: 'Imports by name',
    does: '`importlib.import_module("eventlet…")`, `importutils.try_import("eventlet…")` and `__import__("eventlet…")` import eventlet without an import statement, mostly because it is optional.',
    replacement: {
      threading: 'A green module becomes the native one. For anything else the code that asks whether eventlet is there is folded: what it does without eventlet remains.',
      asyncio: 'The same.',
    },
    differences: [{ of: 'value', aspect: '`try_import`', eventlet: '`None` where eventlet is not installed', threading: 'a module of the standard library is always there' }],
    same: {
      exceptions: '`import_module` raises `ImportError` where a module is missing, in both',
      blocking: 'an import does not wait',
      order: 'a module is executed at its first import, in both',
      cancellation: 'nothing is cancelled',
      defaults: 'there are none',
    },
    links: [...links.inventory.guidance, ...links.overview.guidance],
  },
  proposals: (use, view) => (use.form === 'string' ? proposals(use, view) : []),
  examples: [
    {
      title: 'a green module becomes the native one',
      before: `
import importlib

subprocess = importlib.import_module('eventlet.green.subprocess')
                                      #^^^^^^^^^^^^^^^^^^^^^^^^ review
`,
      after: `
import importlib

subprocess = importlib.import_module('subprocess')
`,
    },
    {
      title: 'what is imported in case it is there belongs to its branches',
      before: `
from oslo_utils import importutils

eventlet = importutils.try_import('eventlet')
                                   #^^^^^^^ none
hubs = __import__('eventlet.hubs')
                   #^^^^^^^^^^^^ none
profile = importutils.try_import('eventlet.green.profile')
                                  #^^^^^^^^^^^^^^^^^^^^^ none
`,
    },
    {
      title: 'other imports by name are left alone',
      before: `
import importlib

plugin = importlib.import_module('service.eventlet')
name = str('eventlet')
`,
    },
  ],
};

// import_module('eventlet.green.subprocess')  =>  import_module('subprocess')
function proposals(use: StringUse, view: FileView): readonly Proposal[] {
  const green = greenModuleOf(use.api);
  if (!green) return nowhere('eventlet is optional or chosen at run time here; fold the branches that ask for it when the others are gone');
  if (green.target.safety === 'none') return nowhere(green.target.note);
  const doubt = 'where it was optional, the branch for a missing eventlet is never taken any more';
  const why = green.target.note === '' ? doubt : `${doubt}; ${green.target.note}`;
  const edits = change(view).replace({ startIndex: use.start, endIndex: use.end }, [green.target.module, green.member].filter(Boolean).join('.'));
  return [
    { target: 'threading', title: `Import \`${green.target.module}\``, claim: 'review', conditions: [], why, change: edits.done() },
    { target: 'asyncio', reason: `natively \`${green.target.module}\` may block the event loop; look for its asynchronous counterpart` },
  ];
}
