import { describe, expect, test } from 'vitest';
import type { Storage } from '../../client/src/kept';
import { isSame, textOf, withEdits } from '../../client/src/nextStep/bytes';
import { candidates } from '../../client/src/nextStep/candidates';
import { withMessage } from '../../client/src/nextStep/commitBox';
import { CurrentStep, type ProjectFiles } from '../../client/src/nextStep/current';
import { after, choicesIn, resumed, type Choice, type Happening, type Phase, type Step } from '../../client/src/nextStep/step';
import { StepStore } from '../../client/src/nextStep/store';
import { testCommand, testCommands } from '../../client/src/nextStep/testCommand';
import type { PlanStep } from '../../server/src/protocol';
import { checklist } from './kit';

const shown: Step = { id: 'one', source: 'step:sleep', title: 'Sleep', phase: 'shown', wish: {}, files: [{ uri: 'file:///a.py' }, { uri: 'file:///b.py', isNew: true }], uses: 2, review: 0, differences: [], message: 'Replace it', tests: [] };
const phases: readonly Phase[] = ['shown', 'applying', 'applied', 'testing', 'passed', 'failed', 'takingBack'];

describe('a step', () => {
  test('that passes is shown, applied, tested and over', () => {
    expect(walk('apply', 'applied', 'test', 'pass', 'end')).toBe('over');
  });

  test('that fails can be taken back, or tested again', () => {
    expect(walk('apply', 'applied', 'test', 'fail', 'takeBack', 'end')).toBe('over');
    expect(walk('apply', 'applied', 'test', 'fail', 'test', 'pass')).toMatchObject({ phase: 'passed' });
  });

  test('knows what the tests ended with, until they run again', () => {
    const failed = after({ ...shown, phase: 'testing' }, 'fail', 3);
    expect(failed).toMatchObject({ phase: 'failed', exitCode: 3 });
    expect(failed && failed !== 'over' && after(failed, 'test')).not.toHaveProperty('exitCode');
  });

  test('cannot do what does not belong where it is', () => {
    expect(after(shown, 'pass')).toBeUndefined();
    expect(after({ ...shown, phase: 'testing' }, 'takeBack')).toBeUndefined();
    expect(after({ ...shown, phase: 'applied' }, 'apply')).toBeUndefined();
  });

  test('can be left from everywhere, by what is offered', () => {
    const leads: Partial<Record<Choice, Happening>> = { apply: 'apply', skip: 'end', stop: 'end', keep: 'end', stage: 'end', test: 'test', takeBack: 'takeBack', stopTests: 'interrupt' };
    for (const phase of phases) {
      const happenings = choicesIn({ ...shown, phase }).flatMap((choice) => leads[choice] ?? []);
      expect(happenings.length, phase).toBeGreaterThan(0);
      for (const happening of happenings) expect(after({ ...shown, phase }, happening), `${happening} in ${phase}`).toBeDefined();
    }
  });
});

describe('a step that is found again', () => {
  test('is where its files say, if it was cut short while they were changed', () => {
    expect(resumed({ ...shown, phase: 'applying' }, ['before', 'before'])).toMatchObject({ phase: 'shown' });
    expect(resumed({ ...shown, phase: 'applying' }, ['after', 'after'])).toMatchObject({ phase: 'applied' });
    expect(resumed({ ...shown, phase: 'applying' }, ['after', 'before'])).toMatchObject({ phase: 'applying' });
    expect(resumed({ ...shown, phase: 'takingBack' }, ['before', 'before'])).toBe('over');
    expect(resumed({ ...shown, phase: 'takingBack' }, ['before', 'other'])).toMatchObject({ phase: 'takingBack' });
  });

  test('has tests that told nothing, if they were running', () => {
    expect(resumed({ ...shown, phase: 'testing' }, ['after', 'after'])).toMatchObject({ phase: 'applied', isInterrupted: true });
  });
});

describe('the store', () => {
  test('gives the step back to the next one that looks', async () => {
    const storage = memory();
    await new StepStore(storage).save(shown);
    expect(await new StepStore(storage).load()).toEqual(shown);
  });

  test('gives the state before, where writing was cut short', async () => {
    for (const happenings of [1, 2, 3]) {
      const storage = memory();
      const store = new StepStore(storage);
      const phasesSeen = phases.slice(0, happenings + 1);
      for (const phase of phasesSeen) await store.save({ ...shown, phase });
      const last = storage.last ?? '';
      storage.files.set(last, (storage.files.get(last) ?? new Uint8Array()).slice(0, 20));
      expect(await new StepStore(storage).load()).toEqual({ ...shown, phase: phasesSeen.at(-2) });
    }
  });

  test('forgets a step that is over, and what its files held', async () => {
    const storage = memory();
    const store = new StepStore(storage);
    await store.keep(shown, 0, 'before', bytes('a'));
    await store.save(shown);
    await store.save(undefined);
    const again = new StepStore(storage);
    expect([await again.load(), await again.content(shown, 0, 'before')]).toEqual([undefined, undefined]);
  });

  test('keeps apart what different steps keep', async () => {
    const store = new StepStore(memory());
    await store.keep(shown, 0, 'before', bytes('old'));
    await store.keep({ id: 'two' }, 0, 'before', bytes('new'));
    await store.removeOthers({ id: 'two' });
    expect([await store.content(shown, 0, 'before'), await store.content({ id: 'two' }, 0, 'before')]).toEqual([undefined, bytes('new')]);
  });

  test('takes what it does not understand for nothing', async () => {
    const storage = memory();
    for (const text of ['{', 'null', '{"version":2,"turn":1,"step":{}}', '{"version":1,"turn":1,"step":{"phase":"dancing"}}']) {
      storage.files.set('step-a.json', bytes(text));
      expect(await new StepStore(storage).load(), text).toBeUndefined();
    }
  });
});

describe('wherever the editor is killed', () => {
  const sides = [{ before: bytes('\ufeffa\r\n'), after: bytes('\ufeffA\r\n') }, { before: undefined, after: bytes('new\n') }];
  const untouched = { 'file:///a.py': '\ufeffa\r\n' };
  const changed = { 'file:///a.py': '\ufeffA\r\n', 'file:///b.py': 'new\n' };

  test('the change can be finished, or taken back byte for byte', async () => {
    const whole = await killedAfter(Infinity, walkThrough);
    expect(whole.writes).toBeGreaterThan(12);
    for (let writes = 0; writes < whole.writes; writes++) {
      const { disk } = await killedAfter(writes, walkThrough);
      const current = await opened(disk);
      if (current.step?.phase === 'shown' || current.step?.phase === 'applying') {
        expect(await current.apply(current.step), `${writes}`).toEqual([]);
        expect(project(disk), `${writes}`).toEqual(changed);
      }
      if (current.step) await current.takeBack(current.step);
      expect(project(disk), `${writes}`).toEqual(untouched);
      expect((await opened(disk)).step).toBeUndefined();
    }
  });

  test('nothing that somebody else wrote is touched', async () => {
    for (let writes = 0; writes < 20; writes++) {
      const { disk } = await killedAfter(writes, walkThrough);
      disk.set('file:///a.py', bytes('mine'));
      const current = await opened(disk);
      if (current.step) await current.apply(current.step);
      if (current.step) await current.takeBack(current.step);
      expect(project(disk)['file:///a.py'], `${writes}`).toBe('mine');
    }
  });

  test('another step cannot push away one that has changed files', async () => {
    const disk = new Map<string, Uint8Array>([['file:///a.py', bytes('\ufeffa\r\n')]]);
    const current = await opened(disk);
    expect(await current.begin(shown, sides)).toBe(true);
    expect(await current.begin({ ...shown, id: 'two' }, sides)).toBe(true);
    if (current.step) await current.apply(current.step);
    expect(await current.begin({ ...shown, id: 'three' }, sides)).toBe(false);
    expect((await opened(disk)).step).toMatchObject({ id: 'two', phase: 'applied' });
  });

  test('a file with changes that are not saved is not written', async () => {
    const disk = new Map<string, Uint8Array>([['file:///a.py', bytes('\ufeffa\r\n')]]);
    const current = new CurrentStep(new StepStore(memory(disk)), { ...files(disk), isUnsaved: (uri) => uri === 'file:///a.py' });
    await current.begin(shown, sides);
    expect(await current.apply(shown)).toEqual([0]);
    expect([current.step, project(disk)]).toEqual([shown, untouched]);
  });

  async function walkThrough(current: CurrentStep): Promise<void> {
    await current.begin(shown, sides);
    if (current.step) await current.apply(current.step);
    await current.happen('test');
    await current.happen('fail', 1);
    if (current.step) await current.takeBack(current.step);
  }

  /** The disk after this many writes of a walk, and how many there were: the last one is cut short. */
  async function killedAfter(most: number, walkThere: (current: CurrentStep) => Promise<void>): Promise<{ readonly disk: Map<string, Uint8Array>; readonly writes: number }> {
    const disk = new Map<string, Uint8Array>([['file:///a.py', bytes('\ufeffa\r\n')]]);
    let writes = 0;
    const guarded = new Proxy(disk, {
      get(target, name) {
        const member: unknown = Reflect.get(target, name);
        if (typeof member !== 'function') return member;
        return (...given: unknown[]) => {
          if ((name === 'set' || name === 'delete') && writes++ >= most) {
            const [key, content] = given;
            if (typeof key === 'string' && content instanceof Uint8Array) target.set(key, content.slice(0, content.length / 2));
            throw new Error('killed');
          }
          return Reflect.apply(member, target, given);
        };
      },
    });
    const current = new CurrentStep(new StepStore(memory(guarded)), files(guarded));
    await walkThere(current).catch((error: unknown) => expect(String(error)).toBe('Error: killed'));
    return { disk, writes };
  }

  async function opened(disk: Map<string, Uint8Array>): Promise<CurrentStep> {
    const current = new CurrentStep(new StepStore(memory(disk)), files(disk));
    await current.resume();
    return current;
  }

  function project(disk: ReadonlyMap<string, Uint8Array>): Record<string, string | undefined> {
    return Object.fromEntries([...disk].filter(([name]) => name.startsWith('file:')).map(([name, content]) => [name, textOf(content)]));
  }

  function files(disk: Map<string, Uint8Array>): ProjectFiles {
    return { read: async (uri) => disk.get(uri), write: async (uri, content) => void (content ? disk.set(uri, content) : disk.delete(uri)), isUnsaved: () => false };
  }
});

describe('edits of bytes', () => {
  const edit = (line: number, from: number, to: number, newText: string) => ({ range: { start: { line, character: from }, end: { line, character: to } }, newText });
  const edited = (text: string, ...edits: ReturnType<typeof edit>[]) => textOf(withEdits(bytes(text), edits) ?? new Uint8Array());

  test('leave everything else as it is: mark, mixed ends of lines, no end at all', () => {
    expect(edited('\ufeffa\r\nb\nc\rd', edit(0, 0, 1, 'A'), edit(2, 0, 1, 'C'), edit(3, 1, 1, '!'))).toBe('\ufeffA\r\nb\nC\rd!');
  });

  test('count characters as the protocol does', () => {
    expect(edited('x = "🐍é"; y\n', edit(0, 11, 12, 'z'))).toBe('x = "🐍é"; z\n');
  });

  test('make insertions at one place in their order', () => {
    expect(edited('c\n', edit(0, 0, 0, 'a'), edit(0, 0, 0, 'b'))).toBe('abc\n');
  });

  test('are refused where the bytes are no UTF-8', () => {
    expect(withEdits(Uint8Array.of(0x61, 0xe9, 0x0a), [edit(0, 0, 1, 'b')])).toBeUndefined();
  });

  test('are told from no edits', () => {
    expect([isSame(bytes('a'), bytes('a')), isSame(bytes('a'), bytes('b')), isSame(undefined, bytes('')), isSame(undefined, undefined)]).toEqual([true, false, false, true]);
  });
});

describe('what can be next', () => {
  const safe = step('sleep/safe', 'a.py:3 sleep pattern=1 safe\na.py:9 sleep pattern=1 safe', { safe: 2 });
  const mixed = step('event', 'b.py:1 event pattern=1 safe\nb.py:2 event pattern=1 review', { safe: 1, review: 1 });
  const byHand = { ...step('timeout', 'c.py:1 timeout pattern=1 guidance', { guidance: 1 }) };

  test('is the first step with fixes, whole or its first use, then the others', () => {
    expect(ids(byHand, safe, mixed)).toEqual(['step:sleep/safe', 'use:file:///project/a.py:a.py:3', 'safe:event', 'step:event']);
  });

  test('is something else where that was skipped', () => {
    expect(candidates({ steps: [safe, mixed] }, { skipped: new Set(['step:sleep/safe', 'use:file:///project/a.py:a.py:3']), settled: new Set() }).map(({ id }) => id)).toEqual(['safe:event', 'step:event', 'use:file:///project/b.py:b.py:1', 'step:sleep/safe']);
  });

  test('asks for fixes that want a look only where the step has some', () => {
    expect(candidates({ steps: [safe, mixed] }, nothingLeftOut).map(({ id, wish: { review } }) => [id, review])).toEqual([['step:sleep/safe', false], ['use:file:///project/a.py:a.py:3', true], ['safe:event', false], ['step:event', true]]);
  });

  test('leaves alone what somebody decided about', () => {
    const settled = new Set(['use:file:///project/a.py:a.py:3', 'use:file:///project/b.py:b.py:1', 'use:file:///project/b.py:b.py:2']);
    expect(candidates({ steps: [safe, mixed] }, { ...nothingLeftOut, settled }).map(({ id, wish }) => [id, wish.items?.map((item) => item.id)])).toEqual([['step:sleep/safe', ['a.py:9']]]);
  });

  test('is nothing where no fix is left', () => {
    expect(ids(byHand)).toEqual([]);
  });

  function ids(...steps: readonly PlanStep[]): readonly string[] {
    return candidates({ steps }, nothingLeftOut).map(({ id }) => id);
  }
});

describe('the message for the commit', () => {
  test('stands below what a person has typed', () => {
    expect(withMessage('', 'Replace it')).toBe('Replace it');
    expect(withMessage('Off eventlet: \n', 'Replace it')).toBe('Off eventlet:\n\nReplace it');
  });

  test('is there once, however often it is staged', () => {
    const twice = withMessage(withMessage('Mine', 'Replace it'), 'Replace it');
    expect(twice).toBe('Mine\n\nReplace it');
    expect(withMessage(twice, 'Drop that')).toBe('Mine\n\nReplace it\n\nDrop that');
  });
});

describe('the command for the tests', () => {
  test('names the tests that belong to the change', () => {
    expect(testCommand('pytest -q {files}', ['tests/test_a.py', 'tests/b_test.py'])).toBe('pytest -q tests/test_a.py tests/b_test.py');
    expect(testCommand('stestr run {modules}', ['tests/unit/test_a.py', 'tests/__init__.py'])).toBe('stestr run tests.unit.test_a tests');
  });

  test('runs all tests where none are known, too many, or a name could mean something to a shell', () => {
    expect(testCommand('pytest {files}', [])).toBe('pytest');
    expect(testCommand('pytest {files}', Array.from({ length: 31 }, (_, index) => `test_${index}.py`))).toBe('pytest');
    for (const name of ['a b.py', '$(x).py', '-k.py', "it's.py", 'a;b.py']) expect(testCommand('pytest {files}', ['test_a.py', name])).toBe('pytest');
  });

  test('is guessed from what the project says', () => {
    expect(testCommands({ '.stestr.conf': '', 'tox.ini': '[testenv]\n' }, false).slice(0, 2)).toEqual(['python3 -m stestr run {modules}', 'tox -e py3 -- {modules}']);
    expect(testCommands({ 'pyproject.toml': '[tool.pytest.ini_options]\n', '.venv/pyvenv.cfg': '' }, false)[0]).toBe('.venv/bin/python -m pytest {files}');
    expect(testCommands({ 'pyproject.toml': '[project]\n' }, true)[0]).toBe('python -m unittest {modules}');
    expect(testCommands({ 'tox.ini': '[testenv]\ncommands = pytest {posargs}\n' }, false).slice(0, 2)).toEqual(['python3 -m pytest {files}', 'tox -e py3 -- {files}']);
  });
});

const nothingLeftOut = { skipped: new Set<string>(), settled: new Set<string>() };

function walk(...happenings: readonly Happening[]): Step | 'over' | undefined {
  return happenings.reduce<Step | 'over' | undefined>((step, happening) => (step && step !== 'over' ? after(step, happening) : undefined), shown);
}

function step(id: string, uses: string, share: Partial<Pick<PlanStep, 'safe' | 'review' | 'guidance'>>): PlanStep {
  const items = checklist(uses).items.map((item) => (item.trust === 'guidance' ? item : { ...item, fix: 'Use it' }));
  return { id, stage: { id: 'safe', title: 'Safe' }, topic: id, action: 'Replace it', where: '', why: '', rules: [], safe: 0, review: 0, guidance: 0, ...share, effort: { from: 0, to: 0 }, after: [], blockers: [], traps: [], items };
}

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function memory(files = new Map<string, Uint8Array>()): Storage & { readonly files: Map<string, Uint8Array>; last: string | undefined } {
  return {
    files,
    last: undefined,
    read: async (name) => files.get(name),
    async write(name, content) {
      files.set(name, content);
      this.last = name;
    },
    list: async () => [...files.keys()].filter((name) => !name.startsWith('file:')),
    remove: async (name) => void files.delete(name),
  };
}
