import { code, table } from '../report/markdownTable';
import { count } from '../report/words';
import type { PlanReport, ReportedStep } from './planReport';
import { effortInWords, numbersInWords, shareInWords } from './words';

/** For an issue or a wiki page: every step, stage by stage, with the reason for the place of the stage and what to mind in it. Ends with a newline. */
export function planMarkdown(report: PlanReport): string {
  const { findings, steps, effort, safe, review, guidance } = report.summary;
  const stages = [...new Set(report.steps.map(({ stage }) => stage))];
  const parts = [
    '# Off eventlet: the plan',
    ...(steps === 0
      ? ['Nothing is left to do.']
      : [
          `${count(findings, 'use')} of eventlet in ${count(report.files.mentioning, 'Python file')}: ${safe} with a safe fix, ${review} with a fix to review, ${guidance} with guidance only. ${count(steps, 'step')}, ${effortInWords(effort)} of work for one person who knows the code; good for comparing steps, not for promises.`,
        ]),
    ...stages.flatMap((stage) => stageParts(report.steps.filter((step) => step.stage === stage), report)),
  ];
  return parts.join('\n\n') + '\n';
}

function stageParts(steps: readonly ReportedStep[], report: PlanReport): readonly string[] {
  const [first] = steps;
  if (!first) return [];
  const traps = new Map(steps.flatMap((step) => step.traps).map((trap) => [trap.text, trap]));
  const blockers = steps.flatMap(({ number, blockers: own }) => own.map((blocker) => `- Step ${number} waits: ${blocker}`));
  const mind = [...traps.values()].map(({ text, href }) => (href === undefined ? `- ${text}` : `- ${text} ([seen here](${href}))`));
  return [
    `## ${first.stageTitle}`,
    first.why,
    table(['Step', 'What', 'Where', 'Places', 'Effort', 'After', 'Read'], steps.map((step) => row(step, report))),
    ...(blockers.length > 0 ? [blockers.join('\n')] : []),
    ...(mind.length > 0 ? [`To mind:\n\n${mind.join('\n')}`] : []),
  ];
}

function row({ number, action, where, sites, after, effort, rules, guides, ...share }: ReportedStep, { steps }: PlanReport): readonly (string | number)[] {
  const numbers = steps.filter(({ id }) => after.includes(id)).map((step) => step.number);
  const pages = rules.flatMap((rule, index) => (guides[index] === undefined ? [] : [`[${rule}](${guides[index]})`]));
  return [number, action, where === '' ? '' : code(where), sites === 0 ? '' : shareInWords(share), effortInWords(effort), numbersInWords(numbers), pages.join(', ')];
}
