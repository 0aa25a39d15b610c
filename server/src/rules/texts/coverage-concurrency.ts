import { noCode } from '../kit/aspects';
import { links } from '../kit/links';
import { isConfig } from './kit/files';
import { forBoth } from './kit/proposing';
import { withoutItem } from './kit/removal';
import { settingLines } from './kit/settings';
import type { TextFile, TextMatch, TextRule } from './textRule';

export const coverageConcurrency: TextRule = {
  id: 'coverage-concurrency',
  pattern: 8,
  kind: 'config',
  files: isConfig,
  message: () => 'Coverage follows green threads here; native ones are what it follows by itself (`thread`).',
  guide: {
    title: 'Coverage of green threads',
    does: '`concurrency = eventlet` makes coverage.py ask greenlet which green thread runs, so that the lines of each are counted.',
    replacement: {
      threading: '`concurrency = thread`, which is also the default.',
      asyncio: '`concurrency = thread`: a task runs in the thread of its loop.',
    },
    differences: [{ aspect: 'while tests still run green threads', eventlet: 'their lines are counted', threading: 'lines are missed, or coverage refuses to start' }],
    same: noCode,
    links: [...links.debugging.guidance, { title: 'coverage.py: concurrency', href: 'https://coverage.readthedocs.io/en/latest/config.html#run-concurrency' }],
  },
  find: (file) => [...inSettings(file), ...inCommands(file)],
  examples: [
    {
      title: 'the native kind takes its place',
      path: '.coveragerc',
      before: `
[run]
branch = True
concurrency = eventlet
              #^^^^^^^ review
`,
      after: `
[run]
branch = True
concurrency = thread
`,
    },
    {
      title: 'where both are named, one goes',
      path: 'pyproject.toml',
      before: `
[tool.coverage.run]
concurrency = ["thread", "eventlet"]
                          #^^^^^^^ review
`,
      after: `
[tool.coverage.run]
concurrency = ["thread"]
`,
    },
    {
      title: 'on the command line, too',
      path: 'tox.ini',
      before: `
[testenv:cover]
commands =
    coverage run --concurrency=eventlet -m pytest
                               #^^^^^^^ review
`,
      after: `
[testenv:cover]
commands =
    coverage run --concurrency=thread -m pytest
`,
    },
    {
      title: 'what others call concurrency is left alone',
      path: 'service.ini',
      before: `
[worker]
concurrency = eventlet
`,
    },
  ],
};

function inSettings(file: TextFile): readonly TextMatch[] {
  return settingLines(file).flatMap(({ section, key, value, start }) => {
    if (key !== 'concurrency' || !/^(run|(tool[.:])?coverage[:.]run)$/.test(section)) return [];
    return [...value.matchAll(/(?<![\w-])(["']?)eventlet\1(?![\w-])/g)].map(({ 0: item, 1: quote = '', index }) => {
      const others = settingLines(file).filter((line) => line.section === section && line.key === key);
      const hasThread = others.some((line) => /(?<![\w-])thread(?![\w-])/.test(line.value));
      const at = start + index;
      const name = { start: at + quote.length, end: at + item.length - quote.length };
      return match(name, hasThread ? withoutItem(file, at, at + item.length) : { ...name, newText: 'thread' });
    });
  });
}

function inCommands({ code }: TextFile): readonly TextMatch[] {
  return [...code.matchAll(/(?<=\bcoverage\b[^\r\n]*\s--concurrency[= ])eventlet(?![\w-])/g)].map(({ 0: word, index }) => {
    const name = { start: index, end: index + word.length };
    return match(name, { ...name, newText: 'thread' });
  });
}

function match(name: { readonly start: number; readonly end: number }, edit: { readonly start: number; readonly end: number; readonly newText: string }): TextMatch {
  return {
    ...name,
    api: 'eventlet',
    proposals: forBoth({
      title: edit.newText === '' ? 'Remove `eventlet`, `thread` is there already' : 'Use `thread`',
      claim: 'review',
      why: 'as long as the tests run green threads, coverage misses lines without it; change it when they run native ones',
      edits: [edit],
    }),
  };
}
