import { apply } from '../edits/textEdit';
import { layout, type Layout } from '../edits/layout';
import { extended, moduleText, offered, type Offer } from '../rules/concurrency/module';
import { nameTable, type NameTable, type WantedName } from '../rules/concurrency/names';
import { routedImports, wishesOf } from '../rules/concurrency/routed';
import type { FileChange } from './finding';
import type { Workspace } from './workspace';

/** What routing eventlet through one module would change, and what it leaves. */
export interface Routing {
  /** The dotted name of the module. */
  readonly module: string;
  /** The module first, if it changes. */
  readonly changes: readonly FileChange[];
  readonly left: readonly { readonly uri: string; /** Zero-based. */ readonly line: number; readonly reason: string }[];
}

/**
 * Makes one module the only one of a project that imports eventlet: every import of eventlet in the given files becomes one from
 * that module, which is written or extended so that it has the names. Nothing else changes, and a second run changes nothing.
 */
export async function route(workspace: Workspace, moduleUri: string, uris: readonly string[] = workspace.uris): Promise<Routing> {
  const module = dottedName(workspace, moduleUri);
  const existing = await workspace.withAnalysis(moduleUri, ({ exports }) => offered(exports));
  const wanted: WantedName[] = [];
  const loaded = new Set<string>();
  const left: Routing['left'][number][] = [];
  const files: string[] = [];
  let style: Layout | undefined;

  for (const uri of uris) {
    if (uri === moduleUri || workspace.isText(uri)) continue;
    await workspace.withAnalysis(uri, ({ view, lines }) => {
      const wishes = wishesOf(view);
      for (const { start, reason } of wishes.unrouted) left.push({ uri, line: lines.position(start).line, reason });
      if (wishes.names.length === 0) return;
      if (view.tree.rootNode.hasError) return void left.push({ uri, line: 0, reason: 'the file has syntax errors; nothing in it is rewritten before they are gone' });
      wanted.push(...wishes.names);
      wishes.loaded.forEach((name) => loaded.add(name));
      files.push(uri);
      style ??= view.layout;
    });
  }

  const table = nameTable(wanted, existing ?? new Map());
  const changes: FileChange[] = [];
  for (const uri of files) {
    const change = await workspace.withAnalysis(uri, ({ view }) => changeOf(uri, view.text, routedImports(view, module, table)));
    if (change) changes.push(change);
  }
  const offer = offerOf(table, wanted, loaded);
  const ownChange = existing ? await extension(workspace, moduleUri, existing, offer) : files.length > 0 ? creation(moduleUri, moduleText(offer, style ?? layout(''))) : undefined;
  return { module, changes: [...(ownChange ? [ownChange] : []), ...changes], left };
}

function offerOf(names: NameTable, wanted: readonly WantedName[], loaded: ReadonlySet<string>): Offer {
  const sources = new Map<string, string>();
  for (const { dotted, source } of wanted) {
    const known = sources.get(dotted);
    if (known === undefined || source.length < known.length) sources.set(dotted, source);
  }
  return { names, sources, loaded };
}

async function extension(workspace: Workspace, uri: string, existing: NameTable, { names, sources, loaded }: Offer): Promise<FileChange | undefined> {
  return workspace.withAnalysis(uri, ({ view }) => {
    const missing = new Map([...names].filter(([dotted]) => !existing.has(dotted)));
    const imported = new Set(view.uses.flatMap((use) => (use.form === 'import' ? [use.imported.dotted] : [])));
    const unloaded = new Set([...loaded].filter((module) => !imported.has(module)));
    return changeOf(uri, view.text, extended(view, { names: missing, sources, loaded: unloaded }));
  });
}

function creation(uri: string, text: string): FileChange {
  return { uri, before: '', after: text, edits: [{ start: 0, end: 0, newText: text }], isNew: true };
}

function changeOf(uri: string, before: string, edits: FileChange['edits']): FileChange | undefined {
  const made = edits.filter(({ start, end, newText }) => before.slice(start, end) !== newText);
  return made.length > 0 ? { uri, before, after: apply(before, made), edits: made } : undefined;
}

/** Counted from the topmost package around the file, as Python does; below the root where it is in no package. */
function dottedName(workspace: Workspace, uri: string): string {
  const parts = uri.replace(/\.py$/, '').split('/');
  const steps = workspace.pathOf(uri).split('/').length;
  let depth = 1;
  while (depth < steps && workspace.isKnown(`${parts.slice(0, parts.length - depth).join('/')}/__init__.py`)) depth++;
  return parts.slice(-depth).map(decodeURIComponent).join('.');
}
