import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Files, GrammarBytes, Host } from '../../server/src/host';
import { SyntaxParser } from '../../server/src/syntax/parser';

const require = createRequire(import.meta.url);

export const grammar: GrammarBytes = {
  runtime: readFileSync(require.resolve('web-tree-sitter/web-tree-sitter.wasm')),
  python: readFileSync(require.resolve('tree-sitter-python/tree-sitter-python.wasm')),
};

let shared: Promise<SyntaxParser> | undefined;

/** The parser, made once for a test file. */
export function parser(): Promise<SyntaxParser> {
  shared ??= SyntaxParser.create(grammar);
  return shared;
}

/** A host whose files are in memory, by URI; tests may change the map between two calls. */
export function memoryHost(files: ReadonlyMap<string, string | Uint8Array>): Host & { readonly logged: string[] } {
  const logged: string[] = [];
  return {
    grammar,
    logged,
    files: memoryFiles(files),
    text: {
      decode(bytes, encoding) {
        try {
          return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
        } catch {
          return undefined;
        }
      },
      encode: (text, encoding) => (encoding === 'utf-8' ? new TextEncoder().encode(text) : undefined),
      digest: (text) => createHash('sha1').update(text).digest('hex'),
    },
    log: (message) => void logged.push(message),
    pause: () => new Promise((resolve) => setImmediate(resolve)),
    delay: () => new Promise((resolve) => setTimeout(resolve, 1)),
    now: () => performance.now(),
    today: () => '2026-11-21',
  };
}

function memoryFiles(files: ReadonlyMap<string, string | Uint8Array>): Files {
  return {
    async *find(folder) {
      for (const [uri, content] of files) {
        if (uri === folder || uri.startsWith(folder.endsWith('/') ? folder : `${folder}/`)) yield { uri, size: content.length };
      }
    },
    async read(uri) {
      const content = files.get(uri);
      if (content === undefined) return { missing: true };
      return { bytes: typeof content === 'string' ? new TextEncoder().encode(content) : content };
    },
  };
}
