import {
  CreateFile,
  DeleteFile,
  DiagnosticSeverity,
  DiagnosticTag,
  type AnnotatedTextEdit,
  type Diagnostic,
  type TextDocumentEdit,
  type TextEdit as ProtocolEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import type { LineIndex } from '../edits/lines';
import type { TextEdit } from '../edits/textEdit';
import type { Problem } from '../features/diagnostics';
import type { Range } from '../protocol';
import type { Severity } from '../workspace/finding';
import type { Abilities } from './abilities';

/** `spelling` tells how the client writes a URI. */
export function toDiagnostic({ position, severity, code, href, message, isUnnecessary, fingerprint, related }: Problem, abilities: Abilities, spelling: (uri: string) => string): Diagnostic {
  return {
    range: position,
    severity: severities[severity],
    code,
    ...(abilities.describesCodes ? { codeDescription: { href } } : {}),
    source: 'eventlet',
    message,
    ...(isUnnecessary && abilities.tagsDiagnostics ? { tags: [DiagnosticTag.Unnecessary] } : {}),
    ...(abilities.relatesPlaces && related.length > 0 ? { relatedInformation: related.map((place) => ({ location: { uri: spelling(place.uri), range: place.position }, message: place.message })) } : {}),
    data: { fingerprint },
  };
}

/** The edits of one file, all of one text. */
export interface FileEdits {
  /** As the client spells it. */
  readonly uri: string;
  /** Of the open document whose text it is; null for a file that is not open. */
  readonly version: number | null;
  /** The file is to be made first. */
  readonly isNew?: true;
  /** The file is to go, whatever the edits say. */
  readonly isGone?: true;
  readonly lines: LineIndex;
  readonly edits: readonly NotedEdit[];
}

export interface NotedEdit extends TextEdit {
  /** What a person should know before the edit is made; the client asks then. */
  readonly note?: Note;
}

export interface Note {
  readonly label: string;
  readonly description?: string;
}

/**
 * As much of it as the client understands: versions of documents, and what wants a person's look. undefined where it cannot make a
 * file that is needed or remove one: a part of the edit would be worth nothing.
 */
export function toWorkspaceEdit(files: readonly FileEdits[], abilities: Abilities): WorkspaceEdit | undefined {
  if (files.some(({ isNew }) => isNew) && !abilities.createsFiles) return undefined;
  if (files.some(({ isGone }) => isGone) && !abilities.deletesFiles) return undefined;
  if (!abilities.versionsEdits) {
    return { changes: Object.fromEntries(files.map(({ uri, lines, edits }) => [uri, edits.map((edit) => plainEdit(edit, lines))])) };
  }
  const notes = new Map<string, Note>();
  const documentChanges = files.flatMap(({ uri, version, isNew, isGone, lines, edits }): (TextDocumentEdit | CreateFile | DeleteFile)[] => {
    if (isGone) return [DeleteFile.create(uri)];
    const created = isNew ? [CreateFile.create(uri, { overwrite: false, ignoreIfExists: true })] : [];
    const change: TextDocumentEdit = { textDocument: { uri, version }, edits: edits.map((edit) => (abilities.annotatesEdits ? annotated(edit, lines, notes) : plainEdit(edit, lines))) };
    return [...created, change];
  });
  const annotations = [...notes].map(([id, note]) => [id, { ...note, needsConfirmation: true }] as const);
  return { documentChanges, ...(annotations.length > 0 ? { changeAnnotations: Object.fromEntries(annotations) } : {}) };
}

/** LSP counts lines and characters; the end is exclusive, as with offsets. */
export function toRange(start: number, end: number, lines: LineIndex): Range {
  return { start: lines.position(start), end: lines.position(end) };
}

/** Whether two ranges have a character or an end in common. */
export function touch(a: Range, b: Range): boolean {
  return isUpTo(a.start, b.end) && isUpTo(b.start, a.end);
}

const severities: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

function plainEdit({ start, end, newText }: TextEdit, lines: LineIndex): ProtocolEdit {
  return { range: toRange(start, end, lines), newText };
}

/** Edits with the same words share one annotation, so that the client shows them together. */
function annotated(edit: NotedEdit, lines: LineIndex, notes: Map<string, Note>): ProtocolEdit | AnnotatedTextEdit {
  const { note } = edit;
  if (!note) return plainEdit(edit, lines);
  const known = [...notes].find(([, { label, description }]) => label === note.label && description === note.description);
  const annotationId = known?.[0] ?? `review-${notes.size + 1}`;
  notes.set(annotationId, note);
  return { ...plainEdit(edit, lines), annotationId };
}

function isUpTo(a: Range['start'], b: Range['start']): boolean {
  return a.line < b.line || (a.line === b.line && a.character <= b.character);
}
