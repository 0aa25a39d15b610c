import type { TextEdit } from '../../edits/textEdit';
import { pieces, type HelperName } from './pieces';

/**
 * The edits that give a module the helper code of these names, with what it calls and imports: a whole module where there is none yet, else
 * what is missing below what is there. A name that the module has already is left as it is, whoever wrote it.
 */
export function helperEdits(text: string | undefined, names: readonly HelperName[]): readonly TextEdit[] {
  const wanted = withNeeds(names, (name) => text !== undefined && isDefined(text, name));
  const code = wanted.map((name) => pieces[name].code.trim());
  const imports = [...new Set(wanted.flatMap((name) => pieces[name].imports))].sort();
  if (code.length === 0) return [];
  if (text === undefined || text.trim() === '') {
    const module = [`"""Threads, futures and pools for this project."""`, imports.map((name) => `import ${name}`).join('\n')].filter(Boolean).join('\n\n');
    return [{ start: 0, end: text?.length ?? 0, newText: `${[module, ...code].join('\n\n\n')}\n` }];
  }
  const lineEnding = text.includes('\r\n') ? '\r\n' : '\n';
  const written = (code: string) => code.replaceAll('\n', lineEnding);
  const missing = imports.filter((name) => !new RegExp(`^import ${name.replace('.', '\\.')}[ \\t]*(#.*)?\\r?$`, 'm').test(text));
  const end = text.trimEnd().length;
  return [...importEdits(text, missing, lineEnding), { start: end, end: text.length, newText: written(`\n\n\n${code.join('\n\n\n')}\n`) }];
}

/** Each import in its place among the plain imports at the top; below the head of the module where there are none. */
function importEdits(text: string, modules: readonly string[], lineEnding: string): readonly TextEdit[] {
  const top = importPosition(text);
  const block = /^(import [^\n]*(\n|$))*/.exec(text.slice(top))?.[0] ?? '';
  if (block === '') return modules.length === 0 ? [] : [{ start: top, end: top, newText: modules.map((name) => `import ${name}${lineEnding}`).join('') + (/^from /.test(text.slice(top)) ? '' : lineEnding.repeat(2)) }];
  const lines = [...block.matchAll(/^import (\S+)[^\n]*\n?/gm)];
  const byPlace = new Map<number, string>();
  for (const name of modules) {
    const next = lines.find(([, other = '']) => other > name);
    const at = top + (next?.index ?? block.length);
    byPlace.set(at, `${byPlace.get(at) ?? ''}import ${name}${lineEnding}`);
  }
  return [...byPlace].map(([at, newText]) => ({ start: at, end: at, newText }));
}

/** The names and all that they call, callees first; what is there already needs nothing. */
function withNeeds(names: readonly HelperName[], isThere: (name: HelperName) => boolean): readonly HelperName[] {
  return [...new Set(names.flatMap((name) => (isThere(name) ? [] : [...withNeeds(pieces[name].needs, isThere), name])))];
}

function isDefined(text: string, name: string): boolean {
  return new RegExp(`^((async )?def|class) ${name}\\b|^${name}\\b[^\\n]*=|^(from|import) [^\\n]*\\b${name}\\b`, 'm').test(text);
}

/** Offset of the first plain import of the module, else that behind its comments, docstring and `from __future__`. */
function importPosition(text: string): number {
  const head = /^(\uFEFF)?(#[^\n]*\n|\s*\n)*([rR]?("""[^]*?"""|'''[^]*?''')[^\n]*\n)?(\s*\n|#[^\n]*\n|from __future__ [^\n]*\n)*/.exec(text)?.[0].length ?? 0;
  const plain = /^import /m.exec(text.slice(head));
  return plain && /^(\s*\n|#[^\n]*\n|(import|from) [^\n(]*\n)*$/.test(text.slice(head, head + plain.index)) ? head + plain.index : head;
}
