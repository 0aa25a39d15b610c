import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { leaveOut, noPython } from './packages';

test('the oracle answers its own questions right', ({ skip }) => {
  const reason = noPython();
  if (reason) leaveOut(reason, skip);
  const run = spawnSync('python3', [join(import.meta.dirname, 'oracle_selftest.py')], { encoding: 'utf8' });
  expect(run.stderr).toBe('');
  expect(run.stdout).toMatch(/^\d+ checks of the oracle passed\n$/);
}, 60_000);
