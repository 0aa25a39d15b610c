import { foldersAround } from '../roots';

export function isProjectFile(uri: string): boolean {
  return /\/(pyproject\.toml|\.eventlet-migration\.toml)$/.test(uri);
}

/** Whether a file is ours as a whole, and has our keys at its top. */
export function isOwnProjectFile(uri: string): boolean {
  return uri.endsWith('/.eventlet-migration.toml');
}

/** Where project files would be that count for these folders as a whole: in them and above them. */
export function projectFilesAround(roots: readonly string[]): readonly string[] {
  const folders = new Set(roots.flatMap((root) => [root, ...foldersAround(root)]));
  return [...folders].flatMap((folder) => [`${folder}/pyproject.toml`, `${folder}/.eventlet-migration.toml`]);
}
