import { argumentsOf } from '../../python/calls';
import type { ImportedName } from '../../python/imports';
import type { Variable } from '../../python/names';
import type { NameUse } from '../../python/uses';
import { field } from '../../syntax/node';
import { greenTarget, type GreenTarget } from './greenModules';
import type { ImportRequest } from './imports';
import { mayBeNegative } from './numbers';
import type { FileView } from './view';

/** The green module that a canonical name is or belongs to, with what takes its place; undefined outside `eventlet.green`. */
export function greenModuleOf(api: string): { readonly module: string; readonly member: string | undefined; readonly target: GreenTarget } | undefined {
  for (let end = api.length; end > 0; end = api.lastIndexOf('.', end - 1)) {
    const module = api.slice(0, end);
    const target = greenTarget(module);
    if (target) return { module, member: end < api.length ? api.slice(end + 1) : undefined, target };
  }
  return undefined;
}

/**
 * The import that binds the same name to the native module, or to its member; undefined where there is none. A dotted module
 * keeps the form of the old import as far as its last part is the bound name: `from http import client`.
 */
export function nativeImport(imported: ImportedName): ImportRequest | undefined {
  const green = greenModuleOf(imported.meaning);
  const name = imported.bound?.text;
  if (!green || name === undefined || green.target.safety === 'none') return undefined;
  const { target, member } = green;
  const binding = { insteadOf: imported };
  if (member !== undefined) return member.includes('.') ? undefined : { ...from(homeOf(target.module, member), member, name), ...binding };
  const parts = target.module.split('.');
  const last = parts.pop() ?? '';
  if (parts.length === 0) return { module: last, ...(last === name ? {} : { as: name }), ...binding };
  const wasFrom = (field(imported.statement, 'module_name')?.text.split('.').length ?? 0) > 2;
  if (last === name || wasFrom) return { ...from(parts.join('.'), last, name), ...binding };
  return { module: target.module, as: name, ...binding };
}

/**
 * Whether a name may stand for the native module instead of the green one wherever this file reads it: nothing is called that
 * means more natively, and every `sleep` gets exactly what `time.sleep` takes.
 */
export function isInterchangeable(view: FileView, variable: Variable, module: string): boolean {
  const target = greenTarget(module);
  if (target?.safety !== 'safe') return false;
  const reads = view.uses.filter((use): use is NameUse => use.form === 'name' && use.variable === variable);
  return reads.every((use) => (use.api === 'eventlet.sleep' ? isPlainSleep(use) : !target.reviewNames.some((name) => use.api === `${module}.${name}`)));
}

/** `time.sleep(x)` with one positional argument that can hardly be negative. */
export function isPlainSleep(use: NameUse): boolean {
  if (!use.call) return false;
  const { positional, keywords, isOpen } = argumentsOf(use.call);
  return !isOpen && keywords.size === 0 && positional.length === 1 && positional[0] !== undefined && !mayBeNegative(positional[0]);
}

function from(module: string, member: string, name: string): ImportRequest {
  return { module, member, ...(member === name ? {} : { as: name }) };
}

/** What `urllib2` had is in three modules today. */
function homeOf(module: string, member: string): string {
  if (module !== 'urllib.request') return module;
  if (/Error$/.test(member)) return 'urllib.error';
  return /^(un)?quote|^url(parse|split|join|encode|unparse|unsplit|defrag)$|^parse_qs/.test(member) ? 'urllib.parse' : module;
}
