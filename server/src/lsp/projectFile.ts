import { CompletionItemKind, CompletionRequest, MarkupKind, type CompletionItem, type CompletionParams, type Hover, type HoverParams } from 'vscode-languageserver';
import { plainText } from '../features/hover';
import { projectFilesPattern } from '../protocol';
import { completions, projectHover, type Completion } from '../features/projectFile';
import { isProjectFile } from '../workspace/project/files';
import { toRange } from './convert';
import { safely } from './safely';
import type { Session } from './session';
import { canonical } from './uris';

/** What asks for completion without a key being pressed for it. */
export const completionTriggers = ['"', "'", '[', '{', '=', ',', '.'];

/** Completes keys and values of project files. */
export function serveCompletion(session: Session): void {
  session.connection.onCompletion(safely(session.host, (params: CompletionParams) => complete(params, session), []));
}

/** Asks a client that can be told to complete in project files only: in all others it need not ask. */
export async function registerCompletion({ connection, abilities }: Session): Promise<void> {
  if (!abilities.registersCompletion) return;
  await connection.client.register(CompletionRequest.type, { documentSelector: [{ pattern: projectFilesPattern }], triggerCharacters: completionTriggers });
}

/** Explains the setting under the pointer; null elsewhere. */
export function projectHoverAt({ textDocument, position }: HoverParams, { documents, abilities }: Session): Hover | null {
  const uri = canonical(textDocument.uri);
  const document = isProjectFile(uri) ? documents.get(uri) : undefined;
  const found = document && projectHover(uri, document.text, document.lines.offset(position));
  if (!found) return null;
  const contents = abilities.readsMarkdown ? { kind: MarkupKind.Markdown, value: found.markdown } : { kind: MarkupKind.PlainText, value: plainText(found.markdown) };
  return { contents, range: toRange(found.start, found.end, document.lines) };
}

function complete({ textDocument, position }: CompletionParams, { documents, abilities }: Session): CompletionItem[] {
  const uri = canonical(textDocument.uri);
  const document = isProjectFile(uri) ? documents.get(uri) : undefined;
  if (!document) return [];
  const offset = document.lines.offset(position);
  return completions(uri, document.text, offset).map(({ label, kind, about, newText, start }) => ({
    label,
    kind: kinds[kind],
    documentation: abilities.readsMarkdown ? { kind: MarkupKind.Markdown, value: about } : plainText(about),
    textEdit: { range: toRange(start, offset, document.lines), newText },
    filterText: label,
  }));
}

const kinds: Readonly<Record<Completion['kind'], CompletionItemKind>> = { key: CompletionItemKind.Property, value: CompletionItemKind.EnumMember, table: CompletionItemKind.Module };
