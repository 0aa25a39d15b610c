import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DidChangeTextDocumentNotification, type ProtocolConnection } from 'vscode-languageserver';
import { SyntaxParser } from '../../syntax/parser';
import { diagnosticsOf, open, withServer } from './server';
import { milliseconds, quantile, times, type Row } from './table';

const uri = 'file:///bench/service.py';
const keystrokes = 60;
const wordLength = 6;

/** Types into a file of so many lines and asks for the diagnostics after every key, as an editor does. */
export async function editing(lines: number): Promise<readonly Row[]> {
  const text = service(lines);
  const reparse = await fullReparse(text);
  return withServer(null, async (connection) => {
    const first = await opened(connection, text);
    const keys: number[] = [];
    for (let key = 0; key < keystrokes; key++) keys.push(await typed(connection, key, text));
    const file = `a file of ${lines.toLocaleString('en')} lines`;
    const whole = `parsing it whole: ${milliseconds(reparse)}`;
    return [
      { what: `first diagnostics of ${file}`, value: milliseconds(first), against: `${whole} (${times(first, reparse)})` },
      { what: `a keystroke in it, median`, value: milliseconds(quantile(keys, 0.5)), against: `${whole} (${times(quantile(keys, 0.5), reparse)})` },
      { what: `a keystroke in it, 95 of 100`, value: milliseconds(quantile(keys, 0.95)), against: `${whole} (${times(quantile(keys, 0.95), reparse)})` },
    ];
  });
}

async function opened(connection: ProtocolConnection, text: string): Promise<number> {
  const start = performance.now();
  await open(connection, uri, text);
  if ((await diagnosticsOf(connection, uri)).length === 0) throw new Error('the server found nothing in a file full of eventlet');
  return performance.now() - start;
}

/** One letter of a word in a name; after each word the next one goes into another place. */
async function typed(connection: ProtocolConnection, key: number, text: string): Promise<number> {
  const names = text.split('\n').flatMap((line, index) => (line.includes('name = argument') ? [index] : []));
  const line = names[(Math.floor(key / wordLength) * 7919) % names.length] ?? 0;
  const position = { line, character: 10 };
  const start = performance.now();
  await connection.sendNotification(DidChangeTextDocumentNotification.type, {
    textDocument: { uri, version: key + 1 },
    contentChanges: [{ range: { start: position, end: position }, text: 'x' }],
  });
  await diagnosticsOf(connection, uri);
  return performance.now() - start;
}

async function fullReparse(text: string): Promise<number> {
  const folder = join(__dirname, '..');
  const parser = await SyntaxParser.create({ runtime: readFileSync(join(folder, 'web-tree-sitter.wasm')), python: readFileSync(join(folder, 'tree-sitter-python.wasm')) });
  const runs: number[] = [];
  for (let run = 0; run < 8; run++) {
    const start = performance.now();
    parser.parse(text).delete();
    runs.push(performance.now() - start);
  }
  return quantile(runs, 0.5);
}

/** Classes of twenty small methods; every tenth method uses eventlet. */
export function service(lines: number): string {
  const parts = ['import eventlet\n'];
  for (let index = 0; index * 4.15 < lines - 3; index++) {
    if (index % 20 === 0) parts.push(`\n\nclass Service${index / 20}:\n`);
    const call = index % 10 === 0 ? `eventlet.sleep(${index})` : `self.value = compute(${index}, [self.value, 'text'])`;
    parts.push(`    def method_${index}(self, argument, other=None):\n        name = argument.attribute\n        ${call}\n        return name\n`);
  }
  return parts.join('');
}
