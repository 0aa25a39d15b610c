import { decodeSource } from '../edits/encoding';
import type { Host } from '../host';
import { helpersOf, type Helpers } from '../rules/kit/helpers';
import type { PatchGroup } from '../rules/rule';
import { LineIndex } from '../edits/lines';
import type { Range, Settings, Target } from '../protocol';
import type { ProjectFile } from './project/keys';
import { isOwnProjectFile, projectFilesAround } from './project/files';
import { readProjectFile } from './projectFile';
import { foldersAround } from './roots';

/** The settings of a file: what the user set, and what its project says. */
export interface ProjectSettings extends Settings {
  /** Targets that the project has ruled out. */
  readonly forbid?: readonly Target[];
  /** What the project says is monkey-patched, and where it says so. */
  readonly patched?: { readonly uri: string; readonly groups: readonly PatchGroup[] };
  /** What the project has of its own in the place of eventlet's names. */
  readonly helpers?: Helpers;
  /** Dotted name of the module in which rewrites put the helper code that they need. */
  readonly helperModule?: string;
}

/** Something wrong in a project file. */
export interface ProjectProblem {
  readonly uri: string;
  readonly position: Range;
  readonly message: string;
}

interface Known {
  readonly uri: string;
  readonly project: ProjectFile;
  readonly problems: readonly ProjectProblem[];
}

/** The project files of a workspace; the nearest one above a file counts. */
export class Projects {
  private byFolder: ReadonlyMap<string, Known> = new Map();
  private merged = new WeakMap<Settings, Map<string, ProjectSettings>>();

  constructor(
    /** What was said more explicitly than a file can: on the command line. */
    private readonly explicit: Partial<Settings> = {},
  ) {}

  /** The project files that were found. */
  get uris(): readonly string[] {
    return [...this.byFolder.values()].map(({ uri }) => uri);
  }

  /**
   * Reads the project files that count for these folders: in them, above them, and the given ones below. What was known before
   * counts until all of them are read.
   */
  async load(host: Host, roots: readonly string[], below: readonly string[]): Promise<void> {
    // The file of our own name is read last and wins over a pyproject.toml beside it.
    const inOrder = [...new Set([...projectFilesAround(roots), ...below])].sort((a, b) => Number(isOwnProjectFile(a)) - Number(isOwnProjectFile(b)));
    const found = new Map<string, Known>();
    for (const uri of inOrder) {
      const known = await read(host, uri);
      if (known) found.set(uri.slice(0, uri.lastIndexOf('/')), known);
    }
    if (JSON.stringify([...found]) === JSON.stringify([...this.byFolder])) return;
    this.byFolder = found;
    this.merged = new WeakMap();
  }

  /** What holds for a file whose user settings are these. The same object as long as nothing changes. */
  settings(uri: string, user: Settings): ProjectSettings {
    const folder = [uri, ...foldersAround(uri)].find((candidate) => this.byFolder.has(candidate)) ?? '';
    const known = this.merged.get(user)?.get(folder);
    if (known) return known;
    const made = this.merge(user, this.byFolder.get(folder));
    const ofUser = this.merged.get(user) ?? new Map<string, ProjectSettings>();
    this.merged.set(user, ofUser.set(folder, made));
    return made;
  }

  /** What is wrong in the project files. */
  get problems(): readonly ProjectProblem[] {
    return [...this.byFolder.values()].flatMap(({ problems }) => problems);
  }

  private merge(user: Settings, found: Known | undefined): ProjectSettings {
    if (!found) return { ...user, ...this.explicit };
    const { target, forbid, python, exclude, patched, severity, helpers, 'helper-module': helperModule } = found.project;
    const wanted = target ?? user.target;
    const allowed = forbid?.includes(wanted) ? (['threading', 'asyncio'] as const).find((other) => !forbid.includes(other)) : wanted;
    return {
      ...user,
      target: allowed ?? wanted,
      pythonVersion: user.pythonVersion || (python ?? ''),
      exclude: [...user.exclude, ...(exclude ?? [])],
      severity: { ...user.severity, ...severity },
      ...(forbid ? { forbid } : {}),
      ...(patched ? { patched: { uri: found.uri, groups: patched } } : {}),
      ...(helpers ? { helpers: helpersOf(helpers) } : {}),
      ...(helperModule === undefined ? {} : { helperModule }),
      ...this.explicit,
    };
  }
}

async function read(host: Host, uri: string): Promise<Known | undefined> {
  const result = await host.files.read(uri);
  const source = 'bytes' in result ? decodeSource(result.bytes, host.text) : undefined;
  if (!source || !('text' in source)) return undefined;
  const found = readProjectFile(uri, source.text);
  if (!found) return undefined;
  const lines = new LineIndex(source.text);
  const problems = found.problems.map(({ start, end, message }) => ({ uri, position: { start: lines.position(start), end: lines.position(end) }, message }));
  return { uri, project: found.project, problems };
}
