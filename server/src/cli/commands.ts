import { allRules } from '../rules/index';

/** All that takes long to load, because it knows the rules: what the command line does when it has to look at files. The build makes a bundle of its own of it. */
export { baseline } from './baseline';
export { dual } from './dual';
export { fix } from './fix';
export { history } from './history';
export { plan } from './plan';
export { excluded, report } from './report';
export { route } from './route';

/** Those of the rules, and those of what is said about comments that keep a use. */
export function ruleIds(): readonly string[] {
  return [...allRules.map(({ id }) => id), 'unknown-keep', 'unused-keep'].sort();
}

/** What the editors need takes time to load that nobody else has to spend. */
export async function serve(folder: string, cacheFolder: string): Promise<void> {
  (await import('../doors/nodeServer')).serve(folder, cacheFolder);
}
