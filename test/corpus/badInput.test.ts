import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { check, run, runIn } from './cli';
import type { Report, Run } from './cli';
import { hostile, writeHostile } from './hostile';
import { contents, differing, scratch } from './scratch';

/** Files that can be analysed; in each, the fix for `sleep` puts `time` for every `eventlet`, and touches nothing else. */
const odd: Readonly<Record<string, Buffer>> = {
  'plain.py': utf8('import eventlet\n\neventlet.sleep(1)\n'),
  'bom.py': utf8('\ufeffimport eventlet\n\neventlet.sleep(1)\n'),
  'crlf.py': utf8('import eventlet\r\n\r\n\r\ndef nap():\r\n    eventlet.sleep(1)\r\n'),
  'crlf_and_bom.py': utf8('\ufeff# é\r\nimport eventlet\r\n\r\neventlet.sleep(1)\r\n'),
  'mixed_line_ends.py': utf8('import eventlet\r\n\nx = 1\r\neventlet.sleep(1)\ny = 2\r\n'),
  'tabs.py': utf8('import eventlet\n\n\ndef nap():\n\tif True:\n\t\teventlet.sleep(1)\n\treturn 1\n'),
  'no_last_newline.py': utf8('import eventlet\n\neventlet.sleep(1)'),
  'form_feed.py': utf8('import eventlet\n\n\f\n# Part two.\neventlet.sleep(1)\n'),
  'astral.py': utf8('import eventlet\n\nx = "😀é"; eventlet.sleep(1); y = "𝒴"\n'),
  'latin1_cookie.py': latin1('# -*- coding: latin-1 -*-\nimport eventlet\n\nname = "caf\xe9"; eventlet.sleep(1)\n'),
};

/** Files that Python itself would not read, or that nobody wants to wait for. They stay as they are. */
const bad: Readonly<Record<string, Buffer>> = {
  'latin1_bare.py': latin1('import eventlet\n\nname = "caf\xe9"; eventlet.sleep(1)\n'),
  'unknown_cookie.py': utf8('# coding: klingon\nimport eventlet\neventlet.sleep(1)\n'),
  'utf16.py': Buffer.from('\ufeffimport eventlet\neventlet.sleep(1)\n', 'utf16le'),
  'python2.py': utf8('import eventlet\n\ntry:\n    print "x"\nexcept Exception, e:\n    print e\n    exec "1" in {}\neventlet.sleep(1)\n'),
  'syntax_error.py': utf8('import eventlet\n\ndef nap(:\n    eventlet.sleep(1\n\nclass\n'),
  'nul.py': utf8('import eventlet\n\0\neventlet.sleep(1)\n'),
  'big.py': utf8(`import eventlet\n\n${'x = "a line that is there to make the file large"\n'.repeat(220_000)}eventlet.sleep(1)\n`),
};

const folder = scratch();
afterAll(folder.remove);

beforeAll(() => {
  for (const [name, bytes] of Object.entries({ ...odd, ...bad })) writeFileSync(join(folder.folder, name), bytes);
  writeFileSync(join(folder.folder, 'empty.py'), '');
  mkdirSync(join(folder.folder, 'package/inner'), { recursive: true });
  writeFileSync(join(folder.folder, 'package/inner/module.py'), 'import eventlet\n\neventlet.sleep(1)\n');
  mkdirSync(join(folder.folder, 'folder.py'));
  symlinkSync('nowhere.py', join(folder.folder, 'dangling.py'));
  symlinkSync('itself.py', join(folder.folder, 'itself.py'));
  symlinkSync('..', join(folder.folder, 'package/up'));
  symlinkSync('../../package', join(folder.folder, 'package/inner/loop'));
});

describe('a folder full of bad input', () => {
  let checked: { readonly run: Run; readonly report: Report };
  beforeAll(() => {
    checked = check(folder.folder);
  }, 120_000);

  test('is checked without a crash', () => {
    expect([1, 2]).toContain(checked.run.status);
    expect(checked.run.stderr).not.toMatch(/\bat .*:\d+:\d+/);
  });

  test('every file is accounted for, and folders are no files', () => {
    const { found, analysed, skipped } = checked.report.files;
    const [unmentioning, inner, links] = [1, 1, 2];
    expect(found).toBe(Object.keys(odd).length + Object.keys(bad).length + unmentioning + inner + links);
    expect(analysed + skipped.length).toBe(found - unmentioning);
  });

  test.each(Object.keys(odd))('%s is analysed', (path) => {
    const { findings, files } = checked.report;
    expect(files.skipped.filter((it) => it.path === path)).toEqual([]);
    expect(findings.filter((it) => it.path === path).map(({ api }) => api)).toEqual(['eventlet', 'eventlet.sleep']);
  });

  test.each([...Object.keys(bad), 'dangling.py', 'itself.py'])('%s is analysed as far as possible, or the reason is told', (path) => {
    const { findings, files } = checked.report;
    const reasons = files.skipped.filter((it) => it.path === path).map(({ reason }) => reason);
    expect(findings.some((it) => it.path === path) || reasons.some((reason) => reason.trim().length > 3)).toBe(true);
  });

  test.each(['latin1_bare.py', 'unknown_cookie.py', 'big.py'])('%s is skipped, in words', (path) => {
    expect(checked.report.files.skipped.filter((it) => it.path === path)).toHaveLength(1);
    expect(checked.report.findings.filter((it) => it.path === path)).toEqual([]);
  });

  test('a file is reported once, whatever links lead to it', () => {
    const inner = checked.report.findings.filter(({ path }) => path.endsWith('module.py')).map(({ path }) => path);
    expect(new Set(inner)).toEqual(new Set(['package/inner/module.py']));
  });

  test('the columns are those of the text without a byte order mark, in UTF-16', () => {
    const sleep = (path: string) => checked.report.findings.find((it) => it.path === path && it.api === 'eventlet.sleep')?.range;
    const first = checked.report.findings.find((it) => it.path === 'bom.py')?.range;
    expect(first).toEqual({ start: { line: 0, character: 7 }, end: { line: 0, character: 15 } });
    expect(sleep('astral.py')).toEqual({ start: { line: 2, character: 11 }, end: { line: 2, character: 25 } });
    expect(sleep('latin1_cookie.py')).toEqual({ start: { line: 3, character: 15 }, end: { line: 3, character: 29 } });
    expect(sleep('mixed_line_ends.py')?.start).toEqual({ line: 3, character: 0 });
  });

  test('is fixed byte for byte: line ends, marks and encodings stay', () => {
    const before = contents(folder.folder);
    const ended = run(folder.folder, 'fix', '--write', '--review', '--rule', 'sleep', '.');
    expect([0, 1, 2]).toContain(ended.status);
    expect(ended.stderr).not.toMatch(/\bat .*:\d+:\d+/);
    const after = contents(folder.folder);
    for (const [path, bytes] of Object.entries(odd)) {
      expect(after.get(path)?.toString('latin1'), path).toBe(bytes.toString('latin1').replaceAll('eventlet', 'time'));
    }
    const expected = new Set([...Object.keys(odd), 'package/inner/module.py']);
    // Broken files may be repaired in part, but never what cannot be decoded or was not looked at.
    const partly = new Set(['python2.py', 'syntax_error.py', 'nul.py']);
    expect(differing(before, after).filter((path) => !expected.has(path) && !partly.has(path))).toEqual([]);
  }, 120_000);
});

describe('a folder full of hostile input', () => {
  const inner = scratch();
  afterAll(inner.remove);
  let checked: { readonly run: Run; readonly report: Report };
  beforeAll(() => {
    writeHostile(inner.folder);
    writeFileSync(join(inner.folder, 'plain.py'), 'import eventlet\n\neventlet.sleep(1)\n');
    checked = check(inner.folder);
  }, 120_000);

  test('is checked without a crash', () => {
    expect([1, 2]).toContain(checked.run.status);
    expect(checked.run.stderr).not.toMatch(/\bat .*:\d+:\d+/);
  });

  test('does not spoil what is beside it', () => {
    expect(checked.report.findings.filter(({ path }) => path === 'plain.py').map(({ api }) => api)).toEqual(['eventlet', 'eventlet.sleep']);
  });

  test.each(Object.keys(hostile))('%s is analysed, or the reason is told', (path) => {
    const reasons = checked.report.files.skipped.filter((it) => it.path === path).map(({ reason }) => reason);
    expect(checked.report.findings.some((it) => it.path === path) || reasons.length === 1).toBe(true);
  });

  test('each reason is one line', () => {
    const reasons = new Map(checked.report.files.skipped.map(({ path, reason }) => [path, reason]));
    expect(reasons.get('huge.py')).toBe('too large: 53 million characters, the limit is 4');
    expect(reasons.get('handed_on.py')).toBe('nested too deeply to be analysed');
    expect(reasons.get('errors.py')).toMatch(/^syntax errors/);
    expect([...reasons.values()].filter((reason) => reason.includes('\n'))).toEqual([]);
  });
});

test('a cache full of garbage, and one that cannot be written, cost one line each', () => {
  const inner = scratch();
  try {
    mkdirSync(join(inner.folder, 'project'));
    writeFileSync(join(inner.folder, 'project/use.py'), 'import eventlet\n\neventlet.sleep(1)\n');
    const cache = join(inner.folder, 'cache');
    const checkWith = (home: string) => {
      const { status, stdout, stderr } = runIn({ XDG_CACHE_HOME: home }, join(inner.folder, 'project'), 'check', '--format', 'json', '.');
      return { status, findings: (JSON.parse(stdout) as Report).findings, said: stderr.split('\n').filter((line) => /cache|remembered|kept/.test(line)) };
    };
    const first = checkWith(cache);
    expect(first).toMatchObject({ status: 1, said: [] });
    expect(checkWith(cache)).toEqual(first);
    const kept = join(cache, 'eventlet-migration');
    for (const name of readdirSync(kept)) writeFileSync(join(kept, name), Buffer.from([0, 255, 1, 254]));
    expect(checkWith(cache)).toEqual({ ...first, said: [expect.stringContaining('it is made anew')] });
    expect(checkWith(cache)).toEqual(first);
    writeFileSync(join(inner.folder, 'file'), '');
    expect(checkWith(join(inner.folder, 'file'))).toEqual({ ...first, said: [expect.stringContaining('nothing is kept for the next start')] });
  } finally {
    inner.remove();
  }
});

describe('the exit code', () => {
  const inner = scratch();
  afterAll(inner.remove);

  test('is 0 where nothing is left', () => {
    writeFileSync(join(inner.folder, 'clean.py'), 'import time\n\ntime.sleep(1)\n');
    expect(check(inner.folder).run.status).toBe(0);
  });

  test('is 1 with findings', () => {
    writeFileSync(join(inner.folder, 'use.py'), 'import eventlet\n');
    expect(check(inner.folder).run.status).toBe(1);
  });

  test('is 2, with a sentence on standard error, for a path that does not exist', () => {
    const ended = run(inner.folder, 'check', 'nowhere');
    expect(ended.status).toBe(2);
    expect(ended.stderr).toContain('nowhere');
    expect(ended.stderr).not.toMatch(/\bat .*:\d+:\d+/);
  });

  test('is 2, with a sentence on standard error, for an option that does not exist', () => {
    const ended = run(inner.folder, 'check', '--frobnicate', '.');
    expect(ended.status).toBe(2);
    expect(ended.stderr).toContain('--frobnicate');
  });
});

test('a file without permission to read is listed with the reason', ({ skip }) => {
  const inner = scratch();
  try {
    writeFileSync(join(inner.folder, 'secret.py'), 'import eventlet\n');
    writeFileSync(join(inner.folder, 'open.py'), 'import eventlet\n');
    chmodSync(join(inner.folder, 'secret.py'), 0);
    chmodSync(inner.folder, 0o755);
    const ended = runUnprivileged(inner.folder);
    if (ended.error) {
      process.stderr.write(`corpus: skipped: node cannot be started by another user than root (${ended.error.message})\n`);
      skip('node cannot be started by another user than root');
    }
    const report = JSON.parse(ended.stdout) as Report;
    expect(report.findings.map(({ path }) => path)).toEqual(['open.py']);
    expect(report.files.skipped).toEqual([{ path: 'secret.py', reason: expect.stringMatching(/permission|allowed|denied/i) }]);
  } finally {
    inner.remove();
  }
});

/** Root may read everything, so the command is run as nobody then, from a copy that nobody may read. */
function runUnprivileged(folder: string): { readonly stdout: string; readonly error?: Error | undefined } {
  if (process.getuid?.() !== 0) return run(folder, 'check', '--format', 'json', '.');
  const built = join(folder, '.built');
  cpSync(resolve('dist'), built, { recursive: true });
  const nobody = 65534;
  return spawnSync(process.execPath, [join(built, 'cli.js'), 'check', '--format', 'json', '.'], {
    cwd: folder,
    encoding: 'utf8',
    uid: nobody,
    gid: nobody,
    env: { ...process.env, HOME: folder },
  });
}

function utf8(text: string): Buffer {
  return Buffer.from(text, 'utf8');
}

function latin1(text: string): Buffer {
  return Buffer.from(text, 'latin1');
}
