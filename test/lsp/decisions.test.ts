import { describe, expect, it } from 'vitest';
import { reportRequest, type ReportParams } from '../../server/src/protocol';
import { connect, eventually, modern, modest, uriOf, type Client } from '../kit/client';

const poll = 'import eventlet\n\n\ndef poll():\n    eventlet.sleep(1)\n';
const file = '.eventlet-migration.json';
const keep = { kind: 'keep', reason: 'a demo' } as const;

describe('deciding about uses', () => {
  it('begins the checklist file with everything there is, and settles what was decided', async () => {
    const client = await (await connect({ files: { 'a.py': poll, 'b.py': poll } })).ready();
    expect((await client.checklist()).progress).toBeUndefined();
    expect(await decide(client, 'a.py', 'sleep', keep)).toMatchObject({ files: [`file:///w/${file}`], inventory: 4 });
    expect(client.text(file).match(/^"[ab]\.py /gm)).toHaveLength(4);
    await eventually(async () => (await client.checklist()).progress).toEqual({ total: 4, done: 0, settled: { keep: 1, later: 0, elsewhere: 0 }, left: 3 });
    const { items, settled } = await client.checklist();
    expect(items).toHaveLength(3);
    expect(settled).toMatchObject([{ uri: 'file:///w/a.py', rule: 'sleep', decision: keep }]);
  });

  it('changes the line of that use only, in the buffer where one is open, and takes it back', async () => {
    const client = await begun({ 'a.py': poll });
    client.open(file, `${client.text(file)}\nnot ours\n`);
    const before = client.text(file);
    await decide(client, 'a.py', 'sleep', { ...keep, until: '2027-03-01' });
    const after = client.text(file);
    expect(changedLines(before, after)).toEqual([expect.stringMatching(/"api":"eventlet\.sleep","safety":"review","near":"\w+","decision":"keep","reason":"a demo","until":"2027-03-01"\},$/)]);
    await eventually(async () => (await client.checklist()).settled.length).toBe(1);
    await decide(client, 'a.py', 'sleep', null);
    expect(client.text(file)).toBe(before);
    await eventually(async () => (await client.checklist()).settled).toEqual([]);
  });

  it('opens what was decided again on its day', async () => {
    const client = await begun({ 'a.py': poll });
    await decide(client, 'a.py', 'sleep', { ...keep, until: '2026-11-21' });
    await eventually(async () => (await client.checklist()).items.find(({ rule }) => rule === 'sleep')?.decision).toEqual({ ...keep, until: '2026-11-21' });
    expect((await client.checklist()).settled).toEqual([]);
  });

  it('holds until no day that there is not', async () => {
    const client = await begun({ 'a.py': poll });
    const before = client.text(file);
    expect(await decide(client, 'a.py', 'sleep', { ...keep, until: '2027-02-30' })).toEqual({ files: [], inventory: 0 });
    expect(client.text(file)).toBe(before);
    expect(client.logged.join()).toContain('`until` is a day such as `2027-03-01`');
  });

  it('tells why nothing can be written for a client that makes no files', async () => {
    const client = await (await connect({ files: { 'a.py': poll }, capabilities: modest })).ready();
    expect(await decide(client, 'a.py', 'sleep', keep)).toEqual({ files: [], inventory: 0, problem: expect.stringContaining('baseline --update') });
  });

  it('tells git once how to merge the file that it begins, in a work tree, and keeps what was told before', async () => {
    const attributes = '.gitattributes';
    const git = { '.git/HEAD': 'ref: refs/heads/main\n' };
    const start = async (files: Readonly<Record<string, string>>, open?: string) => {
      const client = await (await connect({ files: { 'a.py': poll, ...files } })).ready();
      if (open !== undefined) client.open(attributes, open);
      return { client, result: await decide(client, 'a.py', 'sleep', keep) };
    };
    const line = `${file} merge=union`;
    const fresh = await start(git);
    expect(fresh.result).toMatchObject({ files: [`file:///w/${file}`, `file:///w/${attributes}`] });
    expect(fresh.client.text(attributes)).toBe(`${line}\n`);
    expect((await start({ ...git, [attributes]: '*.png binary\r\n*.po' })).client.text(attributes)).toBe(`*.png binary\r\n*.po\r\n${line}\r\n`);
    expect((await start({ ...git, [attributes]: '*.png binary\n' }, '# not saved\n')).client.text(attributes)).toBe(`# not saved\n${line}\n`);
    expect((await start({ '.git': 'gitdir: ../other\n' })).client.text(attributes)).toBe(`${line}\n`);
    expect((await start({ ...git, [attributes]: `${file} -merge\n` })).result).toMatchObject({ files: [`file:///w/${file}`] });
    expect((await start({})).result).toMatchObject({ files: [`file:///w/${file}`] });

    // The second decision has nothing to say to git.
    await eventually(async () => (await fresh.client.checklist()).settled.length).toBe(1);
    expect(await decide(fresh.client, 'a.py', 'sleep', null)).toMatchObject({ files: [`file:///w/${file}`] });
  });

  it('finds the file above the folder that is open, and leaves alone what lies beside it', async () => {
    const other = '"other/c.py f1": {"rule":"sleep","api":"eventlet.sleep"},';
    const client = await (await connect({ files: { [file]: `{\n${other}\n\n"version": 1\n}\n`, 'pkg/a.py': poll }, folders: ['pkg'] })).ready();
    expect((await client.checklist()).progress).toMatchObject({ total: 2, done: 0 });
    await decide(client, 'pkg/a.py', 'sleep', keep);
    expect(client.text(file)).toMatch(new RegExp(`^\\{\n${other.replace(/[{}.]/g, '\\$&')}\n\n"pkg/a.py \\w+": .*"decision":"keep".*\n\n"version": 1\n\\}\n$`));
  });
});

describe('a checklist file that changed unheard', () => {
  const other = '"other/c.py f1": {"rule":"sleep","api":"eventlet.sleep"},';
  const above = `{\n${other}\n\n"version": 1\n}\n`;
  const pulled = `{\n"other/b.py f0": {"rule":"import","api":"eventlet"},\n${other}\n\n"version": 1\n}\n`;
  const service = { files: { [file]: above, 'pkg/a.py': poll }, folders: ['pkg'] };

  it.each([['above the folder that is open', ['pkg']], ['in it', ['.']]])('is changed as it is on the disk, %s', async (_, folders) => {
    const client = await (await connect({ ...service, folders })).ready();
    client.disk.set(uriOf(file), pulled);
    await decide(client, 'pkg/a.py', 'sleep', keep);
    expect(changedLines(pulled, client.text(file))).toEqual([expect.stringMatching(/^"pkg\/a\.py \w+": .*"decision":"keep"/)]);
    expect(changedLines(client.text(file), pulled)).toEqual([]);
    await eventually(async () => (await client.checklist()).settled.map(({ rule }) => rule)).toEqual(['sleep']);
  });

  it('tells what it says by the next decision, whatever becomes of that', async () => {
    const client = await begun({ 'a.py': poll });
    await decide(client, 'a.py', 'sleep', keep);
    const decided = client.text(file);
    await decide(client, 'a.py', 'sleep', null);
    await eventually(async () => (await client.checklist()).settled).toEqual([]);
    client.disk.set(uriOf(file), decided);
    const sleep = (await client.checklist()).items.filter(({ rule }) => rule === 'sleep');
    expect(await client.decide(sleep, keep)).toEqual({ files: [], inventory: 0 });
    await eventually(async () => (await client.checklist()).settled.map(({ rule }) => rule)).toEqual(['sleep']);
  });

  it('has what it decided left alone by whoever fixes all', async () => {
    const client = await begun({ 'a.py': `${poll}eventlet.monkey_patch()\n` });
    await decide(client, 'a.py', 'sleep', keep);
    const decided = client.text(file);
    await decide(client, 'a.py', 'sleep', null);
    await eventually(async () => (await client.preview({ rule: 'sleep' })).fixed).toBe(1);
    client.disk.set(uriOf(file), decided);
    expect(await client.preview({ rule: 'sleep' })).toEqual({ fixed: 0, left: [] });
  });

  it('is heard of where the client watches folders outside of the workspace, as long as it is the nearest', async () => {
    const watched = (client: Client): readonly unknown[] => client.registrations.map(({ registerOptions }) => registerOptions?.watchers).filter((watchers) => watchers?.[0]?.globPattern?.baseUri);
    const client = await (await connect({ ...service, capabilities: { ...modern, workspace: { ...modern.workspace, didChangeWatchedFiles: { dynamicRegistration: true, relativePatternSupport: true } } } })).ready();
    await eventually(() => watched(client)).toEqual([[{ globPattern: { baseUri: 'file:///w', pattern: file } }]]);
    client.write({ [`pkg/${file}`]: above });
    await eventually(() => watched(client)).toEqual([]);
    expect(watched(await (await connect(service)).ready())).toEqual([]);
  });
});

describe('problems', () => {
  it('are hints with the reason where somebody decided about them, until the day comes', async () => {
    const client = await begun({ 'a.py': poll });
    client.open('a.py');
    const sleep = async (): Promise<readonly unknown[]> => (await client.diagnostics('a.py')).filter(({ code }) => code === 'sleep').map(({ severity, message }) => [severity, String(message).split('\n')[0]]);
    const before = await sleep();
    const { refreshes } = client;
    await decide(client, 'a.py', 'sleep', { kind: 'later', reason: 'after the release', until: '2027-03-01' });
    await eventually(async () => client.refreshes > refreshes).toBe(true);
    expect(await sleep()).toEqual([[4, 'Later: after the release, until 2027-03-01.']]);
    await decide(client, 'a.py', 'sleep', { kind: 'later', reason: 'after the release', until: '2026-11-21' });
    await eventually(async () => (await client.checklist()).settled).toEqual([]);
    expect(await sleep()).toEqual(before);
    expect((await client.diagnostics('a.py')).map(({ message }) => String(message).split('\n').at(-1))).toContain('Later: after the release, until 2026-11-21: that day has come.');
    await decide(client, 'a.py', 'sleep', null);
    await eventually(sleep).toEqual(before);
  });

  it('are told to a client that does not ask, when the file changes', async () => {
    const first = await begun({ 'a.py': poll });
    const open = first.text(file);
    await decide(first, 'a.py', 'sleep', keep);
    const client = await connect({ files: { 'a.py': poll, [file]: open }, capabilities: modest });
    client.open('a.py');
    const severities = (): readonly unknown[] => (client.published.get('a.py')?.diagnostics ?? []).map(({ code, severity }) => [code, severity]);
    await eventually(severities).toEqual([['import', 2], ['sleep', 2]]);
    client.write({ [file]: first.text(file) });
    await eventually(severities).toEqual([['import', 2], ['sleep', 4]]);
  });
});

describe('fixing all', () => {
  it('leaves alone what somebody decided about, of equal uses too', async () => {
    const three = 'import eventlet\neventlet.monkey_patch()\n\n\ndef poll():\n    one()\n    eventlet.sleep(1)\n    two()\n    eventlet.sleep(1)\n    three()\n    eventlet.sleep(1)\n';
    const client = await begun({ 'a.py': three });
    const item = (await client.checklist()).items.find(({ range }) => range.start.line === 8);
    client.apply((await client.decide(item ? [item] : [], keep)).edit ?? {});
    await eventually(async () => (await client.checklist()).settled.length).toBe(1);
    const wanted = 'one()\n    time.sleep(1)\n    two()\n    eventlet.sleep(1)\n    three()\n    time.sleep(1)\n';
    const place = client.open('a.py');
    await client.choose({ ...place, range: { start: { line: 6, character: 4 }, end: { line: 6, character: 4 } } }, 'Fix all safe eventlet uses', ['quickfix']);
    expect(client.text('a.py')).toContain(wanted);
    client.replace('a.py', three);
    await eventually(async () => (await client.checklist()).settled.length).toBe(1);
    client.apply((await client.preview({ uri: 'a.py' })).edit ?? {});
    expect(client.text('a.py')).toContain(wanted);
  });
});

describe('the list as a text', () => {
  it.each([['markdown', '*Kept on purpose*: a demo'], ['csv', ',keep,a demo,,'], ['sarif', '"justification": "a demo"']] as const)('tells in %s what was decided', async (format, words) => {
    const client = await begun({ 'a.py': poll });
    await decide(client, 'a.py', 'sleep', keep);
    await eventually(async () => (await client.checklist()).settled.length).toBe(1);
    const params: ReportParams = { format, tool: '1.2.3' };
    expect(await client.connection.sendRequest(reportRequest, params)).toEqual({ text: expect.stringContaining(words) });
  });
});

describe('the progress', () => {
  it('counts as done what is gone, and keeps up with files, buffers and branches', async () => {
    const client = await begun({ 'a.py': poll, 'b.py': poll });
    client.write({ 'a.py': 'import time\n\n\ndef poll():\n    time.sleep(1)\n' });
    await eventually(async () => (await client.checklist()).progress).toMatchObject({ total: 4, done: 2, left: 2 });
    const { done } = await client.checklist();
    expect(done.map(({ uri, rule, pattern, trust }) => [uri, rule, pattern, trust]).sort()).toEqual([
      ['file:///w/a.py', 'import', 1, 'review'],
      ['file:///w/a.py', 'sleep', 4, 'review'],
    ]);
    client.write({ [file]: '{\n"version": 1\n}\n', 'a.py': poll });
    await eventually(async () => (await client.checklist()).progress).toBeUndefined();
    client.write({ [file]: undefined });
    await eventually(async () => (await client.checklist()).items.length).toBe(4);
  });

  it('does not take for done what cannot be seen while somebody types', async () => {
    const client = await begun({ 'a.py': poll });
    client.open('a.py');
    client.type('a.py', 'def poll():', 'def poll(:((');
    await eventually(async () => (await client.checklist()).items.length).toBeLessThanOrEqual(2);
    expect((await client.checklist()).progress).toMatchObject({ total: 2, done: 0 });
  });

  it('counts uses that a comment keeps as kept', async () => {
    const client = await begun({ 'a.py': poll });
    client.write({ 'a.py': poll.replace('sleep(1)', 'sleep(1)  # eventlet: keep[sleep] needed') });
    await eventually(async () => (await client.checklist()).progress).toEqual({ total: 2, done: 0, settled: { keep: 1, later: 0, elsewhere: 0 }, left: 1 });
  });

  it('follows a renamed file with what was decided about it', async () => {
    const client = await begun({ 'a.py': poll });
    await decide(client, 'a.py', 'sleep', keep);
    client.write({ 'a.py': undefined, 'lib/b.py': poll });
    await eventually(async () => (await client.checklist()).settled).toMatchObject([{ uri: 'file:///w/lib/b.py', decision: keep }]);
    expect((await client.checklist()).progress).toMatchObject({ total: 2, done: 0, left: 1 });
  });

  it('writes down what was decided while the file was renamed, as far as the list can follow it; else it says so', async () => {
    const rename = async (client: Client): Promise<Awaited<ReturnType<Client['decide']>>> => {
      const asked = (await client.checklist()).items.filter(({ rule }) => rule === 'sleep');
      client.write({ 'a.py': undefined, 'lib/b.py': poll });
      await eventually(async () => (await client.checklist()).items.map(({ uri }) => uri)).toEqual(['file:///w/lib/b.py', 'file:///w/lib/b.py']);
      return client.decide(asked, keep);
    };
    const written = await begun({ 'a.py': poll });
    const { edit, problem } = await rename(written);
    expect(problem).toBeUndefined();
    written.apply(edit ?? {});
    await eventually(async () => (await written.checklist()).settled).toMatchObject([{ uri: 'file:///w/lib/b.py', rule: 'sleep', decision: keep }]);
    expect(written.text(file)).toMatch(/^"lib\/b\.py .*"api":"eventlet\.sleep".*"decision":"keep"/m);

    const unwritten = await (await connect({ files: { 'a.py': poll } })).ready();
    expect(await rename(unwritten)).toEqual({ files: [], inventory: 0, problem: expect.stringContaining('not where it was') });
  });

  it('takes both sides of a merge with marks, and underlines them in the file', async () => {
    const client = await begun({ 'a.py': poll });
    const [first = ''] = client.text(file).match(/^"a\.py .*$/m) ?? [];
    client.write({ [file]: client.text(file).replace(first, `<<<<<<< ours\n${first.replace('},', ',"decision":"later","reason":"soon"},')}\n=======\n${first}\n>>>>>>> theirs`) });
    await eventually(async () => (await client.checklist()).settled.map(({ decision }) => decision)).toEqual([{ kind: 'later', reason: 'soon' }]);
    await eventually(() => client.published.get(file)?.diagnostics.map(({ range, message }) => [range.start.line, range.end, message])).toEqual([
      [1, { line: 1, character: 12 }, 'a merge left its marks here; the lines of both sides are counted'],
    ]);
  });
});

/** A workspace whose checklist file has been written. */
async function begun(files: Readonly<Record<string, string>>): Promise<Client> {
  const client = await (await connect({ files })).ready();
  const rule = (await client.checklist()).items[0]?.rule ?? '';
  await decide(client, Object.keys(files)[0] ?? '', rule, keep);
  await decide(client, Object.keys(files)[0] ?? '', rule, null);
  await eventually(async () => (await client.checklist()).progress).toMatchObject({ done: 0 });
  return client;
}

async function decide(client: Client, path: string, rule: string, decision: Parameters<Client['decide']>[1]): ReturnType<Client['decide']> {
  const { items, settled } = await client.checklist();
  const item = [...items, ...settled].find((each) => each.uri === `file:///w/${path}` && each.rule === rule);
  if (!item) throw new Error(`there is no ${rule} in ${path}`);
  const result = await client.decide([item], decision);
  if (result.edit) client.apply(result.edit);
  return result;
}

function changedLines(before: string, after: string): readonly string[] {
  const known = new Set(before.split('\n'));
  return after.split('\n').filter((line) => !known.has(line));
}
