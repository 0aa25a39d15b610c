import { describe, expect, it } from 'vitest';
import { decided } from '../../server/src/features/checklistFile/decide';
import { formatChecklistFile, parseChecklistFile, type Entry } from '../../server/src/features/checklistFile/entries';
import { isSettled, progress, updated, type CurrentUse } from '../../server/src/features/checklistFile/progress';

const sleep: Entry = { path: 'a.py', fingerprint: 'f1', rule: 'sleep', api: 'eventlet.sleep' };
const spawn: Entry = { path: 'b c.py', fingerprint: 'f2', rule: 'spawn', api: 'eventlet.spawn', decision: { kind: 'later', reason: 'after "the" release', until: '2027-03-01' } };

describe('the checklist file', () => {
  it('has one line per entry, sorted, and is read back as it was written', () => {
    const text = formatChecklistFile({ entries: [spawn, sleep] });
    expect(text).toBe(
      [
        '{',
        '"a.py f1": {"rule":"sleep","api":"eventlet.sleep"},',
        '',
        '"b c.py f2": {"rule":"spawn","api":"eventlet.spawn","decision":"later","reason":"after \\"the\\" release","until":"2027-03-01"},',
        '',
        '"version": 1',
        '}',
        '',
      ].join('\n'),
    );
    expect(JSON.parse(text)).toMatchObject({ version: 1 });
    expect(parseChecklistFile(text)).toEqual({ entries: [sleep, spawn], problems: [] });
  });

  it('is still JSON where nothing is in it', () => {
    const text = formatChecklistFile({ entries: [] });
    expect(JSON.parse(text)).toEqual({ version: 1 });
    expect(parseChecklistFile(text)).toEqual({ entries: [], problems: [] });
  });

  it('takes the lines of both sides where a merge left its marks, and of two for one use the decided one', () => {
    const kept = '"a.py f1": {"rule":"sleep","api":"eventlet.sleep","decision":"keep","reason":"tests"},';
    const plain = '"a.py f1": {"rule":"sleep","api":"eventlet.sleep"},';
    const other = '"c.py f3": {"rule":"sleep","api":"eventlet.sleep"},';
    const { entries, problems } = parseChecklistFile(['{', '<<<<<<< ours', kept, '=======', plain, other, '>>>>>>> theirs', '"version": 1', '}'].join('\r\n'));
    expect(entries.map(({ path, decision }) => [path, decision?.kind])).toEqual([['a.py', 'keep'], ['c.py', undefined]]);
    expect(problems).toEqual([{ line: 1, message: 'a merge left its marks here; the lines of both sides are counted' }]);
  });

  it('tells where two branches decided differently', () => {
    const line = (kind: string): string => `"a.py f1": {"rule":"sleep","api":"eventlet.sleep","decision":"${kind}","reason":""},`;
    const { entries, problems } = parseChecklistFile(`{\n${line('keep')}\n${line('later')}\n"version": 1\n}\n`);
    expect(entries).toMatchObject([{ decision: { kind: 'later' } }]);
    expect(problems).toEqual([{ line: 2, message: expect.stringContaining('two branches decided differently') }]);
  });

  it.each([
    ['"a.py f1": {"rule":"sleep"},', 'this is no entry: the path, the fingerprint, the rule or the name is missing'],
    ['"a.py": {"rule":"sleep","api":"eventlet.sleep"},', 'this is no entry: the path, the fingerprint, the rule or the name is missing'],
    ['nonsense', 'this is no entry: `"path fingerprint": {"rule": …, "api": …}` on one line'],
    ['"a.py f1": {"rule":"sleep","api":"eventlet.sleep","decision":"never"},', 'a decision is `keep`, `later`, `elsewhere`'],
    ['"a.py f1": {"rule":"sleep","api":"eventlet.sleep","decision":"keep","until":"soon"},', '`until` is a day such as `2027-03-01`'],
    ['"a.py f1": {"rule":"sleep","api":"eventlet.sleep","decision":"keep","until":"2027-02-30"},', '`until` is a day such as `2027-03-01`'],
    ['"version": 2', 'version 2 is from a newer Eventlet Migration; what is not understood is left out'],
  ])('says what is wrong with a line, and reads the others: %s', (line, message) => {
    const good = '"z.py f9": {"rule":"sleep","api":"eventlet.sleep"},';
    expect(parseChecklistFile(`{\n${line}\n${good}\n}\n`)).toMatchObject({ entries: [{ path: 'z.py' }], problems: [{ line: 1, message }] });
  });
});

describe('a decision', () => {
  const decision = { kind: 'keep', reason: 'demo' } as const;
  const text = formatChecklistFile({ entries: [sleep, spawn] });

  it('changes the line of its use and leaves all others, also those that cannot be read, and the line ends', () => {
    const known = text.replace('{\n', '{\n<<<<<<< ours\nnonsense\n').replaceAll('\n', '\r\n');
    const one = use('a.py', 'f1');
    expect(decided(known, compare([sleep, spawn], [one]), new Set([one]), decision)).toBe(known.replace('"eventlet.sleep"}', '"eventlet.sleep","decision":"keep","reason":"demo"}'));
  });

  it('puts a use that is new where it belongs by its order', () => {
    for (const path of ['0.py', 'aa.py', 'z.py']) {
      const one = use(path, 'f5', 'eventlet.kill');
      const after = decided(text, compare([sleep, spawn], [one]), new Set([one]), decision);
      const entry: Entry = { path, fingerprint: 'f5', rule: 'kill', api: 'eventlet.kill', decision };
      expect(after).toBe(formatChecklistFile({ entries: [sleep, spawn, entry] }));
    }
  });

  it('moves the line of a use whose file was renamed', () => {
    const one = use('x.py', 'f1');
    const after = decided(text, compare([sleep, spawn], [one], ['x.py']), new Set([one]), decision);
    expect(after).toBe(formatChecklistFile({ entries: [{ ...sleep, path: 'x.py', decision }, spawn] }));
  });

  it('that is taken back leaves the entry', () => {
    const one = use('b c.py', 'f2', 'eventlet.spawn');
    const { decision: _, ...open } = spawn;
    expect(decided(text, compare([sleep, spawn], [one]), new Set([one]), null)).toBe(formatChecklistFile({ entries: [sleep, open] }));
  });
});

describe('progress', () => {
  it('counts what is gone as done, what no entry knows as fresh', () => {
    const { there, done, fresh } = compare([sleep, spawn], [use('a.py', 'f1'), use('a.py', 'f7', 'eventlet.kill')]);
    expect(there.map(({ entry }) => entry)).toEqual([sleep]);
    expect(done).toEqual([spawn]);
    expect(fresh.map(({ api }) => api)).toEqual(['eventlet.kill']);
  });

  it('does not take for done what was not looked for', () => {
    const files = { exists: () => true, isSeen: (path: string) => path !== 'a.py' };
    const { done, unseen } = progress({ entries: [sleep, spawn] }, [], files);
    expect({ done, unseen }).toEqual({ done: [spawn], unseen: [sleep] });
  });

  it('follows a file that was renamed, but not into a copy while the file is still there', () => {
    const moved = [use('new.py', 'f1')];
    expect(compare([sleep], moved, ['new.py']).there).toHaveLength(1);
    expect(compare([sleep], moved, ['a.py', 'new.py'])).toMatchObject({ there: [], done: [sleep], fresh: moved });
  });

  it('follows code that was moved to a file that was there before, with the lines around it', () => {
    const entry = { ...sleep, near: 'aaaabbbbccccdddd' };
    const moved = { ...use('other.py', 'f1'), near: entry.near };
    expect(compare([entry], [moved])).toMatchObject({ there: [{ entry, use: moved }], done: [], fresh: [] });
    expect(compare([entry], [{ ...use('a.py', 'f1'), near: entry.near }, moved])).toMatchObject({ there: [{ use: { path: 'a.py' } }], fresh: [moved] });
    expect(compare([entry], [{ ...moved, near: 'aaaabbbbeeeedddd' }])).toMatchObject({ there: [], done: [entry] });
  });

  it('takes a use in another function for the one that went only where that function took the place of the other', () => {
    const inWork = { ...sleep, near: 'aaaabbbbccccdddd' };
    const alsoInWork = { ...sleep, fingerprint: 'f2', near: 'eeeeffffggggdddd' };
    const inOther = { ...use('a.py', 'f9'), near: 'iiiijjjjkkkkllll' };
    expect(compare([inWork], [inOther])).toMatchObject({ done: [], fresh: [] });
    expect(compare([inWork, alsoInWork], [{ ...use('a.py', 'f2'), near: alsoInWork.near }, inOther])).toMatchObject({ done: [inWork], fresh: [inOther] });
  });

  it('tells equal uses apart by what they stand between, whichever of them goes', () => {
    const entries = ['n1', 'n2', 'n3'].map((near, index): Entry => ({ ...sleep, fingerprint: `f${index + 1}`, near }));
    const { there, done } = compare(entries, [{ ...use('a.py', 'f1'), near: 'n2' }, { ...use('a.py', 'f2'), near: 'n3' }]);
    expect(there.map(({ entry }) => entry.near)).toEqual(['n2', 'n3']);
    expect(done.map(({ near }) => near)).toEqual(['n1']);
  });

  it('takes uses at other places for new ones, though one of their name is done, and follows one whose line was edited', () => {
    const entry = { ...sleep, near: 'aaaabbbbcccc' };
    const elsewhere = [{ ...use('a.py', 'f8'), near: 'ddddbbbbeeee' }, { ...use('a.py', 'f9'), near: 'ddddbbbbffff' }];
    expect(compare([entry], elsewhere)).toMatchObject({ done: [entry], fresh: elsewhere });
    for (const near of ['aaaaddddeeee', 'eeeeddddcccc']) expect(compare([entry], [{ ...use('a.py', 'f8'), near }])).toMatchObject({ done: [], fresh: [] });
  });

  it('follows a use whose function and file were renamed, by the others of its file', () => {
    const { there, done } = compare([sleep, { ...spawn, path: 'a.py' }], [use('new.py', 'other'), use('new.py', 'f2', 'eventlet.spawn')], ['new.py']);
    expect({ there: there.length, done }).toEqual({ there: 2, done: [] });
  });

  it('follows a use whose function was renamed, within its file', () => {
    expect(compare([sleep], [use('a.py', 'other')]).there.map(({ use }) => use.fingerprint)).toEqual(['other']);
    expect(compare([sleep], [use('b.py', 'other')]).there).toEqual([]);
  });

  it('pairs each entry once: more uses of a name than before are new ones', () => {
    expect(compare([sleep], [use('a.py', 'x'), use('a.py', 'f1'), use('a.py', 'y')]).fresh.map(({ fingerprint }) => fingerprint)).toEqual(['x', 'y']);
  });

  it('writes down living uses under their names of today, with their decisions, and keeps what is done', () => {
    const decided = { ...sleep, decision: { kind: 'keep', reason: 'demo' } } as const;
    const { entries } = updated(compare([decided, spawn], [use('new.py', 'f1')], ['new.py', 'b c.py']));
    expect(entries).toEqual([{ ...spawn, done: true }, { ...decided, path: 'new.py' }]);
  });

  it('takes a use that comes back for a new one once it was written down as done', () => {
    const done = { ...sleep, done: true } as const;
    expect(parseChecklistFile(formatChecklistFile({ entries: [done] })).entries).toEqual([done]);
    const back = use('a.py', 'f1');
    expect(compare([done], [back])).toEqual({ there: [], done: [done], unseen: [], fresh: [back] });
    expect(updated(compare([done], [back]))).toEqual({ entries: [sleep] });
  });

  it('opens a decision again on its day', () => {
    expect(['2027-02-28', '2027-03-01', '2027-03-02'].map((day) => isSettled(spawn, day))).toEqual([true, false, false]);
    expect(isSettled(sleep, '2026-01-01')).toBe(false);
  });
});

function use(path: string, fingerprint: string, api = 'eventlet.sleep'): CurrentUse {
  return { path, fingerprint, rule: api.replace('eventlet.', ''), api };
}

/** Files that exist are those of entries and uses, unless they are named. */
function compare(entries: readonly Entry[], uses: readonly CurrentUse[], paths = [...entries, ...uses].map(({ path }) => path)) {
  return progress({ entries }, uses, { exists: (path) => paths.includes(path), isSeen: () => true });
}
