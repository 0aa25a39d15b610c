import type { Target, Trust } from '../../protocol';
import { eventlet } from '../../python/eventlet';
import { rules } from '../../rules/index';
import type { Finding } from '../../workspace/finding';
import { moduleName } from '../../workspace/mentions';
import { isTest } from '../../workspace/testFiles';
import { remaining, trustOf } from '../trust';
import { familyOf, type Family } from './families';

/** A file with findings, and how to name it. */
export interface PlannedFile {
  readonly uri: string;
  /** As people write it, with forward slashes. */
  readonly path: string;
  /** Kept ones may be among them. */
  readonly findings: readonly Finding[];
  readonly target: Target;
  /** The names of the processes that are known to load it. */
  readonly services: readonly string[];
  /** The names of the processes that it patches. */
  readonly patches: readonly string[];
}

/** One finding that nobody keeps, with what decides about its place in the plan. */
export interface Site {
  readonly uri: string;
  readonly path: string;
  readonly finding: Finding;
  readonly trust: Trust;
  readonly family: Family;
  readonly isTest: boolean;
  /** Names something that code calls, so that both have to change at once. */
  readonly isDouble: boolean;
  /** Whether what would replace it is known not to be patched somewhere where it runs (catalogue R2). */
  readonly isUnpatched: boolean;
  /** The folder or file of the code that a test belongs to, empty where that cannot be told; for code its own folder. */
  readonly home: string;
  /** As of its file. */
  readonly services: readonly string[];
  readonly patches: readonly string[];
}

/** In the order of path and place. */
export function sitesOf(files: Iterable<PlannedFile>): readonly Site[] {
  const all = [...files].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  const places = placesOf(all);
  const sites = all.map((file) => remaining(file.findings).map((finding) => site(finding, file, places)));
  const isUnpatchedElsewhere = sites.some(isUnpatched);
  return sites.flatMap((own) => {
    // Where the fixes of a file tell nothing of its process, it is taken to run as the others do.
    const isTold = own.some(({ finding }) => finding.fixes.length > 0);
    return own.map((each) => ({ ...each, isUnpatched: isTold ? isUnpatched(own) : isUnpatchedElsewhere }));
  });
}

function isUnpatched(sites: readonly Site[]): boolean {
  return sites.some((site) => site.isUnpatched && !site.isTest);
}

/** Whether a file is one of the modules, given by dotted names. The folder that Python's search path starts in is not known: the end of the path decides. */
export function isOneOf(modules: ReadonlySet<string>, path: string): boolean {
  return namesOf(path).some((name) => modules.has(name));
}

/** The modules of the project that uses came through. */
export function modulesBehind(sites: readonly Site[]): ReadonlySet<string> {
  return new Set(sites.flatMap(({ finding }) => finding.via ?? []));
}

/** `src.pkg.mod`, `pkg.mod` and `mod` for `src/pkg/mod.py`. */
function namesOf(path: string): readonly string[] {
  const parts = moduleName(path).split('.');
  return parts.map((_, index) => parts.slice(index).join('.'));
}

/** The folder that a file is in; empty for the topmost. */
export function folderOf(path: string): string {
  return path.split('/').slice(0, -1).join('/');
}

function site(finding: Finding, { uri, path, target, services, patches }: PlannedFile, places: Places): Site {
  const isInTest = isTest(path);
  const isDouble = finding.rule === 'mock-target';
  return {
    uri,
    path,
    finding,
    trust: trustOf(finding, target),
    family: familyOf(isDouble ? ruleOfDouble(finding) : finding.rule),
    isTest: isInTest,
    isDouble,
    isUnpatched: finding.fixes.some((fix) => fix.target === target && fix.preconditions.some(({ holds, about }) => !holds && about !== 'doubles')),
    home: isInTest ? homeOf(finding, path, places) : folderOf(path),
    services,
    patches,
  };
}

/** The rule that answers for what a test double stands in for; the doubles' own where it stands in for a whole module. */
function ruleOfDouble({ api, line, highlight, rule }: Finding): string {
  // mock.patch.object(greenthread, 'sleep'): the name stands behind the module.
  const [, member] = /^\s*,\s*(?:attribute\s*=\s*)?["'](\w+)["']/.exec(line.slice(highlight[1])) ?? [];
  const doubled = eventlet.isModule(api) && member !== undefined ? eventlet.canonical(`${api}.${member}`) : api;
  const others = rules.filter(({ id, names }) => id !== rule && !names.includes('*'));
  const exact = others.find(({ names }) => names.includes(doubled));
  return (exact ?? others.find(({ names }) => names.some((name) => name.endsWith('.*') && doubled.startsWith(name.slice(0, -1)))))?.id ?? rule;
}

/**
 * Where the tested code is: the module that a double names, or the folder that the tests mirror, as `mistral/tests/unit/services`
 * mirrors `mistral/services` and `test/unit/common` mirrors `swift/common`. Empty where neither can be told.
 */
function homeOf({ via }: Finding, path: string, { modules, folders, tops }: Places): string {
  const named = via === undefined ? undefined : modules.get(via);
  if (named !== undefined) return named;
  const mirrored = folderOf(path).split('/').filter((part) => !/^(tests?|unit|functional)$/.test(part)).join('/');
  return [mirrored, ...tops.map((top) => `${top}/${mirrored}`)].find((folder) => folders.has(folder)) ?? '';
}

/** Where code with findings is. */
interface Places {
  /** Paths of files by each of their dotted names; the first in the order of paths has a name that several answer to. */
  readonly modules: ReadonlyMap<string, string>;
  readonly folders: ReadonlySet<string>;
  /** The topmost folders, sorted. */
  readonly tops: readonly string[];
}

function placesOf(files: readonly PlannedFile[]): Places {
  const code = files.map(({ path }) => path).filter((path) => !isTest(path));
  const folders = new Set(code.map(folderOf));
  const modules = new Map(code.toReversed().flatMap((path) => namesOf(path).map((name) => [name, path] as const)));
  return { modules, folders, tops: [...new Set([...folders].map((folder) => folder.split('/')[0] ?? ''))].sort() };
}
