import type { reportForms } from '../formNames';
import { csv } from './csv';
import { github } from './github';
import { json } from './json';
import { markdown } from './markdown';
import type { Report } from './report';
import { sarif } from './sarif';
import { text } from './text';

export type Format = (typeof reportForms)[number];

/** How to print a report, by the name that the command line knows: in pieces, which may be too much for one string. */
export const formats: Readonly<Record<Format, (report: Report) => Iterable<string>>> = { text: whole(text), json, sarif, markdown: whole(markdown), github: whole(github), csv: whole(csv) };

/** Those that tell the edits of all fixes. To make them costs a second look at every file. */
export const formatsWithEdits: readonly Format[] = ['json', 'sarif'];

function whole(format: (report: Report) => string): (report: Report) => Iterable<string> {
  return (report) => [format(report)];
}
