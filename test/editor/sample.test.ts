import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';

describe('the sample project', () => {
  test('shows each of the nine patterns', () => {
    const { stdout } = spawnSync(process.execPath, ['dist/cli.js', 'check', '--format', 'json', 'media/sample'], { encoding: 'utf8' });
    // The shape is the one that the command line promises.
    const { findings } = JSON.parse(stdout) as { readonly findings: readonly { readonly pattern: number }[] };
    expect([...new Set(findings.map(({ pattern }) => pattern))].sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });
});
