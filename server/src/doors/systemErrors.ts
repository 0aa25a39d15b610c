/** Whether a file is simply not there (any more). */
export function isMissing(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR'].includes(codeOf(error));
}

/** Why the system refused a file or folder, in words for the user. */
export function reasonOf(error: unknown, action: 'read' | 'write'): string {
  const code = codeOf(error);
  return code === 'EACCES' || code === 'EPERM' ? `no permission to ${action}` : reasons[code] ?? `the system said ${code}`;
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  ENOTDIR: 'does not exist',
  EISDIR: 'a folder, not a file',
  ELOOP: 'a link that leads in a circle',
  EMFILE: 'too many files are open at once',
  ENAMETOOLONG: 'its name is too long',
  ENOSPC: 'no space is left on the disk',
  EROFS: 'the disk is read-only',
  ERR_FS_FILE_TOO_LARGE: 'too large to be read',
};

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
