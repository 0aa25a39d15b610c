import { describe, expect, it } from 'vitest';
import { importLevels } from '../../server/src/workspace/importLevels';

/** The groups, by what each module imports. */
function groups(imports: Readonly<Record<string, readonly string[]>>): readonly (readonly string[])[] {
  const files = Object.entries(imports).map(([module, names]) => ({ module, imports: names }));
  return importLevels(files).map((group) => group.map(({ module }) => module).sort());
}

describe('files in groups', () => {
  it('come after what they import', () => {
    expect(groups({ 'a.test': ['a.worker.Worker', 'a.naps'], 'a.worker': ['a.naps.nap'], 'a.naps': ['eventlet'], 'a.other': [] })).toEqual([['a.naps', 'a.other'], ['a.worker'], ['a.test']]);
  });

  it('come each once where they import each other', () => {
    expect(groups({ a: ['b'], b: ['c', 'd'], c: ['a'], d: ['d'] }).flat().sort()).toEqual(['a', 'b', 'c', 'd']);
  });

  it('may import each other in a chain of any length', () => {
    const chain = Object.fromEntries(Array.from({ length: 50_000 }, (_, index) => [`m${index}`, [`m${index + 1}`]]));
    expect(groups(chain)).toHaveLength(50_000);
  });
});
