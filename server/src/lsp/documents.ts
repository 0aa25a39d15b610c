import type { TextDocumentContentChangeEvent, TextDocumentItem } from 'vscode-languageserver';
import { LineIndex } from '../edits/lines';
import type { TextChange } from '../syntax/parser';
import { canonical } from './uris';

/** One version of a file that is open in the editor. */
export interface OpenDocument {
  /** As the client spells it. */
  readonly uri: string;
  readonly version: number;
  readonly text: string;
  readonly lines: LineIndex;
}

/** The files that are open in the editor, by their canonical URI, with the text that the user sees. */
export class Documents {
  private readonly open = new Map<string, OpenDocument>();

  get(uri: string): OpenDocument | undefined {
    return this.open.get(uri);
  }

  get uris(): readonly string[] {
    return [...this.open.keys()];
  }

  /** The versions as of now. */
  versions(): ReadonlyMap<string, number> {
    return new Map([...this.open].map(([uri, { version }]) => [uri, version]));
  }

  /** As the client spells the URI, where it has told. */
  spelling(uri: string): string {
    return this.open.get(uri)?.uri ?? uri;
  }

  set({ uri, version, text }: Pick<TextDocumentItem, 'uri' | 'version' | 'text'>): OpenDocument {
    const document = { uri, version, text, lines: new LineIndex(text) };
    this.open.set(canonical(uri), document);
    return document;
  }

  /** Makes the changes one after the other, and tells their offsets, each in the text before it. */
  change(document: OpenDocument, version: number, changes: readonly TextDocumentContentChangeEvent[]): { readonly document: OpenDocument; readonly changes: readonly TextChange[] } {
    let { text, lines } = document;
    const made: TextChange[] = [];
    for (const change of changes) {
      const start = 'range' in change ? lines.offset(change.range.start) : 0;
      const oldEnd = 'range' in change ? Math.max(start, lines.offset(change.range.end)) : text.length;
      const offsets = { start, oldEnd, newEnd: start + change.text.length };
      text = text.slice(0, start) + change.text + text.slice(oldEnd);
      lines = lines.edited(text, offsets);
      made.push(offsets);
    }
    const changed = { uri: document.uri, version, text, lines };
    this.open.set(canonical(document.uri), changed);
    return { document: changed, changes: made };
  }

  close(uri: string): void {
    this.open.delete(uri);
  }
}
