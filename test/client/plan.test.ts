import { describe, expect, test } from 'vitest';
import { numberRanges, planTree } from '../../client/src/plan/tree';
import { servicesTree } from '../../client/src/services/tree';
import type { Plan, PlanStep, ServiceReport } from '../../server/src/protocol';
import { checklist, pathOf } from './kit';

const nobody = { services: [], tests: [], unreached: [] };

describe('the tree of the plan', () => {
  const plan = planOf([
    step('sleep', 'b.py:9 sleep pattern=4 safe id=same\n a.py:7 sleep pattern=4 safe id=same\n b.py:2 sleep pattern=4 safe'),
    step('patching', 'main.py:1 monkey-patch pattern=2 review', ['sleep']),
    step('guard', '', ['sleep', 'patching']),
  ]);

  test('has the steps in their order, their files by path, their places from top to bottom', () => {
    expect(planTree(plan).flatMap(({ number, step: { id }, children }) => [`${number} ${id}`, ...children.flatMap((file) => [`  ${pathOf(file.uri)}`, ...file.children.map(({ item }) => `    ${item.range.start.line}`)])])).toEqual([
      '1 sleep', '  a.py', '    7', '  b.py', '    2', '    9',
      '2 patching', '  main.py', '    1',
      '3 guard',
    ]);
  });

  test('says by number what must come first, and how hard a step is', () => {
    expect(planTree(plan).map(({ after, trust }) => [trust, ...after])).toEqual([['safe'], ['review', 1], [undefined, 1, 2]]);
  });

  test('has different ids everywhere, which stay when a step before is done', () => {
    const ids = idsOf(plan);
    expect(new Set(ids).size).toBe(ids.length);
    const later = idsOf(planOf(plan.steps.slice(1)));
    expect(ids).toEqual(expect.arrayContaining([...later]));
  });

  test('offers a preview where there is a fix', () => {
    const [first] = plan.steps;
    const fixed = first && { ...first, items: first.items.map((item) => ({ ...item, fix: 'Use `time.sleep`' })) };
    expect(planTree(planOf(fixed ? [fixed] : [])).map(({ hasFix }) => hasFix)).toEqual([true]);
    expect(planTree(plan).some(({ hasFix }) => hasFix)).toBe(false);
  });

  test('joins numbers that follow each other', () => {
    expect(numberRanges([7, 1, 2, 3, 9])).toBe('1–3, 7, 9');
  });
});

describe('the tree of the services', () => {
  const place = (path: string, count: number) => ({ uri: `file:///project/${path}`, count });
  const services = [
    service('nothing', 'nothing'),
    service('far', 'no', { blockers: [{ kind: 'uses', rule: 'sleep', count: 3, places: [place('a.py', 2), place('b.py', 1)] }] }),
    service('near', 'no', { blockers: [{ kind: 'library', rule: 'oslo-service', count: 1, places: [place('a.py', 1)] }] }),
    service('done', 'yes', { relies: [{ ...place('a.py', 1), names: ['time.sleep'] }] }),
    service('hidden', 'perhaps', { named: [place('manager.py', 1), place('plugin.py', 4)] }),
  ];
  const tree = servicesTree({ services, tests: [], unreached: [place('plugin.py', 4)] });

  test('has those first that may drop the patching, then those with the least in the way', () => {
    expect(tree.map(({ service: { name }, inTheWay }) => `${name} ${inTheWay}`)).toEqual(['done 0', 'hidden 0', 'near 1', 'far 3', 'nothing 0']);
  });

  test('shows what stands in the way, and where', () => {
    const drawn = tree.map(({ service: { name }, children }) => [name, ...children.flatMap(({ about, children: places }) => [about.is, ...places.map(({ place: { uri }, detail }) => `${pathOf(uri)} ${detail}`.trim())])]);
    expect(drawn).toEqual([
      ['done', 'relies', 'a.py time.sleep'],
      ['hidden', 'named', 'manager.py', 'plugin.py 4', 'unseen', 'plugin.py 4'],
      ['near', 'blocker', 'a.py'],
      ['far', 'blocker', 'a.py 2', 'b.py'],
      ['nothing'],
    ]);
  });

  test('counts each file that may be loaded once', () => {
    expect(tree.find(({ service: { name } }) => name === 'hidden')?.unseen).toBe(2);
  });

  test('has different ids everywhere', () => {
    const ids = tree.flatMap(({ id, children }) => [id, ...children.flatMap((group) => [group.id, ...group.children.map((each) => each.id)])]);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

function planOf(steps: readonly PlanStep[]): Plan {
  return { state: 'ready', steps, effort: { from: 1, to: 2 }, services: nobody };
}

/** A step from lines as `checklist` reads them. */
function step(id: string, uses: string, after: readonly string[] = []): PlanStep {
  const { items } = checklist(uses);
  const count = (trust: string) => items.filter((item) => item.trust === trust).length;
  const share = { safe: count('safe'), review: count('review'), guidance: count('guidance') };
  return { id, stage: { id: 'safe', title: 'Safe' }, topic: id, action: `Do ${id}`, where: 'pkg', why: 'Because.', rules: [], ...share, effort: { from: 0.5, to: 1 }, after, blockers: [], traps: [], items };
}

function service(name: string, mayDrop: ServiceReport['mayDrop'], more: Partial<ServiceReport> = {}): ServiceReport {
  return { name, kind: 'script', uri: `file:///project/${name}.py`, files: 3, patched: [], calls: [], mayDrop, problems: [], blockers: [], named: [], relies: [], ...more };
}

function idsOf(plan: Plan): readonly string[] {
  return planTree(plan).flatMap(({ id, children }) => [id, ...children.flatMap((file) => [file.id, ...file.children.map((use) => use.id)])]);
}
