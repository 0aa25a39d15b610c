import { expect, it } from 'vitest';
import { standIns } from '../../server/src/rules/concurrency/standIns';

const defined = standIns.flatMap(({ provides, code }) => [...provides].map(([dotted, name]) => ({ dotted, name, code }))).filter(({ name, code }) => new RegExp(`^(def|class) ${name}\\b`, 'm').test(code));

it('most names have a stand-in that is written out', () => {
  expect(defined.length).toBeGreaterThan(50);
});

it.each(defined)('$dotted says what it is on native threads', ({ name, code }) => {
  const text = new RegExp(`^(?:def|class) ${name}\\b[^]*?:\\n    ([^\\n]*)`, 'm').exec(code)?.[1];
  expect(text).toMatch(/^"""[A-Z].*\w/);
});
