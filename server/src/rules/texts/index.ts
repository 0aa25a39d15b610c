import { coverageConcurrency } from './coverage-concurrency';
import { environment } from './environment';
import { withoutComments } from './kit/comments';
import { logger } from './logger';
import { mention } from './mention';
import { requirement } from './requirement';
import { serviceOption } from './service-option';
import type { TextMatch, TextRule } from './textRule';
import { toolSetting } from './tool-setting';
import { uwsgiThreads } from './uwsgi-threads';
import { workerClass } from './worker-class';

/** The rules for files that are no Python. Of two that find the same text, the first one counts. */
export const textRules: readonly TextRule[] = [requirement, workerClass, environment, coverageConcurrency, logger, toolSetting, serviceOption, uwsgiThreads, mention];

/** Several rules read the same files; every file of a project is asked about. */
const kindsOfFiles: readonly TextRule['files'][] = [...new Set(textRules.map(({ files }) => files))];

/** Whether some rule reads files of this name; Python is left to the others. */
export function isTextFile(path: string): boolean {
  return !/\.pyw?$/.test(path) && kindsOfFiles.some((isOne) => isOne(path));
}

/** Whether a file tells people something, and configures nothing. */
export function isDocumentation(path: string): boolean {
  return mention.files(path);
}

/** Whether a text can be of any interest: most are not, and are not looked at closely. */
export function namesEventlet(text: string): boolean {
  return /eventlet|monkey_patch|default_(green_)?pool_size|heartbeat_in_pthread|^\[uwsgi\]/im.test(text);
}

/** What the rules find in a file, in text order. */
export function textMatches(text: string, path: string): readonly { readonly rule: TextRule; readonly match: TextMatch }[] {
  const file = { path, text, code: withoutComments(text) };
  const found: { readonly rule: TextRule; readonly match: TextMatch }[] = [];
  for (const rule of textRules) {
    if (!rule.files(path)) continue;
    for (const match of rule.find(file)) {
      if (!found.some(({ match: { start, end } }) => match.start < end && start < match.end)) found.push({ rule, match });
    }
  }
  return found.sort((a, b) => a.match.start - b.match.start);
}
