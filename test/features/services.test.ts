import { expect, it } from 'vitest';
import { services } from '../../server/src/features/services';
import type { ServiceReport } from '../../server/src/protocol';
import { Workspace } from '../../server/src/workspace/workspace';
import { memoryHost } from '../kit/host';

/** The report on `agent.py`, beside which there is a `tool.py` without eventlet. */
async function agent(text: string, others: Readonly<Record<string, string>> = {}): Promise<ServiceReport | undefined> {
  const files = { 'setup.py': "setup(entry_points={'console_scripts': ['agent = agent:main']})\n", 'agent.py': text, ...others };
  const workspace = await Workspace.create(memoryHost(new Map(Object.entries(files).map(([path, content]) => [`file:///p/${path}`, content]))), { roots: ['file:///p'] });
  await workspace.scan();
  const report = services(workspace);
  workspace.dispose();
  return report.services.find(({ name }) => name === 'agent');
}

const patching = 'import eventlet\neventlet.monkey_patch()\n';

it.each([
  ['nothing to drop', 'import eventlet\neventlet.sleep(1)\n', {}, 'nothing'],
  ['eventlet is used', `${patching}eventlet.sleep(1)\n`, {}, 'no'],
  ['a use is kept on purpose', `${patching}eventlet.sleep(1)  # eventlet: keep[sleep] wanted\n`, {}, 'yes'],
  ['a module on the way uses it', `${patching}import wait\n`, { 'wait.py': 'import eventlet\neventlet.sleep(1)\n' }, 'no'],
  ['a function imports the module that uses it', `${patching}def main():\n    import wait\n`, { 'wait.py': 'import eventlet\neventlet.sleep(1)\n' }, 'no'],
  ['only the tests use it', patching, { 'tests/test_a.py': 'import eventlet\neventlet.sleep(1)\n' }, 'yes'],
  ['somebody might load what uses it', patching, { 'plugin.py': 'import eventlet\neventlet.sleep(1)\n' }, 'perhaps'],
])('%s', async (_, text, others, expected) => {
  expect((await agent(text, others))?.mayDrop).toBe(expected);
});

it('a library that runs on eventlet is told from uses', async () => {
  const report = await agent(`${patching}from oslo_service import service\nservice.launch(1, 2)\neventlet.sleep(1)\n`);
  expect(report?.blockers.map(({ kind, rule }) => `${kind} ${rule}`)).toEqual(['library oslo-service', 'uses sleep']);
});

it('a switch is named once, as it is written', async () => {
  const report = await agent('import os, eventlet\nif os.name == "nt":\n    eventlet.monkey_patch(os=False)\nelse:\n    eventlet.monkey_patch()\n');
  expect(report?.problems.map(({ message }) => message)).toEqual(['What is patched depends on `os.name == "nt"`; the answer is for the usual run.']);
});

it('only what is patched is relied on', async () => {
  const report = await agent('import eventlet\neventlet.monkey_patch(time=True)\nimport time, socket\ntime.sleep(1)\nsocket.create_connection(1)\n');
  expect(report?.relies.map(({ names }) => names)).toEqual([['time.sleep']]);
});
