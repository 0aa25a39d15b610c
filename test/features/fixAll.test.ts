import { describe, expect, it } from 'vitest';
import type { TextEdit } from '../../server/src/edits/textEdit';
import { sortEdits } from '../../server/src/features/fixAll';

const edit = (start: number, end: number, newText: string): TextEdit => ({ start, end, newText });
const importTime = edit(0, 0, 'import time\n');
const sleep = edit(40, 54, 'time.sleep');
const spawn = edit(60, 74, 'queue.Queue');

describe('the edits of all fixes', () => {
  it('want no look where they are all safe', () => {
    expect(sortEdits([importTime, sleep], [importTime, sleep]).map(({ wantsLook }) => wantsLook)).toEqual([false, false]);
  });

  it('want a look where only the fixes to review make them', () => {
    expect(sortEdits([importTime, sleep, spawn], [importTime, sleep])).toEqual([
      { ...importTime, wantsLook: false },
      { ...sleep, wantsLook: false },
      { ...spawn, wantsLook: true },
    ]);
  });

  it('are told apart where both insert imports in one place', () => {
    expect(sortEdits([edit(0, 0, 'import queue\nimport time\nimport uuid\n'), sleep], [importTime, sleep])).toEqual([
      { start: 0, end: 0, newText: 'import queue\n', wantsLook: true },
      { ...importTime, wantsLook: false },
      { start: 0, end: 0, newText: 'import uuid\n', wantsLook: true },
      { ...sleep, wantsLook: false },
    ]);
  });

  it('all want a look where the safe ones alone would do something else', () => {
    const replaced = edit(0, 15, 'import queue\nimport time');
    expect(sortEdits([replaced, sleep], [edit(0, 15, 'import time'), sleep]).map(({ wantsLook }) => wantsLook)).toEqual([true, true]);
  });

  it('all want a look where no safe ones are among them', () => {
    expect(sortEdits([spawn], []).map(({ wantsLook }) => wantsLook)).toEqual([true]);
  });
});
