import type { Link } from './links';

/** A change that was merged in a public repository and shows how others did what a rule is about. */
interface Merged {
  readonly repository: string;
  readonly sha: string;
  /** What it shows, as the end of a sentence. */
  readonly shows: string;
}

/** The changes to look at for a rule; none where nobody published one that is to the point. */
export function mergedFor(rule: string): readonly Link[] {
  return (merged[rule] ?? []).map(({ repository, sha, shows }) => ({ title: `${repository} ${sha.slice(0, 8)}: ${shows}`, href: `https://github.com/${repository}/commit/${sha}` }));
}

const oneModule: Merged = { repository: 'openstack/swift', sha: '02c1417918a208749aca472df1cc4168f2d11ffa', shows: 'first one module that is the only one to import it' };
const raceTests: Merged = { repository: 'openstack/mistral', sha: '6df18aa23002a4363a32a2fff6120b6565ddf5ee', shows: 'tests with threads, semaphores and identities in the place of green ones' };

const merged: Readonly<Record<string, readonly Merged[]>> = {
  'current-thread': [raceTests],
  'debug': [oneModule],
  'event': [
    { repository: 'openstack/nova', sha: '48ddc7c4d13028a0ebcbabfa75a19828129d0d0b', shows: 'plain events become `threading.Event`, those with values a class of their own' },
    { repository: 'openstack/mistral', sha: '1037f94e0164c1d65b17c48d97e0ba0e89b59de3', shows: 'the events of a service' },
  ],
  'futurist': [{ repository: 'openstack/nova', sha: 'd90e7726c0b72966a0d3df9e922e0df5df04b114', shows: 'the default pool behind one function' }],
  'green-import': [{ repository: 'openstack/neutron', sha: '02334094d56f3570331b3e66b22c2f8ab769202a', shows: 'green `subprocess` becomes `subprocess`' }],
  'green-pile': [oneModule],
  'green-pool': [{ repository: 'openstack/nova', sha: 'd90e7726c0b72966a0d3df9e922e0df5df04b114', shows: 'the default pool behind one function' }, oneModule],
  'green-thread': [{ repository: 'openstack/nova', sha: '6f4c7c32602e2be5d6a681f94e60d2d18a80afcb', shows: '`wait()` becomes `result()`' }],
  'green-local': [raceTests],
  'hub': [oneModule],
  'import': [oneModule],
  'mock-target': [{ repository: 'openstack/cinder', sha: 'f830ca5170eb57b068f5d3d835294c3d3f2e3505', shows: 'sleeps and their test doubles in one change' }, raceTests],
  'monkey-patch': [
    { repository: 'openstack/swift', sha: 'f13c604d6206adbdf7a840425b594970fde8ad96', shows: 'a switch that leaves the process unpatched' },
    { repository: 'openstack/nova', sha: '770580bb9cc7739f9a486e7a5fd03644c25941fa', shows: 'an import of eventlet fails in the native mode' },
  ],
  'oslo-service': [{ repository: 'openstack/neutron', sha: 'cdac238f9a2d350ecac39a74f8a089d4072e83b4', shows: 'the choice of the backend in one place' }],
  'queue': [{ repository: 'openstack/neutron', sha: 'af4b1da59a4798ca950ce3be69a8f9b95bb35243', shows: 'event, queue and sleep of one object together' }],
  'semaphore': [raceTests],
  'sleep': [
    { repository: 'openstack/mistral', sha: '010059039b5a9df29af0e35f73d3d9aea36464f6', shows: 'every `eventlet.sleep` in one change' },
    { repository: 'openstack/nova', sha: '3946a94538840df90836ab18c42c6f56490efe7a', shows: '`sleep(0)` becomes a function that yields while it has to' },
  ],
  'spawn': [{ repository: 'openstack/mistral', sha: 'fe0f449dfd30966aeb9a94f371bc7122c125cddb', shows: 'spawn and wait become start and join' }],
  'spawn-after': [{ repository: 'openstack/mistral', sha: '113f81dffe1d7f94fc5085ffb926930a0fd274b2', shows: '`spawn_after` becomes a `threading.Timer` with a stop' }],
  'timeout': [{ repository: 'openstack/nova', sha: '48ddc7c4d13028a0ebcbabfa75a19828129d0d0b', shows: 'a time limit with an exception of the project’s own' }],
  'tpool': [{ repository: 'openstack/cinder', sha: 'c07c49c586d1667d3e11a7142689894fd9196c74', shows: '`tpool.Proxy` behind a function that does nothing natively' }],
};
