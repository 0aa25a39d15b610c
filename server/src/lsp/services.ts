import { services } from '../features/services';
import { servicesRequest, type Place, type ServicesReport } from '../protocol';
import { safely } from './safely';
import type { Session } from './session';

/** Answers which process may drop monkey patching, and what stands in the way. */
export function serveServices(session: Session): void {
  const { connection, host, workspace, documents } = session;
  const nothing: ServicesReport = { services: [], tests: [], unreached: [] };
  connection.onRequest(servicesRequest, safely(host, async () => spelled(services(workspace), (uri) => documents.spelling(uri)), nothing));
}

/** With the URIs as the client spells them. */
function spelled({ services, tests, unreached }: ServicesReport, spelling: (uri: string) => string): ServicesReport {
  const named = <At extends { readonly uri: string }>(at: At): At => ({ ...at, uri: spelling(at.uri) });
  const placed = <With extends { readonly places: readonly Place[] }>(all: readonly With[]): readonly With[] => all.map((each) => ({ ...each, places: each.places.map(named) }));
  return {
    services: services.map((service) => ({ ...named(service), calls: service.calls.map(named), problems: placed(service.problems), blockers: placed(service.blockers), named: service.named.map(named), relies: service.relies.map(named) })),
    tests,
    unreached: unreached.map(named),
  };
}
