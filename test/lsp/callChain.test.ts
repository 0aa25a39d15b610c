import { describe, expect, it } from 'vitest';
import { connect, uriOf, type Client } from '../kit/client';
import { readMarked } from '../kit/markers';

const poll = `
import eventlet

def poll():
    eventlet.sleep(1)
    #^^^^^^^^^^^^^ here
`;
const service = 'from pkg.poll import poll\n\ndef main():\n    poll()\n';
const files = { 'pkg/service.py': service };

async function project(more: Readonly<Record<string, string>> = {}): Promise<Client> {
  return (await connect({ files: { ...files, ...more } })).ready();
}

const title = 'Convert this call chain to asyncio…';

describe('converting a call chain', () => {
  it('says first what that means, and changes nothing for whoever does not want it', async () => {
    const client = await project();
    const place = client.open('pkg/poll.py', poll);
    await client.run((await client.actions(place, ['refactor'])).find((action) => action.title === title)?.command);
    expect(client.asked).toEqual([expect.stringMatching(/^2 functions in 2 files would become `async def`: `poll` \(pkg\/poll\.py\), `main` \(pkg\/service\.py\)\. Nobody in the project calls `main`/)]);
    expect(client.text('pkg/service.py')).toBe(service);
  });

  it('edits the files of whoever wants to see the edits', async () => {
    const client = await project();
    client.answer = 'Show the edits';
    const place = client.open('pkg/poll.py', poll);
    await client.run((await client.actions(place, ['refactor.rewrite.eventlet'])).find((action) => action.title === title)?.command);
    expect(client.text('pkg/poll.py')).toContain('import asyncio\n\nasync def poll():\n    await asyncio.sleep(1)\n');
    expect(client.text('pkg/service.py')).toBe('from pkg.poll import poll\n\nasync def main():\n    await poll()\n');
  });

  it('edits what the files say after the question, and asks again where that means more', async () => {
    const client = await project();
    client.answer = 'Show the edits';
    const place = client.open('pkg/poll.py', poll);
    const convert = async (service: string, open: string): Promise<void> => {
      client.asked.length = 0;
      client.meanwhile = () => {
        client.meanwhile = () => undefined;
        client.disk.set(uriOf('pkg/service.py'), service);
        client.replace('pkg/poll.py', open);
      };
      await client.run((await client.actions(place, ['refactor.rewrite.eventlet'])).find((action) => action.title === title)?.command);
    };
    await convert(`# pulled\n${service}`, `${client.text('pkg/poll.py')}# typed\n`);
    expect(client.asked).toHaveLength(1);
    expect(client.text('pkg/service.py')).toBe('# pulled\nfrom pkg.poll import poll\n\nasync def main():\n    await poll()\n');
    expect(client.text('pkg/poll.py')).toMatch(/^    await asyncio\.sleep\(1\)\n[^]*# typed\n$/m);

    client.replace('pkg/poll.py', readMarked(poll).text);
    client.write({ 'pkg/service.py': service });
    await convert(`${service}\ndef again():\n    poll()\n`, client.text('pkg/poll.py'));
    expect(client.asked).toEqual([expect.stringMatching(/^2 functions/), expect.stringMatching(/^3 functions/)]);
    expect(client.text('pkg/service.py')).toContain('async def again():\n    await poll()\n');
  });

  it('is offered unasked only where the project goes to asyncio', async () => {
    const threads = await project();
    expect(await threads.titles(threads.open('pkg/poll.py', poll))).not.toContain(title);
    const loops = await project({ 'pyproject.toml': '[tool.eventlet-migration]\ntarget = "asyncio"\n' });
    expect(await loops.titles(loops.open('pkg/poll.py', poll))).toContain(title);
  });

  it('is not offered where the project file forbids asyncio', async () => {
    const client = await project({ 'pyproject.toml': '[tool.eventlet-migration]\nforbid = ["asyncio"]\n' });
    expect((await client.actions(client.open('pkg/poll.py', poll), ['refactor'])).map((action) => action.title)).not.toContain(title);
  });
});
