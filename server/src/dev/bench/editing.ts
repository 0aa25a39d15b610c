import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { DidChangeTextDocumentNotification, WorkspaceDiagnosticRequest, type ProtocolConnection } from 'vscode-languageserver';
import { LineIndex } from '../../edits/lines';
import { SyntaxParser } from '../../syntax/parser';
import { other, service, write } from './modules';
import { diagnosticsOf, open, withServer } from './server';
import { milliseconds, quantile, times, type Row } from './table';

const others = 300;

/** What is typed in one place before the next one's turn, key by key: a line of its own, and a finding where the name is whole. */
const keys = ['\n        ', ...'eventlet.sleep(2)'];
const places = 30;

/**
 * Types into a file of so many lines and asks for its diagnostics after every key, as an editor does. The file lies among others, of which many
 * get eventlet through it or through each other; now and then the editor asks for all problems of the workspace, and does not wait for them.
 */
export async function editing(lines: number): Promise<readonly Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    writeWorkspace(folder, service(lines));
    const uriOf = (name: string): string => pathToFileURL(join(folder, name)).toString();
    return await withServer(uriOf(''), async (connection) => {
      await everythingSeen(connection, uriOf('project/user0.py'));
      return measuredIn(connection, uriOf('project/service.py'), service(lines), lines);
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measuredIn(connection: ProtocolConnection, uri: string, text: string, lines: number): Promise<readonly Row[]> {
  const reparse = await fullReparse(text);
  const first = await opened(connection, uri, text);
  const typist = new Typist(connection, uri, text);
  const waits: number[] = [];
  const reports: Promise<void>[] = [];
  const known = new Map<string, string>();
  for (let place = 0; place < places; place++) {
    typist.goTo(place * 7919);
    for (const key of keys) waits.push(await typist.type(key));
    reports.push(askForAll(connection, known));
  }
  await Promise.all(reports);
  const file = `a file of ${lines.toLocaleString('en')} lines, among ${others} others`;
  const whole = `parsing it whole: ${milliseconds(reparse)}`;
  const row = (what: string, value: number): Row => ({ what, value: milliseconds(value), against: `${whole} (${times(value, reparse)})` });
  return [
    row(`first diagnostics of ${file}`, first),
    // They are slower: what runs at every key is compiled for speed only after it has run some times.
    row(`the first ${keys.length} keystrokes in it, median`, quantile(waits.slice(0, keys.length), 0.5)),
    row(`all ${waits.length} keystrokes in it, median`, quantile(waits, 0.5)),
    row(`all ${waits.length} keystrokes in it, 95 of 100`, quantile(waits, 0.95)),
  ];
}

/** All problems of the workspace, but those of files whose report is known by its id: so editors ask, and remember what they get. */
async function askForAll(connection: ProtocolConnection, known: Map<string, string>): Promise<void> {
  const previousResultIds = [...known].map(([uri, value]) => ({ uri, value }));
  const { items } = await connection.sendRequest(WorkspaceDiagnosticRequest.type, { previousResultIds });
  for (const { uri, resultId } of items) if (resultId !== undefined) known.set(uri, resultId);
}

/** Modules that get eventlet through a module that gets it through another one; tests that patch it; and modules that have nothing to do with it. */
function writeWorkspace(folder: string, text: string): void {
  write(folder, 'project/__init__.py', '');
  write(folder, 'project/green.py', 'import eventlet\nfrom eventlet import sleep\n\nspawn = eventlet.spawn\n');
  write(folder, 'project/compat.py', 'from project.green import *\nfrom project.green import eventlet\n');
  write(folder, 'project/service.py', text);
  for (let index = 0; index < others; index++) {
    if (index % 10 === 0) write(folder, `project/user${index}.py`, `from project.compat import eventlet, sleep\nfrom project import service\n\n\ndef run():\n    sleep(${index})\n    service.eventlet.sleep(1)\n`);
    else if (index % 10 === 1) write(folder, `project/tests/test_user${index}.py`, `from unittest import mock\n\n\n@mock.patch('project.service.eventlet.sleep')\ndef test_it(sleep):\n    assert sleep.called\n`);
    else write(folder, `other/p${index % 25}/m${index}.py`, other(index));
  }
}

/** A file whose findings come through others has some as soon as all have been looked at. */
async function everythingSeen(connection: ProtocolConnection, uri: string): Promise<void> {
  for (;;) {
    const { items } = await connection.sendRequest(WorkspaceDiagnosticRequest.type, { previousResultIds: [] });
    if (items.some((item) => item.uri === uri && item.kind === 'full' && item.items.length > 1)) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function opened(connection: ProtocolConnection, uri: string, text: string): Promise<number> {
  const start = performance.now();
  await open(connection, uri, text);
  if ((await diagnosticsOf(connection, uri)).length === 0) throw new Error('the server found nothing in a file full of eventlet');
  return performance.now() - start;
}

/** Somebody who types at the end of a line and then goes to another one. */
class Typist {
  private version = 0;
  private at = 0;

  constructor(
    private readonly connection: ProtocolConnection,
    private readonly uri: string,
    private text: string,
  ) {}

  /** To the end of one of the lines that bind a name. */
  goTo(place: number): void {
    const ends = [...this.text.matchAll(/name = argument.attribute$/gm)].map(({ index, 0: line }) => index + line.length);
    this.at = ends[place % ends.length] ?? 0;
  }

  /** How long the diagnostics take from then on. */
  async type(key: string): Promise<number> {
    const position = new LineIndex(this.text).position(this.at);
    this.text = this.text.slice(0, this.at) + key + this.text.slice(this.at);
    this.at += key.length;
    this.version++;
    const start = performance.now();
    await this.connection.sendNotification(DidChangeTextDocumentNotification.type, {
      textDocument: { uri: this.uri, version: this.version },
      contentChanges: [{ range: { start: position, end: position }, text: key }],
    });
    await diagnosticsOf(this.connection, this.uri);
    return performance.now() - start;
  }
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
