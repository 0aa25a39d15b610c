/** Says in a setting where the test files go that belong to a change, as paths or as dotted modules. */
export const filesPlaceholder = '{files}';
export const modulesPlaceholder = '{modules}';

/**
 * The command line for these tests, given by their paths relative to the folder, with forward slashes. Where no tests are known, or too many
 * for a line that a person reads, or one has a name that a shell would understand otherwise, the placeholders become nothing: all tests run.
 */
export function testCommand(template: string, tests: readonly string[]): string {
  const named = tests.length <= most && tests.every((path) => /^[\w.][\w./-]*$/.test(path)) ? tests : [];
  return template.replaceAll(filesPlaceholder, named.join(' ')).replaceAll(modulesPlaceholder, named.map(moduleOf).join(' ')).trim();
}

/** Whether a command can be told which tests to run. */
export function choosesTests(template: string): boolean {
  return template.includes(filesPlaceholder) || template.includes(modulesPlaceholder);
}

const most = 30;

function moduleOf(path: string): string {
  return path.replace(/(\/__init__)?\.py$/, '').replaceAll('/', '.');
}

/** What tells how a project runs its tests: the texts of some files in its folder, by name; missing ones are left out. */
export type FolderFacts = Readonly<Record<string, string>>;

/** The files that `testCommands` wants to see. */
export const telling = ['tox.ini', 'pytest.ini', 'pyproject.toml', 'setup.cfg', 'conftest.py', '.stestr.conf', '.venv/pyvenv.cfg', 'venv/pyvenv.cfg', 'manage.py'] as const;

/** Commands that may run the tests of a project, the most likely first. */
export function testCommands(facts: FolderFacts, isWindows: boolean): readonly string[] {
  const python = pythonOf(facts, isWindows);
  const has = (name: (typeof telling)[number], pattern = /^/): boolean => pattern.test(facts[name] ?? '') && facts[name] !== undefined;
  const isPytest = has('pytest.ini') || has('conftest.py') || has('pyproject.toml', /^\[tool\.pytest/m) || has('setup.cfg', /^\[tool:pytest\]/m) || has('tox.ini', /^\[pytest\]/m);
  const isStestr = has('.stestr.conf');
  const usesPytest = isPytest || has('tox.ini', /\bpytest\b/);
  return [
    ...(isStestr ? [`${python} -m stestr run ${modulesPlaceholder}`] : []),
    ...(usesPytest ? [`${python} -m pytest ${filesPlaceholder}`] : []),
    ...(has('tox.ini') ? [`tox -e py3 -- ${usesPytest && !isStestr ? filesPlaceholder : modulesPlaceholder}`] : []),
    ...(has('manage.py') ? [`${python} manage.py test ${modulesPlaceholder}`] : []),
    `${python} -m unittest ${modulesPlaceholder}`,
    ...(usesPytest ? [] : [`${python} -m pytest ${filesPlaceholder}`]),
  ];
}

function pythonOf(facts: FolderFacts, isWindows: boolean): string {
  const environment = ['.venv', 'venv'].find((name) => facts[`${name}/pyvenv.cfg`] !== undefined);
  if (environment === undefined) return isWindows ? 'python' : 'python3';
  return isWindows ? `${environment}\\Scripts\\python` : `${environment}/bin/python`;
}
