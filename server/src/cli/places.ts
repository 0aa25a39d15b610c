import { promises as fs } from 'node:fs';
import * as path from 'node:path';
import { URI } from 'vscode-uri';
import { isMissing, reasonOf } from '../doors/systemErrors';
import { WrongUse } from './terminal';

/** The files and folders that somebody named, and how to name what is below them. */
export interface Places {
  /** URIs, each once. */
  readonly roots: readonly string[];
  /** What the report's paths are relative to, as the user would spell it: `.`, or an absolute path with forward slashes. */
  readonly root: string;
  /** Relative to `root`, with forward slashes. */
  pathOf(uri: string): string;
}

/** Rejects with a `WrongUse` that names every path that is not there. */
export async function placesOf(paths: readonly string[], folder: string): Promise<Places> {
  const problems = (await Promise.all(paths.map((name) => problemWith(path.resolve(folder, name), name)))).filter((problem) => problem !== undefined);
  if (problems.length > 0) throw new WrongUse(problems.join('\n'));

  const absolute = [...new Set(paths.map((name) => path.resolve(folder, name)))];
  const isInside = absolute.every((name) => isWithin(folder, name));
  const root = isInside ? folder : await commonFolder(absolute);
  return {
    roots: absolute.map((name) => URI.file(name).toString()),
    root: isInside ? '.' : slashed(root),
    pathOf: (uri) => slashed(path.relative(root, URI.parse(uri).fsPath)),
  };
}

async function problemWith(absolute: string, name: string): Promise<string | undefined> {
  try {
    const isFolder = (await fs.stat(absolute)).isDirectory();
    await fs.access(absolute, isFolder ? fs.constants.R_OK | fs.constants.X_OK : fs.constants.R_OK);
    return undefined;
  } catch (error) {
    return isMissing(error) ? `${name} does not exist` : `${name}: ${reasonOf(error, 'read')}`;
  }
}

/** The deepest folder that contains all of them. */
async function commonFolder(paths: readonly string[]): Promise<string> {
  const [first = path.sep] = paths;
  let common = (await fs.stat(first)).isDirectory() ? first : path.dirname(first);
  while (!paths.every((name) => isWithin(common, name)) && common !== path.dirname(common)) common = path.dirname(common);
  return common;
}

/** The absolute path of a file that a command is about; it has to be in one of the named folders, because only those are looked at. */
export function fileWithin(name: string, { roots }: Places, folder: string): string {
  const file = path.resolve(folder, name);
  if (!roots.some((uri) => isWithin(URI.parse(uri).fsPath, file))) throw new WrongUse(`${name} is in none of the folders that are named`);
  return file;
}

/** Whether an absolute path is a folder or something below it. */
export function isWithin(folder: string, name: string): boolean {
  const relative = path.relative(folder, name);
  return relative !== '..' && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative);
}

function slashed(name: string): string {
  return name.split(path.sep).join('/');
}
