import type { planForms } from '../formNames';
import { planMarkdown } from './planMarkdown';
import type { PlanReport } from './planReport';
import { planText } from './planText';

export type PlanFormat = (typeof planForms)[number];

/** How to print a plan, by the name that the command line knows. */
export const planFormats: Readonly<Record<PlanFormat, (report: PlanReport) => string>> = { text: planText, json, markdown: planMarkdown };

/** For programs: the report as it is. Ends with a newline. */
function json(report: PlanReport): string {
  return JSON.stringify(report, undefined, 2) + '\n';
}
