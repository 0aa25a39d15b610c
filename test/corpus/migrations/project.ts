import { readFileSync } from 'node:fs';
import type { Choice } from './patternByPattern';
import type { Way } from './throughOneModule';
import { beside, type Needs } from './environment';

/** What is known of a project beforehand: a JSON file beside this one. */
export interface Project extends Needs {
  /** For `route` and `dual`. */
  readonly way?: Way;
  /** For `fix`, with the tests that tell. */
  readonly choices?: readonly Choice[];
  readonly tests?: readonly string[];
}

export const projects = ['swift', 'mistral', 'flask-socketio', 'nameko'] as const;

export function project(name: (typeof projects)[number]): Project {
  // Our own files, of this shape.
  return JSON.parse(readFileSync(beside(`${name}.json`), 'utf8')) as Project;
}
