import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { scratchCopy } from '../scratch';
import { beside, describe, python, type Environment } from './environment';
import { command, importCount, imports, type ImportsByFile } from './tree';
import { again, outcomes, testModules, type Outcomes, type TestRun } from './unitTests';

/** How a project goes through one module, and which of its tests tell that it did. */
export interface Way {
  /** The file of the module. */
  readonly through: string;
  readonly switch: string;
  /** Where the tests of the stand-ins go. */
  readonly ownTests: string;
  /** Folders or files of tests. */
  readonly tests: readonly string[];
  /** Modules that must import without eventlet. */
  readonly modules: readonly string[];
}

/** What came of it. */
export interface ThroughOneModule {
  /** Statements that import eventlet, and files that have one, the module's own left out. */
  readonly before: Count;
  readonly after: Count;
  /** Files that call what comes from eventlet by other names than before. */
  readonly renamed: readonly string[];
  /** The same, than in another tree, where one was given: what people made of it. */
  readonly unlike?: readonly string[];
  /** The tests of the tree as it came, as routed, then in dual mode with eventlet and without. */
  readonly asItCame: Outcomes;
  readonly routed: Outcomes;
  readonly dual: Outcomes;
  readonly native: Outcomes;
  /** What Python said when it imported the modules without eventlet; empty where all went well. */
  readonly importProblem: string;
  /** The tests of the stand-ins with eventlet and without. */
  readonly standIns: readonly [Outcomes, Outcomes];
  /** The tests without eventlet after each step of taking it all down, and of the stand-ins that are left. */
  readonly down: readonly { readonly tests: Outcomes; readonly standIns: Outcomes }[];
  /** What our commands said. */
  readonly said: string;
}

interface Beside extends Pick<TestRun, 'log' | 'ended'> {
  /** Told of each station before it begins. */
  readonly reached?: (station: string) => void;
  /** A tree whose names ours are compared with. */
  readonly like?: string;
}

interface Count {
  readonly statements: number;
  readonly files: number;
}

/** `route`, `dual` and the way on to native threads alone, on a copy of a tree and with its tests after each. */
export async function throughOneModule(tree: string, way: Way, environment: Environment, { log, ended, reached, like }: Beside = {}): Promise<ThroughOneModule> {
  const copy = scratchCopy(tree);
  try {
    const { folder } = copy;
    describe(folder);
    const dotted = way.through.replace(/^src\/|\.py$/g, '').replaceAll('/', '.');
    const modules = way.tests.flatMap((each) => testModules(folder, each));
    const run = { environment, variables: { [way.switch]: '' }, ...(log && { log }), ...(ended && { ended }) };

    reached?.('the tests as it came');
    const before = imports(folder, dotted);
    const asItCame = await outcomes(folder, modules, run);
    reached?.('`route`');
    const route = command(folder, 'route', '--through', way.through, '--write', '.');
    const after = imports(folder, dotted);
    const routed = await again(asItCame, folder, modules, run);

    reached?.('`dual`, with eventlet');
    const dual = command(folder, 'dual', '--through', way.through, '--switch', way.switch, '--tests', way.ownTests, '--write', '.');
    const hidden = { ...run, isHidden: true };
    // Where the project uses nothing that has a stand-in, there is nothing to test.
    const own = (): readonly string[] => (existsSync(join(folder, way.ownTests)) ? [way.ownTests] : []);
    const withEventlet = await again(asItCame, folder, modules, run);
    reached?.('`dual`, on a Python without eventlet');
    const native = await again(asItCame, folder, modules, hidden);
    const problem = importProblem(folder, way.modules, environment);
    reached?.('the stand-ins’ own tests');
    const standIns = [await outcomes(folder, own(), run), await outcomes(folder, own(), hidden)] as const;

    const down: { tests: Outcomes; standIns: Outcomes }[] = [];
    let said = `${route.stderr}${dual.stderr}`;
    for (const step of [1, 2, 3]) {
      reached?.(`\`dual --remove\`, step ${step} of 3`);
      said += command(folder, 'dual', '--through', way.through, '--remove', '--write', '.').stderr;
      down.push({ tests: await again(native, folder, modules, hidden), standIns: await outcomes(folder, own(), hidden) });
    }
    return {
      before: count(before, way.through),
      after: count(after, way.through),
      renamed: renamed(before, after, way.through),
      ...(like !== undefined && { unlike: renamed(imports(like, dotted), after, way.through) }),
      asItCame,
      routed,
      dual: withEventlet,
      native,
      importProblem: problem,
      standIns,
      down,
      said,
    };
  } finally {
    copy.remove();
  }
}

function count(all: ImportsByFile, module: string): Count {
  const others = [...all].filter(([path, { lines }]) => path !== module && lines.length > 0);
  return { statements: importCount(all, module), files: others.length };
}

function renamed(before: ImportsByFile, after: ImportsByFile, module: string): readonly string[] {
  return [...before].filter(([path, { names }]) => path !== module && names.join() !== after.get(path)?.names.join()).map(([path]) => path);
}

function importProblem(folder: string, modules: readonly string[], environment: Environment): string {
  const child = spawnSync(python, ['-W', 'ignore', '-c', `import ${modules.join(', ')}`], { cwd: folder, encoding: 'utf8', env: environment.variables(folder, beside('hidden')) });
  return child.status === 0 ? '' : child.stderr;
}
