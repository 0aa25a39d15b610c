import * as path from 'node:path';
import { URI } from 'vscode-uri';
import { decodeSource } from '../edits/encoding';
import { guardAdvice, names } from '../features/guard/advice';
import { guardOf, type LinterSetting } from '../features/guard/linters';
import type { Host } from '../host';
import type { FileChange, Finding } from '../workspace/finding';
import { carryOut, warnOf, type OutputOptions } from './carryOut';
import type { Places } from './places';
import { WrongUse, type ExitCode, type Terminal } from './terminal';

/** What is said of a project that is off eventlet. `folder` is the top one, with the settings of its linters. */
export async function advice(folder: string, mentions: readonly { readonly place: string; readonly finding: Finding }[], host: Host): Promise<readonly string[]> {
  const { settings } = await guardIn(folder, host);
  return guardAdvice([...mentions].sort((a, b) => (a.place < b.place ? -1 : 1)).map(({ place, finding: { kind, message } }) => ({ kind: kind === 'dependency' || kind === 'config' ? kind : 'docs', place, message })), settings);
}

/** Prints what makes the linters of a project keep eventlet out, or writes it. */
export async function writeGuard(folder: string, options: OutputOptions, places: Places, host: Host, terminal: Terminal): Promise<ExitCode> {
  const { settings, changes } = await guardIn(folder, host);
  if (settings.length === 0) throw new WrongUse('no linter was found that can forbid an import: neither ruff nor flake8 with hacking or flake8-tidy-imports is configured here');
  const { untouched } = await carryOut(changes, options, places, host, terminal);
  for (const { linter, file, edits, note } of settings) {
    if (edits) terminal.say(edits.length === 0 ? `${names[linter]} keeps eventlet out already, by ${file}.` : options.write ? `${names[linter]} keeps eventlet out now, by ${file}.` : `${names[linter]} would keep eventlet out by ${file}; add --write to do so.`);
    if (note !== undefined) terminal.warn(`${note}.`);
  }
  warnOf(untouched, places, terminal);
  return untouched.length > 0 || settings.some(({ edits }) => edits === undefined) ? 2 : 0;
}

async function guardIn(folder: string, host: Host): Promise<{ readonly settings: readonly LinterSetting[]; readonly changes: readonly FileChange[] }> {
  const uriOf = (name: string): string => URI.file(path.join(folder, name)).toString();
  const { settings, changes } = await guardOf(async (name) => {
    const read = await host.files.read(uriOf(name));
    const source = 'bytes' in read ? decodeSource(read.bytes, host.text) : undefined;
    return source && 'text' in source ? source.text : undefined;
  });
  return { settings, changes: changes.map(({ file, ...change }) => ({ uri: uriOf(file), ...change })) };
}
