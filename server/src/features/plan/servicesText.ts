import { count } from '../report/words';
import { inTheWay, type PathPlace, type ReportedService, type ReportedServices } from './reportedServices';

/** Who may drop monkey patching, one line for each process that patches, the nearest first. Empty where nobody patches. */
export function servicesInText({ services, unreached }: ReportedServices): readonly string[] {
  const patching = services.filter(({ mayDrop }) => mayDrop !== 'nothing');
  if (patching.length === 0) return [];
  const shown = patching.slice(0, most);
  const width = Math.max(...shown.map(({ name }) => name.length));
  const rest = patching.length - shown.length;
  return [
    'May they drop monkey patching now?',
    ...shown.map((service) => `  ${service.name.padEnd(width)}  ${answer(service, unreached)}`),
    ...(rest > 0 ? [`  ${count(rest, 'more does', 'more do')} not yet; --service NAME tells of one`] : []),
    '',
  ];
}

/** All that is known of one process. */
export function serviceInText(service: ReportedService, { unreached }: ReportedServices): readonly string[] {
  const { name, path, files, calls, problems, blockers, named, relies, patched } = service;
  return [
    `${name} starts in ${path} and loads ${count(files, 'module')} of the project.`,
    `May it drop monkey patching now? ${capital(answer(service, unreached))}.`,
    ...(patched.length > 0 ? ['', `It patches ${patched.join(', ')}:`] : []),
    ...calls.map(({ path: at, range, through, conditions, when }) => `  ${placed({ path: at, ...(range ? { range } : {}), count: 1 })}${through.length > 0 ? ` through ${through.join(', ')}` : ''}${conditions.length > 0 ? ` if ${conditions.join(' and ')}` : ''}${when === 'later' ? ', at a time of its own' : ''}`),
    ...problems.map(({ message, places }) => `  ${message} (${listed(places)})`),
    ...(blockers.length > 0 ? ['', 'In the way:'] : []),
    ...blockers.map((blocker) => `  ${String(blocker.count).padStart(4)} ${blocker.rule}${blocker.kind === 'library' ? ', a library that runs on eventlet' : ''}: ${listed(blocker.places)}`),
    ...(named.length > 0 ? ['', `It may load what strings name in what it loads: ${listed(named)}`] : []),
    ...(relies.length > 0 ? ['', 'It relies silently on the patching, which native threads make up for and green ones do not:'] : []),
    ...relies.map(({ names, ...place }) => `  ${placed(place)}: ${names.join(', ')}`),
    ...(unreached.length > 0 ? ['', `Loaded in a way that cannot be seen, if at all: ${listed(unreached)}`] : []),
    '',
  ];
}

/** In a terminal, more would push the steps out of sight. */
const most = 8;

function answer(service: ReportedService, unreached: readonly PathPlace[]): string {
  switch (service.mayDrop) {
    case 'yes':
      return 'yes: nothing that it loads uses eventlet any more';
    case 'perhaps':
      return `perhaps: nothing that it is known to load uses eventlet, but it may load ${count(new Set([...service.named, ...unreached].map(({ path }) => path)).size, 'other file', 'other files')} with uses`;
    case 'no':
      return `no: ${count(inTheWay(service), 'use')} in the way (${service.blockers.slice(0, 4).map(({ rule, count: times }) => `${rule} ${times}`).join(', ')}${service.blockers.length > 4 ? ' …' : ''})`;
    case 'nothing':
      return 'it patches nothing';
  }
}

function listed(places: readonly PathPlace[]): string {
  const shown = places.slice(0, 4).map(placed).join(', ');
  return places.length > 4 ? `${shown} and ${places.length - 4} more` : shown;
}

function placed({ path, range }: PathPlace): string {
  return range ? `${path}:${range.start.line + 1}` : path;
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
