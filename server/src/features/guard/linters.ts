import { apply, type TextEdit } from '../../edits/textEdit';
import { addLine, addWord, hasSection, valueLines } from './iniSettings';
import { banEventlet, isRuffFile } from './ruffSettings';

/** The files of a project's top folder that say which linters run, and how: only these need be read. */
export const linterFiles = [
  '.ruff.toml', 'ruff.toml', 'pyproject.toml', 'setup.cfg', 'tox.ini', '.flake8',
  '.pre-commit-config.yaml', 'test-requirements.txt', 'dev-requirements.txt', 'requirements-dev.txt', 'requirements.txt',
] as const;

/** What keeps eventlet out with a linter that the project runs. */
export interface LinterSetting {
  readonly linter: 'ruff' | 'flake8-tidy-imports' | 'hacking';
  /** Name of the file with its settings, in the project's top folder. */
  readonly file: string;
  /** Nothing where it is set already; undefined where a person has to write it. */
  readonly edits: readonly TextEdit[] | undefined;
  /** What else is to be done, in a sentence. */
  readonly note?: string;
}

/**
 * The settings for every linter of the project that can forbid an import: ruff (`TID251`), and flake8 with OpenStack's hacking (`H905`)
 * or with flake8-tidy-imports (`I251`). `texts` are the files that there are, by their names.
 */
export function linterSettings(texts: ReadonlyMap<string, string>): readonly LinterSetting[] {
  return [...ruff(texts), ...flake8(texts)];
}

/** How the linters of a project are told, and the files that change for it. `read` gives the text of a file in the project's top folder, where there is one. */
export async function guardOf(read: (name: string) => Promise<string | undefined>): Promise<Guard> {
  const texts = new Map<string, string>();
  for (const name of linterFiles) {
    const text = await read(name);
    if (text !== undefined) texts.set(name, text);
  }
  const settings = linterSettings(texts);
  const changes = settings.flatMap(({ file, edits = [] }) => {
    const before = texts.get(file) ?? '';
    return edits.length > 0 ? [{ file, before, after: apply(before, edits), edits }] : [];
  });
  return { settings, changes };
}

export interface Guard {
  readonly settings: readonly LinterSetting[];
  readonly changes: readonly { readonly file: string; readonly before: string; readonly after: string; readonly edits: readonly TextEdit[] }[];
}

export const retired = 'eventlet is retired: use threading or asyncio';

function ruff(texts: ReadonlyMap<string, string>): readonly LinterSetting[] {
  // ruff takes the first of them that is there.
  const file = ['.ruff.toml', 'ruff.toml', 'pyproject.toml'].find((name) => texts.has(name) && isRuffFile(name, texts.get(name) ?? ''));
  if (file === undefined) return [];
  const edits = banEventlet(file, texts.get(file) ?? '', retired);
  return [{ linter: 'ruff', file, edits, ...(edits ? {} : { note: `${file} is written in a way that only a person can extend: select \`TID251\`, and forbid \`eventlet\` in \`flake8-tidy-imports.banned-api\`` }) }];
}

function flake8(texts: ReadonlyMap<string, string>): readonly LinterSetting[] {
  // flake8 takes the first of them that has its section.
  const file = ['setup.cfg', 'tox.ini', '.flake8'].find((name) => hasSection(texts.get(name) ?? '', 'flake8'));
  if (file === undefined) return [];
  const text = texts.get(file) ?? '';
  if ([...texts.values()].some((each) => /flake8[-_]tidy[-_]imports/i.test(each))) return [{ linter: 'flake8-tidy-imports', file, edits: tidyImports(text) }];
  const hacking = requirement(texts);
  return hacking ? [{ linter: 'hacking', file, edits: addWord(text, 'flake8', 'enable-extensions', 'H905'), ...hacking }] : [];
}

function tidyImports(text: string): readonly TextEdit[] {
  if (valueLines(text, 'flake8', 'banned-modules').some((line) => /^eventlet(\.\*)?\s*=/.test(line))) return [];
  // The star stands for any number of parts, none included (flake8-tidy-imports' README, "banned-modules").
  const ban = addLine(text, 'flake8', 'banned-modules', `eventlet.* = ${retired}`);
  return valueLines(text, 'flake8', 'select').length > 0 ? [...ban, ...addWord(text, 'flake8', 'select', 'I251')] : ban;
}

/** How the project asks for hacking, which knows `H905` since 8.0.0 (its release notes); undefined where it does not. */
function requirement(texts: ReadonlyMap<string, string>): { readonly note?: string } | undefined {
  if (/opendev\.org\/openstack\/hacking/.test(texts.get('.pre-commit-config.yaml') ?? '')) {
    const version = /openstack\/hacking\s+rev:\s*['"]?v?(\d+)/.exec(texts.get('.pre-commit-config.yaml') ?? '')?.[1];
    return tooOld(version) ? { note: `\`H905\` came with hacking 8.0.0, and .pre-commit-config.yaml asks for ${version}` } : {};
  }
  for (const [name, text] of texts) {
    const [, specifier = ''] = /^[ \t]*["']?hacking[ \t]*((?:[<>=~!][^#;"'\n]*)?)(?=[#;"'\s]|$)/m.exec(text) ?? [];
    const isThere = /^[ \t]*["']?hacking[ \t]*(?:[<>=~!#;"'\s]|$)/m.test(text);
    if (isThere) return tooOld(/[=~]=?\s*(\d+)/.exec(specifier)?.[1]) ? { note: `\`H905\` came with hacking 8.0.0, and ${name} asks for \`hacking${specifier.trim()}\`` } : {};
  }
  return hasSection(texts.get('tox.ini') ?? '', 'hacking') ? {} : undefined;
}

function tooOld(version: string | undefined): boolean {
  return version !== undefined && Number(version) < 8;
}
