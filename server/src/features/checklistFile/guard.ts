import { count } from '../report/words';

/** A mention of eventlet outside code: a requirement, a line of configuration, a page. */
export interface Mention {
  /** `tox.ini:12`, as the user would spell it. */
  readonly place: string;
  readonly message: string;
}

/**
 * What is said when the last use is gone from the code: what else still names eventlet, and the settings with which the
 * linters that projects already run keep it out (ruff TID251, flake8-tidy-imports I251, OpenStack hacking H905).
 */
export function guardAdvice(mentions: readonly Mention[]): readonly string[] {
  return [
    'The last use of eventlet is gone from the code; from now on each new one fails this command.',
    ...(mentions.length > 0 ? ['', `${count(mentions.length, 'mention is', 'mentions are')} left outside the code:`, ...mentions.map(({ place, message }) => `  ${place}: ${message}`)] : []),
    '',
    'To keep it out with a linter as well, one of these is enough:',
    ...settings.flatMap(({ where, lines }) => ['', `  # ${where}`, ...lines.map((line) => `  ${line}`)]),
  ];
}

const settings: readonly { readonly where: string; readonly lines: readonly string[] }[] = [
  {
    where: 'pyproject.toml, ruff',
    lines: ['[tool.ruff.lint]', 'extend-select = ["TID251"]', '', '[tool.ruff.lint.flake8-tidy-imports.banned-api]', '"eventlet".msg = "eventlet is retired: use threading or asyncio"'],
  },
  { where: 'tox.ini or setup.cfg, flake8 with flake8-tidy-imports', lines: ['[flake8]', 'banned-modules = eventlet = eventlet is retired: use threading or asyncio'] },
  { where: 'tox.ini or setup.cfg, flake8 with OpenStack’s hacking', lines: ['[flake8]', 'enable-extensions = H905'] },
];
