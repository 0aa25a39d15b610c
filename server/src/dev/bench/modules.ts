import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A module of so many lines: classes of twenty small methods; every tenth method uses eventlet. */
export function service(lines: number): string {
  const parts = ['import eventlet\n'];
  for (let index = 0; index * 4.15 < lines - 3; index++) {
    if (index % 20 === 0) parts.push(`\n\nclass Service${index / 20}:\n`);
    const call = index % 10 === 0 ? `eventlet.sleep(${index})` : `self.value = compute(${index}, [self.value, 'text'])`;
    parts.push(`    def method_${index}(self, argument, other=None):\n        name = argument.attribute\n        ${call}\n        return name\n`);
  }
  return parts.join('');
}

/** A module of some hundred lines that has nothing to do with eventlet and imports others of its kind. */
export function other(index: number): string {
  const imports = [1, 7, 31].map((step) => Math.max(0, index - step)).map((before) => `from other.p${before % 25} import m${before}\n`);
  const functions = Array.from({ length: 40 }, (_, at) => `\n\ndef function_${at}(argument, other=None):\n    value = compute(argument, [other, 'text'])\n    return value + ${at}\n`);
  return `import logging\nimport os\nimport time\n${imports.join('')}${functions.join('')}`;
}

/** Writes a file, and the folders that it lies in. */
export function write(folder: string, name: string, text: string): void {
  const path = join(folder, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, text);
}
