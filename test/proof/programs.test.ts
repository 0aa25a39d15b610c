import { describe, expect, it } from 'vitest';
import { rules } from '../../server/src/rules/index';
import { pieces } from '../../server/src/rules/helperCode/pieces';
import type { Example, Rule } from '../../server/src/rules/rule';
import type { FixReport } from '../../server/src/workspace/finding';
import { leaveOut } from '../corpus/packages';
import { readMarked } from '../kit/markers';
import { programFiles, type Program } from './programs';
import { proofOf } from './proof';
import { pythonOfToday, pythonWithEventlet, pythonWithLibraries, Runs } from './python';
import { isSafe, rewritten } from './rewriting';

/** `EVENTLET_MIGRATION_PROOF=timeout,queue` runs the programs of these rules alone, for whoever writes one. */
const only = process.env['EVENTLET_MIGRATION_PROOF']?.split(',');
const files = programFiles().filter(({ rule }) => only === undefined || only.includes(rule.id));
/** Rules about other libraries; their programs run where these are. */
const ofLibraries: ReadonlySet<string> = new Set(['async-mode', 'celery', 'fasteners', 'futurist', 'gunicorn', 'kazoo', 'oslo-log', 'oslo-messaging', 'oslo-service', 'oslo-utils', 'taskflow']);

/** Rules about what only the eventlet of today has. */
const ofToday: ReadonlySet<string> = new Set(['deprecation-warning']);

const runs = new Runs();
const runsWithLibraries = new Runs();
const runsOfToday = new Runs();
const proofs = await Promise.all(files.flatMap(({ rule, programs }) => programs.map((program) => proofOf(program, rule, runsOf(rule.id)))));
const python = pythonWithEventlet();
const libraries = files.some(({ rule }) => ofLibraries.has(rule.id)) ? pythonWithLibraries() : python;
if (!('reason' in python)) runs.run(python);
if (!('reason' in libraries)) runsWithLibraries.run(libraries, true);
const today = files.some(({ rule }) => ofToday.has(rule.id)) ? pythonOfToday() : python;
if (!('reason' in today)) runsOfToday.run(today);

/** Rules whose fixes for review show no difference here, with the reason. */
const notShown: ReadonlyMap<string, string> = new Map([
  ['fasteners', 'that of Debian takes the argument and makes nothing of it'],
  ['import', 'it joins the fixes of other rules, which run there'],
]);

it('there is an eventlet to run programs with', ({ skip }) => {
  if ('reason' in python) leaveOut(python.reason, skip);
});

it('there is an eventlet of today', ({ skip }) => {
  if ('reason' in today) leaveOut(today.reason, skip);
});

it('there are the libraries that run on it', ({ skip }) => {
  if ('reason' in libraries) leaveOut(libraries.reason, skip);
});

const proven = rules.filter(({ id }) => only === undefined || only.includes(id));

describe.each(proven.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
  const programs = files.find((file) => file.rule === rule)?.programs ?? [];
  const same = programs.filter(({ difference }) => !difference);

  for (const { program, ...proof } of proofs.filter((candidate) => candidate.rule === rule)) {
    it(program.title, () => {
      proof.expectRewriting();
      if (!('reason' in (ofLibraries.has(id) ? libraries : ofToday.has(id) ? today : python))) proof.expectOutputs();
    });
  }

  it('runs every example that is safe', async () => {
    const examples = onThreads(rule).filter((example) => isWhollySafe(example));
    const missing = examples.filter((example) => !same.some((program) => program.example === example)).map(({ title }) => title);
    expect(missing, `programs/${id}.md does not run these examples`).toEqual([]);

    const proven = new Set<string>();
    for (const { text } of same) for (const api of await safeNames(text, rule)) proven.add(api);
    const safe = new Set<string>();
    for (const { before, patched } of onThreads(rule)) if (patched === undefined) for (const api of await safeNames(readMarked(before).text, rule)) safe.add(api);
    expect([...safe].filter((api) => !proven.has(api)), `programs/${id}.md does not use these names`).toEqual([]);
  });

  if (notShown.has(id)) return;
  it('runs every fix that is safe, and shows a difference of every other one', async () => {
    const run = new Set<string>();
    const shown: { readonly fix: string; readonly difference: string }[] = [];
    for (const program of programs) for (const fix of await firstFixes(program, rule)) {
      if (!program.difference && fix.safety === 'safe') run.add(shapeOf(fix.title));
      if (program.difference && fix.why?.includes(program.difference.name)) shown.push({ fix: shapeOf(fix.title), difference: shapeOf(program.difference.name) });
    }
    const isShown = ({ title, why = '' }: FixReport): boolean => shown.some(({ fix, difference }) => fix === shapeOf(title) && shapeOf(why).includes(difference));
    const offered = (await Promise.all(onThreads(rule).map((example) => fixesOf(example, rule)))).flat();
    const missing = offered.filter((fix) => (fix.safety === 'safe' ? !run.has(shapeOf(fix.title)) : !isShown(fix))).map(({ title, safety, why }) => `${safety}: ${title}${safety === 'safe' ? '' : `, because ${why ?? ''}`}`);
    expect([...new Set(missing)], `programs/${id}.md has nothing for these fixes`).toEqual([]);
  });
});

function runsOf(rule: string): Runs {
  if (ofLibraries.has(rule)) return runsWithLibraries;
  return ofToday.has(rule) ? runsOfToday : runs;
}

/** A title or a difference without what is named in it; helper code keeps its name. */
function shapeOf(title: string): string {
  return title.replace(/`([^`]*)`/g, (_, code: string) => (code.split('.').at(-1) ?? '') in pieces ? `\`${code.split('.').at(-1)}\`` : '`…`');
}

/** The fixes for threads that a program takes: the first one of each use, or the one that it names. */
async function firstFixes({ text, stays, fix, helperModule }: Program, rule: Rule): Promise<readonly FixReport[]> {
  const { findings } = await rewritten(text, { isPatched: stays !== 'unpatched', helperModule });
  return findings.filter((finding) => finding.rule === rule.id).flatMap(({ fixes }) => fixes.filter(({ target, title }) => target === 'threading' && (fix === undefined || title === fix)).slice(0, 1));
}

/** All fixes for threads that a rule offers in an example. */
async function fixesOf({ before, patched, helperModule }: Example, rule: Rule): Promise<readonly FixReport[]> {
  const { findings } = await rewritten(readMarked(before).text, { isPatched: patched === undefined || patched.length > 0, helperModule });
  return findings.filter((finding) => finding.rule === rule.id).flatMap(({ fixes }) => fixes.filter(({ target }) => target === 'threading'));
}

function onThreads({ examples }: Rule): readonly Example[] {
  return examples.filter(({ target = 'threading' }) => target === 'threading');
}

function isWhollySafe({ before }: Example): boolean {
  const { markers } = readMarked(before);
  return markers.length > 0 && markers.every(({ label }) => label === 'safe');
}

/** The names that a rule rewrites without anybody’s look. */
async function safeNames(text: string, rule: Rule): Promise<readonly string[]> {
  const { findings } = await rewritten(text);
  return findings.filter((finding) => finding.rule === rule.id && isSafe(finding)).map(({ api }) => api);
}
