import type { Declared } from './declared';
import type { LoadFile, LoadGraph } from './graph';
import { isInit } from '../moduleNames';
import { isBesideTheProduct, isTest } from '../testFiles';

/** Where a process of the project starts. */
export interface EntryPoint {
  /** What people call it: `nova-compute`, or the path of a program that has no other name. */
  readonly name: string;
  /** `script`: a command; `wsgi`: an application that a server loads; `program`: a module that is run; `module`: one that patches, whoever loads it. */
  readonly kind: 'script' | 'wsgi' | 'program' | 'module';
  /** The module that it starts in. */
  readonly file: LoadFile;
  /** The functions of it that run then; `__main__` for the block of a program. */
  readonly functions: readonly string[];
}

/** Programs that configuration files name, as far as they start in the project. */
export function declaredEntryPoints(declared: readonly { readonly folder: string; readonly programs: readonly Declared[] }[], graph: LoadGraph): readonly EntryPoint[] {
  return declared.flatMap(({ folder, programs }) =>
    programs.flatMap(({ name, kind, target }): readonly EntryPoint[] => {
      if (kind === 'plugin') return [];
      const file = 'script' in target ? graph.file(`${folder}/${target.script}`) : graph.module(target.module);
      return file ? [{ name, kind, file, functions: 'script' in target ? ['__main__'] : target.functions }] : [];
    }),
  );
}

/**
 * Programs that nobody names: `if __name__ == '__main__'`, `python -m package`, scripts that call their `main` and that nothing imports, and modules that
 * hold a WSGI application. Tests are no programs.
 */
export function foundEntryPoints(graph: LoadGraph, known: readonly EntryPoint[]): readonly EntryPoint[] {
  const files = new Set(known.map(({ file }) => file));
  const scripts = scriptsIn(graph);
  return graph.files.flatMap((file): readonly EntryPoint[] => {
    if (files.has(file) || isTest(file.path) || isBesideTheProduct(file.path)) return [];
    const { isProgram, hasApplication } = file.outline;
    if (hasApplication) return [{ name: file.path, kind: 'wsgi', file, functions: [] }];
    return isProgram || scripts.has(file) || /(^|\/)__main__\.py$/.test(file.path) ? [{ name: file.path, kind: 'program', file, functions: ['__main__'] }] : [];
  });
}

/** A module that others import and that calls its `main` does so for them; a package is loaded by all that is in it. */
function scriptsIn(graph: LoadGraph): ReadonlySet<LoadFile> {
  const calling = graph.files.filter(({ path, outline }) => outline.callsMain && !isInit(path));
  if (calling.length === 0) return new Set();
  const imported = new Set(graph.files.flatMap((file) => graph.steps(file).flatMap((step) => (step.kind === 'load' ? step.files : []))));
  return new Set(calling.filter((file) => !imported.has(file)));
}
