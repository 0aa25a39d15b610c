import { count } from '../report/words';
import type { PlanReport, ReportedStep } from './planReport';
import { serviceInText, servicesInText } from './servicesText';
import { effortInWords, nothingLeft, numbersInWords, shareInWords } from './words';

/** For a person at a terminal: what it adds up to, what to do next with all that is known of it, and the way behind it. Ends with a newline. */
export function planText(report: PlanReport): string {
  const [next, ...rest] = report.steps;
  const [service, ...others] = report.services;
  const services = service && others.length === 0 ? serviceInText(service, report) : servicesInText(report);
  const parts = next ? [...head(report), '', ...services, 'Next', ...nextStep(next, report), ...later(rest, report)] : [...services, nothingLeft(report)];
  return parts.join('\n') + '\n';
}

function head({ summary }: PlanReport): readonly string[] {
  const { findings, files, steps, effort, safe, review, guidance, imports } = summary;
  const along = imports > 0 ? `, ${count(imports, 'import goes along', 'imports go along')}` : '';
  return [
    `${count(findings, 'use')} of eventlet in ${count(files, 'file')}: ${count(steps, 'step')}, ${effortInWords(effort)} of work`,
    `${safe} safe, ${review} to review, ${guidance} ${guidance === 1 ? 'needs' : 'need'} a person${along}`,
  ];
}

function nextStep(step: ReportedStep, report: PlanReport): readonly string[] {
  return [
    `  ${step.number}. ${step.title}`,
    `     ${[...(step.sites > 0 ? [shareInWords(step)] : []), effortInWords(step.effort)].join(' · ')}`,
    ...note('why', step.why),
    ...(step.safe > 0 ? note('do', `eventlet-migration fix --write ${step.rules.map((rule) => `--rule ${rule}`).join(' ')} ${pathOf(step, report)}`) : []),
    ...step.blockers.flatMap((blocker) => note('blocked', blocker)),
    ...step.traps.flatMap(({ text }) => note('mind', text)),
    ...step.guides.flatMap((guide) => note('read', guide)),
  ];
}

/** One row for each step; what they have in common stands above them once. */
function later(steps: readonly ReportedStep[], report: PlanReport): readonly string[] {
  const width = Math.min(56, Math.max(0, ...steps.map(({ where }) => where.length)));
  const lines: string[] = [];
  let above: ReportedStep | undefined;
  for (const step of steps) {
    if (step.stage !== above?.stage) lines.push('', stageHead(step, report));
    if (step.stage !== above?.stage || step.action !== above.action) lines.push(`  ${step.action}`);
    above = step;
    const row = `${String(step.number).padStart(7)}. ${(step.where || 'the whole project').padEnd(width)}  ${effortInWords(step.effort).padEnd(9)}`;
    const rest = [...(step.sites > 0 ? [shareInWords(step)] : []), ...ownAfter(step, report)].join(', ');
    lines.push(`${row}  ${rest}`.trimEnd(), ...step.blockers.flatMap((blocker) => note('blocked', blocker)));
  }
  return lines;
}

/** `Monkey patching, after steps 1–16`, as far as all steps of the stage wait for the same ones. */
function stageHead(step: ReportedStep, report: PlanReport): string {
  return [step.stageTitle, ...afterInWords(commonlyAfter(step, report), report)].join(', ');
}

/** What a step waits for beside what its whole stage waits for. */
function ownAfter(step: ReportedStep, report: PlanReport): readonly string[] {
  const common = commonlyAfter(step, report);
  return afterInWords(step.after.filter((id) => !common.includes(id)), report);
}

function commonlyAfter({ stage, after }: ReportedStep, { steps }: PlanReport): readonly string[] {
  const others = steps.filter((step) => step.stage === stage);
  return after.filter((id) => others.every((other) => other.after.includes(id)));
}

function afterInWords(ids: readonly string[], { steps }: PlanReport): readonly string[] {
  const numbers = steps.filter(({ id }) => ids.includes(id)).map(({ number }) => number);
  return numbers.length > 0 ? [`after ${numbers.length === 1 ? 'step' : 'steps'} ${numbersInWords(numbers)}`] : [];
}

function pathOf(step: ReportedStep, { root }: PlanReport): string {
  if (step.package === '') return root;
  return root === '.' ? step.package : `${root.replace(/\/$/, '')}/${step.package}`;
}

/** A label and its words, wrapped below each other. */
function note(label: string, words: string): readonly string[] {
  return wrapped(words, 92).map((line, index) => `     ${(index === 0 ? label : '').padEnd(8)}${line}`);
}

function wrapped(words: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const word of words.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
