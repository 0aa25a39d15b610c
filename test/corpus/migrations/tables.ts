import { count } from '../../../server/src/features/report/words';
import type { State } from './patternByPattern';
import type { ThroughOneModule } from './throughOneModule';
import { counts, lost, type Outcomes } from './unitTests';

/** Swift's way as a table in Markdown. */
export function wayTable({ before, after, renamed, unlike, asItCame, routed, dual, native, importProblem, standIns, down }: ThroughOneModule): string {
  const tests = (now: Outcomes): string => `${told(now)}; ${lost(asItCame, now).length} lost`;
  return table(['', 'result'], [
    ['imports of eventlet outside the module, as it came', `${before.statements} in ${count(before.files, 'file')}`],
    ['after `route`', `${after.statements} in ${count(after.files, 'file')}`],
    ['files that call something of eventlet otherwise than before', `${renamed.length}`],
    ...(unlike ? [['… than in the tree that people made', `${unlike.length}`]] : []),
    ['tests as it came', told(asItCame)],
    ['tests after `route`', tests(routed)],
    ['tests after `dual`, with eventlet', tests(dual)],
    ['tests after `dual`, on a Python without eventlet', tests(native)],
    ['its servers import on a Python without eventlet', importProblem === '' ? 'yes' : 'no'],
    ['the stand-ins’ own tests, with eventlet', told(standIns[0])],
    ['… and without', told(standIns[1])],
    ...down.map(({ tests: now, standIns: own }, index) => [`tests after \`dual --remove\`, step ${index + 1} of 3`, `${told(now)}; ${lost(native, now).length} lost; the stand-ins’ own: ${told(own)}`]),
  ]);
}

/** Mistral's way as a table in Markdown: a row for each choice. */
export function choicesTable(states: readonly State[]): string {
  const rows = states.map(({ choice, command, findings, safe, imports, changed, tests, lost: gone }) => [
    choice.title,
    command === undefined ? '' : `\`${command}\``,
    command === undefined ? '' : `${changed}`,
    `${findings}`,
    `${safe}`,
    `${imports}`,
    told(tests),
    command === undefined ? '' : `${gone.length}`,
  ]);
  return table(['step', 'command', 'files changed', 'findings left', 'safe fixes left', 'imports of eventlet left', 'tests that ran', 'lost'], rows);
}

/** Why a person chose so, in words. */
export function reasons(states: readonly State[]): string {
  return states.filter(({ choice }) => choice.because !== '').map(({ choice }) => `- **${choice.title}** (${choice.take}): ${choice.because}\n`).join('');
}

function told(all: Outcomes): string {
  const { passed, failed, skipped } = counts(all);
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} left out` : ''}`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |\n`).join('');
}
