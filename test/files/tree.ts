import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync, chmodSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';

/** A folder on disk that lives as long as a test. */
export interface TemporaryFolder {
  /** Absolute, without links. */
  readonly path: string;
  /** Writes a file and the folders it needs. */
  write(name: string, content?: string | Uint8Array): void;
  /** Makes `name` a link that leads to `target`, relative to the link's own folder. */
  link(name: string, target: string): void;
  remove(): void;
}

/** With these files in it: name and content. */
export function temporaryFolder(files: Readonly<Record<string, string | Uint8Array>> = {}): TemporaryFolder {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'eventlet-migration-')));
  // So that the tests that drop their rights can still enter it.
  chmodSync(folder, 0o755);
  const result: TemporaryFolder = {
    path: folder,
    write(name, content = '') {
      mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      writeFileSync(path.join(folder, name), content);
    },
    link(name, target) {
      mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      symlinkSync(target, path.join(folder, name));
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
  for (const [name, content] of Object.entries(files)) result.write(name, content);
  return result;
}
