import { CancellationTokenSource, WorkDoneProgress } from 'vscode-languageserver';
import { describe, expect, it } from 'vitest';
import type { Host, Repository } from '../../server/src/host';
import { historyRequest, type History, type HistoryParams } from '../../server/src/protocol';
import { connect, uriOf, type Client } from '../kit/client';
import { memoryHost } from '../kit/host';

const params: HistoryParams = { folder: uriOf('.'), name: 'lamp', workDoneToken: 'past' };
const past = ['import eventlet\neventlet.sleep(1)\neventlet.spawn(f)\n', 'import eventlet\neventlet.sleep(1)\n', ''];

describe('eventlet/history', () => {
  it('gives a page with a chart, and says how far it is', async () => {
    const client = await connect({ host: remembering(past) });
    const seen: string[] = [];
    client.connection.onProgress(WorkDoneProgress.type, 'past', (value) => void seen.push(value.kind === 'report' ? (value.message ?? '') : value.kind));
    const { points, page = '' } = await history(client);
    expect(points.map(({ date, findings, files }) => [date, findings, files])).toEqual([
      ['2024-01-01', 3, 1],
      ['2024-01-02', 2, 1],
      ['2024-01-03', 0, 0],
    ]);
    expect(page).toContain('# Uses of eventlet in lamp\n\n0 uses are left in 0 files on 2024-01-03: 3 (100 %) fewer than on 2024-01-01.');
    const chart = decodeURIComponent(/\]\(<data:image\/svg\+xml;charset=utf-8,([^>]*)>\)/.exec(page)?.[1] ?? '');
    expect(chart).toMatch(/^<svg [\s\S]*<\/svg>\n$/);
    expect(page).toContain('| sleep | 1 | 0 |');
    expect(seen).toEqual(['begin', '1 / 3', '2 / 3', '3 / 3', 'end']);
  });

  it('goes back three years', async () => {
    const client = await connect({ host: (host) => ({ ...remembering(past)(host), today: () => '2027-01-02' }) });
    expect((await history(client)).points.map(({ date }) => date)).toEqual(['2024-01-02', '2024-01-03']);
  });

  it('does not disturb what is known of the files of today', async () => {
    const client = await (await connect({ files: { 'a.py': past[1] ?? '' }, host: remembering(past) })).ready();
    await history(client);
    expect((await client.checklist()).items).toHaveLength(2);
  });

  it('can be cancelled', async () => {
    const source = new CancellationTokenSource();
    const client = await connect({ host: remembering(Array(24).fill(past[0]), () => source.cancel()) });
    await expect(client.connection.sendRequest(historyRequest, params, source.token)).rejects.toThrow('cancelled');
  });

  it('says why there is none', async () => {
    expect((await history(await connect())).problem).toContain('`git`, which cannot be run here');
    const missing = await connect({ host: (host) => ({ ...host, repository: async () => ({ missing: 'it is in no git repository' }) }) });
    expect(await history(missing)).toEqual({ problem: 'There is no history of lamp: it is in no git repository.', points: [] });
    expect((await history(await connect({ host: remembering([]) }))).problem).toContain('no commits');
  });
});

function history({ connection }: Client): Promise<History> {
  return connection.sendRequest(historyRequest, params);
}

/** A host in whose repository one file had these texts, a day each; an empty one means that it was not there. */
function remembering(texts: readonly string[], looked: () => void = () => undefined): (host: Host) => Host {
  const uri = uriOf('a.py');
  const files = new Map<string, string>();
  const repository: Repository = {
    files: memoryHost(files).files,
    mainLine: async (since = '') => texts.map((_, index) => ({ id: String(index).padStart(40, '0'), date: `2024-01-${String(index + 1).padStart(2, '0')}` })).filter(({ date }) => date >= since),
    async goTo(commit) {
      looked();
      const text = texts[Number(commit)] ?? '';
      if (text === '') files.delete(uri);
      else files.set(uri, text);
      return [uri];
    },
    close: () => undefined,
  };
  return (host) => ({ ...host, repository: async () => repository });
}
