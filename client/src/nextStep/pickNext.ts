import { l10n, QuickPickItemKind, window, type QuickPickItem } from 'vscode';
import { placeOf } from '../checklist/words';
import { plain, shareInWords, titleOfStep } from '../plan/words';
import type { Candidate } from './candidates';

/** Lets a person choose the next step; the first of the plan stands first. undefined where nothing was chosen. */
export async function pickNext(all: readonly Candidate[]): Promise<Candidate | undefined> {
  const [first] = all;
  const now = all.filter(({ step }) => step === first?.step);
  const later = all.filter(({ step }) => step !== first?.step);
  const items: Row[] = [...now.map(row), ...(later.length > 0 ? [{ label: l10n.t('later in the plan'), kind: QuickPickItemKind.Separator }] : []), ...later.map(row)];
  const picked = await window.showQuickPick(items, { title: l10n.t('Next Step'), placeHolder: l10n.t('What to change next: you see the change before it is made'), matchOnDescription: true });
  return picked?.candidate;
}

interface Row extends QuickPickItem {
  readonly candidate?: Candidate;
}

function row(candidate: Candidate): Row {
  const { kind, step, number, item, isSkipped } = candidate;
  const skipped = isSkipped ? [l10n.t('skipped')] : [];
  switch (kind) {
    case 'use':
      return {
        candidate,
        label: `$(circle-small) ${l10n.t('Only the first: {0}', item?.line ?? '')}`,
        description: [item ? placeOf(item) : '', ...skipped].join(' · '),
        detail: [item?.fix ?? '', ...(item?.trust === 'review' ? [l10n.t('to review: {0}', item.reason ?? '')] : [])].map(plain).join(' · '),
      };
    case 'safePart':
      return { candidate, label: `$(pass) ${l10n.t('{0}. {1}: only what is safe', number, titleOfStep(step))}`, description: [l10n.t('{0} safe', step.safe), ...skipped].join(' · ') };
    case 'pattern':
      return {
        candidate,
        label: `$(${step.review > 0 ? 'eye' : 'pass'}) ${number}. ${titleOfStep(step)}`,
        description: [shareInWords(step), ...skipped].join(' · '),
        detail: [...step.blockers, step.why].map(plain).join(' '),
      };
  }
}
