import { noCode } from '../kit/aspects';
import { links } from '../kit/links';
import { isConfig } from './kit/files';
import { forBoth, forNeither } from './kit/proposing';
import { withoutItem, withoutLine } from './kit/removal';
import { settingLines } from './kit/settings';
import type { TextFile, TextMatch, TextProposal, TextRule } from './textRule';

export const toolSetting: TextRule = {
  id: 'tool-setting',
  pattern: 8,
  kind: 'config',
  files: isConfig,
  message: () => 'A tool is told how to treat eventlet here; the setting goes with eventlet.',
  guide: {
    title: 'Settings of tools',
    does: 'Exceptions for eventlet in the settings of pytest, mypy, isort, Ruff, Pylint and flake8: warnings that are ignored, modules without types, packages known to be somebody else’s.',
    replacement: {
      threading: 'Nothing: they are deleted with eventlet. What they silence for eventlet, they may hide elsewhere.',
      asyncio: 'Nothing: they are deleted with eventlet.',
    },
    differences: [],
    same: noCode,
    links: [...links.afterMigration.guidance],
  },
  find: (file) => [...sections(file), ...values(file), ...lateImports(file), ...commandLines(file), ...jobs(file)],
  examples: [
    {
      title: 'a filter of warnings goes with its line',
      path: 'pytest.ini',
      before: `
[pytest]
filterwarnings =
    error
    ignore::DeprecationWarning:eventlet
                               #^^^^^^^ review
`,
      after: `
[pytest]
filterwarnings =
    error
`,
    },
    {
      title: 'an item goes out of its list',
      path: 'pyproject.toml',
      before: `
[tool.isort]
known_third_party = ["eventlet", "oslo_config"]
                      #^^^^^^^ review

[[tool.mypy.overrides]]
module = "eventlet.*"
          #^^^^^^^ none
ignore_missing_imports = true
`,
      after: `
[tool.isort]
known_third_party = ["oslo_config"]

[[tool.mypy.overrides]]
module = "eventlet.*"
ignore_missing_imports = true
`,
    },
    {
      title: 'a section about eventlet',
      path: 'mypy.ini',
      before: `
[mypy]
strict = True

[mypy-eventlet.*]
      #^^^^^^^ review
ignore_missing_imports = True

[mypy-six.*]
ignore_missing_imports = True
`,
      after: `
[mypy]
strict = True

[mypy-six.*]
ignore_missing_imports = True
`,
    },
    {
      title: 'imports that may stand behind the call of monkey_patch',
      path: 'setup.cfg',
      before: `
[flake8]
per-file-ignores =
    service/__init__.py: F401
    service/monkey_patch.py: E402
    #^^^^^^^^^^^^^^^^^^^^^^ review
`,
      after: `
[flake8]
per-file-ignores =
    service/__init__.py: F401
`,
    },
    {
      title: 'a filter on a command line',
      path: 'tox.ini',
      before: `
[testenv]
commands = python -W "ignore::DeprecationWarning:eventlet" -m pytest
                                                 #^^^^^^^ none
`,
    },
    {
      title: 'environments that test with eventlet',
      path: 'tox.ini',
      before: `
[testenv:py312-eventlet]
               #^^^^^^^ none
commands = stestr run
`,
    },
    {
      title: 'and jobs that do, but not the one that runs this tool',
      path: '.github/workflows/test.yml',
      before: `
jobs:
  test-eventlet:
       #^^^^^^^ none
    runs-on: ubuntu-latest
  eventlet-migration:
    runs-on: ubuntu-latest
`,
    },
    {
      title: 'other settings are left alone',
      path: 'setup.cfg',
      before: `
[metadata]
description = Runs on eventlet
`,
    },
  ],
};

const keys = /^(filterwarnings|known[-_](third[-_]party|first[-_]party)|ignored[-_]modules|ignored[-_]classes|extension[-_]pkg[-_](allow|white)[-_]?list|generated[-_]members|application[-_]import[-_]names|module)$/;

function values(file: TextFile): readonly TextMatch[] {
  return settingLines(file).flatMap((line) => {
    const { key, value, start } = line;
    if (!keys.test(key)) return [];
    const [word] = [...value.matchAll(/(?<![\w-])(?:eventlet|EventletDeprecationWarning)(?![\w-])/g)];
    if (!word) return [];
    const at = start + word.index;
    return [{ start: at, end: at + word[0].length, api: 'eventlet', proposals: proposals(file, line, word.index) }];
  });
}

function proposals(file: TextFile, { key, hasKey, value, start }: ReturnType<typeof settingLines>[number], at: number): readonly TextProposal[] {
  const why = 'as long as eventlet is used, the tool complains without it; remove it in the same step as eventlet';
  const fix = { title: 'Remove it from the setting', claim: 'review', why } as const;
  if (key === 'filterwarnings' && !hasKey) return forBoth({ ...fix, edits: [withoutLine(file, start)] });
  const item = [...value.matchAll(/(["']).*?\1|[^\s,"'[\]]+/g)].find(({ 0: each, index }) => index <= at && at < index + each.length);
  const isListed = value.startsWith('[') || !hasKey || value.includes(',');
  if (!item || !isListed || item[0] === value) return forNeither('the setting is about nothing else; take it out by hand, with its section where that is left empty');
  return forBoth({ ...fix, edits: [withoutItem(file, start + item.index, start + item.index + item[0].length)] });
}

/** mypy's sections, and tox's environments. */
function sections(file: TextFile): readonly TextMatch[] {
  const { code } = file;
  return [...code.matchAll(/^\[(mypy-|testenv:(?:[\w.-]*-)?)eventlet(?=[\].-])/gm)].map(({ 1: front = '', index }) => {
    const start = index + 1 + front.length;
    return { start, end: start + 'eventlet'.length, api: 'eventlet', proposals: front === 'mypy-' ? forBoth(withoutSection(file, index)) : forNeither(jobReason) };
  });
}

/** The section that begins at an offset goes, up to the next one. */
function withoutSection({ text, code }: TextFile, start: number): Parameters<typeof forBoth>[0] {
  const next = /^\[/gm;
  next.lastIndex = start + 1;
  const end = next.exec(code)?.index ?? text.length;
  const why = 'as long as eventlet is imported, mypy complains without it; remove it in the same step as eventlet';
  return { title: 'Remove the section', claim: 'review', why, edits: [{ start, end, newText: '' }] };
}

/** `E402` for the file that patches: its imports stand behind the call for eventlet's sake. */
function lateImports(file: TextFile): readonly TextMatch[] {
  return settingLines(file).flatMap((line): readonly TextMatch[] => {
    const isToml = /^["']/.test(file.code.slice(file.code.lastIndexOf('\n', line.start) + 1).trimStart());
    const ignores = line.key === 'per-file-ignores' || line.section.endsWith('per-file-ignores');
    const path = isToml ? line.key : (/^[^:]+(?=:)/.exec(line.value)?.[0] ?? '');
    if (!ignores || !/monkey_?patch|eventlet/i.test(path) || !/\bE402\b/.test(line.value)) return [];
    const start = isToml ? file.code.lastIndexOf(path, line.start) : line.start;
    const isWhole = /^[^,]*\bE402\b["'\]\s]*$/.test(line.value) && (isToml || !line.hasKey);
    const why = 'the imports stand behind the call of `monkey_patch`; remove it in the same step as the call';
    const fix = { title: 'Remove it from the setting', claim: 'review', why, edits: [withoutLine(file, start)] } as const;
    return [{ start, end: start + path.length, api: 'eventlet', proposals: isWhole ? forBoth(fix) : forNeither('`E402` is one of several; take it out by hand when nothing patches the process') }];
  });
}

/** Filters of warnings that are given to Python or pytest. */
function commandLines({ code }: TextFile): readonly TextMatch[] {
  return [...code.matchAll(/(?<![\w-])-W[ \t=]*["']?[\w:.]*:(eventlet)(?![\w-])/g)].map(({ 0: option, index }) => {
    const end = index + option.length;
    return { start: end - 'eventlet'.length, end, api: 'eventlet', proposals: forNeither('it is one word of a command; take it out by hand, in the same step as eventlet') };
  });
}

const jobReason = 'it tests that the project runs on eventlet; it goes when that is no longer promised';

/** Jobs of Zuul, GitHub and GitLab that are named after eventlet. */
function jobs({ code, path }: TextFile): readonly TextMatch[] {
  if (!/(^|\/)(\.?zuul(\.d\/|\.ya?ml$)|\.github\/workflows\/|\.gitlab-ci)/.test(path)) return [];
  return [...code.matchAll(/^[ \t]*(?:-[ \t]+)?(?:(?:name|parent|job):[ \t]+)?["']?(?:[\w.-]+-)?eventlet(?!-migration)(?:-[\w.-]+)?["']?:?[ \t]*$/gm)].map(({ 0: line, index }) => {
    const start = index + line.indexOf('eventlet');
    return { start, end: start + 'eventlet'.length, api: 'eventlet', proposals: forNeither(jobReason) };
  });
}
