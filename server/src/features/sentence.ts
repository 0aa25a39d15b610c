/** A reason with its full stop. */
export function sentence(reason: string): string {
  return /[.!?]$/.test(reason) ? reason : `${reason}.`;
}

/** A reason as a sentence of its own, behind others. What starts with code keeps its first letter. */
export function ownSentence(reason: string): string {
  return sentence(reason.charAt(0).toUpperCase() + reason.slice(1));
}
