import { count } from '../report/words';
import type { LinterSetting } from './linters';
import { retired } from './linters';

/** A mention of eventlet outside code: a requirement, a line of configuration, a page. */
export interface Mention {
  readonly kind: 'dependency' | 'config' | 'docs';
  /** `tox.ini:12`, as the user would spell it. */
  readonly place: string;
  readonly message: string;
}

/**
 * What is said when the last use is gone from the code: what else still names eventlet, and what keeps it out. Lines for a terminal.
 */
export function guardAdvice(mentions: readonly Mention[], linters: readonly LinterSetting[]): readonly string[] {
  return [
    'The last use of eventlet is gone from the code; from now on each new one fails this command.',
    ...kinds.flatMap(({ kind, one, many }) => {
      const these = mentions.filter((mention) => mention.kind === kind);
      return these.length > 0 ? ['', `${count(these.length, one, many)}:`, ...these.map(({ place, message }) => `  ${place}: ${message}`)] : [];
    }),
    '',
    ...(linters.length > 0 ? linters.flatMap(stateOf) : ['No linter was found that could keep it out as well. ruff can, with this in pyproject.toml:', '', ...ruffExample.map((line) => `  ${line}`)]),
  ];
}

/** What each linter does or needs, for an editor that has the edits at hand; where there is none, what to do. */
export function guardNotes(linters: readonly LinterSetting[]): readonly string[] {
  if (linters.length === 0) return ['No linter was found here that can forbid an import: neither ruff nor flake8 with hacking or flake8-tidy-imports. `eventlet-migration baseline` does it in CI.'];
  return linters.flatMap(({ linter, file, edits, note }) => [...(edits?.length === 0 ? [`${names[linter]} keeps eventlet out already, by ${file}.`] : []), ...(note === undefined ? [] : [`${note}.`])]);
}

const kinds = [
  { kind: 'dependency', one: 'requirement names it still', many: 'requirements name it still' },
  { kind: 'config', one: 'setting names it still', many: 'settings name it still' },
  { kind: 'docs', one: 'comment or page speaks of it', many: 'comments or pages speak of it' },
] as const;

function stateOf({ linter, file, edits, note }: LinterSetting): readonly string[] {
  const state =
    edits === undefined ? [] : edits.length === 0 ? [`${names[linter]} keeps it out, by ${file}.`] : [`${names[linter]} can keep it out, too: \`baseline --guard\` shows what to write into ${file}, with --write it is written.`];
  return [...state, ...(note === undefined ? [] : [`${note}.`])];
}

export const names: Readonly<Record<LinterSetting['linter'], string>> = { ruff: 'ruff', 'flake8-tidy-imports': 'flake8 with flake8-tidy-imports', hacking: 'flake8 with OpenStack’s hacking' };

const ruffExample = ['[tool.ruff.lint]', 'extend-select = ["TID251"]', '', '[tool.ruff.lint.flake8-tidy-imports.banned-api]', `"eventlet".msg = "${retired}"`];
