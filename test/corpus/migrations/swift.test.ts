import { expect, test } from 'vitest';
import { debianSource, leaveOut, noPython } from '../packages';
import { environment } from './environment';
import { project } from './project';
import { throughOneModule } from './throughOneModule';
import { counts, lost } from './unitTests';

/** Swift's way on the release that Debian has: on other trees, `npm run walk -- swift TREE`. */
test('Swift goes through one module, and its account server runs on a Python without eventlet', async ({ skip }) => {
  const { way, ...needs } = project('swift');
  const tree = noPython() ?? debianSource('swift');
  if (typeof tree === 'string') return leaveOut(tree, skip);
  if ('reason' in tree) return leaveOut(tree.reason, skip);
  const needed = environment(needs);
  if (!way) throw new Error('Swift has a way');
  if ('reason' in needed) return leaveOut(needed.reason, skip);

  const result = await throughOneModule(tree.folder, way, needed);
  process.stderr.write(`Swift: ${JSON.stringify([result.asItCame, result.routed, result.dual, result.native].map(counts))}\n`);
  expect(result.before.files).toBeGreaterThan(50);
  // What only Python 2 has stays where only Python 2 comes.
  expect(result.after.statements).toBe(result.said.match(/left as it is: `eventlet\.green\.urllib2`/g)?.length ?? 0);
  expect(result.renamed).toEqual([]);
  expect(result.importProblem).toBe('');
  expect(counts(result.asItCame).passed).toBeGreaterThan(300);
  expect(counts(result.routed)).toEqual(counts(result.asItCame));
  expect(counts(result.dual)).toEqual(counts(result.asItCame));
  expect(counts(result.native).passed / counts(result.asItCame).passed).toBeGreaterThanOrEqual(0.95);
  for (const { tests, standIns } of result.down) {
    expect(lost(result.native, tests)).toEqual([]);
    expect(counts(standIns).failed).toBe(0);
  }
  for (const standIns of result.standIns.map(counts)) expect(standIns).toMatchObject({ failed: 0, passed: expect.toSatisfy((passed: number) => passed > 20) });
}, 1_800_000);
