import { promises as fs } from 'node:fs';
import * as path from 'node:path';

/** The nearest folder at or above a path that has an entry of this name; undefined where there is none. */
export async function nearestWith(name: string, at: string): Promise<string | undefined> {
  const isHere = await fs.access(path.join(at, name)).then(
    () => true,
    () => false,
  );
  if (isHere) return at;
  const above = path.dirname(at);
  return above === at ? undefined : nearestWith(name, above);
}
