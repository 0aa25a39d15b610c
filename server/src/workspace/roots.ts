import { defaultSettings, type Settings } from '../protocol';

/** The folders (or single files) that a workspace consists of, and what is set for each. URIs end without a slash. */
export class Roots {
  /** The longest first, so that a folder inside another one is found before it. Each with the beginning of what is in it. */
  private readonly byLength: readonly { readonly root: string; readonly folder: string }[];

  constructor(
    readonly uris: readonly string[],
    /** What holds where a root has no settings of its own. */
    private readonly common: Settings = defaultSettings,
    private readonly own: ReadonlyMap<string, Settings> = new Map(),
  ) {
    this.byLength = [...uris].sort((a, b) => b.length - a.length).map((root) => ({ root, folder: root.endsWith('/') ? root : `${root}/` }));
  }

  /** The root that a file lies in; undefined for a file from elsewhere. */
  of(uri: string): string | undefined {
    return this.byLength.find(({ root, folder }) => uri.startsWith(folder) || uri === root)?.root;
  }

  settings(uri: string): Settings {
    const root = this.of(uri);
    return (root === undefined ? undefined : this.own.get(root)) ?? this.common;
  }

  /** Path below the root, with forward slashes; only the last part of the URI for a file from elsewhere. */
  path(uri: string): string {
    const root = this.of(uri);
    return decoded(root === undefined || root === uri ? (uri.split('/').at(-1) ?? uri) : uri.slice(root.length).replace(/^\//, ''));
  }

  /** The same, with the name of the root in front where there are several. */
  fullPath(uri: string): string {
    const root = this.of(uri);
    const name = decoded(root?.split('/').at(-1) ?? '');
    return this.uris.length > 1 && root !== uri && name !== '' ? `${name}/${this.path(uri)}` : this.path(uri);
  }

  withUris(uris: readonly string[]): Roots {
    return new Roots(uris, this.common, this.own);
  }

  withSettings(common: Settings, own: ReadonlyMap<string, Settings>): Roots {
    return new Roots(this.uris, common, own);
  }
}

/** The folders that a file is in, the innermost first. */
export function foldersAround(uri: string): readonly string[] {
  const folders: string[] = [];
  for (let slash = uri.lastIndexOf('/'); slash > 0; slash = uri.lastIndexOf('/', slash - 1)) folders.push(uri.slice(0, slash));
  return folders;
}

/** Nearly all paths are spelled as they are, and all of them are asked for. */
function decoded(part: string): string {
  return part.includes('%') ? decodeURIComponent(part) : part;
}
