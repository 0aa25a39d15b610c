import { expect, it } from 'vitest';
import { Workspace } from '../../server/src/workspace/workspace';
import { memoryHost } from '../kit/host';

/** The rules that find something in `service.py` beside such an entry point. */
async function found(path: string, entry: string): Promise<readonly string[]> {
  const files = new Map([
    ['file:///p/service.py', 'from oslo_service import service, threadgroup\n\nservice.launch(CONF, threadgroup.ThreadGroup())\n'],
    [`file:///p/${path}`, entry],
  ]);
  const workspace = await Workspace.create(memoryHost(files), { roots: ['file:///p'] });
  await workspace.scan();
  const rules = workspace.findings('file:///p/service.py').map(({ rule }) => rule);
  workspace.dispose();
  return rules;
}

const choice = (type: string) => `from oslo_service import backend\n\nbackend.init_backend(backend.BackendType.${type})\n`;

it('a service of oslo.service is on eventlet until an entry point chooses threads', async () => {
  expect(await found('main.py', '')).toEqual(['oslo-service', 'oslo-service']);
  expect(await found('main.py', choice('EVENTLET'))).toEqual(['oslo-service', 'oslo-service']);
  expect(await found('main.py', choice('THREADING'))).toEqual([]);
});

it('a choice in the tests is none for the service', async () => {
  expect(await found('tests/test_main.py', choice('THREADING'))).toEqual(['oslo-service', 'oslo-service']);
});
