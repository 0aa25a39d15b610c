import type { PatchGroup } from '../../rules/rule';
import type { Target } from '../../protocol';

export type PresetName = 'nova' | 'neutron' | 'cinder' | 'swift' | 'generic';

export interface Preset {
  /** What it sets and why, for people. */
  readonly about: string;
  readonly target: Target;
  readonly forbid?: readonly Target[];
  readonly helpers?: Readonly<Record<string, string>>;
  readonly 'helper-module'?: string;
  readonly patched?: readonly PatchGroup[];
}

/**
 * What well-known projects decided, as their repositories had it in August 2026. Helpers are listed only where they take the same arguments as
 * what they replace.
 */
export const presets: Readonly<Record<PresetName, Preset>> = {
  nova: {
    about: 'Native threads only: Nova’s threading guide rules asyncio out. `spawn` and yielding go through functions of its own, so that both modes can be tested.',
    target: 'threading',
    forbid: ['asyncio'],
    helpers: { spawn: 'nova.thread_pool_factory.spawn', 'sleep(0)': 'nova.utils.cooperative_yield', 'tpool.Proxy': 'nova.utils.tpool_wrap' },
  },
  neutron: {
    about: 'Native threads only: Neutron’s plan rules asyncio out. A thread whose result nobody wants is started by its own `spawn_n`, which the profiler follows.',
    target: 'threading',
    forbid: ['asyncio'],
    helpers: { spawn_n: 'neutron.common.utils.spawn_n' },
  },
  cinder: {
    about: 'Native threads. Yielding, and objects whose calls block, go through functions that do something only as long as eventlet is there.',
    target: 'threading',
    helpers: { 'sleep(0)': 'cinder.utils.cooperative_yield', 'tpool.Proxy': 'cinder.utils.tpool_wrap' },
  },
  swift: {
    about: 'Native threads, in both modes for a while: one module is the only one that knows eventlet. `os`, `subprocess` and `time` are not monkey-patched, so a native sleep stops all green threads.',
    target: 'threading',
    'helper-module': 'swift.common.concurrency',
    patched: ['select', 'socket', 'thread'],
  },
  generic: { about: 'Native threads, and nothing else: any project.', target: 'threading' },
};
