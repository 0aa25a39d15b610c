import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ruleById } from '../../server/src/rules/index';
import type { Example, Rule } from '../../server/src/rules/rule';
import { readMarked } from '../kit/markers';

/**
 * A program that shows what a rule's rewrites do when they run. In Markdown: a heading that is a sentence of behaviour and a fenced `python`
 * block; with `python example` the block is put below the rule's example of that title. For a rewrite that changes something there follow what it prints
 * `before` and `after`, and a line that begins with `>` and has the words by which the rule names the difference. With `python patched` or `python
 * unpatched` eventlet is still there after it, because the difference is one for a process that is half migrated. With `python helpers` the project
 * has a module `concurrency` for helper code. A line `fix: …` names the fix that is taken where it is not the first one.
 */
export interface Program {
  readonly title: string;
  readonly text: string;
  /** The example that it runs. */
  readonly example?: Example;
  /** The process that it runs in before and after, with the fixes of its rule alone; absent where eventlet is gone after. */
  readonly stays?: 'patched' | 'unpatched';
  /** The module for helper code that the project names. */
  readonly helperModule?: string;
  /** The title of the fix that is taken; the first one of each use where absent. */
  readonly fix?: string;
  /** What is different; absent where nothing may be. */
  readonly difference?: { readonly name: string; readonly before: string; readonly after: string };
}

/** The programs of a rule's file. */
export interface ProgramFile {
  readonly rule: Rule;
  readonly programs: readonly Program[];
}

const folder = join(import.meta.dirname, 'programs');

/** All programs, by rule. */
export function programFiles(): readonly ProgramFile[] {
  return readdirSync(folder).map((name) => {
    const rule = ruleById(basename(name, '.md'));
    if (!rule) throw new Error(`programs/${name} is named after no rule`);
    return { rule, programs: sectionsOf(readFileSync(join(folder, name), 'utf8')).map((section) => programOf(section, rule)) };
  });
}

interface Section {
  readonly title: string;
  readonly name?: string;
  readonly fix?: string;
  /** Fenced blocks by what stands behind their fence. */
  readonly blocks: ReadonlyMap<string, string>;
}

function sectionsOf(markdown: string): readonly Section[] {
  return markdown.split(/^## /m).slice(1).map((section) => {
    const words = section.replace(/^```[^]*?^```$/gm, '');
    const name = /^> (.+)$/m.exec(words)?.[1];
    const fix = /^fix: (.+)$/m.exec(words)?.[1];
    return {
      title: section.slice(0, section.indexOf('\n')).trim(),
      ...(name === undefined ? {} : { name }),
      ...(fix === undefined ? {} : { fix }),
      blocks: new Map([...section.matchAll(/^```(.+)\n([^]*?)^```$/gm)].map(([, kind = '', text = '']) => [kind, text])),
    };
  });
}

function programOf({ title, name, fix, blocks }: Section, rule: Rule): Program {
  const [[kind, python] = []] = [...blocks].filter(([kind]) => kind.startsWith('python'));
  const [before, after] = [blocks.get('before'), blocks.get('after')];
  if (kind === undefined || python === undefined) throw new Error(`“${title}” of ${rule.id} has no program`);
  if ([name, before, after].some((part) => part === undefined) && [name, before, after].some((part) => part !== undefined)) throw new Error(`“${title}” of ${rule.id} needs the name of a difference, and what it prints before and after`);
  if (!['python', 'python example', 'python helpers', 'python patched', 'python unpatched'].includes(kind) || (before === undefined && kind.endsWith('patched'))) throw new Error(`“${title}” of ${rule.id} has a program of no known kind`);
  const isDriver = kind === 'python example';
  const example = isDriver ? rule.examples.find((candidate) => candidate.title === title) : undefined;
  if (isDriver && !example) throw new Error(`${rule.id} has no example “${title}”`);
  return {
    title,
    text: example ? `${readMarked(example.before).text}\n${python}` : python,
    ...(example ? { example } : {}),
    ...(kind === 'python helpers' ? { helperModule: 'concurrency' } : {}),
    ...(fix === undefined ? {} : { fix }),
    ...(kind === 'python patched' ? { stays: 'patched' } : kind === 'python unpatched' ? { stays: 'unpatched' } : {}),
    ...(name === undefined || before === undefined || after === undefined ? {} : { difference: { name, before, after } }),
  };
}
