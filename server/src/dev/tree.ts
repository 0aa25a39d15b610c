import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SyntaxParser } from '../syntax/parser';
import type { Node } from '../syntax/node';

/** `npm run tree -- file.py`: prints the syntax tree, one node a line, with fields, offsets and the text of leaves. */
async function main(path: string | undefined): Promise<number> {
  if (path === undefined) {
    process.stderr.write('usage: npm run tree -- FILE.py (or - for standard input)\n');
    return 2;
  }
  const text = readFileSync(path === '-' ? 0 : path, 'utf8');
  const parser = await SyntaxParser.create({
    runtime: readFileSync(join(__dirname, '..', 'web-tree-sitter.wasm')),
    python: readFileSync(join(__dirname, '..', 'tree-sitter-python.wasm')),
  });
  const tree = parser.parse(text);
  process.stdout.write(`${[...lines(tree.rootNode, undefined, 0)].join('\n')}\n`);
  tree.delete();
  return 0;
}

function* lines(node: Node, field: string | undefined, depth: number): Generator<string> {
  const name = field === undefined ? '' : `${field}: `;
  const text = node.namedChildCount === 0 ? ` ${JSON.stringify(node.text)}` : '';
  yield `${'  '.repeat(depth)}${name}${node.type} [${node.startIndex}, ${node.endIndex})${text}${node.isMissing ? ' MISSING' : ''}`;
  for (const [index, child] of node.namedChildren.entries()) {
    if (child) yield* lines(child, node.fieldNameForNamedChild(index) ?? undefined, depth + 1);
  }
}

void main(process.argv[2]).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 2;
  },
);
