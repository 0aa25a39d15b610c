import { MarkupKind, type Hover, type HoverParams } from 'vscode-languageserver';
import { hover, plainText } from '../features/hover';
import { touch } from './convert';
import { projectHoverAt } from './projectFile';
import { safely } from './safely';
import type { Session } from './session';
import { canonical } from './uris';

/** Explains the use, or the setting, under the pointer. */
export function serveHover(session: Session): void {
  session.connection.onHover(safely(session.host, (params: HoverParams) => hoverAt(params, session), null));
}

function hoverAt(params: HoverParams, session: Session): Hover | null {
  return projectHoverAt(params, session) ?? findingAt(params, session);
}

function findingAt({ textDocument, position }: HoverParams, { workspace, abilities }: Session): Hover | null {
  const uri = canonical(textDocument.uri);
  const finding = workspace.findings(uri).find((each) => touch(each.position, { start: position, end: position }));
  if (!finding) return null;
  const value = hover(finding, workspace.settings(uri).target);
  const contents = abilities.readsMarkdown ? { kind: MarkupKind.Markdown, value } : { kind: MarkupKind.PlainText, value: plainText(value) };
  return { contents, range: finding.position };
}
