import type { Helpers } from '../../rules/kit/helpers';
import { moduleName } from '../mentions';

/** The helpers that a file may use: those of other modules, because a helper that calls itself helps nobody. */
export function helpersBeside(path: string, helpers: Helpers = {}): Helpers {
  const own = `.${moduleName(path)}`;
  return Object.fromEntries(Object.entries(helpers).filter(([, dotted]) => !own.endsWith(`.${dotted.slice(0, dotted.lastIndexOf('.'))}`)));
}

/** The module for helper code, for every file but that module itself. */
export function moduleBeside(path: string, module: string | undefined): string | undefined {
  return module !== undefined && `.${moduleName(path)}`.endsWith(`.${module}`) ? undefined : module;
}
