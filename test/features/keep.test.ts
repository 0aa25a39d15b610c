import { describe, expect, it } from 'vitest';
import { apply } from '../../server/src/edits/textEdit';
import { keepEdit } from '../../server/src/features/keep';
import { analyse, factsOf, type Analysis } from '../../server/src/workspace/analysis';
import { suppresses } from '../../server/src/workspace/judge';
import { parser } from '../kit/host';
import { expectLaws } from '../kit/laws';
import { readMarked } from '../kit/markers';

describe('the comment that keeps a use', () => {
  it('stands behind the line', () => check(`
import eventlet
eventlet.sleep(1)
#^^^^^^^^^^^^^ sleep
x = 1
`, `
import eventlet
eventlet.sleep(1)  # eventlet: keep[sleep]
x = 1
`));

  it('stands behind the last line, ended or not, without the blanks that are there', () => check(`
import eventlet
eventlet.sleep(1)  `.slice(1), `
import eventlet
eventlet.sleep(1)  # eventlet: keep[sleep]`.slice(1), 'eventlet.sleep'));

  it('stands above a line that would become too long, at its indentation', () => check(`
import eventlet
if True:
\teventlet.sleep(1 + 2 + 3 + 4 + 5 + 6 + 7 + 8 + 9 + 10 + 11 + 12)
`, `
import eventlet
if True:
\t# eventlet: keep[sleep]
\teventlet.sleep(1 + 2 + 3 + 4 + 5 + 6 + 7 + 8 + 9 + 10 + 11 + 12)
`, 'eventlet.sleep'));

  it('stands above a line that has a comment already', () => check(`
import eventlet
eventlet.sleep(1)  # a while
#^^^^^^^^^^^^^ sleep
`, `
import eventlet
# eventlet: keep[sleep]
eventlet.sleep(1)  # a while
`));

  it('stands between brackets, too', () => check(`
import eventlet
f(1,
  eventlet.sleep(2),
  #^^^^^^^^^^^^^ sleep
  3)
`, `
import eventlet
f(1,
  eventlet.sleep(2),  # eventlet: keep[sleep]
  3)
`));

  it('does not get into a string', () => check(`
import eventlet
f(eventlet.sleep, """
  #^^^^^^^^^^^^^ sleep
  text # no comment
""")
`, `
import eventlet
# eventlet: keep[sleep]
f(eventlet.sleep, """
  text # no comment
""")
`));

  it('does not come between lines that a string joins', () => check(`
import eventlet
f("""
""", eventlet.sleep)  # taken
     #^^^^^^^^^^^^^ sleep
`, `
import eventlet
# eventlet: keep[sleep]
f("""
""", eventlet.sleep)  # taken
`));

  it('does not come behind or between lines that a backslash joins', () => check(`
import eventlet
x = 1 or \\
    eventlet.sleep(1) or \\
    #^^^^^^^^^^^^^ sleep
    2
`, `
import eventlet
# eventlet: keep[sleep]
x = 1 or \\
    eventlet.sleep(1) or \\
    2
`));

  it('stands behind the last of them', () => check(`
import eventlet
x = 1 or \\
    eventlet.sleep(1)
    #^^^^^^^^^^^^^ sleep
`, `
import eventlet
x = 1 or \\
    eventlet.sleep(1)  # eventlet: keep[sleep]
`));

  it('ends its line as the file does', () => check('import eventlet\r\neventlet.sleep(1)  # a\r\n', 'import eventlet\r\n# eventlet: keep[sleep]\r\neventlet.sleep(1)  # a\r\n', 'eventlet.sleep'));

  it('does not follow a comment that ends with a backslash', () => check(`
import eventlet
# see \\
eventlet.sleep(1)  # a
#^^^^^^^^^^^^^ sleep
`, `
import eventlet
# see \\
# eventlet: keep[sleep]
eventlet.sleep(1)  # a
`));
});

/** The use is the marked one, or the first of this text. */
async function check(before: string, after: string, use?: string): Promise<void> {
  const { text, markers } = use === undefined ? readMarked(before) : { text: before.replace(/^\n/, ''), markers: [] };
  const start = use === undefined ? (markers[0]?.start ?? -1) : text.indexOf(use, 'import eventlet'.length);
  const result = await analysed(text, (analysis) => apply(text, [keepEdit(analysis, start, 'sleep')]));
  expect(result).toBe(after.replace(/^\n/, ''));

  const { marks, suppressions } = await analysed(result, factsOf);
  const kept = marks.filter((mark) => mark.rule === 'sleep').map((mark) => suppressions.some((suppression) => suppresses(suppression, mark)));
  expect(kept, `not kept:\n${result}`).toEqual([true]);
  await expectLaws(text, result.replace('# eventlet: keep[sleep]', ''));
}

async function analysed<Result>(text: string, ask: (analysis: Analysis) => Result): Promise<Result> {
  const tree = (await parser()).parse(text);
  try {
    return ask(analyse(text, tree, { namedElsewhere: new Set(), python: [3, 9] }));
  } finally {
    tree.delete();
  }
}
