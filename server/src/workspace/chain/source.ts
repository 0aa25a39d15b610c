import { importAround, importedNames } from '../../python/imports';
import { Names } from '../../python/names';
import { field, sameNode, type Node, type Tree } from '../../syntax/node';
import type { SyntaxParser } from '../../syntax/parser';
import { absoluteName } from '../importMentions';
import { moduleName } from '../mentions';

/** One file of the project while a chain of calls is followed. */
export interface Source {
  readonly uri: string;
  /** Below the root, with forward slashes. */
  readonly path: string;
  /** Dotted, without a folder `src` or `lib` that packages are kept in. */
  readonly module: string;
  readonly text: string;
  readonly tree: Tree;
  readonly names: Names;
}

/** The Python files of a project, each parsed when somebody asks. All of it is synchronous, so nothing changes meanwhile. `dispose` frees the trees. */
export class Sources {
  private readonly parsed = new Map<string, Source>();

  constructor(
    private readonly parser: SyntaxParser,
    /** By URI; the path is below the root. */
    private readonly files: ReadonlyMap<string, { readonly path: string; readonly text: string }>,
  ) {}

  get(uri: string): Source | undefined {
    const known = this.parsed.get(uri);
    const file = this.files.get(uri);
    if (known || !file) return known;
    const tree = this.parser.parse(file.text);
    const source: Source = { uri, ...file, module: moduleName(file.path).replace(/^(src|lib)\./, ''), tree, names: new Names(file.text, tree) };
    this.parsed.set(uri, source);
    return source;
  }

  /** The files in whose text a word stands. */
  *mentioning(word: string): Generator<Source> {
    const pattern = new RegExp(`\\b${word}\\b`);
    for (const [uri, { text }] of this.files) {
      const source = pattern.test(text) ? this.get(uri) : undefined;
      if (source) yield source;
    }
  }

  dispose(): void {
    for (const { tree } of this.parsed.values()) tree.delete();
    this.parsed.clear();
  }
}

/** The dotted name that an expression means by the imports of its file: `utils.run` after `from pkg import utils` is `pkg.utils.run`. */
export function meaning(node: Node, source: Source): string | undefined {
  if (node.type === 'attribute') {
    const object = field(node, 'object');
    const module = object && meaning(object, source);
    return module === undefined ? undefined : `${module}.${field(node, 'attribute')?.text ?? ''}`;
  }
  const [binding, ...others] = (node.type === 'identifier' && source.names.variableOf(node)?.bindings) || [];
  const statement = binding && importAround(binding.node);
  const imported = statement && importedNames(statement).find(({ bound }) => sameNode(bound, binding.node));
  return imported && others.length === 0 ? absoluteName(imported.meaning, source.path).replace(/^(src|lib)\./, '') : undefined;
}
