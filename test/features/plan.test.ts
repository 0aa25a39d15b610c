import { describe, expect, it } from 'vitest';
import { makePlan, type Plan } from '../../server/src/features/plan/plan';
import { plannedFile } from '../../server/src/features/plan/planned';
import { planReport } from '../../server/src/features/plan/planReport';
import { planFormats } from '../../server/src/features/plan/formats';
import { effortOf } from '../../server/src/features/plan/effort';
import { numbersInWords } from '../../server/src/features/plan/words';
import { Workspace } from '../../server/src/workspace/workspace';
import { memoryHost } from '../kit/host';

type Files = Readonly<Record<string, string>>;

const patching = { 'pkg/cmd/main.py': 'import eventlet\neventlet.monkey_patch()\n' };
const sleeping = 'import eventlet\n\n\ndef rest():\n    eventlet.sleep(1)\n';

async function planOf(files: Files): Promise<Plan> {
  const uris = Object.entries(files).map(([path, text]) => [`file:///p/${path}`, text] as const);
  const workspace = await Workspace.create(memoryHost(new Map(uris)), { roots: ['file:///p'] });
  await workspace.scan();
  const planned = workspace.uris.map((uri) => plannedFile(uri, workspace, workspace.pathOf(uri)));
  workspace.dispose();
  return makePlan(planned, 'threading');
}

/** One line for each step: its id, and how many places of which class. */
function drawn({ steps }: Plan): readonly string[] {
  return steps.map(({ id, share: { safe, review, guidance }, imports }) => `${id} ${safe}+${review}+${guidance}${imports.length > 0 ? ` (${imports.length})` : ''}`);
}

describe('the order', () => {
  it('starts with what is safe and ends with the guard; the patching goes after the code, the requirement after the patching', async () => {
    const files = {
      ...patching,
      'pkg/web.py': 'import eventlet\nfrom eventlet import wsgi\n\n\ndef serve(app):\n    wsgi.server(eventlet.listen(("", 80)), app)\n',
      'pkg/limits.py': 'import eventlet\n\n\ndef ask(client):\n    with eventlet.Timeout(3):\n        client.ask()\n    client.tell()\n',
      'pkg/rest.py': sleeping,
      'pkg/work.py': 'import eventlet\n\n\ndef start(job):\n    eventlet.spawn(job)\n',
      'requirements.txt': 'eventlet\n',
      'doc/index.rst': 'It runs on eventlet.\n',
    };
    const { steps } = await planOf(files);
    expect(steps.map(({ stage: { id }, where }) => `${id}: ${where}`)).toEqual([
      'safe: pkg/rest.py',
      'server: pkg/web.py',
      'server: pkg/web.py',
      'spawn: pkg/work.py',
      'design: pkg/limits.py',
      'patching: pkg/cmd/main.py',
      'settings: requirements.txt',
      'docs: doc/index.rst',
      'guard: ',
    ]);
    const [rest, listen, server, work, limits, main, requirement] = steps.map(({ id }) => id);
    expect(steps.map(({ after }) => after)).toEqual([[], [], [], [], [], [rest, listen, server, work, limits], [rest, listen, server, work, limits, main], [], [rest, listen, server, work, limits, main, requirement]]);
  });

  it('keeps sleeping where nothing is patched until the green threads are gone', async () => {
    const files = { 'pkg/rest.py': sleeping, 'pkg/work.py': 'import eventlet\n\n\ndef start(job):\n    eventlet.spawn(job)\n' };
    const { steps } = await planOf(files);
    expect(steps.map(({ stage: { id }, after }) => [id, ...after])).toEqual([['spawn'], ['unpatched', 'threads/code'], ['guard', 'threads/code', 'sleep/unpatched']]);
  });

  it('gives each entry point a step of its own, tests before services', async () => {
    const call = 'import eventlet\neventlet.monkey_patch()\n';
    const { steps } = await planOf({ 'pkg/cmd/api.py': call, 'pkg/cmd/worker.py': call, 'pkg/tests/__init__.py': call });
    expect(steps.map(({ where }) => where)).toEqual(['pkg/tests/__init__.py', 'pkg/cmd/api.py', 'pkg/cmd/worker.py', '']);
  });

  it('lets a service drop the patching when its own code is done, whatever is left elsewhere', async () => {
    const main = (module: string): string => `import eventlet\neventlet.monkey_patch()\n\nfrom pkg import ${module}\n\n${module}.run()\n`;
    const spawning = 'import eventlet\n\n\ndef run():\n    eventlet.spawn(print)\n';
    const limited = 'import eventlet\n\n\ndef run():\n    with eventlet.Timeout(3):\n        print()\n    print()\n';
    const setup = '[entry_points]\nconsole_scripts =\n    one = pkg.cmd.one\n    two = pkg.cmd.two\n';
    const { steps } = await planOf({ 'setup.cfg': setup, 'pkg/__init__.py': '', 'pkg/cmd/__init__.py': '', 'pkg/cmd/one.py': main('a'), 'pkg/cmd/two.py': main('b'), 'pkg/a.py': spawning, 'pkg/b.py': limited });
    expect(steps.filter(({ stage: { id } }) => id === 'patching').map(({ where, after, why }) => [where, ...after, why.slice(-17)])).toEqual([
      ['pkg/cmd/one.py', 'threads/code', 'It patches `one`.'],
      ['pkg/cmd/two.py', 'timeouts/code', 'It patches `two`.'],
    ]);
  });

  it('is the same whatever order the files come in', async () => {
    const files = { ...patching, 'pkg/a.py': sleeping, 'pkg/b.py': sleeping, 'pkg/tests/test_a.py': sleeping };
    const backwards = Object.fromEntries(Object.entries(files).reverse());
    expect(await planOf(backwards)).toEqual(await planOf(files));
  });
});

describe('a step', () => {
  it('takes the whole project where that can be reviewed at once', async () => {
    expect(drawn(await planOf({ ...patching, 'pkg/a.py': sleeping, 'pkg/b/c.py': sleeping }))).toEqual(['sleep/safe 2+0+0 (2)', 'patching/code/pkg/cmd/main.py 0+1+0 (1)', 'guard/threading 0+0+0']);
  });

  it('takes one package where the project is too much, and neighbours together where they are little', async () => {
    const many = (count: number): string => `import eventlet\n\n\ndef rest():\n${'    eventlet.sleep(1)\n'.repeat(count)}`;
    const files = { ...patching, 'pkg/a/x.py': many(30), 'pkg/b/x.py': many(4), 'pkg/c/x.py': many(4), 'pkg/d/x.py': many(25), 'pkg/d/y.py': many(25), 'pkg/e.py': many(41) };
    const { steps } = await planOf(files);
    expect(steps.map(({ where, sites }) => `${where} ${sites.length}`).slice(0, -2)).toEqual(['pkg (a, b, c) 38', 'pkg/d/x.py 25', 'pkg/d/y.py 25', 'pkg/e.py 41']);
  });

  it('has every use exactly once', async () => {
    const files = { ...patching, 'pkg/a.py': sleeping, 'pkg/hub.py': 'from eventlet import sleep\nfrom eventlet import spawn\n', 'pkg/b.py': 'from pkg.hub import sleep\n\nsleep(1)\n', 'pkg/c.py': 'from pkg.hub import spawn\n' };
    const { steps } = await planOf(files);
    const places = steps.flatMap(({ sites, imports }) => [...sites, ...imports]).map(({ path, finding }) => `${path}:${finding.range.start}`);
    expect(new Set(places).size).toBe(places.length);
    expect(places.filter((place) => place.startsWith('pkg/hub.py'))).toHaveLength(2);
    expect(places).toHaveLength(9);
  });

  it('takes imports along with the last use, and those of a module that hands names on with the last use anywhere', async () => {
    const files = { ...patching, 'pkg/hub.py': 'from eventlet import sleep\n', 'pkg/b.py': 'from pkg.hub import sleep\n\nsleep(1)\n' };
    const { steps } = await planOf(files);
    expect(steps[0]?.imports.map(({ path }) => path)).toEqual(['pkg/b.py', 'pkg/hub.py']);
  });

  it('takes the test doubles of its code along', async () => {
    const test = "from unittest import mock\n\n\n@mock.patch('pkg.a.eventlet.sleep')\ndef test_rest(sleep):\n    pass\n";
    const { steps } = await planOf({ ...patching, 'pkg/a.py': sleeping, 'pkg/tests/unit/test_a.py': test });
    const step = steps.find(({ rules }) => rules.includes('mock-target'));
    expect(step?.rules).toEqual(['mock-target', 'sleep']);
    expect(step?.where).toBe('pkg/a.py');
  });

  it('names the tests where they are changed on their own account', async () => {
    const { steps } = await planOf({ ...patching, 'pkg/a.py': sleeping, 'tests/__init__.py': 'import eventlet\neventlet.monkey_patch()\n', 'tests/test_a.py': sleeping });
    expect(steps[0]).toMatchObject({ id: 'sleep/safe', where: 'the project', share: { safe: 2 } });
  });

  it('leaves riskier uses of tests to a step of their own', async () => {
    const test = 'import eventlet\n\n\ndef test_rest(job):\n    thread = eventlet.spawn(job)\n    thread.link(print)\n    thread.kill()\n';
    const work = 'import eventlet\n\n\ndef start(job):\n    eventlet.spawn(job)\n';
    const { steps } = await planOf({ ...patching, 'pkg/work.py': work, 'pkg/tests/unit/test_work.py': test });
    expect(steps.filter(({ rules }) => rules.includes('spawn')).map(({ stage: { id } }) => id)).toEqual(['spawn', 'tests']);
  });

  it('is not there for what is kept', async () => {
    expect((await planOf({ 'a.py': 'import eventlet  # eventlet: keep[import] wanted\n' })).steps).toEqual([]);
  });
});

describe('the effort', () => {
  it('is more for what wants a look, and most for what needs a person', () => {
    const [safe, review, guidance] = [effortOf({ safe: 12, review: 0, guidance: 0 }), effortOf({ safe: 0, review: 12, guidance: 0 }), effortOf({ safe: 0, review: 0, guidance: 12 })];
    expect([safe.to < review.to, review.to < guidance.to, safe.from <= safe.to]).toEqual([true, true, true]);
  });
});

describe('the plan on paper', () => {
  const nothingKnown = { services: [], tests: [], unreached: [] };
  const files = { ...patching, 'pkg/a.py': sleeping, 'pkg/b.py': 'import eventlet\n\n\ndef start(job):\n    eventlet.spawn(job)\n' };
  const report = async () => planReport(await planOf(files), { tool: '0.1.0', root: '.', pathOf: (uri) => uri, counts: { found: 3, mentioning: 3, analysed: 3, skipped: [] }, services: nothingKnown });

  it('says what is next and how, and then the way', async () => {
    const text = planFormats.text(await report());
    expect(text).toContain('6 uses of eventlet in 3 files: 4 steps');
    expect(text).toContain('Next\n  1. Replace `eventlet.sleep` by `time.sleep` in pkg/a.py\n     1 place, safe');
    expect(text).toContain('do      eventlet-migration fix --write --rule sleep pkg/a.py');
    expect(text).toContain('Monkey patching, after steps 1, 2\n  Delete `monkey_patch()`\n      3. pkg/cmd/main.py');
  });

  it('adds up', async () => {
    const { summary, steps } = await report();
    expect(summary.findings).toBe(steps.reduce((sum, { findings }) => sum + findings.length, 0));
    expect(steps.map(({ sites, safe, review, guidance }) => sites - safe - review - guidance)).toEqual(steps.map(() => 0));
  });

  it('is a table for each stage in Markdown, with what went wrong elsewhere', async () => {
    const markdown = planFormats.markdown(await report());
    expect(markdown).toContain('## Threads and pools');
    expect(markdown).toContain('| 2 | Replace green threads by `threading.Thread` | `pkg/b.py` | 1 place, to review |');
    expect(markdown).toMatch(/- Check-then-act .* \(\[seen here\]\(https:.*\/neutron\/commit\//);
  });

  it('says that nothing is left', () => {
    const empty = planReport(makePlan([], 'threading'), { tool: '0.1.0', root: '.', pathOf: (uri) => uri, counts: { found: 1, mentioning: 0, analysed: 0, skipped: [] }, services: nothingKnown });
    expect(planFormats.text(empty)).toBe('Nothing is left to do.\n');
    expect(planFormats.markdown(empty)).toContain('Nothing is left to do.');
  });

  it('joins numbers that follow each other', () => {
    expect(numbersInWords([9, 1, 4, 3, 5])).toBe('1, 3–5 and 9');
    expect(numbersInWords([2, 3])).toBe('2, 3');
  });
});
