import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The path of ast-grep's command, fetched from npm at most once; a reason where it cannot be had. */
export function astGrep(): string | { readonly reason: string } {
  const folder = resolve(process.env['EVENTLET_MIGRATION_CACHE'] ?? '.cache', 'bench');
  const command = join(folder, 'node_modules', '.bin', 'ast-grep');
  if (existsSync(command)) return command;
  mkdirSync(folder, { recursive: true });
  const { status, stderr } = spawnSync('npm', ['install', '--prefix', folder, '--no-save', '@ast-grep/cli'], { encoding: 'utf8' });
  return status === 0 && existsSync(command) ? command : { reason: stderr.trim().split('\n').at(-1) ?? 'npm did not say why' };
}

/** Its scan for what a person would look for: the imports of every form, the modules' attributes, the plain names, the targets of mocks. */
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
