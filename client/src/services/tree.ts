import type { Blocker, PatchProblem, Place, ServiceReport, ServicesReport } from '../../../server/src/protocol';

export type ServiceNode = Service | Group | PlaceNode;

/** A process of the project. */
export interface Service {
  readonly kind: 'service';
  readonly id: string;
  readonly service: ServiceReport;
  /** How many uses are in the way. */
  readonly inTheWay: number;
  /** Files with uses that it may load, although nobody can see it; 0 where the answer does not depend on them. */
  readonly unseen: number;
  readonly children: readonly Group[];
}

/** What stands in the way, or is worth knowing, with its places. */
export interface Group {
  readonly kind: 'serviceGroup';
  readonly id: string;
  readonly about: { readonly is: 'blocker'; readonly blocker: Blocker } | { readonly is: 'problem'; readonly problem: PatchProblem } | { readonly is: 'relies' | 'calls' | 'named' | 'unseen' };
  readonly children: readonly PlaceNode[];
}

export interface PlaceNode {
  readonly kind: 'place';
  readonly id: string;
  readonly place: Omit<Place, 'count'> & Partial<Pick<Place, 'count'>>;
  /** What is there: names, conditions. */
  readonly detail: string;
}

/**
 * The processes, those first that can drop monkey patching next; below each what stands in the way, and where. Ids stay the same as long
 * as the thing is there.
 */
export function servicesTree({ services, unreached }: ServicesReport): readonly Service[] {
  return services
    .map((service): Service => {
      const id = `service:${service.name}:${service.uri}`;
      const isOpen = service.mayDrop === 'perhaps';
      const unseen = isOpen ? new Set([...service.named, ...unreached].map(({ uri }) => uri)).size : 0;
      return { kind: 'service', id, service, inTheWay: service.blockers.reduce((sum, { count }) => sum + count, 0), unseen, children: groupsOf(service, isOpen ? unreached : [], id) };
    })
    .sort((a, b) => answers.indexOf(a.service.mayDrop) - answers.indexOf(b.service.mayDrop) || a.inTheWay - b.inTheWay || (a.service.name < b.service.name ? -1 : 1));
}

const answers: readonly ServiceReport['mayDrop'][] = ['yes', 'perhaps', 'no', 'nothing'];

function groupsOf({ blockers, named, problems, relies, calls }: ServiceReport, unseen: readonly Place[], parent: string): readonly Group[] {
  const group = (about: Group['about'], key: string, places: readonly { readonly place: PlaceNode['place']; readonly detail: string }[]): readonly Group[] => {
    const id = `${parent}:${key}`;
    const children = places.map(({ place, detail }, index): PlaceNode => ({ kind: 'place', id: `${id}:${index}:${place.uri}`, place, detail }));
    return children.length > 0 ? [{ kind: 'serviceGroup', id, about, children }] : [];
  };
  const plain = (places: readonly Place[]) => places.map((place) => ({ place, detail: place.count > 1 ? `${place.count}` : '' }));
  return [
    ...blockers.flatMap((blocker) => group({ is: 'blocker', blocker }, `blocker:${blocker.rule}`, plain(blocker.places))),
    ...group({ is: 'named' }, 'named', plain(named)),
    ...group({ is: 'unseen' }, 'unseen', plain(unseen)),
    ...problems.flatMap((problem) => group({ is: 'problem', problem }, `problem:${problem.kind}`, plain(problem.places))),
    ...group({ is: 'relies' }, 'relies', relies.map((place) => ({ place, detail: place.names.join(', ') }))),
    ...group({ is: 'calls' }, 'calls', calls.map(({ uri, range, groups = [], conditions }) => ({ place: { uri, ...(range ? { range } : {}) }, detail: [groups.join(', '), ...conditions].filter((part) => part !== '').join(' · ') }))),
  ];
}
