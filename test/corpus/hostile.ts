import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Files that a program wrote, or somebody who means harm, by name; each takes a moment, and none stops the others. */
export const hostile: Readonly<Record<string, string>> = {
  'brackets.py': `import eventlet\nx = ${'['.repeat(20_000)}eventlet.sleep(1)${']'.repeat(20_000)}\n`,
  'calls.py': `import eventlet\nx = ${'f('.repeat(20_000)}eventlet.sleep(1)${')'.repeat(20_000)}\n`,
  'open_brackets.py': `import eventlet\nx = ${'('.repeat(20_000)}eventlet.sleep(1)\n`,
  'sum.py': `import eventlet\nx = ${'1 + '.repeat(20_000)}eventlet.sleep(1)\n`,
  'chain.py': `import eventlet\nx = eventlet${'.a'.repeat(20_000)}\n`,
  'ifs.py': `import eventlet\n${Array.from({ length: 1500 }, (_, depth) => `${' '.repeat(depth)}if x:\n`).join('')}${' '.repeat(1500)}eventlet.sleep(1)\n`,
  'handed_on.py': `import eventlet\na0 = eventlet.GreenPool()\n${Array.from({ length: 5000 }, (_, index) => `a${index + 1} = a${index}\n`).join('')}a5000.spawn(print)\n`,
  'errors.py': `import eventlet\n${'def f(:\n  eventlet.sleep(1)\n)))\n'.repeat(3000)}`,
  'comments.py': `import eventlet\ndef f():\n    eventlet.sleep(1)\n${Array.from({ length: 20_000 }, (_, index) => `${' '.repeat(index % 7)}# eventlet\n`).join('')}`,
  'one_name.py': `import eventlet\n${'pool = eventlet.GreenPool()\nhand_over(pool)\n'.repeat(500)}`,
  'one_string.py': `import eventlet\nx = """${'eventlet '.repeat(100_000)}"""\n`,
};

/** Puts them into a folder, with a file of 50 million characters and links that lead round in a circle. */
export function writeHostile(folder: string): void {
  for (const [name, text] of Object.entries(hostile)) writeFileSync(join(folder, name), text);
  writeFileSync(join(folder, 'huge.py'), `import eventlet\n${'x = 1  # a line that is there to make the file large\n'.repeat(1_000_000)}`);
  mkdirSync(join(folder, 'loop/inner'), { recursive: true });
  symlinkSync('..', join(folder, 'loop/up'));
  symlinkSync('../../loop', join(folder, 'loop/inner/again'));
}
