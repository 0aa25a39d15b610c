import { eventlet } from '../python/eventlet';
import { layout, type Layout } from '../edits/layout';
import { extended, moduleText, offered, type Offer } from '../rules/concurrency/module';
import { nameTable, type Binding, type WantedName } from '../rules/concurrency/names';
import { standInTests } from '../rules/concurrency/standInTests';
import { routedUses, wishesOf } from '../rules/concurrency/routed';
import { dualEdits, type Switch } from '../rules/concurrency/dual';
import { nativeModule } from '../rules/concurrency/native';
import type { ImportUse } from '../python/uses';
import type { FileView } from '../rules/kit/view';
import type { FileChange } from './finding';
import { loadedEarly, loadedWith } from './loadedEarly';
import { changeOf, creation, dottedName, nativeUriOf, rewritten, whyClosed, withErrors } from './moduleChanges';
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
  const closed = await whyClosed(workspace, moduleUri);
  if (closed !== undefined) return { module, changes: [], left: [{ uri: moduleUri, line: 0, reason: closed }] };
  const existing = await workspace.withAnalysis(moduleUri, ({ exports }) => offered(exports));
  const loading = await loadedWith(workspace, moduleUri);
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
      if (view.tree.rootNode.hasError) return void left.push({ uri, line: 0, reason: withErrors });
      const early = earlyIn(view, uri);
      if (early) return void left.push(early);
      wanted.push(...wishes.names);
      wishes.loaded.forEach((name) => loaded.add(name));
      files.push(uri);
      style ??= view.layout;
    });
  }

  const table = nameTable(wanted, new Map([...(existing ?? [])].reverse()));
  const changes: FileChange[] = [];
  for (const uri of files) {
    const change = await workspace.withAnalysis(uri, ({ view }) => changeOf(uri, view.text, routedUses(view, module, table)));
    if (change) changes.push(change);
  }
  const offer = offerOf([...table], wanted, loaded);
  const ownChange = existing ? await extension(workspace, moduleUri, existing, offer) : files.length > 0 ? creation(moduleUri, moduleText(offer, style ?? layout(''))) : undefined;
  return { module, changes: [...(ownChange ? [ownChange] : []), ...changes], left };

  /** The first import of a file that patches, where the module would bring something along that has to come after that. */
  function earlyIn({ text, uses }: FileView, uri: string): Routing['left'][number] | undefined {
    const patch = uses.find((use) => use.form === 'name' && use.api === 'eventlet.monkey_patch' && use.call)?.start;
    const first = uses.find((use) => use.form === 'import' && use.via === undefined)?.start;
    if (loading.length === 0 || patch === undefined || first === undefined || first > patch) return undefined;
    const early = loadedEarly(loading, uri, text, patch, workspace);
    return early && { uri, line: text.slice(0, first).split('\n').length - 1, reason: `\`${early.name}\` would be loaded before \`monkey_patch()\`, and with it \`${early.imported}\`; what is taken from Python before that stays native` };
  }
}

/** What making a concurrency module optional would change. */
export interface DualMode {
  /** The dotted name of the module. */
  readonly module: string;
  readonly changes: readonly FileChange[];
  /** Canonical names that nothing takes the place of: they fail when they are called. */
  readonly missing: readonly string[];
  readonly left: Routing['left'];
}

/**
 * Lets a concurrency module decide, by an environment variable and by whether eventlet is installed, between eventlet and native
 * threads; those are in a module of their own beside it, with stand-ins for the names that the project uses. Their tests go into a
 * file of their own, where one is named. undefined where the module has no name of eventlet.
 */
export async function makeOptional(workspace: Workspace, moduleUri: string, decision: Switch, testsUri?: string): Promise<DualMode | undefined> {
  const closed = await whyClosed(workspace, moduleUri);
  if (closed !== undefined) return { module: dottedName(workspace, moduleUri), changes: [], missing: [], left: [{ uri: moduleUri, line: 0, reason: closed }] };
  const findings = workspace.uris.flatMap((uri) => workspace.findings(uri)).filter(({ kind, api }) => (kind === 'code' || kind === 'test-double') && !api.includes('('));
  const used = new Set(findings.flatMap(({ api, line, highlight }) => [api, ...longerSpellings(api, line.slice(...highlight))]));
  const nativeUri = nativeUriOf(moduleUri);
  const before = await workspace.text(nativeUri);
  const testsBefore = testsUri === undefined ? undefined : await workspace.text(testsUri);
  return workspace.withAnalysis(moduleUri, ({ view, exports }) => {
    const names = offered(exports);
    if (names.length === 0) return undefined;
    const imports = view.uses.filter((use): use is ImportUse => use.form === 'import').map(({ imported }) => imported);
    const sources = new Map(imports.map(({ meaning }) => [eventlet.canonical(meaning), meaning]));
    const loaded = new Set(imports.filter(({ dotted, meaning }) => dotted !== meaning).map(({ dotted }) => dotted));
    const native = nativeModule(names, used, `${dottedName(workspace, moduleUri)}_native`);
    const own = changeOf(moduleUri, view.text, dualEdits(view, { names, sources, loaded }, native.imports, decision));
    const tests = testsUri === undefined ? undefined : standInTests(names, dottedName(workspace, moduleUri), used);
    const others = [written(nativeUri, before, native.text), ...(testsUri !== undefined && tests !== undefined ? [written(testsUri, testsBefore, tests)] : [])];
    return { module: dottedName(workspace, moduleUri), changes: [own, ...others].filter((change) => change !== undefined), missing: native.missing, left: [] };
  });
}

/**
 * What a place may mean that goes a longer way to a name than the canonical one: the modules on that way have to be there, too. The text is
 * what stands there, `eventlet.event.Event`, under whatever names of the file.
 */
function longerSpellings(api: string, text: string): readonly string[] {
  const parts = /^[\w.]+$/.test(text) ? text.split('.') : [];
  const spellings = parts.map((_, at) => [eventlet.root, ...parts.slice(at)].join('.'));
  return spellings.filter((spelled) => spelled !== api && eventlet.canonical(spelled) === api);
}

function offerOf(names: readonly Binding[], wanted: readonly WantedName[], loaded: ReadonlySet<string>): Offer {
  const sources = new Map<string, string>();
  for (const { dotted, source } of wanted) {
    const known = sources.get(dotted);
    if (known === undefined || source.length < known.length) sources.set(dotted, source);
  }
  return { names, sources, loaded };
}

async function extension(workspace: Workspace, uri: string, existing: readonly Binding[], { names, sources, loaded }: Offer): Promise<FileChange | undefined> {
  return workspace.withAnalysis(uri, ({ view }) => {
    const missing = names.filter(([dotted]) => !existing.some(([known]) => known === dotted));
    const imported = new Set(view.uses.flatMap((use) => (use.form === 'import' ? [use.imported.dotted] : [])));
    const unloaded = new Set([...loaded].filter((module) => !imported.has(module)));
    return changeOf(uri, view.text, extended(view, { names: missing, sources, loaded: unloaded }));
  });
}

/** A file that is ours as a whole, there already or not. */
function written(uri: string, before: string | undefined, text: string): FileChange | undefined {
  return before === undefined ? creation(uri, text) : rewritten(uri, before, text);
}
