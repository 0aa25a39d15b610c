import { LineIndex } from '../edits/lines';
import type { TextEdit } from '../edits/textEdit';
import { verdicts, type Verdicts } from '../rules/concurrency/equal';
import { decisionOf, foldedModule, foldedUse, type Decision } from '../rules/concurrency/fold';
import { handedOut, isFacade, type Source } from '../rules/concurrency/handedOut';
import { namesOf, nativeText, pruned, readNative, type NativeParts } from '../rules/concurrency/nativeText';
import { readingsOf, sourcedImports, sourcedStrings, takenFrom, type Reading } from '../rules/concurrency/sourced';
import { isStandInTests, standInTests } from '../rules/concurrency/standInTests';
import { withoutComments } from '../rules/texts/kit/comments';
import { withoutVariable } from '../rules/texts/environment';
import type { FileChange } from './finding';
import { absoluteName, importMentionsOf } from './importMentions';
import { changeOf, dottedName, nativeUriOf, rewritten, whyClosed } from './moduleChanges';
import type { Workspace } from './workspace';

/** The next step of taking down what let a project run with eventlet and without. */
export interface TakingDown {
  /** The dotted name of the module. */
  readonly module: string;
  /**
   * `switch`: what decided goes, of each choice the native branch stays. `names`: every file imports from where a name is defined.
   * `files`: the module goes, which nobody imports any more, with its tests, unused stand-ins and the requirement. `nothing`: all is done.
   */
  readonly step: 'switch' | 'names' | 'files' | 'nothing';
  readonly changes: readonly FileChange[];
  /** What a person has to look at. */
  readonly left: readonly Left[];
  /** The stand-ins that stay when every file imports from where a name is defined, and why each does. */
  readonly kept?: Verdicts['kept'];
}

interface Left {
  readonly uri: string;
  /** Zero-based. */
  readonly line: number;
  readonly reason: string;
}

/**
 * The next step on the way back from a concurrency module that decides between eventlet and native threads. Each one is a change to be
 * looked at and tested by itself; after the last there is nothing to do. undefined where a module is none of that kind.
 */
export async function takeDown(workspace: Workspace, moduleUri: string): Promise<TakingDown | undefined> {
  const module = dottedName(workspace, moduleUri);
  const native = nativeUriOf(moduleUri);
  const site: Site = { workspace, uri: moduleUri, module, native, texts: await textsOf(workspace, [moduleUri, native]) };
  if (!site.texts.has(moduleUri)) return withoutRest(site);

  const decision = await workspace.withAnalysis(moduleUri, ({ view }) => decisionOf(view));
  if (decision) return withoutSwitch(site, decision);

  const isOurs = await workspace.withAnalysis(moduleUri, ({ view }) => isFacade(view) || [...sourcesOf(site, view).values()].some((source) => source.module === `${module}_native`));
  if (!isOurs) return undefined;
  const named = await byTheirNames(site);
  return named.changes.length > 0 ? named : withoutFiles(site, named.left);
}

/** A module, and the project around it. */
interface Site {
  readonly workspace: Workspace;
  readonly uri: string;
  /** Its dotted name. */
  readonly module: string;
  /** URI of the stand-ins, there or not. */
  readonly native: string;
  /** The texts of all modules of the project. */
  readonly texts: ReadonlyMap<string, string>;
}

/** Of the project's modules, and of those that may have been written a moment ago. */
async function textsOf(workspace: Workspace, written: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>();
  for (const uri of new Set([...workspace.modules, ...written])) {
    const text = await workspace.text(uri);
    if (text !== undefined) texts.set(uri, text);
  }
  return texts;
}

async function withoutSwitch(site: Site, decision: Decision): Promise<TakingDown> {
  const { workspace, uri: moduleUri, module, texts } = site;
  const { name } = decision;
  const closed = await whyClosed(workspace, moduleUri);
  if (closed !== undefined) return { module, step: 'nothing', changes: [], left: [{ uri: moduleUri, line: 0, reason: closed }] };
  const left = [...texts].flatMap(([uri, text]) => (name === undefined || uri === moduleUri ? [] : places(uri, text, new RegExp(`\\.${name}\\b`), `it asks \`${name}\` as an attribute, so that stays defined; take it out by hand`)));
  const users = [...texts].filter(([uri, text]) => uri !== moduleUri && name !== undefined && new RegExp(`\\b${name}\\b`).test(text));
  for (const [uri] of users) {
    const reason = await whyClosed(workspace, uri);
    if (reason !== undefined) left.push({ uri, line: 0, reason });
  }
  const changes: FileChange[] = [];
  const own = await workspace.withAnalysis(moduleUri, ({ view }) => changeOf(moduleUri, view.text, foldedModule(view, decision, left.length > 0)));
  if (own) changes.push(own);

  for (const [uri, text] of users) {
    const absolute = absoluteIn(workspace, uri);
    const change = await workspace.withAnalysis(uri, ({ view }) => (view.tree.rootNode.hasError ? undefined : changeOf(uri, text, foldedUse(view, ({ dotted }) => absolute(dotted) === `${module}.${name}`, decision.isForEventlet))));
    if (change) changes.push(change);
  }
  for (const variable of decision.variables) {
    const { changes: removals, left: mentions } = await withoutMentions(site, variable);
    changes.push(...removals);
    left.push(...mentions);
  }
  return { module, step: 'switch', changes, left };
}

/** The files beside Python that set the switch set it no more; of code that names it, a person knows what it was for. */
async function withoutMentions({ workspace, uri: moduleUri }: Site, variable: string): Promise<{ readonly changes: readonly FileChange[]; readonly left: readonly Left[] }> {
  const changes: FileChange[] = [];
  const left: Left[] = [];
  const reason = `it names \`${variable}\`, which nothing reads any more; take it out by hand`;
  for (const uri of workspace.uris) {
    const found = uri === moduleUri ? [] : workspace.findings(uri).filter(({ api }) => api === variable);
    const text = found.length > 0 ? await workspace.text(uri) : undefined;
    if (text === undefined) continue;
    const file = { path: workspace.pathOf(uri), text, code: withoutComments(text) };
    const edits: TextEdit[] = [];
    for (const { range, position } of found) {
      const edit = workspace.isText(uri) ? withoutVariable(variable, range.start, file) : undefined;
      if (edit) edits.push(edit);
      else left.push({ uri, line: position.start.line, reason });
    }
    const change = changeOf(uri, text, edits);
    if (change) changes.push(change);
  }
  return { changes, left };
}

async function byTheirNames(site: Site): Promise<TakingDown> {
  const { workspace, uri: moduleUri, module, texts } = site;
  const all = (await workspace.withAnalysis(moduleUri, ({ view }) => sourcesOf(site, view))) ?? new Map<string, Source>();
  const users = [...texts].filter(([uri, text]) => uri !== moduleUri && text.includes(lastPart(module)) && !isStandInTests(text));
  const sources = new Map(all);
  const { equal, kept } = await equalOf(site, all, users);
  for (const [name, source] of all) {
    const instead = source.module === `${module}_native` ? equal.get(source.member ?? '') : undefined;
    if (instead) sources.set(name, instead);
  }

  const changes: FileChange[] = [];
  const left: Left[] = [];
  for (const [uri, text] of users) {
    await workspace.withAnalysis(uri, ({ view, lines }) => {
      const { taken, others } = takenFrom(view, module, absoluteIn(workspace, uri));
      for (const { startIndex } of others) left.push({ uri, line: lines.position(startIndex).line, reason: `it imports \`${module}\` as a whole; import what it needs by name, and go on` });
      const change = view.tree.rootNode.hasError ? undefined : changeOf(uri, text, [...sourcedImports(view, taken, sources), ...sourcedStrings(view, module, sources)]);
      if (change) changes.push(change);
    });
    left.push(...places(uri, changes.find((change) => change.uri === uri)?.after ?? text, new RegExp(`['"]${module.replaceAll('.', '\\.')}(\\.\\w+)*['"]`), `a string names \`${module}\`; name what takes its place`));
  }
  return { module, step: 'names', changes, left, kept };
}

/** What takes the place of the stand-ins that are equal to it. */
async function equalOf({ workspace, module, native, texts }: Site, sources: ReadonlyMap<string, Source>, users: readonly (readonly [uri: string, text: string])[]): Promise<Verdicts> {
  const parts = readNative(texts.get(native) ?? '');
  if (!parts) return { equal: new Map(), kept: new Map() };
  const readings = new Map<string, Reading[]>();
  const own: string[] = [];
  for (const [uri, text] of users) {
    await workspace.withAnalysis(uri, ({ view }) => {
      const absolute = absoluteIn(workspace, uri);
      const direct = takenFrom(view, `${module}_native`, absolute).taken.map((taken) => ({ taken, name: taken.name }));
      const through = takenFrom(view, module, absolute).taken.flatMap((taken) => {
        const source = sources.get(taken.name);
        return source?.module === `${module}_native` && source.member !== undefined ? [{ taken, name: source.member }] : [];
      });
      for (const { taken, name } of [...direct, ...through]) readings.set(name, [...(readings.get(name) ?? []), ...readingsOf(view, taken)]);
      if (direct.length + through.length > 0) own.push(text);
    });
  }
  return verdicts(parts, { readings, texts: own });
}

async function withoutFiles(site: Site, left: readonly Left[]): Promise<TakingDown> {
  const { workspace, uri: moduleUri, module, native, texts } = site;
  const tests = [...texts].filter(([, text]) => isStandInTests(text)).map(([uri]) => uri);
  const isPlain = await workspace.withAnalysis(moduleUri, ({ view }) => isFacade(view));
  const users = [...texts].filter(([uri, text]) => uri !== moduleUri && !tests.includes(uri) && importsModule(text, module, dottedName(workspace, uri)));
  const reasons = [...left];
  if (isPlain !== true) reasons.push({ uri: moduleUri, line: 0, reason: 'it has code of its own, so it stays' });
  const stays = reasons.length > 0 || users.length > 0;
  const changes: FileChange[] = stays ? [] : [deletion(moduleUri, texts.get(moduleUri) ?? '')];

  const text = texts.get(native);
  const parts = text === undefined || stays ? undefined : readNative(text);
  if (text !== undefined && !stays && !parts) reasons.push({ uri: native, line: 0, reason: 'it is not as it was generated, so it stays, with its tests' });
  if (text !== undefined && parts) {
    const rest = pruned(parts, usedOf(site, tests));
    const change = rest.chosen.size === 0 ? deletion(native, text) : rewritten(native, text, nativeText(rest));
    if (change) changes.push(change);
    for (const uri of tests) changes.push(...testChange(uri, texts.get(uri) ?? '', rest, `${module}_native`));
  }
  if (!stays) {
    const demand = await withoutRequirement(site);
    changes.push(...demand.changes);
    reasons.push(...demand.left);
  }
  return { module, step: changes.length > 0 ? 'files' : 'nothing', changes, left: reasons };
}

/** The stand-ins that files import. */
function usedOf({ workspace, module, uri: moduleUri, texts }: Site, tests: readonly string[]): ReadonlySet<string> {
  const prefix = `${module}_native.`;
  const others = [...texts].filter(([uri, text]) => uri !== moduleUri && !tests.includes(uri) && text.includes(`${lastPart(module)}_native`));
  return new Set(others.flatMap(([uri, text]) => importMentionsOf(text, pathLike(dottedName(workspace, uri))).flatMap(({ dotted }) => (dotted.startsWith(prefix) ? [dotted.slice(prefix.length)] : []))));
}

/** Tests of what is left; none where nothing is. */
function testChange(uri: string, before: string, rest: NativeParts, native: string): readonly FileChange[] {
  const names = [...namesOf(rest)].flatMap(([name, dotted]): readonly (readonly [string, string])[] => (dotted === undefined ? [] : [[dotted, name]]));
  const text = standInTests(names, native);
  const change = text === undefined ? deletion(uri, before) : rewritten(uri, before, text);
  return change ? [change] : [];
}

/** Of a module that is gone: the requirement that was still needed then. */
async function withoutRest(site: Site): Promise<TakingDown> {
  const { changes, left } = await withoutRequirement(site);
  return { module: site.module, step: changes.length > 0 ? 'files' : 'nothing', changes, left };
}

/** Requirements and configuration go when no code imports eventlet. */
async function withoutRequirement({ workspace }: Site): Promise<{ readonly changes: readonly FileChange[]; readonly left: readonly Left[] }> {
  const others = workspace.uris.filter((uri) => workspace.isText(uri));
  const changes = await workspace.fix({ rules: ['requirement', 'environment', 'coverage-concurrency'], review: true, target: 'threading' }, {}, others);
  if (changes.length === 0) return { changes, left: [] };
  for (const uri of workspace.uris) {
    const use = workspace.findings(uri).find(({ kind, suppressed }) => suppressed === undefined && (kind === 'code' || kind === 'test-double'));
    if (use) return { changes: [], left: [{ uri, line: use.position.start.line, reason: `\`${use.api}\` is used here, so the requirement and the configuration of eventlet stay` }] };
  }
  return { changes, left: [] };
}

function sourcesOf({ workspace, uri }: Site, view: Parameters<typeof handedOut>[0]): ReadonlyMap<string, Source> {
  return handedOut(view, absoluteIn(workspace, uri));
}

/** Makes the names of modules whole that a file names relative to its own. */
function absoluteIn(workspace: Workspace, uri: string): (dotted: string) => string {
  const path = pathLike(dottedName(workspace, uri));
  return (dotted) => absoluteName(dotted, path);
}

function pathLike(dotted: string): string {
  return `${dotted.replaceAll('.', '/')}.py`;
}

function importsModule(text: string, module: string, user: string): boolean {
  return text.includes(lastPart(module)) && importMentionsOf(text, pathLike(user)).some(({ dotted }) => dotted === module || dotted.startsWith(`${module}.`));
}

function places(uri: string, text: string, wanted: RegExp, reason: string): Left[] {
  const found = wanted.exec(text);
  return found ? [{ uri, line: new LineIndex(text).position(found.index).line, reason }] : [];
}

function deletion(uri: string, before: string): FileChange {
  return { uri, before, after: '', edits: [{ start: 0, end: before.length, newText: '' }], isGone: true };
}

function lastPart(dotted: string): string {
  return dotted.slice(dotted.lastIndexOf('.') + 1);
}
