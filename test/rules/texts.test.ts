import { describe, expect, it } from 'vitest';
import { isTextFile, textMatches, textRules } from '../../server/src/rules/texts/index';
import { checkTextExample } from '../kit/checkText';

describe.each(textRules.map((rule) => [rule.id, rule] as const))('%s', (_id, rule) => {
  it('has examples', () => expect(rule.examples.length).toBeGreaterThan(0));
  it.each(rule.examples.map((example) => [example.title, example] as const))('%s', (_title, example) => checkTextExample(rule, example));
});

/** What is found in one line of a file: the rule and what it names. */
function found(path: string, text: string): readonly string[] {
  return textMatches(text, path).map(({ rule, match }) => `${rule.id}: ${text.slice(match.start, match.end)}`);
}

describe('files', () => {
  it.each([
    ...['requirements.txt', 'test-requirements.txt', 'lower-constraints.txt', 'requirements/base.in', 'dev.in', 'tools/pip-requires', 'pyproject.toml', 'setup.cfg', 'Pipfile', 'Pipfile.lock', 'poetry.lock'],
    ...['environment.yml', 'bindep.txt', 'debian/control', 'tox.ini', '.coveragerc', '.github/workflows/ci.yml', '.zuul.yaml', 'Dockerfile', 'docker/Dockerfile.dev', 'compose.yaml', 'Procfile', 'web.service', 'run.sh', '.env', 'etc/nova.conf.sample', 'README.md'],
  ])('%s is looked at', (path) => expect(isTextFile(path)).toBe(true));

  it.each(['setup.py', 'a.py', 'data.json', 'notes.txt', 'MANIFEST.in', 'releasenotes/notes/eventlet-1.yaml', 'ChangeLog', 'CHANGES.rst', 'x.egg-info/requires.txt', 'image.png', 'main.js'])('%s is not', (path) =>
    expect(isTextFile(path)).toBe(false),
  );
});

describe('requirements', () => {
  it.each([
    ['eventlet', 'eventlet'],
    ['Eventlet===0.33.3;python_version>="3"', 'Eventlet'],
    ['-e git+https://example.org/eventlet.git#egg=eventlet', 'eventlet'],
    ['eventlet @ https://example.org/eventlet.zip', 'eventlet'],
    ['pytest-eventlet~=1.0', 'pytest-eventlet'],
  ])('%s', (line, name) => expect(found('requirements.txt', line)).toEqual([`requirement: ${name}`]));

  it.each(['eventlet-utils', 'eventlet.contrib', 'my-eventlet', 'kombu # not eventlet', '# eventlet', 'gunicorn[gevent]', 'https://example.org/eventlet/x.zip'])('%s brings none', (line) =>
    expect(found('requirements.txt', line)).toEqual([]),
  );

  it('are named in groups and tables of tools', () => {
    expect(found('pyproject.toml', '[dependency-groups]\ntest = ["pytest", "gunicorn[eventlet]"]\n')).toEqual(['requirement: eventlet']);
    expect(found('pyproject.toml', '[tool.poetry.group.dev.dependencies]\neventlet = {version = "^0.33", optional = true}\n')).toEqual(['requirement: eventlet']);
    expect(found('pyproject.toml', '[tool.hatch.envs.test]\ndependencies = [\n  "eventlet",\n]\n')).toEqual(['requirement: eventlet']);
    expect(found('pyproject.toml', '[project]\nname = "eventlet"\nkeywords = ["eventlet"]\n')).toEqual([]);
  });

  it('are told from pages about them', () => {
    expect(found('requirements.md', 'eventlet')).toEqual(['mention: eventlet']);
    expect(found('requirements.dev.txt', 'eventlet')).toEqual(['requirement: eventlet']);
  });

  it('of tox may have a factor in front', () => expect(found('tox.ini', '[testenv]\ndeps =\n  py312: eventlet>=0.35\n')).toEqual(['requirement: eventlet']));

  it('are installed by commands', () => {
    expect(found('run.sh', 'apt-get install -y python3-eventlet\n')).toEqual(['requirement: python3-eventlet']);
    expect(found('.github/workflows/ci.yml', '      - run: pip install "celery[eventlet]" pytest\n')).toEqual(['requirement: eventlet']);
    expect(found('run.sh', 'pip install pytest; echo eventlet\n')).toEqual([]);
  });
});

describe('workers', () => {
  it.each([
    ['Procfile', 'web: gunicorn -k eventlet x:y', ['worker-class: eventlet']],
    ['compose.yml', 'command: gunicorn\nenvironment:\n  GUNICORN_CMD_ARGS: "--worker-class=eventlet"\n', ['worker-class: eventlet']],
    ['supervisor.conf', 'command=celery worker --pool=eventlet -c 100', ['worker-class: eventlet']],
    ['supervisor.conf', 'command=other --pool=eventlet', []],
    ['values.yaml', 'workerClass: eventlet', ['worker-class: eventlet']],
    ['app.ini', 'worker_class = gunicorn.workers.geventlet.EventletWorker', ['worker-class: gunicorn.workers.geventlet.EventletWorker']],
    ['Dockerfile', 'CMD ["python", "-m", "eventlet.patcher", "x.py"]', ['worker-class: eventlet.patcher']],
  ])('%s: %s', (path, text, expected) => expect(found(path, text)).toEqual(expected));
});
