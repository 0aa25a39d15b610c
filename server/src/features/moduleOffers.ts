import { decisionOf } from '../rules/concurrency/fold';
import { dottedName, nativeUriOf } from '../workspace/moduleChanges';
import type { Workspace } from '../workspace/workspace';
import type { Order } from './quickFixes';

/** Something that can be done about the one module of a project that imports eventlet for all others. */
export interface ModuleOffer {
  /** What will happen, in the imperative; code in backticks. */
  readonly title: string;
  readonly order: Extract<Order, { readonly module: string }>;
}

/** What is offered at an import of eventlet in an open file of the project, or of the stand-ins beside it; `offset` is the place. */
export function moduleOffers(workspace: Workspace, uri: string, offset: number): readonly ModuleOffer[] {
  if (workspace.isOutside(uri)) return [];
  const view = workspace.analysis(uri)?.view;
  if (!view) return [];
  const isKept = (start: number): boolean => workspace.findings(uri).some(({ range, suppressed }) => range.start === start && suppressed !== undefined);
  const isAtImport = view.uses.some(({ form, via, api, start, end }) => form === 'import' && via === undefined && api.startsWith('eventlet') && start <= offset && offset <= end && !isKept(start));
  const isFolded = workspace.isKnown(nativeUriOf(uri)) && !decisionOf(view);
  if (isFolded || (isAtImport && decisionOf(view))) return [{ title: 'Remove the dual mode', order: { do: 'removeDual', module: uri } }];
  if (!isAtImport) return [];
  if (isConcurrencyModule(workspace, uri)) return [{ title: 'Make this module optional', order: { do: 'makeOptional', module: uri } }];
  const module = likelyModule(workspace, uri);
  return [{ title: `Route eventlet through \`${dottedName(workspace, module)}\``, order: { do: 'route', module } }];
}

/** Whether others import eventlet through a file, or its name says that they are to. */
function isConcurrencyModule(workspace: Workspace, uri: string): boolean {
  const module = dottedName(workspace, uri);
  return uri.endsWith(fileName) || workspace.uris.some((other) => workspace.findings(other).some(({ via }) => via === module));
}

/** The one that is there, the nearest to a file; else a place for it in the topmost package around the file. */
function likelyModule(workspace: Workspace, uri: string): string {
  const [known] = workspace.modules.filter((other) => other.endsWith(fileName)).sort((a, b) => shared(b, uri) - shared(a, uri));
  if (known !== undefined) return known;
  const folder = uri.slice(0, uri.lastIndexOf('/'));
  const above = workspace.isKnown(`${folder}/__init__.py`) ? dottedName(workspace, uri).split('.').length - 2 : 0;
  return folder.split('/').slice(0, above > 0 ? -above : undefined).join('/') + fileName;
}

const fileName = '/concurrency.py';

/** How many characters two URIs begin with in common. */
function shared(a: string, b: string): number {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  return at;
}
