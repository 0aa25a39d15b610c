/** Whether a file belongs to tests, by its path with forward slashes: the folders and names that pytest, unittest and OpenStack use. */
export function isTest(path: string): boolean {
  return /(^|\/)(tests?|functional|unit)\/|(^|\/)(test_[^/]*|[^/]*_test|conftest)\.py$/.test(path);
}
