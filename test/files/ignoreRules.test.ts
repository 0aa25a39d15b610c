import { describe, expect, it } from 'vitest';
import { IgnoreRules } from '../../server/src/doors/ignoreRules';

/** Of the patterns of git's manual and of projects, each with paths that it ignores. */
const ignored: readonly (readonly [pattern: string, ...paths: string[]])[] = [
  ['build', 'build', 'build/', 'x/build/'],
  ['build/', 'build/', 'x/build/'],
  ['/build', 'build', 'build/'],
  ['*.egg*', 'a.egg', 'x/a.egg-info/', '.eggs/'],
  ['*.py[co]', 'a.pyc', 'x/a.pyo'],
  ['[Dd]ist/', 'dist/', 'x/Dist/'],
  ['[!a]b', 'cb', 'x/cb/'],
  ['[]x]b', ']b', 'xb'],
  ['?.py', 'a.py', 'x/b.py'],
  ['*a*b*c*d*', 'abcd', 'x/xaxbxcxdx'],
  ['doc/build/*', 'doc/build/a.py', 'doc/build/x/'],
  ['cover/**', 'cover/a.py', 'cover/x/'],
  ['a/**/b', 'a/b', 'a/x/b/', 'a/x/y/b'],
  ['**/lib/*', 'lib/a.py', 'x/lib/a.py'],
  ['a/**/b/*', 'a/b/c.py', 'a/x/y/b/c.py'],
  ['*', 'a.py', 'x/'],
  ['/**', 'a.py', 'x/a.py'],
  ['/*/x', 'a/x', 'b/x/'],
  ['\\!a.py', '!a.py', 'x/!a.py'],
  ['a\\ b', 'a b'],
  ['a.py ', 'a.py'],
  ['a+(b)|c.py', 'a+(b)|c.py'],
];

describe('what an ignore file may leave out', () => {
  it.each(ignored)('by its name alone: %s', (pattern, ...paths) => {
    const rules = IgnoreRules.of(['# others', '*.log', pattern, '!kept.log']);
    for (const path of paths) expect([path, rules.ignores(path), suspects(rules, path)]).toEqual([path, true, true]);
  });

  it('is told for the folder of the file, too', () => {
    const rules = IgnoreRules.of([]).and('x/', 'b.py\n/c/*\n');
    expect(['x/b.py', 'x/y/b.py', 'x/c/d.py'].map((path) => suspects(rules, path))).toEqual([true, true, true]);
  });

  it('is little: other names are not asked about', () => {
    const rules = IgnoreRules.of(['build', '*.egg*', '*.py[co]', 'doc/build/*', '**/gen/**', '[Dd]ebug/', 'a*.py', '!b.py']);
    expect(['x.py', 'x/builds', 'build.py', 'doc/source/a.rst', 'x/b.py', 'x/a.txt'].filter((path) => suspects(rules, path))).toEqual([]);
  });
});

function suspects(rules: IgnoreRules, path: string): boolean {
  const [, folder = '', name = ''] = /^(.*\/)?([^/]+)\/?$/.exec(path) ?? [];
  return rules.suspectsIn(folder)(name);
}
