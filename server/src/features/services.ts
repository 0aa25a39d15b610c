import type { Blocker, PatchCallReport, PatchProblem, Place, ServiceReport, ServicesReport } from '../protocol';
import type { Finding } from '../workspace/finding';
import type { Service, Services } from '../workspace/services/services';
import { negated } from '../workspace/services/blocks';
import { groupOf } from '../workspace/services/waits';
import { isTest } from '../workspace/testFiles';
import type { Workspace } from '../workspace/workspace';
import { remaining } from './trust';

/** What the report is made from. */
export type ServiceSources = Pick<Workspace, 'services' | 'uris' | 'findings' | 'patchPlaces' | 'pathOf'>;

/** May each process of the project drop `monkey_patch` now, and if not, what stands in the way? In the order in which they are declared. */
export function services(sources: ServiceSources): ServicesReport {
  const known: Services = sources.services;
  const blocking = new Map(sources.uris.filter((uri) => !isTest(sources.pathOf(uri))).map((uri) => [uri, remaining(sources.findings(uri)).filter(isInTheWay)] as const));
  const named = new Set(known.list.flatMap((service) => [...service.named].map(({ uri }) => uri)));
  const unreached = [...blocking].filter(([uri, findings]) => findings.length > 0 && known.of(uri).length === 0 && !named.has(uri)).map(([uri, findings]) => place(uri, findings));
  return {
    services: known.list.map((service) => report(service, blocking, unreached.length > 0, sources)),
    tests: known.tests.map(({ folder, modules, patched }) => ({ folder, modules: modules.length, patched: [...patched].sort() })),
    unreached,
  };
}

/** Imports and the call itself go with what is left; comments, settings and mocks need no green thread. */
function isInTheWay({ kind, rule }: Finding): boolean {
  return kind === 'code' && rule !== 'import' && rule !== 'monkey-patch' && !/-keep$/.test(rule);
}

function report(service: Service, blocking: ReadonlyMap<string, readonly Finding[]>, isMoreUnknown: boolean, sources: ServiceSources): ServiceReport {
  const findings = [...service.files].flatMap(({ uri }) => (blocking.get(uri) ?? []).map((finding) => ({ uri, finding })));
  const blockers = blockersIn(findings);
  const named = [...service.named].flatMap(({ uri }) => {
    const own = blocking.get(uri) ?? [];
    return own.length > 0 ? [place(uri, own)] : [];
  });
  const isPatching = service.patchings.some(({ when }) => when !== 'later');
  return {
    name: service.name,
    kind: service.kind,
    uri: service.file.uri,
    files: service.files.size,
    patched: [...service.patched].sort(),
    calls: callsOf(service, sources),
    mayDrop: !isPatching ? 'nothing' : blockers.length > 0 ? 'no' : isMoreUnknown || named.length > 0 ? 'perhaps' : 'yes',
    problems: problemsOf(service, sources),
    blockers,
    named: isPatching ? named.sort((a, b) => b.count - a.count || (a.uri < b.uri ? -1 : 1)) : [],
    relies: isPatching ? reliances(service) : [],
  };
}

function blockersIn(findings: readonly { readonly uri: string; readonly finding: Finding }[]): readonly Blocker[] {
  const blockers = [...grouped(findings, ({ finding }) => finding.rule)].map(([rule, found]): Blocker => {
    const places = [...grouped(found, ({ uri }) => uri)].map(([uri, each]) => place(uri, each.map(({ finding }) => finding)));
    const isLibrary = found.every(({ finding }) => !/^eventlet\b/.test(finding.api));
    return { kind: isLibrary ? 'library' : 'uses', rule, count: found.length, places: places.sort((a, b) => b.count - a.count || (a.uri < b.uri ? -1 : 1)) };
  });
  return blockers.sort((a, b) => b.count - a.count || (a.rule < b.rule ? -1 : 1));
}

function callsOf({ patchings }: Service, sources: Pick<ServiceSources, 'patchPlaces'>): readonly PatchCallReport[] {
  return patchings.map(({ file, call, through, conditions, when, isUsual }) => {
    const range = sources.patchPlaces(file.uri)[file.patches.indexOf(call)];
    return {
      uri: file.uri,
      ...(range ? { range } : {}),
      ...(call.groups ? { groups: call.groups } : {}),
      through,
      conditions: [...conditions, ...call.switches],
      when,
      ...(isUsual === undefined ? {} : { isUsual }),
    };
  });
}

function problemsOf(service: Service, sources: Pick<ServiceSources, 'patchPlaces'>): readonly PatchProblem[] {
  const calls = callsOf(service, sources).filter(({ when }) => when !== 'later');
  const problem = (kind: PatchProblem['kind'], message: string, places: readonly { readonly uri: string; readonly range?: Place['range'] }[]): readonly PatchProblem[] => {
    return places.length === 0 ? [] : [{ kind, message, places: places.map(({ uri, range }) => ({ uri, ...(range ? { range } : {}), count: 1 })) }];
  };
  const usual = calls.filter(({ isUsual }) => isUsual === true);
  const all = [...new Set(calls.flatMap((call) => call.conditions))];
  const conditions = all.filter((condition) => !all.some((other) => negated(other) === condition));
  const names = [...new Set(service.early.map(({ name }) => name))];
  const list = (words: readonly string[]): string => words.map((word) => `\`${word}\``).join(', ');
  return [
    ...problem('early', `${list(names)} stay${names.length === 1 ? 's' : ''} native where a module has imported the name before the process patches; import the module instead, or patch first.`, service.early.map(({ file }) => ({ uri: file.uri }))),
    ...(usual.length > 1 ? problem('twice', 'The process patches more than once; one call, first of all, is enough.', usual) : []),
    ...problem('switch', `What is patched depends on ${list(conditions)}; the answer is for the usual run.`, calls.filter((call) => call.conditions.length > 0)),
    ...problem('unreadable', 'The arguments of this call cannot be read, so it is not known what it patches.', calls.filter(({ groups }) => !groups)),
  ];
}

/** Where a service that patches would wait natively without it. */
function reliances({ files, patched }: Service): ServiceReport['relies'] {
  return [...files].flatMap(({ uri, outline: { waits } }) => {
    const names = waits.filter((name) => {
      const group = groupOf(name);
      return group !== undefined && patched.has(group);
    });
    return names.length > 0 ? [{ uri, count: names.length, names }] : [];
  });
}

function grouped<Item>(items: readonly Item[], keyOf: (item: Item) => string): ReadonlyMap<string, readonly Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}

function place(uri: string, findings: readonly Finding[]): Place {
  const [first] = findings;
  return { uri, ...(first ? { range: first.position } : {}), count: findings.length };
}
