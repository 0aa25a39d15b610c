import { createHash } from 'node:crypto';
import { promises as fs } from 'node:fs';
import * as path from 'node:path';
import type { GrammarBytes, Host } from '../host';
import { nodeCache } from './nodeCache';
import { repositoryAt } from './gitRepository';
import { textCodec } from './codec';
import { today } from './today';
import { nodeFiles } from './nodeFiles';

/** What a Node process brings. Where the log goes is the door's own business. */
export function nodeHost(grammar: GrammarBytes, log: Host['log']): Host {
  return {
    grammar,
    files: nodeFiles,
    text: textCodec((text) => createHash('sha1').update(text).digest('hex')),
    repository: repositoryAt,
    log,
    // A message that has arrived is handled in the turn after the one in which it was read.
    pause: () => new Promise((resolve) => setImmediate(() => setImmediate(resolve))),
    delay: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
    now: () => performance.now(),
    today,
    cacheIn: (folder) => nodeCache(folder, __filename, log),
  };
}

/** The host with its cache in a folder, where it can have one. */
export function withCache(host: Host, folder: string): Host {
  const cache = host.cacheIn?.(folder);
  return cache ? { ...host, cache } : host;
}

/** Reads the two grammar files from a folder: beside the bundle, where the build puts them. */
export async function readGrammar(folder: string): Promise<GrammarBytes> {
  const [runtime, python] = await Promise.all([
    fs.readFile(path.join(folder, 'web-tree-sitter.wasm')),
    fs.readFile(path.join(folder, 'tree-sitter-python.wasm')),
  ]);
  return { runtime, python };
}
