import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A scan by ast-grep for what a person would look for: the imports of every form, the modules' attributes, the plain names, the targets of mocks. */
export function astGrepScan(command: string, scratch: string, folders: readonly string[]): { readonly command: readonly string[]; readonly count: number } {
  const rules = join(scratch, 'ast-grep');
  mkdirSync(join(rules, 'rules'), { recursive: true });
  writeFileSync(join(rules, 'sgconfig.yml'), 'ruleDirs: [rules]\n');
  writeFileSync(join(rules, 'rules', 'eventlet.yml'), patterns.map((pattern, index) => `id: p${index}\nlanguage: python\nmessage: eventlet\nrule:\n  pattern: ${JSON.stringify(pattern)}\n`).join('---\n'));
  return { command: [command, 'scan', '--config', join(rules, 'sgconfig.yml'), '--json=stream', ...folders], count: patterns.length };
}

const modules = ['greenthread', 'greenpool', 'event', 'queue', 'semaphore', 'timeout', 'tpool', 'patcher', 'hubs', 'greenio', 'wsgi', 'websocket', 'corolocal', 'pools', 'debug', 'backdoor'];
const names = ['sleep', 'spawn', 'spawn_n', 'spawn_after', 'monkey_patch', 'Timeout', 'GreenPool', 'GreenPile', 'Event', 'Queue', 'LightQueue', 'Semaphore', 'BoundedSemaphore', 'listen', 'getcurrent'];

const patterns: readonly string[] = [
  'import eventlet',
  'import eventlet as $NAME',
  'import eventlet.$MODULE',
  'from eventlet import $$$NAMES',
  'from eventlet.$MODULE import $$$NAMES',
  'from eventlet.green import $$$NAMES',
  'eventlet.$NAME',
  'eventlet.$MODULE.$NAME',
  ...modules.map((module) => `${module}.$NAME`),
  ...names.map((name) => `${name}($$$ARGUMENTS)`),
  "mock.patch('$TARGET')",
];
