import type { Plan as Answer, PlanStep, ServicesReport, Target } from '../../protocol';
import { checklistItem } from '../checklist';
import type { Plan, Step } from './plan';
import type { Site } from './sites';

/** The plan as clients are told of it; `spelling` gives a file's URI as the client spells it. */
export function planAnswer({ steps, effort }: Plan, rest: { readonly state: Answer['state']; readonly services: ServicesReport; readonly targetOf: (uri: string) => Target; readonly spelling: (uri: string) => string }): Answer {
  const { state, services, targetOf, spelling } = rest;
  const item = ({ uri, finding }: Site) => checklistItem(spelling(uri), finding, targetOf(uri));
  const step = ({ id, stage, topic, action, where, why, rules, share, effort: own, after, blockers, traps, sites, imports }: Step): PlanStep => ({
    ...{ id, stage: { id: stage.id, title: stage.title }, topic, action, where, why, rules, ...share, effort: own, after, blockers, traps },
    items: [...sites, ...imports].map(item),
  });
  return { state, services, effort, steps: steps.map(step) };
}
