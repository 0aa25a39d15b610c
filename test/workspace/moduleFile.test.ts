import { expect, it } from 'vitest';
import { moduleFile } from '../../server/src/workspace/moduleFile';

const files = ['src/pkg/__init__.py', 'src/pkg/mod.py', 'tool.py'].map((path) => ({ path, uri: `file:///w/${path}` }));

it.each([
  ['pkg.mod', 'src/pkg/mod.py'],
  ['pkg', 'src/pkg/__init__.py'],
  ['pkg.concurrency', 'src/pkg/concurrency.py'],
  ['pkg.util.threads', 'src/pkg/util/threads.py'],
  ['tool.threads', 'tool/threads.py'],
  ['other.threads', 'other/threads.py'],
])('the module %s is in %s', (module, path) => {
  expect(moduleFile(module, 'file:///w', files)).toBe(`file:///w/${path}`);
});
