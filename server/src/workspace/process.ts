import type { Condition, PatchGroup } from '../rules/rule';
import type { Precondition } from './finding';
import { isSameData } from './sameData';

/** One call of `monkey_patch` outside tests. */
export interface PatchCall {
  /** URI of the file. */
  readonly uri: string;
  /** undefined where the arguments cannot be read: `monkey_patch(**options)`. */
  readonly groups: readonly PatchGroup[] | undefined;
  /** Whether it runs only under a debugger, on Windows or because a variable says so (see `usually`). */
  readonly isUnusual?: boolean;
}

/** Who knows whether what a fix needs is so in the processes that it changes. */
export interface Judge {
  judge(condition: Condition, name: (uri: string) => string): Precondition;
}

/**
 * The processes of a workspace as a whole, for code of which it is not known which of them load it: a group counts as patched when
 * every `monkey_patch` call of a usual run outside of tests patches it, and there is at least one.
 */
export class Process implements Judge {
  constructor(
    readonly calls: readonly PatchCall[],
    /** Whether a project file says so, instead of the calls. */
    private readonly isStated = false,
  ) {}

  /** Whether another one would say the same. */
  isLike(calls: readonly PatchCall[]): boolean {
    return isSameData(calls, this.calls);
  }

  /** Whether a group is patched in all of them; undefined where there is no call to tell. */
  patches(group: PatchGroup): boolean | undefined {
    const usual = this.calls.filter(({ isUnusual }) => !isUnusual);
    return usual.length === 0 ? undefined : usual.every(({ groups }) => groups?.includes(group));
  }

  judge(condition: Condition, name: (uri: string) => string): Precondition {
    if (condition.kind === 'checked') return { text: condition.text, holds: true };
    const holds = condition.groups.every((group) => this.patches(group) === true);
    const files = [...new Set(this.calls.map(({ uri }) => name(uri)))];
    const evidence = this.isStated ? `as ${listed(files)} states` : files.length === 0 ? 'no `monkey_patch` call was found in the workspace' : `\`monkey_patch\` is called in ${listed(files)}`;
    return { text: `${arePatched(condition.groups)} in every process of the workspace (${evidence})`, holds };
  }
}

/** The processes that load a file from outside of the workspace: what the workspace patches says nothing of them. */
export const unknownProcesses: Judge = {
  judge(condition) {
    if (condition.kind === 'checked') return { text: condition.text, holds: true };
    return { text: `${arePatched(condition.groups)} in every process that loads this file (it lies outside of the workspace, so they are not known)`, holds: false };
  },
};

function arePatched(groups: readonly PatchGroup[]): string {
  return `${groups.map((group) => `\`${group}\``).join(' and ')} ${groups.length > 1 ? 'are' : 'is'} monkey-patched`;
}

function listed(files: readonly string[]): string {
  const shown = files.slice(0, 3).join(', ');
  return files.length > 3 ? `${shown} and ${files.length - 3} more` : shown;
}
