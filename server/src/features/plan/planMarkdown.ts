import { code, table } from '../report/markdownTable';
import { count } from '../report/words';
import type { PlanReport, ReportedStep } from './planReport';
import { effortInWords, nothingLeft, numbersInWords, shareInWords } from './words';

/** For an issue or a wiki page: every step, stage by stage, with the reason for the place of the stage and what to mind in it. Ends with a newline. */
export function planMarkdown(report: PlanReport): string {
  const { findings, files, steps, effort, safe, review, guidance } = report.summary;
  const stages = [...new Set(report.steps.map(({ stage }) => stage))];
  const parts = [
    '# Off eventlet: the plan',
    ...(steps === 0
      ? [nothingLeft(report)]
      : [
          `${count(findings, 'use')} of eventlet in ${count(files, 'file')}: ${safe} with a safe fix, ${review} with a fix to review, ${guidance} with guidance only. ${count(steps, 'step')}, ${effortInWords(effort)} of work for one person who knows the code; good for comparing steps, not for promises.`,
        ]),
    ...servicesTable(report),
    ...stages.flatMap((stage) => stageParts(report.steps.filter((step) => step.stage === stage), report)),
  ];
  return parts.join('\n\n') + '\n';
}

function servicesTable({ services, unreached }: PlanReport): readonly string[] {
  if (services.length === 0) return [];
  const rows = services.map(({ name, path, patched, mayDrop, blockers, problems }) => [code(name), code(path), patched.join(', '), mayDrop === 'nothing' ? 'patches nothing' : mayDrop, blockers.map(({ rule, count: times }) => `${rule} ${times}`).join(', '), problems.map(({ message }) => message).join(' ')]);
  const more = unreached.length > 0 ? [`${count(unreached.length, 'file')} with uses of eventlet ${unreached.length === 1 ? 'is' : 'are'} loaded in a way that cannot be seen, if at all.`] : [];
  return ['## May they drop monkey patching now?', table(['Process', 'Starts in', 'Patches', 'May drop it', 'In the way', 'To put in order'], rows), ...more];
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
