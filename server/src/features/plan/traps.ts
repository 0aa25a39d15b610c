/** Something that went wrong in another project at the same point, and what to do so that it does not again. */
export interface Trap {
  /** A sentence. */
  readonly text: string;
  /** The change that shows it, where there is a public one. */
  readonly href?: string;
}

/** Seen in the histories of public repositories; each link is a change that was reverted, or that repaired one. */
export const traps = {
  copiedLocks: {
    text: 'An object that holds a native lock can be neither copied nor pickled: look for `deepcopy` and for what is sent to other processes.',
    href: commit('nova', 'e3203ce4d156beec63ca6cce92cb3779d1149b1b'),
  },
  eventsWithValues: {
    text: '`threading.Event` carries no value and no exception. Where `send(value)` is used, a `Future` or a small class of your own takes its place.',
    href: commit('nova', '48ddc7c4d13028a0ebcbabfa75a19828129d0d0b'),
  },
  fork: {
    text: 'Threads do not survive a fork, and processes that are spawned instead need everything to be picklable.',
    href: commit('ironic', '9f450420593bd0fe53562b3215fbdb5fee5ecf7b'),
  },
  libraryBelow: {
    text: 'This was reverted where the library below still ran on eventlet: switch its backend first.',
    href: commit('neutron', '0b7c808185d80a641fb05956a8d2884c79c8be49'),
  },
  lostTracebacks: { text: '`submit()` prints nothing when the task fails: keep the future and ask for its result, or add a callback that logs.' },
  memory: {
    text: 'A native thread costs memory of its own, so pools become smaller; the size of its stack can be set.',
    href: commit('ironic', 'd13d488fdf6c1adaa07131705a7433a011c823a0'),
  },
  nestedSubmit: { text: 'A task that waits for another task of the same pool never ends when the pool is full.' },
  order: { text: 'Native threads start at once and run in any order: what counted on “spawned later, runs later” breaks.' },
  poolSizes: {
    text: 'Every pool needs a bound: a thousand green threads were cheap, a thousand native ones are not.',
    href: commit('neutron', '153db8a670dd237cf1c86ef6e7519ca2a5e2f5e8'),
  },
  races: {
    text: 'Check-then-act was safe between two yields and is a race now: put a lock around it.',
    href: commit('neutron', 'f29b2d3a7a0b6ea93eff73959d6e959d51833677'),
  },
  sharedClients: {
    text: 'Sessions and clients that were shared between green threads may not be safe to share between native ones.',
    href: commit('cinder', '4ba03acc2a18377bd92a7b3ed41f8f9c2070e826'),
  },
  sleepingLoops: { text: 'A loop that must stop at once waits better on `Event.wait(timeout)` than in `time.sleep`; and `sleep(0)` no longer lets the others run.' },
  staleDoubles: { text: 'A double of `eventlet.sleep` still succeeds when the code no longer calls it: then the test really sleeps.' },
  stoppedLoops: { text: 'A thread cannot be killed: a loop needs an event that stops it, and must be able to start again.' },
  timeoutsInThreads: {
    text: '`eventlet.Timeout` does nothing in a native thread: helpers built on it stop working without a word.',
    href: commit('neutron', 'ec9f2577c85e198e11a527319ee7a92958a4e5ac'),
  },
  leakingThreads: {
    text: 'A thread that a test starts lives on in the next test: stop and join it in a cleanup.',
    href: commit('nova', 'a9b8c4aee17c2ac468a137979599bc2024778925'),
  },
  luckyAssertions: { text: 'An assertion right behind a start was always too early with green threads and is a matter of luck with native ones: join first.' },
} as const satisfies Readonly<Record<string, Trap>>;

export type TrapId = keyof typeof traps;

function commit(project: string, hash: string): string {
  return `https://opendev.org/openstack/${project}/commit/${hash}`;
}
