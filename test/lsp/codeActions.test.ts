import { describe, expect, it } from 'vitest';
import type { WorkspaceEdit } from 'vscode-languageserver';
import { connect, eventually, modern, modest, uriOf, type Client, type ClientOptions } from '../kit/client';

const patched = { 'main.py': 'import eventlet\neventlet.monkey_patch()\n' };

/** A project whose process is patched, looked at. */
async function project(options: ClientOptions = {}): Promise<Client> {
  return (await connect({ files: patched, ...options })).ready();
}

const three = `
import eventlet

def poll(seconds):
    eventlet.sleep(1)
    #^^^^^^^^^^^^^ here
    eventlet.sleep(2)
    return eventlet.sleep
`;

describe('what is offered at a use', () => {
  it('is its fixes, the project’s target first, then what goes further', async () => {
    const client = await project();
    expect(await client.titles(client.open('a.py', three))).toEqual([
      'Use `time.sleep`',
      'Fix all `sleep` in this file (the 2 safe ones)',
      'Fix all `sleep` in this file (2 safe, 1 to review)',
      'Fix all safe eventlet uses in this file (2)',
      'Keep this use (`# eventlet: keep[sleep]`)',
      'Open guidance for `sleep`',
    ]);
  });

  it('names another target than the project’s, and what wants a look', async () => {
    const client = await project();
    const place = client.open('a.py', `
import eventlet

async def poll():
    eventlet.sleep(1)
    #^^^^^^^^^^^^^ here
`);
    expect(await client.titles(place)).toEqual(expect.arrayContaining(['Use `time.sleep`', 'Use `await asyncio.sleep` (asyncio, review)']));
    client.configure({ target: 'asyncio' });
    await eventually(async () => (await client.titles(place)).slice(0, 2)).toEqual(['Use `await asyncio.sleep` (review)', 'Use `time.sleep` (threading)']);
  });

  it('prefers the safe fix, and names the problems that it solves', async () => {
    const client = await project();
    const place = client.open('a.py', three);
    const actions = await client.actions(place);
    expect(actions.filter(({ isPreferred }) => isPreferred).map(({ title }) => title)).toEqual(['Use `time.sleep`']);
    expect(actions[0]?.diagnostics).toEqual((await client.diagnostics('a.py')).slice(1, 2));
    expect(actions[0]).not.toHaveProperty('edit');
  });

  it('is nothing elsewhere, and nothing for a use that is kept', async () => {
    const client = await project();
    expect(await client.titles(client.open('a.py', `
import eventlet

eventlet.sleep(1)
 #^ here
`), ['refactor'])).toEqual([]);
    expect(await client.titles(client.open('b.py', `
import eventlet  # eventlet: keep[import]
       #^^^^^^^ here
`))).toEqual([]);
    expect(await client.titles(client.open('c.py', `
import os
       #^ here
`))).toEqual([]);
  });
});

describe('at an import', () => {
  const used = `
import eventlet
       #^^^^^^^ here

def poll(work):
    eventlet.sleep(1)
    work(eventlet.sleep)
`;

  it('all uses of the name are replaced together, and it is said how many want a look', async () => {
    const client = await project();
    await client.choose(client.open('a.py', used), 'Replace all uses of `eventlet` in this file (1 safe, 1 to review) (review)');
    expect(client.text('a.py')).toBe('import time\n\ndef poll(work):\n    time.sleep(1)\n    work(time.sleep)\n');
  });

  it('nothing is offered where one of them is kept or has no fix', async () => {
    const client = await project();
    const kept = used.replace('work(eventlet.sleep)', 'work(eventlet.sleep)  # eventlet: keep[sleep]');
    const stuck = used.replace('work(eventlet.sleep)', 'work(eventlet)');
    for (const [path, source] of [['kept.py', kept], ['stuck.py', stuck]] as const) {
      expect(await client.titles(client.open(path, source))).not.toContainEqual(expect.stringContaining('Replace all uses'));
    }
  });
});

describe('a fix of code and test doubles', () => {
  const test = "from unittest import mock\n\nimport a\n\n\n@mock.patch('a.eventlet.sleep')\ndef test_poll(sleep):\n    pass\n";
  const files = { ...patched, 'tests/__init__.py': patched['main.py'], 'tests/test_a.py': test };
  const use = `
import eventlet

def poll():
    eventlet.sleep(1)
    #^^^^^^^^^^^^^ here
`;

  it('is one edit over the files, the text of open ones included', async () => {
    const client = await project({ files });
    const place = client.open('a.py', use);
    client.open('tests/test_a.py', `# not saved yet\n${test}`);
    const { edit } = await client.choose(place, 'Use `time.sleep` in code and test doubles (2 places in 2 files)');
    expect(edit?.documentChanges).toMatchObject([{ textDocument: { uri: 'file:///w/tests/test_a.py', version: 1 } }, { textDocument: { uri: 'file:///w/a.py', version: 1 } }]);
    expect(client.text('a.py')).toBe('import time\n\ndef poll():\n    time.sleep(1)\n');
    expect(client.text('tests/test_a.py')).toBe(`# not saved yet\n${test.replace('eventlet', 'time')}`);
  });

  it('is no part of what fixes all of one file', async () => {
    const client = await project({ files });
    expect(await client.titles(client.open('a.py', use))).not.toContainEqual(expect.stringContaining('Fix all safe'));
  });
});

describe('a fix that is chosen', () => {
  it('is made with its imports, for the version of the text that it was computed for', async () => {
    const client = await project();
    const place = client.open('a.py', `
import eventlet

def poll():
    eventlet.sleep(1)
    #^^^^^^^^^^^^^ here
`);
    const { edit } = await client.choose(place, 'Use `time.sleep`');
    expect(edit?.documentChanges).toMatchObject([{ textDocument: { uri: 'file:///w/a.py', version: 1 } }]);
    expect(edit).not.toHaveProperty('changeAnnotations');
    expect(client.text('a.py')).toBe('import time\n\ndef poll():\n    time.sleep(1)\n');
  });

  it('is computed again for a text that has changed since it was offered', async () => {
    const client = await project();
    const place = client.open('a.py', three);
    const [action] = await client.actions(place);
    client.type('a.py', 'def poll', '# now documented\ndef poll');
    const { edit } = await client.resolve(action ?? { title: '' });
    client.apply(edit ?? {});
    expect(client.text('a.py')).toContain('# now documented\ndef poll(seconds):\n    time.sleep(1)\n    eventlet.sleep(2)\n');
  });

  it('is none any more where its use has gone, and says so', async () => {
    const client = await project();
    const place = client.open('a.py', 'import eventlet\neventlet.sleep(1)\n#^^^^^^^^^^^^^ here\n');
    const [action] = await client.actions(place);
    client.type('a.py', 'eventlet.sleep(1)', 'pass');
    expect(await client.resolve(action ?? { title: '' })).toMatchObject({ title: 'Use `time.sleep`', disabled: { reason: expect.stringContaining('changed') } });
  });

  it('asks first where it wants a look, and says what for', async () => {
    const client = await (await connect()).ready();
    const place = client.open('a.py', 'import eventlet\neventlet.sleep(1)\n#^^^^^^^^^^^^^ here\n');
    const { edit } = await client.choose(place, 'Use `time.sleep` (review)');
    expect(edit?.changeAnnotations).toEqual({
      'review-1': { label: 'Use `time.sleep` (review)', description: expect.stringContaining('monkey-patched'), needsConfirmation: true },
    });
    expect(editsIn(edit)).toSatisfy((edits: readonly object[]) => edits.every((each) => 'annotationId' in each));
    expect(client.text('a.py')).toBe('import time\ntime.sleep(1)\n');
  });

  it('is a plain edit, there from the start, for a client that knows no better', async () => {
    const client = await project({ capabilities: modest });
    const place = client.open('a.py', 'import eventlet\neventlet.sleep(1)\n#^^^^^^^^^^^^^ here\n');
    const [action] = await client.actions(place);
    expect(action).toEqual({ title: 'Use `time.sleep`', kind: 'quickfix', diagnostics: expect.anything(), data: expect.anything(), edit: { changes: { 'file:///w/a.py': expect.anything() } } });
    client.apply(action?.edit ?? {});
    expect(client.text('a.py')).toBe('import time\ntime.sleep(1)\n');
  });

  it('also works in a file that is closed', async () => {
    const client = await project({ files: { ...patched, 'b.py': 'import eventlet\neventlet.sleep(1)\n' } });
    const { edit } = await client.choose({ path: 'b.py', range: { start: { line: 1, character: 0 }, end: { line: 1, character: 0 } } }, 'Use `time.sleep`');
    expect(edit?.documentChanges).toMatchObject([{ textDocument: { version: null } }]);
    expect(client.text('b.py')).toBe('import time\ntime.sleep(1)\n');
  });
});

describe('fixing all', () => {
  const mixed = `
import eventlet
from eventlet import greenthread

def poll(seconds):
    eventlet.sleep(1)
    #^^^^^^^^^^^^^ here
    greenthread.sleep(2)
    return eventlet.sleep
`;

  it('of one rule takes the safe ones', async () => {
    const client = await project();
    await client.choose(client.open('a.py', mixed), 'Fix all `sleep` in this file (the 2 safe ones)');
    expect(client.text('a.py')).toBe(`
import time

import eventlet

def poll(seconds):
    time.sleep(1)
    time.sleep(2)
    return eventlet.sleep
`.slice(1));
  });

  it('with those to review asks for these only', async () => {
    const client = await project();
    const place = client.open('a.py', `${mixed}eventlet.wsgi.server\n`);
    const { edit } = await client.choose(place, 'Fix all `sleep` in this file (2 safe, 1 to review)');
    expect(client.text('a.py')).toMatch(/time\.sleep\(1\)\n    time\.sleep\(2\)\n    return time\.sleep\n/);
    expect(editsIn(edit).filter((each) => 'annotationId' in each)).toEqual([
      { range: { start: { line: 6, character: 11 }, end: { line: 6, character: 25 } }, newText: 'time.sleep', annotationId: 'review-1' },
    ]);
  });

  it('with those to review asks for everything where both meet in the imports', async () => {
    const client = await project();
    const { edit } = await client.choose(client.open('a.py', mixed), 'Fix all `sleep` in this file (2 safe, 1 to review)');
    expect(client.text('a.py')).toBe('import time\n\ndef poll(seconds):\n    time.sleep(1)\n    time.sleep(2)\n    return time.sleep\n');
    expect(editsIn(edit)).toSatisfy((edits: readonly object[]) => edits.every((each) => 'annotationId' in each));
  });

  it('is a source action only for those who ask for it', async () => {
    const client = await project();
    const place = client.open('a.py', three);
    const anywhere = { ...place, range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } } };
    for (const kind of ['source.fixAll.eventlet', 'source.fixAll', 'source']) expect(await client.titles(anywhere, [kind])).toEqual(['Fix all safe eventlet uses in this file (2)']);
    expect(await client.titles(anywhere, ['source.organizeImports'])).toEqual([]);
    expect(await client.titles(anywhere)).toEqual([]);
    await client.choose(anywhere, 'Fix all safe', ['source.fixAll.eventlet']);
    expect(client.text('a.py')).not.toMatch(/eventlet\.sleep\(/);
  });

  it('takes what is in the editor, not on disk', async () => {
    const client = await project({ files: { ...patched, 'a.py': 'import eventlet\n' } });
    const place = client.open('a.py', 'import eventlet\neventlet.sleep(1)\n#^^^^^^^^^^^^^ here\n');
    await client.choose(place, 'Fix all safe');
    expect(client.text('a.py')).toBe('import time\ntime.sleep(1)\n');
  });
});

describe('keeping a use', () => {
  it('adds a comment, and the problem has gone', async () => {
    const client = await project();
    const place = client.open('a.py', three);
    await client.choose(place, 'Keep');
    expect(client.text('a.py')).toContain('    eventlet.sleep(1)  # eventlet: keep[sleep]\n    eventlet.sleep(2)\n');
    expect(await client.titles(place)).toEqual([]);
  });

  it('does nothing to a closed file that has moved on unheard', async () => {
    const sources = { 'a.py': 'import eventlet\n\n\neventlet.sleep(1)\n', 'requirements.txt': 'other\neventlet\n' };
    const client = await project({ files: { ...patched, ...sources } });
    for (const [path, source] of Object.entries(sources)) {
      const at = { line: source.trim().split('\n').length - 1, character: 0 };
      const keep = (await client.actions({ path, range: { start: at, end: at } })).find(({ title }) => title.startsWith('Keep'));
      if (!keep) throw new Error(`nothing is offered in ${path}`);
      expect(await client.resolve(keep)).toHaveProperty('edit');
      client.disk.set(uriOf(path), `first = 1\n${source}`);
      expect(await client.resolve(keep)).toMatchObject({ disabled: { reason: expect.stringContaining('has changed') } });
    }
  });
});

describe('guidance', () => {
  it('opens in a browser', async () => {
    const client = await project();
    const action = (await client.actions(client.open('a.py', three))).find(({ title }) => title === 'Open guidance for `sleep`');
    expect(client.initialized?.capabilities.executeCommandProvider?.commands).toEqual([action?.command?.command, 'eventlet.convertCallChain']);
    await client.run(action?.command);
    expect(client.shown).toEqual([expect.stringMatching(/^https:.*\/sleep\.md$/)]);
  });

  it('opens in the client’s own way, where it has one', async () => {
    const client = await project({ guideCommand: 'eventletMigration.openGuidance' });
    const action = (await client.actions(client.open('a.py', three))).find(({ title }) => title === 'Open guidance for `sleep`');
    expect(action?.command).toMatchObject({ command: 'eventletMigration.openGuidance', arguments: ['sleep'] });
    expect(client.initialized?.capabilities.executeCommandProvider?.commands).toEqual(['eventlet.convertCallChain']);
  });

  it('is not offered where nothing could show it', async () => {
    const { window: _, ...rest } = modern;
    const client = await project({ capabilities: rest });
    expect((await client.titles(client.open('a.py', three))).join()).not.toContain('guidance');
  });
});

function editsIn(edit: WorkspaceEdit | undefined): readonly object[] {
  return edit?.documentChanges?.flatMap((change) => ('edits' in change ? change.edits : [])) ?? [];
}

describe('in a file that is no Python', () => {
  const requirements = 'other\neventlet>=0.33\n#^^^^^^^ here\n';

  it('the same is offered, once for both targets', async () => {
    const client = await project();
    expect(await client.titles(client.open('requirements.txt', requirements))).toEqual([
      'Remove the requirement of `eventlet` (review)',
      'Keep this use (`# eventlet: keep[requirement]`)',
      'Open guidance for `requirement`',
    ]);
  });

  it('a fix is made, or a comment above keeps the line', async () => {
    const client = await project();
    await client.choose(client.open('requirements.txt', requirements), 'Remove the requirement of `eventlet` (review)');
    expect(client.text('requirements.txt')).toBe('other\n');
    await client.choose(client.open('dev-requirements.txt', requirements), 'Keep this use (`# eventlet: keep[requirement]`)');
    expect(client.text('dev-requirements.txt')).toBe('other\n# eventlet: keep[requirement]\neventlet>=0.33\n');
    expect(await client.diagnostics('dev-requirements.txt')).toEqual([]);
  });
});
