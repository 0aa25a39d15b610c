import { describe, expect, it } from 'vitest';
import { apply } from '../../server/src/edits/textEdit';
import { isFix } from '../../server/src/rules/rule';
import { analyse, editsOf } from '../../server/src/workspace/analysis';
import { parser } from '../kit/host';
import { expectLaws } from '../kit/laws';

const title = 'Run green threads on an asyncio loop';

/** What the first step to asyncio makes of a file; undefined where it is not offered. */
async function stepped(text: string): Promise<string | undefined> {
  const tree = (await parser()).parse(text);
  try {
    const analysis = analyse(text, tree, { namedElsewhere: new Set<string>(), python: [3, 9] });
    const fix = analysis.marks.flatMap(({ proposals }) => proposals.filter(isFix)).find((proposal) => proposal.title === title);
    expect(fix?.target ?? 'asyncio').toBe('asyncio');
    const after = fix && apply(text, editsOf(analysis, fix));
    if (after !== undefined) await expectLaws(text, after);
    return after;
  } finally {
    tree.delete();
  }
}

describe('the first step to asyncio', () => {
  it('chooses its hub above the patching', async () => {
    expect(await stepped('import eventlet\neventlet.monkey_patch()\n')).toBe("import eventlet\neventlet.hubs.use_hub('eventlet.hubs.asyncio')\neventlet.monkey_patch()\n");
  });

  it('imports what it needs there', async () => {
    expect(await stepped('from eventlet import monkey_patch\nmonkey_patch()\n')).toBe("from eventlet import monkey_patch\nimport eventlet.hubs\neventlet.hubs.use_hub('eventlet.hubs.asyncio')\nmonkey_patch()\n");
  });

  it('exchanges a hub that is chosen', async () => {
    expect(await stepped("from eventlet import hubs\nhubs.use_hub('poll')\n")).toBe("from eventlet import hubs\nhubs.use_hub('eventlet.hubs.asyncio')\n");
  });

  it.each(["import eventlet.hubs\neventlet.hubs.use_hub('eventlet.hubs.asyncio')\neventlet.monkey_patch()\n", "import os\nos.environ['EVENTLET_HUB'] = 'asyncio'\nimport eventlet\neventlet.monkey_patch()\n"])('is not offered where it has been done: %j', async (text) => {
    expect(await stepped(text)).toBeUndefined();
  });
});
