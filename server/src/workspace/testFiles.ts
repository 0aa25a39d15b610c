/** Whether a file belongs to tests, by its path with forward slashes: the folders and names that pytest, unittest and OpenStack use. */
export function isTest(path: string): boolean {
  return /(^|\/)(tests?|functional|unit)\/|(^|\/)(test_[^/]*|[^/]*_test|conftest)\.py$/.test(path);
}

/** Whether a file is a module that test runners look for, and no helper of tests that they share. */
export function isTestModule(path: string): boolean {
  return isTest(path) && /(^|\/)(test[^/]*|[^/]*_test)\.py$/.test(path);
}

/** Whether a file packages or documents the project: it may load its modules, but nothing that the project does runs in it. */
export function isBesideTheProduct(path: string): boolean {
  return /(^|\/)setup\.py$|(^|\/)(docs?|releasenotes)\//.test(path);
}
