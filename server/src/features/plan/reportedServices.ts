import type { Blocker, PatchCallReport, PatchProblem, Place, ServiceReport, ServicesReport, TestsReport } from '../../protocol';

/** The answer for each process with paths in the place of URIs, as `plan --format json` prints it. */
export interface ReportedServices {
  /** Those that may drop `monkey_patch` first, then those with the least in the way; those that patch nothing last. */
  readonly services: readonly ReportedService[];
  readonly tests: readonly TestsReport[];
  readonly unreached: readonly PathPlace[];
}

export type PathPlace = WithPath<Place>;

export interface ReportedService extends Omit<WithPath<ServiceReport>, 'calls' | 'problems' | 'blockers' | 'named' | 'relies'> {
  readonly calls: readonly WithPath<PatchCallReport>[];
  readonly problems: readonly (Omit<PatchProblem, 'places'> & { readonly places: readonly PathPlace[] })[];
  readonly blockers: readonly (Omit<Blocker, 'places'> & { readonly places: readonly PathPlace[] })[];
  readonly named: readonly PathPlace[];
  readonly relies: readonly WithPath<ServiceReport['relies'][number]>[];
}

type WithPath<Located extends { readonly uri: string }> = Omit<Located, 'uri'> & { readonly path: string };

export function reportedServices({ services, tests, unreached }: ServicesReport, pathOf: (uri: string) => string): ReportedServices {
  const named = <Located extends { readonly uri: string }>({ uri, ...rest }: Located): WithPath<Located> => ({ path: pathOf(uri), ...rest });
  return {
    services: nearestFirst(services).map((service) => ({
      ...named(service),
      calls: service.calls.map(named),
      problems: service.problems.map((problem) => ({ ...problem, places: problem.places.map(named) })),
      blockers: service.blockers.map((blocker) => ({ ...blocker, places: blocker.places.map(named) })),
      named: service.named.map(named),
      relies: service.relies.map(named),
    })),
    tests,
    unreached: unreached.map(named),
  };
}

/** How many uses stand in the way of a service. */
export function inTheWay({ blockers }: Pick<ServiceReport, 'blockers'> | ReportedService): number {
  return blockers.reduce((sum, { count }) => sum + count, 0);
}

/** Those that can be done next come first. */
export function nearestFirst(services: readonly ServiceReport[]): readonly ServiceReport[] {
  const answers: readonly ServiceReport['mayDrop'][] = ['yes', 'perhaps', 'no', 'nothing'];
  return [...services].sort((a, b) => answers.indexOf(a.mayDrop) - answers.indexOf(b.mayDrop) || inTheWay(a) - inTheWay(b) || (a.name < b.name ? -1 : 1));
}
