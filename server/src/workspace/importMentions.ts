import { blocksAround } from './services/blocks';

/** One imported name, read from the text alone: enough to follow names through a module without parsing it. */
export interface ImportMention {
  /** `pkg.mod.name`, or `pkg.mod` for a star and for `import pkg.mod`; relative names made absolute by the path below the root. */
  readonly dotted: string;
  /** The name that is bound: `*` for a star. */
  readonly bound: string;
  /** Whether the module has the name then; imports inside of definitions do not count. */
  readonly isTopLevel: boolean;
  /** The function that imports it when it is called: `main`, `Service.run`. Absent where it is imported while the module is loaded. */
  readonly within?: string;
  /** The conditions under which it is imported, the outermost first; absent where there are none. */
  readonly conditions?: readonly string[];
}

/** An import and where its statement starts. */
export interface PlacedImport {
  readonly mention: ImportMention;
  readonly at: number;
}

/** The imports of a file, in its order. What stands in strings and comments at the start of a line may be among them: they are hints, and the tree decides. */
export function importMentionsOf(text: string, path: string): readonly ImportMention[] {
  return placedImports(text, path).map(({ mention }) => mention);
}

export function placedImports(text: string, path: string): readonly PlacedImport[] {
  return [...imports(text, path)];
}

function* imports(text: string, path: string): Generator<PlacedImport> {
  for (const { index: at, 1: indent = '', 2: from, 3: names = '', 4: modules = '' } of statements(text)) {
    const { within, conditions } = blocksAround(text, at, indent.length);
    const place = { ...(within === undefined ? {} : { within }), ...(conditions.length === 0 ? {} : { conditions }) };
    const found = from === undefined ? plainImports(modules) : fromImports(absoluteName(from, path), names);
    for (const { isBinding, ...mention } of found) yield { at, mention: { ...mention, isTopLevel: isBinding && within === undefined, ...place } };
  }
}

/** Looked for where a line has the keyword in it: most lines of most files need not be looked at closer. */
function* statements(text: string): Generator<RegExpExecArray> {
  const statement = /([ \t]*)(?:from[ \t]+([.\w]+)[ \t]+import[ \t]*(\([^)]*\)|(?:\\\r?\n|[^\r\n])*)|import(?=[ \t\\])((?:\\\r?\n|[^\r\n#;\\])+))/y;
  let end = 0;
  for (const start of importLines(text)) {
    if (start < end) continue;
    statement.lastIndex = start;
    const match = statement.exec(text);
    if (!match) continue;
    yield match;
    end = statement.lastIndex;
  }
}

function* importLines(text: string): Generator<number> {
  if (text.includes('\r')) {
    for (const { index } of text.matchAll(/^(?=.*import)/gm)) yield index;
    return;
  }
  for (let at = text.indexOf('import'); at >= 0; ) {
    yield text.lastIndexOf('\n', at) + 1;
    const end = text.indexOf('\n', at);
    at = end < 0 ? -1 : text.indexOf('import', end);
  }
}

type Imported = Pick<ImportMention, 'dotted' | 'bound'> & { readonly isBinding: boolean };

function* fromImports(module: string, names: string): Generator<Imported> {
  for (const item of names.replace(/#[^\r\n]*/g, '').replace(/[()\\]/g, ' ').split(',')) {
    const [name = '', as, alias] = item.trim().split(/\s+/);
    if (name === '*') yield { dotted: module, bound: '*', isBinding: true };
    else if (/^\w+$/.test(name)) yield { dotted: module === '' ? name : `${module}.${name}`, bound: as === 'as' && alias ? alias : name, isBinding: true };
  }
}

function* plainImports(modules: string): Generator<Imported> {
  for (const item of modules.replace(/\\/g, ' ').split(',')) {
    const [name = '', as, alias] = item.trim().split(/\s+/);
    if (!/^[\w.]+$/.test(name)) continue;
    yield { dotted: name, bound: as === 'as' && alias ? alias : name, isBinding: as === 'as' };
  }
}

/** `.x` in the module `a/b.py`, or in the package `a/__init__.py`, is `a.x`. */
export function absoluteName(dotted: string, path: string): string {
  const dots = /^\.*/.exec(dotted)?.[0].length ?? 0;
  if (dots === 0) return dotted;
  const folders = path.split('/').slice(0, -1);
  const base = dots > 1 ? folders.slice(0, 1 - dots) : folders;
  return [...base, dotted.slice(dots)].filter((part) => part !== '').join('.');
}
