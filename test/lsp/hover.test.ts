import { describe, expect, it } from 'vitest';
import { connect, modest } from '../kit/client';

const source = `
import eventlet
eventlet.monkey_patch()

eventlet.sleep(1)
#^^^^^^^^^^^^^ here
`;

describe('the hover', () => {
  it('tells what a use does, what replaces it, how they differ, and how safe that is here', async () => {
    const client = await (await connect({ files: { 'a.py': 'import eventlet\neventlet.monkey_patch()\n' } })).ready();
    const text = await client.hover(client.open('a.py', source));
    expect(text).toContain('`eventlet.sleep(seconds=0)` suspends the green thread');
    expect(text).toContain('On **native threads**: `time.sleep(seconds)`');
    expect(text).toContain('| negative time | returns at once | `ValueError` |');
    expect(text).toContain('On asyncio: `await asyncio.sleep(seconds)`');
    expect(text).toContain('**Use `time.sleep`** (safe)\n- ✓ holds: `time` is monkey-patched in every process of the workspace (`monkey_patch` is called in a.py)');
    expect(text).toMatch(/\[Guide\]\(https:[^)]*\/sleep\.md\) · \[.*\]\(https:/);
  });

  it('gives the reason where there is no safe fix', async () => {
    const client = await connect();
    const text = await client.hover(client.open('a.py', 'import eventlet\neventlet.sleep(1)\n#^^^^^^^^^^^^^ here\n'));
    expect(text).toContain('**Use `time.sleep`** (review)\n- ✗ not shown:');
    expect(text).toContain('**No safe fix here**: the process may run without');
  });

  it('says that a use is kept, and why', async () => {
    const client = await connect();
    const text = await client.hover(client.open('a.py', 'import eventlet\neventlet.sleep(1)  # eventlet: keep[sleep] the hub needs it\n#^^^^^^^^^^^^^ here\n'));
    expect(text).toContain('Kept by a comment: the hub needs it.');
  });

  it('is plain text for a client that shows nothing else', async () => {
    const client = await connect({ capabilities: modest });
    const text = await client.hover(client.open('a.py', source));
    expect(text).toContain('negative time – returns at once – ValueError\n');
    expect(text).not.toMatch(/\*\*|`|\]\(|\|/);
  });

  it('is silent elsewhere', async () => {
    const client = await connect();
    expect(await client.hover(client.open('a.py', 'import eventlet\nprint(1)\n#^^^^ here\n'))).toBe('');
  });
});
