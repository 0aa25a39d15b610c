import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { nodeHost } from '../../server/src/doors/nodeHost';
import { apply } from '../../server/src/edits/textEdit';
import type { Finding } from '../../server/src/workspace/finding';
import { Workspace } from '../../server/src/workspace/workspace';
import { grammar } from '../kit/host';
import { askPython } from './cli';
import { corpus, leaveOut, noPython, pyflakes, type Tree } from './packages';
import { scratch } from './scratch';

const minute = 60_000;
const packages = ['cinder', 'heat', 'mistral', 'murano', 'neutron', 'os-ken', 'oslo.service', 'senlin', 'swift', 'trove'];
const { trees, missing, pythonPath } = whatThereIs();
const tally = { sites: 0, withEdit: 0, withSafe: 0, unexplained: 0, fixes: 0 };

test('the real projects and pyflakes are there', ({ skip }) => {
  if (missing.length) leaveOut(missing.join('; '), skip);
  expect(trees.length).toBeGreaterThan(0);
});

describe('every fix, alone and all together,', () => {
  test.each(trees)('keeps the laws in $name', async ({ folder }) => {
    const root = pathToFileURL(folder).href;
    const workspace = await Workspace.create(nodeHost(grammar, () => undefined), { roots: [root] });
    const written = scratch();
    try {
      await workspace.scan();
      const variants: Variant[] = [];
      const uris = workspace.uris.filter((each) => each.endsWith('.py'));
      for (const uri of uris) variants.push(...(await variantsOf(workspace, uri)));
      for (const review of [false, true]) variants.push(...(await together(workspace, uris, review)));
      const put = (path: string, text: string) => {
        mkdirSync(dirname(join(written.folder, path)), { recursive: true });
        writeFileSync(join(written.folder, path), text);
        return path;
      };
      const pairs = variants.map((variant, index) => ({ ...variant, old: put(`before/${variant.path}`, variant.before), now: put(`${index}/${variant.path}`, variant.after) }));
      const facts = askPython<TreeFacts>('tree_facts.py', [written.folder], { input: JSON.stringify([...new Set(pairs.flatMap(({ old, now }) => [old, now]))]), pythonPath });
      tally.fixes += pairs.length;
      expect(variants.flatMap(({ what, isOfferedAgain }) => (isOfferedAgain ? [`${what}: is offered again`] : []))).toEqual([]);
      expect(pairs.flatMap(({ what, isSafe, old, now }) => broken(facts[old], facts[now], isSafe).map((law) => `${what}: ${law}`))).toEqual([]);
    } finally {
      workspace.dispose();
      written.remove();
    }
  }, 15 * minute);
});

afterAll(() => {
  const percent = (part: number) => `${((100 * part) / Math.max(1, tally.sites)).toFixed(1)} %`;
  process.stderr.write(`${tally.sites} places in ${trees.length} projects, ${percent(tally.withEdit)} with an edit, ${percent(tally.withSafe)} with a safe one, ${tally.unexplained} of the others without a reason; ${tally.fixes} fixes tried alone\n`);
});

test('there are many places, and each has a safe fix or a reason', () => {
  if (!process.env['EVENTLET_MIGRATION_CORPUS'] && missing.length === 0) expect(tally.sites).toBeGreaterThan(2000);
  expect(tally.unexplained).toBe(0);
});

interface Variant {
  readonly path: string;
  /** Place and title of the fix. */
  readonly what: string;
  readonly isSafe: boolean;
  readonly before: string;
  readonly after: string;
  /** Whether the same fix is offered for the same place once more, and would be made twice. */
  readonly isOfferedAgain?: boolean;
}

interface Facts {
  readonly parses: boolean;
  readonly comments: readonly string[];
  readonly messages: readonly string[];
}

type TreeFacts = Readonly<Record<string, Facts>>;

/** What each single fix of a file makes of the files that it changes; of the uses of an object, which move together, one stands for all. */
async function variantsOf(workspace: Workspace, uri: string): Promise<readonly Variant[]> {
  const report = await workspace.report(uri);
  const variants = new Map<string, Variant>();
  for (const { rule, api, position, fixes, reason, kind } of report?.findings ?? []) {
    if (kind !== 'code' && kind !== 'test-double' && kind !== 'string') continue;
    const own = fixes.filter(({ target }) => target === 'threading');
    const isSafe = own.some(({ safety }) => safety === 'safe');
    tally.sites++;
    if (own.length > 0) tally.withEdit++;
    if (isSafe) tally.withSafe++;
    if (!isSafe && !reason) tally.unexplained++;
    for (const { title, edits, safety } of fixes) {
      for (const changed of new Set(edits.map((edit) => edit.uri))) {
        const before = changed === uri ? report?.text : await workspace.withAnalysis(changed, ({ view }) => view.text);
        if (before === undefined) continue;
        const after = apply(before, edits.filter((edit) => edit.uri === changed));
        const key = `${changed} ${after}`;
        if (variants.has(key)) continue;
        const isTheSame = (finding: Pick<Finding, 'rule' | 'api' | 'fixes'>): boolean => finding.rule === rule && finding.api === api && finding.fixes.some((fix) => fix.title === title);
        const isOfferedAgain = changed === uri && workspace.findingsIn(uri, after).filter(isTheSame).length >= (report?.findings ?? []).filter(isTheSame).length;
        variants.set(key, { isOfferedAgain, path: workspace.pathOf(changed), what: `${workspace.pathOf(uri)}:${position.start.line + 1} ${api}, ${title}`, isSafe: safety === 'safe', before, after });
      }
    }
  }
  return [...variants.values()];
}

/** What all fixes together make of the files; a second run must change nothing. */
async function together(workspace: Workspace, uris: readonly string[], review: boolean): Promise<readonly Variant[]> {
  const changes = await workspace.fix({ target: 'threading', review }, {}, uris);
  for (const { uri, after } of changes) workspace.open(uri, after);
  const again = await workspace.fix({ target: 'threading', review }, {}, changes.map(({ uri }) => uri));
  for (const { uri } of changes) workspace.close(uri);
  expect(again.map(({ uri, edits }) => `${workspace.pathOf(uri)}: ${edits.map(({ newText }) => newText).join(' … ')}`)).toEqual([]);
  return changes.map(({ uri, before, after }) => ({ path: workspace.pathOf(uri), what: `${workspace.pathOf(uri)}, all fixes`, isSafe: !review, before, after }));
}

/** The laws that do not hold. What a deleted call took as its argument may be used for nothing else; whoever reviews the change sees that. */
function broken(before: Facts | undefined, after: Facts | undefined, isSafe: boolean): readonly string[] {
  if (!before?.parses) return [];
  if (!after?.parses) return ['does not parse any more'];
  const news = without(after.messages, before.messages).filter((message) => isSafe || !/imported but unused|assigned to but never used/.test(message));
  return [...news, ...without(before.comments, after.comments).map((comment) => `lost ${comment}`)];
}

/** What one list has and the other lacks; each repetition counts. */
function without(list: readonly string[], other: readonly string[]): readonly string[] {
  const rest = [...other];
  return list.filter((each) => {
    const at = rest.indexOf(each);
    if (at >= 0) rest.splice(at, 1);
    return at < 0;
  });
}

function whatThereIs(): { readonly trees: readonly Tree[]; readonly missing: readonly string[]; readonly pythonPath: string } {
  const absent = noPython();
  if (absent) return { trees: [], missing: [absent], pythonPath: '' };
  const flakes = pyflakes();
  if ('reason' in flakes) return { trees: [], missing: [flakes.reason], pythonPath: '' };
  return { ...corpus(packages.map((name) => `python3-${name}`)), pythonPath: flakes.pythonPath };
}
