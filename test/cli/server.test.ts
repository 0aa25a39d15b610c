import { fork, spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { afterEach, describe, expect, it } from 'vitest';
import { createMessageConnection, IPCMessageReader, IPCMessageWriter, StreamMessageReader, StreamMessageWriter, type MessageConnection } from 'vscode-languageserver/node';

const dist = path.resolve('dist');
const initialize = { processId: process.pid, rootUri: null, capabilities: {} };

const started: { process: ChildProcess; connection: MessageConnection }[] = [];
afterEach(() => {
  for (const { process, connection } of started.splice(0)) {
    connection.dispose();
    process.kill();
  }
});

// Starting a process takes its time where others work too.
describe('the built server', { timeout: 30_000 }, () => {
  it.each([
    ['the command line', ['cli.js', 'lsp', '--stdio']],
    ['its own door', ['server/node.js', '--stdio']],
  ])('answers over standard input and output, by %s', async (_, [file = '', ...args]) => {
    const child = spawn(process.execPath, [path.join(dist, file), ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
    const connection = listen(child, createMessageConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin)));
    expect(await connection.sendRequest('initialize', initialize)).toHaveProperty('capabilities');
  });

  it('answers over the channel of a Node parent', async () => {
    const child = fork(path.join(dist, 'server', 'node.js'), ['--node-ipc']);
    const connection = listen(child, createMessageConnection(new IPCMessageReader(child), new IPCMessageWriter(child)));
    expect(await connection.sendRequest('initialize', initialize)).toHaveProperty('capabilities');
  });

  it('ends with its client', async () => {
    const child = spawn(process.execPath, [path.join(dist, 'cli.js'), 'lsp', '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
    const connection = listen(child, createMessageConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin)));
    await connection.sendRequest('initialize', initialize);
    await connection.sendRequest('shutdown');
    const exit = new Promise((resolve) => child.on('exit', resolve));
    await connection.sendNotification('exit');
    expect(await exit).toBe(0);
  });

  it('answers in a web worker, which has nothing but what a browser gives it', async () => {
    const worker = startWorker();
    worker.post({ type: 'grammar', runtime: readFileSync(path.join(dist, 'web-tree-sitter.wasm')), python: readFileSync(path.join(dist, 'tree-sitter-python.wasm')) });
    worker.post({ jsonrpc: '2.0', id: 1, method: 'initialize', params: initialize });
    expect(await worker.answer(1)).toHaveProperty('result.capabilities');
  });
});

function listen(process: ChildProcess, connection: MessageConnection): MessageConnection {
  started.push({ process, connection });
  connection.listen();
  return connection;
}

/** The worker's script in a context with a worker's globals and none of Node's. */
function startWorker(): { post(data: unknown): void; answer(id: number): Promise<unknown> } {
  const waiting = new Map<number, (answer: unknown) => void>();
  const self = {
    onmessage: (_: { data: unknown }): void => undefined,
    addEventListener: () => undefined,
    postMessage: (message: { id?: number }) => waiting.get(message.id ?? -1)?.(message),
  };
  // The bytes are made on this side, so both sides need to mean the same by an array of bytes.
  const browser = { Uint8Array, WebAssembly: Reflect.get(globalThis, 'WebAssembly'), TextDecoder, TextEncoder, URL, atob, performance, setTimeout, clearTimeout, WorkerGlobalScope: Object, location: { href: 'https://example.org/worker.js' } };
  runInContext(readFileSync(path.join(dist, 'server', 'worker.js'), 'utf8'), createContext({ ...browser, self }));
  return {
    post: (data) => self.onmessage({ data }),
    answer: (id) => new Promise((resolve) => waiting.set(id, resolve)),
  };
}
