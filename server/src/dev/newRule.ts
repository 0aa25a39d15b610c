import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** `npm run new-rule -- ID NAME…`: a rule that is live everywhere, with an example that waits to be filled in. */
function main(root: string, [id, ...names]: readonly string[]): number {
  const wrong = problem(root, id, names);
  if (id === undefined || wrong !== undefined) {
    process.stderr.write(`${wrong ?? ''}\nusage: npm run new-rule -- some-id eventlet.some.name [more names]\n`);
    return 2;
  }
  writeFileSync(fileOf(root, id), template(id, names));
  const index = join(root, 'server/src/rules/index.ts');
  writeFileSync(index, registered(readFileSync(index, 'utf8'), id));
  process.stderr.write(`server/src/rules/${id}.ts is there and listed in index.ts. Now run \`npm run generate\` and fill it in; its examples are its tests.\n`);
  return 0;
}

function problem(root: string, id: string | undefined, names: readonly string[]): string | undefined {
  if (id === undefined) return 'a rule needs an id';
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id)) return `\`${id}\` is no id: lower-case words joined by hyphens`;
  if (existsSync(fileOf(root, id))) return `there is a rule \`${id}\` already`;
  if (names.length === 0) return 'a rule needs at least one canonical name to answer for';
  const foreign = names.find((name) => !/^eventlet(\.|$)/.test(name));
  return foreign === undefined ? undefined : `\`${foreign}\` is no name of eventlet`;
}

function fileOf(root: string, id: string): string {
  return join(root, 'server/src/rules', `${id}.ts`);
}

function variableOf(id: string): string {
  return id.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}

/** Adds the import and the entry, both in alphabetical order. */
function registered(index: string, id: string): string {
  const line = `import { ${variableOf(id)} } from './${id}';`;
  const entry = `  ${variableOf(id)},`;
  const withImport = insertSorted(index, /^import \{ \w+ \} from '\.\/[\w-]+';$/gm, line, (text) => /'\.\/([\w-]+)'/.exec(text)?.[1] ?? '');
  return insertSorted(withImport, /^ {2}\w+,$/gm, entry, (text) => text.trim().toLowerCase());
}

function insertSorted(text: string, pattern: RegExp, line: string, key: (text: string) => string): string {
  const matches = [...text.matchAll(pattern)];
  const next = matches.find((match) => key(match[0]) > key(line));
  const last = matches.at(-1);
  const at = next ? next.index : last ? last.index + last[0].length + 1 : 0;
  return `${text.slice(0, at)}${line}\n${text.slice(at)}`;
}

function template(id: string, names: readonly string[]): string {
  const [name = 'eventlet'] = names;
  const isMember = name.includes('()');
  return `import { allOf } from './kit/aspects';
import { links } from './kit/links';
import type { Rule } from './rule';

export const ${variableOf(id)}: Rule = {
  id: '${id}',
  pattern: 1,
  names: [${names.map((each) => `'${each}'`).join(', ')}],
  message: (use) => \`\\\`\${use.api}\\\` belongs to eventlet and has to go with it.\`,
  guide: {
    title: '${id[0]?.toUpperCase() ?? ''}${id.slice(1).replaceAll('-', ' ')}',
    does: 'Say in a sentence what \`${name}\` does.',
    replacement: {
      threading: 'Say what takes its place on native threads.',
      asyncio: 'Say what takes its place on asyncio.',
    },
    differences: [],
    same: allOf('say in a row of \`differences\`, or here, how value, exceptions, blocking, order, cancellation and defaults differ'),
    links: [...links.overview.guidance],
  },
  proposals: () => [
    { target: 'threading', reason: 'nobody has written this rule’s rewrite yet' },
    { target: 'asyncio', reason: 'nobody has written this rule’s rewrite yet' },
  ],
  examples: [
    {
      title: 'is found',
      before: \`
${isMember ? `import eventlet\nthing = ${name.replace(/\(\).*/, '')}()\nthing.${name.split('.').at(-1)}\n#^^^^^${'^'.repeat((name.split('.').at(-1) ?? '').length)} none` : `import ${name.split('.').slice(0, -1).join('.') || 'eventlet'}\n\nprint(${name})\n      #${'^'.repeat(name.length - 1)} none`}
\`,
    },
  ],
};
`;
}

process.exitCode = main(process.cwd(), process.argv.slice(2));
