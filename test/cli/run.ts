import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import * as commands from '../../server/src/cli/commands';
import { main } from '../../server/src/cli/main';
import { nodeHost } from '../../server/src/doors/nodeHost';
import { painter } from '../../server/src/doors/picture';
import type { Host } from '../../server/src/host';

/** With the fonts from their package. */
export const drawn = painter(dirname(createRequire(import.meta.url).resolve('@expo-google-fonts/roboto/package.json')), import.meta.url);

export interface Outcome {
  readonly code: number | undefined;
  /** Standard output. */
  readonly out: string;
  /** What was said and warned. */
  readonly err: string;
}

/** Runs one command line in this process, standing in a folder. */
export async function run(folder: string, ...args: string[]): Promise<Outcome> {
  const { code, bytes, err } = await runForBytes(folder, ...args);
  return { code, out: bytes.toString('utf8'), err };
}

export async function runForBytes(folder: string, ...args: string[]): Promise<Omit<Outcome, 'out'> & { readonly bytes: Buffer }> {
  const printed: Buffer[] = [];
  let err = '';
  const say = (line: string): void => void (err += `${line}\n`);
  const code = await main(args, {
    version: '1.2.3',
    terminal: { folder, print: (content) => void printed.push(Buffer.from(content)), say, warn: say, show: () => undefined },
    host: async () => testHost(),
    commands: async () => commands,
    png: drawn,
    serve: () => Promise.reject(new Error('no server in this test')),
  });
  return { code, bytes: Buffer.concat(printed), err };
}

/** Node's own host, with the grammar from the packages. */
function testHost(): Host {
  const { resolve } = createRequire(import.meta.url);
  const runtime = readFileSync(resolve('web-tree-sitter/web-tree-sitter.wasm'));
  const python = readFileSync(resolve('tree-sitter-python/tree-sitter-python.wasm'));
  return nodeHost({ runtime, python }, () => undefined);
}
