import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '..');
const server = join(root, 'server/src');

/** From the top of the house to its foundation. Imports go down only; `syntax` and `edits` stand side by side. */
const floors = ['doors', 'lsp', 'features', 'workspace', 'rules', 'python', 'syntax', 'edits'] as const;
type Floor = (typeof floors)[number];

/** Contracts and data that every floor may import. */
const everybody = new Set(['host.ts', 'protocol.ts']);

/** Who may know which library. */
const rooms: Readonly<Record<string, readonly string[]>> = {
  'web-tree-sitter': ['syntax', 'doors'],
  'vscode-languageserver': ['lsp', 'doors'],
};

describe('the server', () => {
  const files = sources(server).filter((path) => !path.startsWith('dev/'));

  it.each(files)('%s imports downwards only', (path) => {
    const floor = floorOf(path);
    for (const specifier of imports(join(server, path))) {
      if (!specifier.startsWith('.')) {
        const room = rooms[specifier.split('/')[0] ?? specifier];
        if (room) expect(room, `${path} is not the room for ${specifier}`).toContain(floor);
        continue;
      }
      const target = relative(server, resolve(dirname(join(server, path)), specifier));
      if (everybody.has(`${target}.ts`)) continue;
      const other = floorOf(`${target}.ts`);
      expect(floors.indexOf(other), `${path} (${floor}) must not import ${target} (${other})`).toBeGreaterThanOrEqual(floors.indexOf(floor));
    }
  });

  it('lets only the library’s own files on the python floor know its name', () => {
    const telling = files.filter((path) => path.startsWith('python/') && !path.startsWith('python/eventlet') && hasCode(readFileSync(join(server, path), 'utf8'), 'eventlet'));
    expect(telling).toEqual([]);
  });
});

describe('the client', () => {
  const client = join(root, 'client/src');
  it.each(sources(client))('%s knows nothing of the server but its protocol', (path) => {
    for (const specifier of imports(join(client, path))) {
      if (!specifier.startsWith('.')) continue;
      const target = relative(root, resolve(dirname(join(client, path)), specifier));
      if (target.startsWith('server')) expect(target).toBe('server/src/protocol');
    }
  });

  it('keeps the tree’s model free of the editor', () => {
    expect(imports(join(client, 'checklist/tree.ts'))).not.toContain('vscode');
  });

  it.each(['step', 'store', 'current', 'bytes', 'candidates', 'testCommand'])('keeps nextStep/%s free of the editor', (name) => {
    expect(imports(join(client, `nextStep/${name}.ts`)).filter((specifier) => specifier === 'vscode')).toEqual([]);
  });
});

function sources(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'));
}

function floorOf(path: string): Floor {
  const [first = ''] = path.split('/');
  return floors.find((floor) => floor === first) ?? 'doors';
}

function imports(path: string): readonly string[] {
  return [...readFileSync(path, 'utf8').matchAll(/^(?:import|export)\b[^'"]*?from\s+['"]([^'"]+)['"]|^import\s+['"]([^'"]+)['"]/gm)].map((match) => match[1] ?? match[2] ?? '');
}

/** Whether a word occurs outside comments. */
function hasCode(text: string, word: string): boolean {
  return text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '').includes(word);
}
