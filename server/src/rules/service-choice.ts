import type { StringUse } from '../python/uses';
import { change } from './kit/change';
import { links } from './kit/links';
import { nowhere } from './kit/proposing';
import { noCode } from './kit/aspects';
import type { FileView } from './kit/view';
import type { Proposal, Rule } from './rule';

export const serviceChoice: Rule = {
  id: 'service-choice',
  pattern: 8,
  names: ['**'],
  forms: ['string'],
  kind: 'config',
  severity: 'information',
  answers: (use) => use.form === 'string' && isChoice(use),
  message: (use) => `\`${use.api}\` is offered, chosen or asked for by name here.`,
  guide: {
    title: 'Options that name eventlet',
    does: 'Programs let people choose eventlet: `choices=["eventlet", "threading"]` of an option, a default, a comparison with the word, a level for the logger `eventlet.wsgi.server`.',
    replacement: {
      threading: 'First the other choice becomes the default, and this one is deprecated; a release later it goes.',
      asyncio: 'The same.',
    },
    differences: [],
    same: noCode,
    links: [...links.deprecatingOptions.guidance],
  },
  proposals: (use, view) => (use.form === 'string' ? proposals(use, view) : []),
  examples: [
    {
      title: 'a choice, a default, a level, a name and a question',
      before: `
import os
from oslo_config import cfg

hub = os.getenv('SERVICE_HUB', 'eventlet')
                                #^^^^^^^ none
backend = cfg.StrOpt('backend', default='eventlet', choices=['eventlet', 'threading'])
                                         #^^^^^^^ none
                                                              #^^^^^^^ none
size = cfg.IntOpt('eventlet_pool_size')
                   #^^^^^^^^^^^^^^^^^ none
default_log_levels = ['amqp=WARN', 'eventlet.wsgi.server=WARN']
                                    #^^^^^^^^^^^^^^^^^^^^^^^^ none


def is_green(executor):
    return executor == 'eventlet'
                        #^^^^^^^ none
`,
    },
    {
      title: 'what a function takes where its callers say nothing',
      before: `
class Server:
    def run(self, executor='eventlet'):
                            #^^^^^^^ review
        self.serve(executor)
`,
      after: `
class Server:
    def run(self, executor='threading'):
        self.serve(executor)
`,
    },
    {
      title: 'words that choose nothing are left alone',
      before: `
name = 'eventlet'
print('eventlet')
title = 'Runs on eventlet'
word = {}.get('word', 'eventlet')
`,
    },
  ],
};

// def run(executor='eventlet'):  =>  def run(executor='threading'):
function proposals(use: StringUse, view: FileView): readonly Proposal[] {
  const { node, setting, text, start, end } = use;
  const isDefault = node.parent?.type === 'default_parameter' || node.parent?.type === 'typed_default_parameter';
  if (!isDefault || setting?.name !== 'executor' || text !== 'eventlet') return nowhere(whyNotHere(use));
  const why = 'whoever calls it without an executor gets native threads then, and what those share needs locks; it is right where `threading` is one of the names that the executor can have, as in oslo.messaging';
  const threading: Proposal = { target: 'threading', title: 'Make `threading` the default', claim: 'review', conditions: [], why, change: change(view).replaceRange(start, end, 'threading').done() };
  return [threading, { target: 'asyncio', reason: 'an executor runs functions in threads: coroutines have none' }];
}

function whyNotHere({ purpose, setting, node }: StringUse): string {
  if (purpose === 'compared') return 'the branch for eventlet goes when nobody can choose it any more';
  const isPassed = setting?.callee !== undefined && !setting.callee.endsWith('Opt') && node.parent?.type === 'keyword_argument';
  return isPassed ? 'which names there are is up to what is called, or to the code that a test checks: change both in the same step' : 'people may have written it into their configuration: deprecate it first, then remove it';
}

const choosing = /executor|pool|backend|concurren|mode|engine|hub|worker|choices|default|log_levels|driver|handler/i;

function isChoice({ purpose, setting, text }: StringUse): boolean {
  if (!/^[\w.:-]*eventlet[\w.:-]*(=[A-Z]+)?$/.test(text)) return false;
  if (purpose === 'word') return setting?.name.endsWith('Opt') ?? false;
  return (purpose === 'option' || purpose === 'compared') && choosing.test(setting?.name ?? '') && /(^|[.])eventlet($|[.=])/.test(text);
}
