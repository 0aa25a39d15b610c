import type { StringUse } from '../python/uses';
import { links } from './kit/links';
import { nowhere } from './kit/proposing';
import { noCode } from './kit/aspects';
import type { Rule } from './rule';

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
  proposals: (use) => nowhere(use.form === 'string' ? whyNotHere(use) : ''),
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
