import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The path of a command that an npm package has, fetched at most once and never shipped; a reason where it cannot be had. */
export function npmTool(command: string, packageName: string): string | { readonly reason: string } {
  const folder = resolve(process.env['EVENTLET_MIGRATION_CACHE'] ?? '.cache', 'bench', command);
  const path = join(folder, 'node_modules', '.bin', command);
  if (existsSync(path)) return path;
  mkdirSync(folder, { recursive: true });
  const { status, stderr } = spawnSync('npm', ['install', '--prefix', folder, '--no-save', packageName], { encoding: 'utf8' });
  return status === 0 && existsSync(path) ? path : { reason: stderr.trim().split('\n').at(-1) ?? 'npm did not say why' };
}
