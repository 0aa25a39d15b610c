import { describe, expect, it } from 'vitest';
import { connect } from '../kit/client';

const sleeper = 'from eventlet import sleep\n\nsleep(1)\n';

describe('eventlet behind one module', () => {
  it('is one edit over all files, open ones by their buffers, and makes the module', async () => {
    const client = await (await connect({ files: { 'pkg/__init__.py': '', 'pkg/a.py': sleeper, 'b.py': sleeper } })).ready();
    client.open('b.py', `# Typed, not saved.\n${sleeper}`);
    const { module, left, edit } = await client.route('pkg/concurrency.py');
    expect({ module, left }).toEqual({ module: 'pkg.concurrency', left: [] });
    client.apply(edit ?? {});
    expect(client.text('pkg/a.py')).toBe('from pkg.concurrency import sleep\n\nsleep(1)\n');
    expect(client.text('b.py')).toBe('# Typed, not saved.\nfrom pkg.concurrency import sleep\n\nsleep(1)\n');
    expect(client.text('pkg/concurrency.py')).toContain('from eventlet import sleep\n');
  });

  it('is done for a folder where one is named, and tells what it leaves', async () => {
    const client = await (await connect({ files: { 'a/a.py': sleeper, 'b/b.py': 'from eventlet import *\n' } })).ready();
    expect(await client.route('concurrency.py', 'b')).toEqual({
      module: 'concurrency',
      left: [{ uri: 'file:///w/b/b.py', line: 0, reason: 'a star import does not say what it brings in; name what is needed first' }],
      missing: [],
    });
  });

  it('decides, once that is wanted, and says what fails without eventlet', async () => {
    const files = { 'pkg/__init__.py': '', 'pkg/concurrency.py': 'import eventlet\nfrom eventlet import sleep\n', 'a.py': 'from pkg.concurrency import eventlet, sleep\n\nsleep(eventlet.backdoor.backdoor_server)\n' };
    const client = await (await connect({ files })).ready();
    const { module, missing, edit } = await client.makeOptional('pkg/concurrency.py', 'USE_EVENTLET');
    expect({ module, missing }).toEqual({ module: 'pkg.concurrency', missing: ['eventlet.backdoor.backdoor_server'] });
    client.apply(edit ?? {});
    expect(client.text('pkg/concurrency.py')).toContain('if uses_eventlet():\n    import eventlet\n');
    expect(client.text('pkg/concurrency_native.py')).toContain('def sleep(');
  });

  it('has nothing to decide in a module without eventlet', async () => {
    const client = await (await connect({ files: { 'a.py': 'import time\n' } })).ready();
    expect(await client.makeOptional('a.py', 'USE_EVENTLET')).toEqual({ module: '', left: [], missing: [] });
  });

  it('is taken down step by step, the module with a deletion, until nothing is left to do', async () => {
    const files = { 'pkg/__init__.py': '', 'pkg/concurrency.py': 'from eventlet import sleep\n', 'a.py': 'from pkg.concurrency import sleep\n\nsleep(1)\n' };
    const client = await (await connect({ files })).ready();
    client.apply((await client.makeOptional('pkg/concurrency.py', 'USE_EVENTLET')).edit ?? {});
    const steps: string[] = [];
    for (;;) {
      const { step, edit } = await client.removeDual('pkg/concurrency.py');
      steps.push(step);
      if (!edit) break;
      client.apply(edit);
    }
    expect(steps).toEqual(['switch', 'names', 'files', 'nothing']);
    expect(client.text('a.py')).toBe('from time import sleep\n\nsleep(1)\n');
    expect(await client.removeDual('a.py')).toEqual({ module: '', step: 'nothing', left: [], missing: [] });
  });
});
