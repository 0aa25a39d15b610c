/** A stretch of the way; all steps of one come before those of the next. */
export type StageId = 'safe' | 'primitives' | 'server' | 'spawn' | 'unpatched' | 'design' | 'libraries' | 'tests' | 'imports' | 'patching' | 'settings' | 'docs' | 'guard';

export interface Stage {
  readonly id: StageId;
  readonly title: string;
  /** The reason for its place, one or two sentences. */
  readonly why: string;
}

/**
 * The order of the catalogue's R4, which is that of the wiki, of the guide and of practice. What is safe comes before
 * everything: with R1 that can be done at any time, and it is what projects merged first (Mistral, Cinder, Nova).
 */
export const stages: readonly Stage[] = [
  {
    id: 'safe',
    title: 'Safe replacements',
    why: 'Each fix here keeps the behaviour, and its preconditions were checked. It can be merged and tested on its own, while everything else stays green.',
  },
  {
    id: 'primitives',
    title: 'Sleeping, events, queues, locks',
    why: 'These can be changed one by one, before anything else moves: a person looks at the difference that is named.',
  },
  {
    id: 'server',
    title: 'Servers and sockets',
    why: 'The server decides what every request runs on, and it takes longest to roll out. Whoever replaces it last tests everything else twice.',
  },
  {
    id: 'spawn',
    title: 'Threads and pools',
    why: 'Threads and pools decide what runs at the same time. Locks, queues and time limits are chosen to fit them.',
  },
  {
    id: 'unpatched',
    title: 'Sleeping, events, queues, locks where nothing is patched',
    why: 'Here the native counterpart is not patched: one native lock or sleep would stop every green thread of the process. So the green threads around it have to go first.',
  },
  {
    id: 'design',
    title: 'Time limits and other things without a counterpart',
    why: 'No native call can be interrupted from outside. Time limits and `kill()` need a decision each, and the threads that they act on should be known by then.',
  },
  {
    id: 'libraries',
    title: 'Libraries that bring eventlet along',
    why: 'A library that still runs on eventlet brings it back into the process. It has to use threads before the patching goes.',
  },
  {
    id: 'tests',
    title: 'Tests',
    why: 'These tests use eventlet on their own account. They follow the code, so that they can tell whether it still works.',
  },
  {
    id: 'imports',
    title: 'Imports',
    why: 'What is imported only to be handed on can go when nobody takes it any more.',
  },
  {
    id: 'patching',
    title: 'Monkey patching',
    why: 'When the patching goes, nothing in the process may rely on green threads any more. So it goes after the code, one entry point at a time.',
  },
  {
    id: 'settings',
    title: 'Settings and requirements',
    why: 'They matter as long as eventlet runs somewhere, and users may have set them: deprecate first, and drop the requirement at the very end.',
  },
  {
    id: 'docs',
    title: 'Documentation',
    why: 'What people read should be true on the day of the release, not before.',
  },
  {
    id: 'guard',
    title: 'The guard',
    why: 'From here on every new use would be a step back.',
  },
];

export function stageOf(id: StageId): Stage {
  const stage = stages.find((each) => each.id === id);
  if (!stage) throw new Error(`the stage ${id} is not in the list`);
  return stage;
}

/** Whether a stage comes before another one. */
export function isBefore(a: StageId, b: StageId): boolean {
  return stages.indexOf(stageOf(a)) < stages.indexOf(stageOf(b));
}
