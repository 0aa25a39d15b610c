// Of Microsoft's SDK (MIT): the schema of the standard, as the catalogue of JSON schemas has it.
import schema from '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json';
import Ajv from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { formats } from '../../server/src/features/report/formats';
import { jsonPieces } from '../../server/src/features/report/jsonPieces';
import type { Report } from '../../server/src/features/report/report';
import { findingAt, reportOf, sample } from './sample';

/** The formats, each as a whole. */
const printed = Object.fromEntries(Object.entries(formats).map(([name, pieces]) => [name, (report: Report) => [...pieces(report)].join('')])) as Record<keyof typeof formats, (report: Report) => string>;

describe('the report', () => {
  it('counts what is left by the best fix for the target', () => {
    expect(sample.summary).toEqual({ findings: 3, safe: 1, review: 1, guidance: 1, kept: 1, settled: { keep: 0, later: 0, elsewhere: 0 }, byRule: { import: 1, sleep: 1, spawn: 1 } });
    expect(sample.files).toEqual({ found: 7, mentioning: 2, analysed: 1, skipped: [{ path: 'big.py', reason: 'too large' }] });
  });

  it('is in the order of path and place', () => {
    const text = 'b(); a()';
    const file = (uri: string) => ({ uri, text, findings: [findingAt(text, 'a'), findingAt(text, 'b')] });
    const report = reportOf([file('file:///z.py'), file('file:///B.py'), file('file:///a.py')]);
    expect(report.findings.map(({ path, api }) => path + api)).toEqual(['B.pyb', 'B.pya', 'a.pyb', 'a.pya', 'z.pyb', 'z.pya']);
  });

  it('may be about some rules only', () => {
    const text = 'eventlet.sleep; eventlet.spawn';
    const files = [{ uri: 'file:///a.py', text, findings: [findingAt(text, 'eventlet.sleep'), findingAt(text, 'eventlet.spawn', { rule: 'spawn' })] }];
    expect(reportOf(files, { rules: ['spawn'] }).summary).toMatchObject({ findings: 1, byRule: { spawn: 1 } });
  });
});

describe('CSV', () => {
  it('has a line for each use, quoted where it must be', () => {
    const [head, ...rows] = printed.csv(sample).split('\r\n');
    expect(head).toBe('path,line,column,rule,api,kind,pattern,safety,fix,message,reason,kept,decision,decision reason,open again,fingerprint');
    expect(rows).toHaveLength(5);
    expect(rows[1]).toBe('"pkg/a|b, c%.py",5,2,sleep,eventlet.sleep,code,4,safe,Use `time.sleep`,`eventlet.sleep` waits.,,,,,,f2');
    expect(rows[4]).toBe('');
  });

  it('hands no formula to a spreadsheet, and tells what was decided', () => {
    const report = reportOf([{ uri: 'file:///=cmd.py', text: 'eventlet', findings: [findingAt('eventlet', 'eventlet')] }], { decisionOn: () => ({ decision: { kind: 'later', reason: 'after "the" release', until: '2027-03-01' }, holds: true }) });
    expect(printed.csv(report).split('\r\n')[1]).toMatch(/^'=cmd\.py,.*,later,"after ""the"" release",2027-03-01,/);
    expect(printed.markdown(report)).toContain('*Later*: after "the" release, until 2027-03-01');
    expect(JSON.parse(printed.sarif(report)).runs[0].results[0].suppressions).toEqual([{ kind: 'external', status: 'accepted', justification: 'after "the" release' }]);
  });
});

describe('JSON', () => {
  it.each([0, 1, 2, 3, 4, 9])('is the same in pieces, down to %d levels', (levels) => {
    const values = [sample, [], {}, [[], {}, [{}]], { a: undefined, b: null, 'ä"': 'line\nend', c: [1, 'two', [true, { d: [] }]] }, 'text', 7, null];
    for (const value of values) expect([...jsonPieces(value, levels)].join('')).toBe(JSON.stringify(value, undefined, 2));
  });

  it('has a piece for each finding', () => {
    const pieces = [...formats.json(sample)];
    expect(pieces.join('')).toBe(`${JSON.stringify(sample, undefined, 2)}\n`);
    expect(pieces.filter((piece) => piece.includes('"fingerprint"'))).toHaveLength(sample.findings.length);
    expect([...formats.sarif(sample)].filter((piece) => piece.includes('"ruleIndex"'))).toHaveLength(sample.findings.length);
  });

  const parsed = JSON.parse(printed.json(sample));

  it('has the promised shape', () => {
    expect(Object.keys(parsed)).toEqual(expect.arrayContaining(['version', 'tool', 'root', 'files', 'patched', 'findings', 'summary']));
    expect(parsed.patched).toEqual([{ entryPoint: 'pkg/main.py', modules: ['time'] }]);
    expect(parsed.findings[1]).toEqual({
      path: 'pkg/a|b, c%.py',
      range: { start: { line: 4, character: 1 }, end: { line: 4, character: 15 } },
      line: 'eventlet.sleep(1)',
      highlight: [0, 14],
      rule: 'sleep',
      api: 'eventlet.sleep',
      via: null,
      related: [],
      kind: 'code',
      pattern: 4,
      message: '`eventlet.sleep` waits.',
      severity: 'warning',
      guide: 'https://example.org/sleep',
      fingerprint: 'f2',
      suppressed: null,
      fixes: [
        { title: 'Await `asyncio.sleep`', target: 'asyncio', safety: 'review', preconditions: [], why: null, edits: [] },
        {
          ...{ title: 'Use `time.sleep`', target: 'threading', safety: 'safe', why: null, preconditions: [{ text: 'time is patched', holds: true }] },
          edits: [{ path: 'pkg/a|b, c%.py', range: { start: { line: 4, character: 1 }, end: { line: 4, character: 15 } }, newText: 'time.sleep' }],
        },
      ],
      reason: null,
    });
  });

  it('lists what is kept, with the reason', () => {
    expect(parsed.findings.map(({ suppressed }: { suppressed: string | null }) => suppressed)).toEqual([null, null, null, 'wanted']);
  });
});

describe('text', () => {
  it('shows each finding in its line, what helps, and what it adds up to', () => {
    expect(printed.text(sample)).toBe(`\
pkg/a|b, c%.py:1:8: import \`eventlet\` waits.
  |
1 | import eventlet
  |        ^^^^^^^^
  = why: other uses are left
  = guide: https://example.org/sleep

pkg/a|b, c%.py:5:2: sleep \`eventlet.sleep\` waits.
  |
5 | eventlet.sleep(1)
  | ^^^^^^^^^^^^^^
  = help: Use \`time.sleep\` [safe]

pkg/a|b, c%.py:6:16: spawn \`eventlet.spawn\` waits.
  |
6 | x = '漢😀'; eventlet.spawn(work)
  |             ^^^^^^^^^^^^^^
  = help: Use a \`Thread\` [review]
  = look: the order of execution changes: 100 %

Not analysed:
  big.py: too large

Looked at 7 files, 2 of which mention eventlet. 3 findings in 1 file, 1 more kept on purpose:
  1 with a safe fix, 1 with a fix to review, 1 with guidance only
  1 import
  1 sleep
  1 spawn
`);
  });

  it('says that there is nothing to do', () => {
    expect(printed.text(reportOf([]))).toBe('Looked at 7 files, 0 of which mention eventlet. Nothing to do.\n');
  });

  it('spells paths as somebody would who stands elsewhere', () => {
    const text = 'eventlet.sleep()';
    const files = [{ uri: 'file:///a.py', text, findings: [findingAt(text, 'eventlet.sleep')] }];
    expect(printed.text(reportOf(files, { root: '/srv/nova' }))).toMatch(/^\/srv\/nova\/a\.py:1:1: /);
  });

  it('shows the neighbourhood in a long line', () => {
    const text = `${'x, '.repeat(500)}eventlet.sleep, ${'y, '.repeat(500)}`;
    const [, , line = '', carets = ''] = printed.text(reportOf([{ uri: 'file:///a.py', text, findings: [findingAt(text, 'eventlet.sleep')] }])).split('\n');
    expect(line.length).toBeLessThan(170);
    expect(line.slice(carets.indexOf('^'), carets.lastIndexOf('^') + 1)).toBe('eventlet.sleep');
  });
});

describe('GitHub annotations', () => {
  it('are one line each, with what has a meaning there escaped', () => {
    expect(printed.github(sample).split('\n')).toEqual([
      '::notice file=pkg/a|b%2C c%25.py,line=1,endLine=1,col=8,endColumn=16,title=eventlet%3A import::`eventlet` waits.%0AOther uses are left.',
      '::warning file=pkg/a|b%2C c%25.py,line=5,endLine=5,col=2,endColumn=16,title=eventlet%3A sleep::`eventlet.sleep` waits.%0AUse `time.sleep` [safe].',
      '::error file=pkg/a|b%2C c%25.py,line=6,endLine=6,col=16,endColumn=30,title=eventlet%3A spawn::`eventlet.spawn` waits.%0AUse a `Thread` [review].%0AThe order of%0Aexecution changes: 100 %25.',
      '::notice file=big.py,title=not analysed::too large',
      '',
    ]);
  });
});

describe('Markdown', () => {
  const lines = printed.markdown(sample).split('\n');

  it('sums up by the wiki’s patterns', () => {
    expect(lines).toContain('| 4 | [Green Threads and GreenPool](https://wiki.openstack.org/wiki/Eventlet-removal#4._Green_Threads_and_GreenPool) | 2 | 1 | 1 | 0 |');
    expect(lines).toContain('|  | All | 3 | 1 | 1 | 1 |');
  });

  it('has a table per file, whatever the names are', () => {
    expect(lines).toContain('### `pkg/a|b, c%.py`');
    expect(lines).toContain('| 5 | `eventlet.sleep` | [sleep] | Use `time.sleep` (safe). |');
    expect(lines).toContain('| 6 | `eventlet.spawn` | [spawn] | Use a `Thread` (review). The order of execution changes: 100 %. |');
    expect(lines).toContain('| `big.py` | too large |');
  });

  it('starts with the sum, and ends with the address of each page', () => {
    expect(lines[2]).toMatch(/^\*\*3 uses are left in 1 file\*\*, 1 more kept on purpose: 1 with a safe fix, 1 with a fix to review, 1 for a person\. /);
    expect(lines.slice(-4)).toEqual(['[import]: https://example.org/sleep', '[sleep]: https://example.org/sleep', '[spawn]: https://example.org/sleep', '']);
  });
});

describe('SARIF', () => {
  const [run] = JSON.parse(printed.sarif(sample)).runs;

  it('is valid by the schema of the standard', () => {
    const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
    addFormats(ajv);
    const validate = ajv.compile(schema);
    for (const report of [sample, reportOf([])]) {
      const log: unknown = JSON.parse(printed.sarif(report));
      validate(log);
      expect(validate.errors ?? []).toEqual([]);
    }
    expect(validate({ version: '2.1.0', runs: [{}] })).toBe(false);
  });

  it('places results by line and column, both from one', () => {
    expect(run.results[1].locations[0].physicalLocation).toEqual({
      artifactLocation: { uri: 'pkg/a%7Cb%2C%20c%25.py', uriBaseId: '%SRCROOT%' },
      region: { startLine: 5, startColumn: 2, endLine: 5, endColumn: 16 },
    });
  });

  it('has levels, fixes, fingerprints and suppressions', () => {
    expect(run.results.map(({ level }: { level: string }) => level)).toEqual(['note', 'warning', 'error', 'warning']);
    expect(run.results[1].fixes[0]).toMatchObject({
      description: { text: 'Use `time.sleep` [safe]' },
      artifactChanges: [{ replacements: [{ deletedRegion: { startLine: 5, startColumn: 2 }, insertedContent: { text: 'time.sleep' } }] }],
    });
    expect(run.results[1].partialFingerprints).toEqual({ 'eventletMigration/v1': 'f2' });
    expect(run.results.map(({ suppressions }: { suppressions: object[] }) => suppressions)).toEqual([[], [], [], [{ kind: 'inSource', status: 'accepted', justification: 'wanted' }]]);
  });

  it('names its rules', () => {
    const { rules } = run.tool.driver;
    for (const { ruleId, ruleIndex } of run.results) expect(rules[ruleIndex].id).toBe(ruleId);
    expect(rules.find(({ id }: { id: string }) => id === 'sleep')).toMatchObject({ name: 'Sleep', helpUri: 'https://example.org/sleep', fullDescription: { text: expect.stringMatching(/^[^[]+$/) } });
    expect(rules).toContainEqual(expect.objectContaining({ id: 'sleep', shortDescription: { text: 'Sleeping' }, help: expect.objectContaining({ text: expect.stringContaining('https://example.org/sleep') }) }));
  });

  it('links the places on the way to eventlet from the message, as viewers want it', () => {
    const position = { start: { line: 2, character: 4 }, end: { line: 2, character: 9 } };
    const report = reportOf([{ uri: 'file:///a.py', text: 'sleep(1)', findings: [findingAt('sleep(1)', 'sleep')] }], { relatedTo: () => [{ uri: 'file:///b.py', position, module: 'pkg.b', name: 'sleep' }] });
    const [result] = JSON.parse(printed.sarif(report)).runs[0].results;
    expect(result.message.text).toMatch(/ Bound at \[pkg\.b\.sleep\]\(0\)\.$/);
    expect(result.relatedLocations).toMatchObject([{ id: 0, message: { text: 'pkg.b.sleep' }, physicalLocation: { artifactLocation: { uri: 'b.py' }, region: { startLine: 3 } } }]);
  });

  it('tells what was not analysed', () => {
    expect(run.invocations[0].toolExecutionNotifications[0].message.text).toBe('Not analysed: too large');
  });
});
