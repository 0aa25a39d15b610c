import { isTest } from '../testFiles';
import type { LoadFile, LoadGraph } from './graph';

/**
 * URIs of the test modules that belong to some files, sorted: those that import one of them by name, those that are called after one (`test_x.py`,
 * `x_test.py`) in a folder that mirrors its own, and those among the files themselves. Empty where none is known.
 */
export function testsFor(uris: readonly string[], graph: LoadGraph): readonly string[] {
  const changed = new Set(uris.flatMap((uri) => graph.file(uri) ?? []));
  const belongs = (test: LoadFile): boolean => changed.has(test) || imports(test, changed, graph) || [...changed].some((file) => isCalledAfter(test, file));
  return graph.files.filter((file) => isTestModule(file) && belongs(file)).map(({ uri }) => uri).sort();
}

function isTestModule({ path }: LoadFile): boolean {
  return isTest(path) && /(^|\/)(test[^/]*|[^/]*_test)\.py$/.test(path);
}

// The packages around what is imported are loaded, too, and come before it.
function imports(test: LoadFile, changed: ReadonlySet<LoadFile>, graph: LoadGraph): boolean {
  return graph.steps(test).some((step) => {
    const imported = step.kind === 'load' ? step.files.at(-1) : undefined;
    return imported !== undefined && changed.has(imported);
  });
}

// nova/tests/unit/virt/test_driver.py and nova/virt/driver.py; tests/test_light.py and lamp/light.py.
function isCalledAfter(test: LoadFile, file: LoadFile): boolean {
  const folders = test.path.split('/').filter((part) => !/^(tests?|unit|functional)$/.test(part));
  const name = folders.pop()?.replace(/^test_|_test(?=\.py$)/, '');
  return `/${file.path}`.endsWith(`/${[...folders, name].join('/')}`);
}
