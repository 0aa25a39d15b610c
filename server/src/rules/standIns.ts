import type { StandInUse } from '../python/uses';
import type { Proposal } from './rule';

/** What is said of a place where code of the project stands in for eventlet. */
export function standInMessage({ standIn, api, via }: StandInUse): string {
  const where = via === undefined ? 'in this file' : `in \`${via}\``;
  switch (standIn.kind) {
    case 'subclass':
      return `\`${standIn.name}\` is a subclass of \`${api}\`, defined ${where}; it changes there.`;
    case 'wrapper':
      return `\`${standIn.name}\` is a wrapper of \`${api}\`, defined ${where}; it changes there.`;
    case 'attribute':
      return `\`${standIn.name}\` holds \`${api}\`; it changes where it is bound.`;
    case 'package':
      return `\`${standIn.name}\` is \`${api}\` as long as \`${packageOf(standIn.module)}\` runs on eventlet; a setting of that package decides.`;
  }
}

/** Nothing is rewritten at such a place: it follows when the code that stands in is changed. */
export function standInProposals(use: StandInUse): readonly Proposal[] {
  return (['threading', 'asyncio'] as const).map((target) => ({ target, reason: reasonOf(use, target === 'asyncio') }));
}

function reasonOf({ standIn }: StandInUse, isAsyncio: boolean): string {
  switch (standIn.kind) {
    case 'subclass':
      return `what \`${standIn.name}\` inherits is replaced once, in its own definition; then look whether this place still means the same`;
    case 'wrapper':
      return isAsyncio ? `\`${standIn.name}\` would have to become \`async def\`, and each of its callers wait for it` : `change \`${standIn.name}\` once, and its callers follow`;
    case 'attribute':
      return `\`${standIn.name}\` is changed where it is bound, and this place follows`;
    case 'package': {
      const setting = settings[packageOf(standIn.module)];
      return setting === undefined ? `\`${packageOf(standIn.module)}\` decides what this is` : `set \`${setting}\`, and this place follows without a change${isAsyncio ? '; there is none for asyncio' : ''}`;
    }
  }
}

/** How a package is told to use native threads (catalogue I20). */
const settings: Readonly<Record<string, string>> = { os_ken: 'OSKEN_HUB_TYPE=native', ryu: 'RYU_HUB_TYPE=native' };

function packageOf(module: string): string {
  return module.split('.')[0] ?? module;
}
