import { noCode } from './kit/aspects';
import { links } from './kit/links';
import { nowhere } from './kit/proposing';
import type { Rule } from './rule';

export const comment: Rule = {
  id: 'comment',
  pattern: 9,
  names: ['*'],
  forms: ['comment'],
  kind: 'docs',
  severity: 'hint',
  message: () => 'Comments and docstrings of this file speak of eventlet.',
  guide: {
    title: 'Comments and docstrings',
    does: 'Comments and docstrings that explain how code behaves on eventlet: where it yields, why something is imported first, what may block. There is one hint for each file.',
    replacement: {
      threading: 'Words about threads: what is shared and which lock guards it; or nothing, where only eventlet made it worth saying.',
      asyncio: 'Words about the loop: what awaits, and what must not block.',
    },
    differences: [],
    same: noCode,
    links: [...links.overview.guidance],
  },
  proposals: (use) => nowhere(use.form === 'comment' ? `eventlet is mentioned ${times(use.count)} in comments of this file; what they should say in its place, their authors know` : ''),
  examples: [
    {
      title: 'one hint is enough for a file',
      before: `
"""A worker on eventlet."""
               #^^^^^^^ none

import time

# Without this, Eventlet never switches.
time.sleep(0)
`,
    },
    {
      title: 'comments that say how something is kept are not about the code',
      before: `
import time

time.sleep(0)  # eventlet: keep[sleep] nothing to see
`,
    },
    {
      title: 'other strings are no comments',
      before: `
text = 'a worker on eventlet'
`,
    },
  ],
};

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}
