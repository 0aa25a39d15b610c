import { noCode } from '../kit/aspects';
import { links } from '../kit/links';
import { isHistory, nameOf } from './kit/files';
import { forNeither } from './kit/proposing';
import type { TextRule } from './textRule';

export const mention: TextRule = {
  id: 'mention',
  pattern: 9,
  kind: 'docs',
  severity: 'hint',
  files: (path) => /\.(rst|md|markdown|adoc)$/.test(nameOf(path)) && !isHistory(path),
  message: () => 'This page speaks of eventlet.',
  guide: {
    title: 'Documentation',
    does: 'Pages that explain how a project runs on eventlet: how it is deployed, why code yields, what to install. There is one hint for each file. Release notes and change logs tell what was, and are left alone.',
    replacement: {
      threading: 'Words about native threads: how many there are, what configures their number, which options are gone.',
      asyncio: 'Words about the event loop: what runs on it, and what must not block it.',
    },
    differences: [],
    same: noCode,
    links: [...links.deprecatingOptions.guidance, ...links.overview.guidance],
  },
  find({ text }) {
    const mentions = [...text.matchAll(/(?<!\w)eventlet(?!\w)/gi)];
    const [first] = mentions;
    if (!first) return [];
    const times = mentions.length === 1 ? 'once' : `${mentions.length} times`;
    const reason = `eventlet is mentioned ${times} in this file; what it should say in its place, its authors know`;
    return [{ start: first.index, end: first.index + first[0].length, api: 'eventlet', proposals: forNeither(reason) }];
  },
  examples: [
    {
      title: 'one hint is enough for a file',
      path: 'doc/source/admin/concurrency.rst',
      before: `
The service runs on Eventlet, so a handler
                    #^^^^^^^ none
has to yield. See eventlet's documentation.
`,
    },
    {
      title: 'a page may be kept as it is',
      path: 'doc/source/origin.md',
      before: `
<!-- # eventlet: keep[mention] tells how it began -->
       #^^^^^^^ kept
It began on eventlet.
`,
    },
    {
      title: 'release notes are history',
      path: 'releasenotes/notes/eventlet.rst',
      before: `
Runs on eventlet now.
`,
    },
  ],
};
