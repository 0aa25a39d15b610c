import type { Decision, DecisionKind } from '../protocol';

/** A reason with its full stop. */
export function sentence(reason: string): string {
  return /[.!?]$/.test(reason) ? reason : `${reason}.`;
}

/** A reason as a sentence of its own, behind others. What starts with code keeps its first letter. */
export function ownSentence(reason: string): string {
  return sentence(reason.charAt(0).toUpperCase() + reason.slice(1));
}

/** `Later: after the release, until 2027-03-01`, without its full stop; `mark` goes around the first words. */
export function decisionInWords({ kind, reason, until }: Decision, mark = ''): string {
  return `${mark}${kindNames[kind]}${mark}${reason === '' ? '' : `: ${reason}`}${until === undefined ? '' : `, until ${until}`}`;
}

const kindNames: Readonly<Record<DecisionKind, string>> = { keep: 'Kept on purpose', later: 'Later', elsewhere: 'Not ours' };
