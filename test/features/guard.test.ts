import { describe, expect, it } from 'vitest';
import { apply } from '../../server/src/edits/textEdit';
import { linterSettings } from '../../server/src/features/guard/linters';

/** What the files look like afterwards; those that change only. A second run has nothing to do. */
function kept(files: Readonly<Record<string, string>>): { readonly changed: Readonly<Record<string, string>>; readonly notes: readonly (string | undefined)[]; readonly linters: readonly string[] } {
  const texts = new Map(Object.entries(files));
  const settings = linterSettings(texts);
  const changed = Object.fromEntries(settings.flatMap(({ file, edits = [] }) => (edits.length > 0 ? [[file, apply(texts.get(file) ?? '', edits)]] : [])));
  for (const { file, edits } of linterSettings(new Map([...texts, ...Object.entries(changed)]))) expect(edits ?? [], `${file}, again`).toEqual([]);
  return { changed, notes: settings.map(({ note }) => note), linters: settings.map(({ linter }) => linter) };
}

const pyproject = (text: string) => kept({ 'pyproject.toml': text }).changed['pyproject.toml'];
const hacking = { 'test-requirements.txt': 'hacking>=8.0.0 # Apache-2.0\n' };
const tox = (text: string) => kept({ ...hacking, 'tox.ini': text }).changed['tox.ini'];
const ban = '"eventlet".msg = "eventlet is retired: use threading or asyncio"';

describe('ruff keeps eventlet out', () => {
  it('in new tables behind its others', () => {
    expect(pyproject('[tool.ruff]\nline-length = 79 # as always\n\n[tool.mypy]\nstrict = true\n')).toBe(
      `[tool.ruff]\nline-length = 79 # as always\n\n[tool.ruff.lint]\nextend-select = ["TID251"]\n\n[tool.ruff.lint.flake8-tidy-imports.banned-api]\n${ban}\n\n[tool.mypy]\nstrict = true\n`,
    );
  });

  it('in the lists and tables that there are, with their comments and quotes', () => {
    expect(pyproject(`[tool.ruff.lint]\nselect = [\n    'E',  # pycodestyle\n    'F'   # pyflakes\n]\n\n[tool.ruff.lint.flake8-tidy-imports.banned-api]\n"six".msg = "no"\n`)).toBe(
      `[tool.ruff.lint]\nselect = [\n    'E',  # pycodestyle\n    'F',   # pyflakes\n    'TID251'\n]\n\n[tool.ruff.lint.flake8-tidy-imports.banned-api]\n"six".msg = "no"\n${ban}\n`,
    );
    expect(pyproject('[tool.ruff.lint]\nextend-select = ["B",]\n')).toContain('extend-select = ["B", "TID251",]\n');
  });

  it('beside dotted names', () => {
    expect(pyproject('[tool.ruff]\nlint.ignore = []\nlint.flake8-tidy-imports.ban-relative-imports = "all"\n')).toBe(
      `[tool.ruff]\nlint.ignore = []\nlint.extend-select = ["TID251"]\nlint.flake8-tidy-imports.ban-relative-imports = "all"\nlint.flake8-tidy-imports.banned-api.${ban}\n`,
    );
  });

  it('in the settings of older versions', () => {
    expect(pyproject('[tool.ruff]\nselect = ["E"]\n')).toBe(`[tool.ruff]\nselect = ["E", "TID251"]\n\n[tool.ruff.flake8-tidy-imports.banned-api]\n${ban}\n`);
  });

  it('in a file of its own, which goes before the other', () => {
    const { changed } = kept({ 'ruff.toml': 'line-length = 79\r\n', 'pyproject.toml': '[tool.ruff]\n' });
    expect(changed).toEqual({ 'ruff.toml': `line-length = 79\r\n\r\n[lint]\r\nextend-select = ["TID251"]\r\n\r\n[lint.flake8-tidy-imports.banned-api]\r\n${ban}\r\n` });
  });

  it('without a second word where it does already', () => {
    expect(pyproject(`[tool.ruff.lint]\nselect = ["TID"]\n[tool.ruff.lint.flake8-tidy-imports]\nbanned-api = { eventlet = { msg = "no" } }\n`)).toBeUndefined();
  });

  it('by a person where the file is no TOML, or the table cannot be extended', () => {
    for (const text of ['[lint\n', 'lint = { select = ["E"] }\n']) {
      const { changed, notes } = kept({ 'ruff.toml': text });
      expect(changed).toEqual({});
      expect(notes[0]).toContain('only a person can extend');
    }
  });

  it('only where ruff is configured', () => {
    expect(kept({ 'pyproject.toml': '[tool.mypy]\nstrict = true\n', 'tox.ini': '[tox]\n' }).linters).toEqual([]);
  });
});

describe('flake8 keeps eventlet out', () => {
  it('by one more of hacking’s extensions', () => {
    expect(tox('[tox]\nenvlist = py3\n\n[flake8]\n# [H106] no\nenable-extensions = H106,H203\nexclude=.venv\n\n[hacking]\n')).toBe(
      '[tox]\nenvlist = py3\n\n[flake8]\n# [H106] no\nenable-extensions = H106,H203,H905\nexclude=.venv\n\n[hacking]\n',
    );
    expect(tox('[flake8]\nenable_extensions=H106, H203\n')).toBe('[flake8]\nenable_extensions=H106, H203, H905\n');
    expect(tox('[flake8]\nenable-extensions =\n  H106,\n  # a comment\n  H203,\nshow-source = true\n')).toBe('[flake8]\nenable-extensions =\n  H106,\n  # a comment\n  H203,\n  H905,\nshow-source = true\n');
    expect(tox('[flake8]\r\nenable-extensions =\r\n\tH106\r\n\r\n[x]\r\n')).toBe('[flake8]\r\nenable-extensions =\r\n\tH106\r\n\tH905\r\n\r\n[x]\r\n');
  });

  it('by its first extension, written as the other options are', () => {
    expect(tox('[flake8]\nmax-line-length=79\n# the end\n\n[x]\na = b\n')).toBe('[flake8]\nmax-line-length=79\nenable-extensions=H905\n# the end\n\n[x]\na = b\n');
    expect(tox('[flake8]\nignore =\n  E1,\n  E2\n')).toBe('[flake8]\nignore =\n  E1,\n  E2\nenable-extensions = H905\n');
    expect(tox('[flake8]\nenable-extensions =\n')).toBe('[flake8]\nenable-extensions = H905\n');
  });

  it('not twice, and not where `H9` says it', () => {
    expect(tox('[flake8]\nenable-extensions = H106,H905\n')).toBeUndefined();
    expect(tox('[flake8]\nenable-extensions = H9\n')).toBeUndefined();
  });

  it('with flake8-tidy-imports where that is used, and selected', () => {
    const { changed, linters } = kept({ '.flake8': '[flake8]\nselect = E,F\nbanned-modules =\n    mock = Use unittest.mock.\n', 'requirements-dev.txt': 'flake8-tidy-imports\n' });
    expect(linters).toEqual(['flake8-tidy-imports']);
    expect(changed['.flake8']).toBe('[flake8]\nselect = E,F,I251\nbanned-modules =\n    mock = Use unittest.mock.\n    eventlet.* = eventlet is retired: use threading or asyncio\n');
    expect(kept({ 'setup.cfg': '[flake8]\nmax-line-length = 79\n', 'tox.ini': '[flake8]\n', 'requirements-dev.txt': 'flake8_tidy_imports\n' }).changed).toEqual({
      'setup.cfg': '[flake8]\nmax-line-length = 79\nbanned-modules =\n    eventlet.* = eventlet is retired: use threading or asyncio\n',
    });
  });

  it('tells of a hacking that is too old to know the check', () => {
    const { notes } = kept({ 'test-requirements.txt': 'hacking>=6.1.0,<6.2.0 # Apache-2.0\n', 'tox.ini': '[flake8]\n' });
    expect(notes).toEqual(['`H905` came with hacking 8.0.0, and test-requirements.txt asks for `hacking>=6.1.0,<6.2.0`']);
    expect(kept({ '.pre-commit-config.yaml': 'repos:\n  - repo: https://opendev.org/openstack/hacking\n    rev: 8.0.0\n', 'tox.ini': '[flake8]\n' }).notes).toEqual([undefined]);
  });

  it('not where nothing of flake8 could', () => {
    expect(kept({ 'tox.ini': '[flake8]\nignore = E1\n[flake8:local-plugins]\npaths = ./nova/hacking\n' }).linters).toEqual([]);
  });
});
