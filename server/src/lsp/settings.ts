import type { Connection } from 'vscode-languageserver';
import { defaultSettings, type Settings } from '../protocol';

/** The section that the settings stand in. */
export const section = 'eventletMigration';

/** What a client says of the settings, as far as it says anything. */
export interface SaidSettings {
  readonly common: Settings | undefined;
  /** Of single folders, by URI. */
  readonly ofFolders: ReadonlyMap<string, Settings>;
}

/** The settings in what a client sends; what is missing or wrong in them is as by default. undefined where it sends none, as editors do that know nothing of the section. */
export function settingsOf(data: unknown): Settings | undefined {
  if (data === undefined || data === null) return undefined;
  const { target, diagnosticMode, exclude, pythonVersion, severity } = record(data);
  return {
    target: oneOf(target, ['threading', 'asyncio']) ?? defaultSettings.target,
    diagnosticMode: oneOf(diagnosticMode, ['workspace', 'openFiles']) ?? defaultSettings.diagnosticMode,
    exclude: Array.isArray(exclude) ? exclude.filter((glob) => typeof glob === 'string') : defaultSettings.exclude,
    pythonVersion: typeof pythonVersion === 'string' ? pythonVersion : defaultSettings.pythonVersion,
    severity: Object.fromEntries(Object.entries(record(severity)).flatMap(([rule, level]) => severityOf(rule, level))),
  };
}

/** Asks the client for the settings: those of all, and those of each folder. */
export async function askForSettings(connection: Connection, folders: readonly string[]): Promise<SaidSettings> {
  const [common, ...own]: unknown[] = await connection.workspace.getConfiguration([{ section }, ...folders.map((scopeUri) => ({ section, scopeUri }))]);
  const ofFolders = folders.flatMap((folder, index): readonly [string, Settings][] => {
    const settings = settingsOf(own[index]);
    return settings ? [[folder, settings]] : [];
  });
  return { common: settingsOf(common), ofFolders: new Map(ofFolders) };
}

/** A plain object, or an empty one for anything else. */
export function record(data: unknown): Readonly<Record<string, unknown>> {
  // Everything that is an object has string keys, and what is behind them stays unknown.
  return typeof data === 'object' && data !== null ? (data as Record<string, unknown>) : {};
}

function oneOf<Literal extends string>(value: unknown, all: readonly Literal[]): Literal | undefined {
  return all.find((literal) => literal === value);
}

function severityOf(rule: string, level: unknown): readonly [string, Settings['severity'][string]][] {
  const known = oneOf(level, ['error', 'warning', 'information', 'hint', 'off']);
  return known ? [[rule, known]] : [];
}
