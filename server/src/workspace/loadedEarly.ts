import { importMentionsOf, placedImports } from './importMentions';
import { dottedName } from './moduleChanges';
import type { Workspace } from './workspace';

/** What Python loads of a project, with a module that it imports, and that loads something else in turn. */
export interface Loading {
  readonly uri: string;
  /** Its dotted name; of an `__init__` that of the package. */
  readonly name: string;
  /** What it imports, dotted; nothing of it is eventlet's. */
  readonly imported: string;
}

/**
 * What an import of a module runs that does more than import eventlet: the module itself, where it is there, and the packages around
 * it. Whoever patches wants that to come before.
 */
export async function loadedWith(workspace: Workspace, moduleUri: string): Promise<readonly Loading[]> {
  const module = dottedName(workspace, moduleUri);
  const found: Loading[] = [];
  for (const uri of [...packagesAround(workspace, moduleUri), moduleUri]) {
    const text = await workspace.text(uri);
    const name = dottedName(workspace, uri).replace(/(^|\.)__init__$/, '');
    const mentions = text === undefined ? [] : importMentionsOf(text, workspace.pathOf(uri));
    const imported = mentions.find(({ dotted, bound, within }) => within === undefined && !isHarmless(dotted, bound, module));
    if (imported) found.push({ uri, name, imported: imported.dotted });
  }
  return found;
}

/** The first of these that a file, which patches at an offset, has not loaded before anyway. */
export function loadedEarly(loading: readonly Loading[], uri: string, text: string, patch: number, workspace: Workspace): Loading | undefined {
  const before = placedImports(text, workspace.pathOf(uri)).flatMap(({ at, mention }) => (at < patch && mention.within === undefined ? [mention.dotted] : []));
  const isLoaded = ({ name, uri: loaded }: Loading): boolean => (loaded.endsWith('/__init__.py') && uri.startsWith(loaded.slice(0, -'__init__.py'.length))) || before.some((dotted) => dotted === name || dotted.startsWith(`${name}.`));
  return loading.find((each) => !isLoaded(each));
}

/** Whether it does not matter if an import comes before the patch: eventlet does the same, or nothing is taken that is patched. */
function isHarmless(dotted: string, bound: string, module: string): boolean {
  const [top = ''] = dotted.split('.');
  if (['eventlet', 'greenlet', '__future__'].includes(top) || dotted.startsWith(`${module}_native.`)) return true;
  return harmless.has(top) || (dotted === 'os' && bound === 'os') || dotted.startsWith('os.path');
}

/** Modules that take nothing by name from those that are patched, and make no lock while they are loaded. */
const harmless: ReadonlySet<string> = new Set([
  ...['abc', 'collections', 'contextlib', 'copy', 'dataclasses', 'datetime', 'enum', 'errno', 'functools', 'gettext', 'importlib', 'inspect', 'itertools', 'json'],
  ...['locale', 'math', 'operator', 'pathlib', 'pkgutil', 'platform', 're', 'string', 'sys', 'textwrap', 'traceback', 'types', 'typing', 'warnings'],
  // Those by which a package asks for its own version.
  ...['importlib_metadata', 'pbr', 'pkg_resources'],
]);

function packagesAround(workspace: Workspace, uri: string): readonly string[] {
  const parts = uri.split('/').slice(0, -1);
  const found: string[] = [];
  for (let init = `${parts.join('/')}/__init__.py`; workspace.isKnown(init); init = `${parts.join('/')}/__init__.py`) {
    found.unshift(init);
    parts.pop();
  }
  return found;
}
