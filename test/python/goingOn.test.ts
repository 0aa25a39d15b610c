import { describe, expect, it } from 'vitest';
import { mayGoOn } from '../../server/src/python/goingOn';

/** Whether `mod` goes on, at its first mention. */
function goesOn(text: string): boolean {
  const start = text.search(/(?<![\w])mod(?!\w)/);
  return mayGoOn(text, start, start + 'mod'.length);
}

describe('what a line shows of a module that is read', () => {
  it.each([
    'alias = mod',
    'alias = mod  # under another name',
    'alias = (mod)',
    'alias = other or mod',
    'alias = mod if ready else other',
    'one, two = mod, other',
    'class Own(mod):',
    'class Own(Base, mod):',
    "patch.object(mod, 'sleep')",
    "patch.object(mod, attribute='sleep')",
    "patch.object(\n    mod, 'sleep')",
    "patch.object(mod,\n    'sleep')",
    "patch.object(target=mod, attribute='sleep')",
    'call(\n    mod\n)',
    'mod \\\n  .sleep()',
  ])('it may: %s', (text) => expect(goesOn(text)).toBe(true));

  it.each(['mod()', 'call(mod)', 'call(1, mod)', "call('a(b', mod, 1)", 'call(key=mod)', 'names[mod]', 'found = [mod, other]', 'a = {1: mod}', 'if mod is None:', 'if mod in names:', 'if mod == other:', "path = 'a/mod'", '# mod - a word', 'a = mod * 2'])('it does not: %s', (text) => expect(goesOn(text)).toBe(false));

  it.each(['return (mod)', 'x = yield(mod)', 'call(other or mod)', "call('unclosed, mod)"])('the line does not show it: %s', (text) => expect(goesOn(text)).toBe(true));
});
