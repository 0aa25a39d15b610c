/** One imported name, read from the text alone: enough to follow names through a module without parsing it. */
export interface ImportMention {
  /** `pkg.mod.name`, or `pkg.mod` for a star and for `import pkg.mod`; relative names made absolute by the path below the root. */
  readonly dotted: string;
  /** The name that is bound: `*` for a star. */
  readonly bound: string;
  /** Whether the module has the name then; imports inside of definitions do not count. */
  readonly isTopLevel: boolean;
}

/** The imports of a file. What stands in strings and comments at the start of a line may be among them: they are hints, and the tree decides. */
export function importMentionsOf(text: string, path: string): readonly ImportMention[] {
  return [...fromImports(text, path), ...plainImports(text)];
}

function* fromImports(text: string, path: string): Generator<ImportMention> {
  for (const [, indent = '', from = '', names = ''] of text.matchAll(/^([ \t]*)from[ \t]+([.\w]+)[ \t]+import[ \t]*(\([^)]*\)|(?:\\\r?\n|[^\r\n])*)/gm)) {
    const module = absoluteName(from, path);
    const isTopLevel = !isInDefinition(indent);
    for (const item of names.replace(/#[^\r\n]*/g, '').replace(/[()\\]/g, ' ').split(',')) {
      const [name = '', as, alias] = item.trim().split(/\s+/);
      if (name === '*') yield { dotted: module, bound: '*', isTopLevel: true };
      else if (/^\w+$/.test(name)) yield { dotted: module === '' ? name : `${module}.${name}`, bound: as === 'as' && alias ? alias : name, isTopLevel };
    }
  }
}

function* plainImports(text: string): Generator<ImportMention> {
  for (const [, indent = '', names = ''] of text.matchAll(/^([ \t]*)import[ \t]+([^\r\n#;]+)/gm)) {
    for (const item of names.split(',')) {
      const [name = '', as, alias] = item.trim().split(/\s+/);
      if (!/^[\w.]+$/.test(name)) continue;
      const isTopLevel = !isInDefinition(indent) && as === 'as';
      yield { dotted: name, bound: as === 'as' && alias ? alias : name, isTopLevel };
    }
  }
}

/** One step of indentation is a `try` or an `if`, more is a definition: a guess that the analysis of the file corrects. */
function isInDefinition(indent: string): boolean {
  return indent.length > 4;
}

/** `.x` in the module `a/b.py`, or in the package `a/__init__.py`, is `a.x`. */
export function absoluteName(dotted: string, path: string): string {
  const dots = /^\.*/.exec(dotted)?.[0].length ?? 0;
  if (dots === 0) return dotted;
  const folders = path.split('/').slice(0, -1);
  const base = dots > 1 ? folders.slice(0, 1 - dots) : folders;
  return [...base, dotted.slice(dots)].filter((part) => part !== '').join('.');
}
