import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import type { GrammarBytes, Host } from '../host';
import { nodeCache } from './nodeCache';
import { textCodec } from './codec';
import { today } from './today';
import { nodeFiles } from './nodeFiles';

/** What a Node process brings. Where the log goes is the door's own business. `program` are the files that it runs. */
export function nodeHost(grammar: GrammarBytes, log: Host['log'], program: readonly string[] = [__filename]): Host {
  return {
    grammar,
    files: nodeFiles,
    text: textCodec((text) => createHash('sha1').update(text).digest('hex')),
    repository: async (folder) => (await import('./gitRepository')).repositoryAt(folder),
    log,
    // A message that has arrived is handled in the turn after the one in which it was read.
    pause: () => new Promise((resolve) => setImmediate(() => setImmediate(resolve))),
    delay: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
    now: () => performance.now(),
    today,
    cacheIn: (folder) => nodeCache(folder, program, log),
  };
}

/** The host with its cache in a folder, where it can have one. */
export function withCache(host: Host, folder: string): Host {
  const cache = host.cacheIn?.(folder);
  return cache ? { ...host, cache } : host;
}

/** The two grammar files of a folder: the bundle's, where the build puts them. They are read when somebody is about to parse. */
export function grammarIn(folder: string): GrammarBytes {
  return {
    get runtime() {
      return readFileSync(path.join(folder, 'web-tree-sitter.wasm'));
    },
    get python() {
      return readFileSync(path.join(folder, 'tree-sitter-python.wasm'));
    },
  };
}
