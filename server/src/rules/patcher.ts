import { links } from './kit/links';
import { nowhere } from './kit/proposing';
import type { Rule } from './rule';

const reasons: Readonly<Record<string, string>> = {
  'eventlet.patcher': 'the module itself is handed on or asked for its attributes here; that goes together with `monkey_patch()`',
  'eventlet.patcher.inject': 'it runs a module’s source with other modules in place of its imports; natively the module is imported as it is',
  'eventlet.patcher.patch_function': 'the decorated function sees green modules while it runs; natively the decorator goes and the function stays',
  'eventlet.patcher.slurp_properties': 'it copies the names of one module into another; natively a plain import has them',
  'eventlet.patcher.SysModulesSaver': 'it keeps `sys.modules` while copies of modules are made; natively there are no copies to be made',
};

export const patcher: Rule = {
  id: 'patcher',
  pattern: 2,
  names: ['eventlet.patcher.*'],
  message: (use) => (use.form === 'name' && use.api === 'eventlet.patcher' ? '`eventlet.patcher` exchanges modules for green ones; it goes with eventlet.' : `\`${use.api.replace('eventlet.', '')}\` is a tool for making green copies of modules; it goes with them.`),
  guide: {
    title: 'Tools of the patcher',
    does: '`patcher.inject`, `slurp_properties`, `patch_function` and `SysModulesSaver` build green copies of modules by hand, for libraries that want to be green without `monkey_patch()`.',
    replacement: {
      threading: 'The modules themselves: delete the copying code and import the module. Look for what was special about the copy first: a changed name, a replaced class.',
      asyncio: 'An asynchronous library in the place of the copied blocking one.',
    },
    differences: [
      { of: 'value', aspect: 'copies', eventlet: 'classes and module state of a copy are its own', threading: 'there is one module for everybody' },
      { of: 'blocking', aspect: '`@patch_function`', eventlet: 'the imports inside the function are green while it runs', threading: 'the imports are what they say' },
    ],
    same: {
      exceptions: 'an import that fails raises `ImportError` in both; classes of exceptions of a copy are its own',
      order: 'a module is executed when it is imported first',
      cancellation: 'nothing is cancelled',
      defaults: 'there are none',
    },
    links: [...links.monkeyPatch.guidance],
  },
  proposals: (use) => nowhere(reasons[use.api] ?? `\`${use.api}\` belongs to the inside of the patcher and has no counterpart`),
  examples: [
    {
      title: 'every tool has its reason',
      before: `
from eventlet import patcher

patcher.inject('ftplib', globals(), ('socket', None))
#^^^^^^^^^^^^^ none

@patcher.patch_function
 #^^^^^^^^^^^^^^^^^^^^^ none
def fetch():
    saver = patcher.SysModulesSaver()
            #^^^^^^^^^^^^^^^^^^^^^^ none
    saver.restore()
    #^^^^^^^^^^^^ none
`,
    },
    {
      title: 'the module as a value',
      before: `
from eventlet import patcher

if hasattr(patcher, 'already_patched'):
           #^^^^^^ none
    print('patched')
`,
    },
  ],
};
