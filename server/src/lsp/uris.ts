import { URI } from 'vscode-uri';

/**
 * The one spelling of a URI that files are known by. Clients differ in what they percent-encode; what is found on disk is
 * spelled as vscode-uri does it.
 */
export function canonical(uri: string): string {
  return URI.parse(uri).toString();
}

/** The same for a folder, which has no slash at its end. */
export function canonicalFolder(uri: string): string {
  const spelled = canonical(uri);
  return spelled.endsWith('/') && !/^[^:]*:\/*$/.test(spelled) ? spelled.slice(0, -1) : spelled;
}
