import { wholeProject } from '../../protocol';
import { folderOf, type Site } from './sites';

/** A place, and the path that it is packed under: its own, or that of the code it changes with. */
export interface Placed {
  readonly site: Site;
  readonly anchor: string;
}

/** The places of one package that a single change moves. */
export interface Package {
  /** The folder that all of it is in; empty for the project as a whole. */
  readonly folder: string;
  /** Files and folders directly in the folder, where the change takes only some of them; empty where it takes all. */
  readonly members: readonly string[];
  readonly sites: readonly Site[];
}

/** What two people can look through together, in safe places. */
export function weightOf(sites: readonly Site[]): number {
  return sites.reduce((sum, { trust }) => sum + weight[trust], 0);
}

/**
 * Of 208 changes that removed eventlet in public repositories, one in twenty had more than 26 places, and the largest one that was
 * reviewed as a single pattern (Cinder, sleep) had 51. A place that wants a look takes as long as two or four that do not.
 */
export const limit = 40;
const weight = { safe: 1, review: 2, guidance: 4 } as const;

/**
 * Cuts places into changes that can be reviewed: the whole folder where that is little, else its files and folders one behind the
 * other, as many at a time as fit; what is too much by itself is cut further. A file is never cut.
 */
export function packagesOf(placed: readonly Placed[], folder = ''): readonly Package[] {
  const sites = placed.map(({ site }) => site);
  if (sites.length === 0) return [];
  if (weightOf(sites) <= limit) return [{ folder, members: [], sites }];
  const packages: Package[] = [];
  let open: Package | undefined;
  for (const { member, isFile, part } of membersOf(placed, folder)) {
    const partSites = part.map(({ site }) => site);
    if (!isFile && weightOf(partSites) > limit) {
      packages.push(...(open ? [open] : []), ...packagesOf(part, member));
      open = undefined;
    } else if (open && weightOf([...open.sites, ...partSites]) <= limit) {
      open = { folder, members: [...open.members, member], sites: [...open.sites, ...partSites] };
    } else {
      if (open) packages.push(open);
      open = { folder, members: [member], sites: partSites };
    }
  }
  return open ? [...packages, open] : packages;
}

/** The path of a package: of the folder, or of the first of its members. */
export function pathOf({ folder, members }: Package): string {
  return members[0] ?? folder;
}

/** Where it is, in words: `mistral/engine`, `swift/obj (auditor.py, expirer.py)`, `the project`. */
export function whereInWords({ members, sites }: Package): string {
  const uses = sites.filter(({ isDouble }) => !isDouble);
  const common = commonFolder(uses.length > 0 ? uses : sites);
  const short = members.map((member) => (common === '' ? member : member.slice(common.length + 1)));
  const where = common === '' ? wholeProject : common;
  if (short.length < 2) return where;
  if (short.join(', ').length > 40) return `${where} (${short[0]} and ${short.length - 1} more)`;
  return common === '' ? short.join(', ') : `${where} (${short.join(', ')})`;
}

/** The deepest folder that holds all of the files; the file itself where it is one. */
export function commonFolder(sites: readonly Site[]): string {
  const paths = [...new Set(sites.map(({ path }) => path))].map((path) => path.split('/'));
  const [first = []] = paths;
  if (paths.length === 1) return first.join('/');
  const length = first.findIndex((part, index) => paths.some((other) => other[index] !== part));
  return first.slice(0, length).join('/');
}

/** What is directly in a folder: files first, then folders, each by name, so that what stands together in a tree stays together. */
function membersOf(placed: readonly Placed[], folder: string): readonly { readonly member: string; readonly isFile: boolean; readonly part: readonly Placed[] }[] {
  const members = new Map<string, Placed[]>();
  for (const each of placed) {
    const member = folderOf(each.anchor) === folder ? each.anchor : firstFolder(each.anchor, folder);
    const known = members.get(member);
    if (known) known.push(each);
    else members.set(member, [each]);
  }
  const all = [...members].map(([member, part]) => ({ member, isFile: part.some(({ anchor }) => anchor === member), part }));
  return all.sort((a, b) => Number(b.isFile) - Number(a.isFile) || (a.member < b.member ? -1 : 1));
}

/** The folder directly in `folder` that a path leads through. */
function firstFolder(path: string, folder: string): string {
  const start = folder === '' ? 0 : folder.length + 1;
  return path.slice(0, path.indexOf('/', start));
}
