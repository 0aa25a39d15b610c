import type { TextDocumentEdit, WorkspaceEdit } from 'vscode-languageclient';

/** How many files an edit touches. */
export function changedFiles({ documentChanges = [], changes = {} }: WorkspaceEdit): number {
  return documentChanges.length + Object.keys(changes).length;
}

/**
 * The edit in a form for which the editor opens its preview. An edit of which a part already asks for a person's look is
 * left as it is: then the preview opens by itself, with everything else ticked. Otherwise every change asks, under `label`.
 */
export function confirmedOneByOne(edit: WorkspaceEdit, label: string): WorkspaceEdit {
  const annotations = edit.changeAnnotations ?? {};
  if (Object.values(annotations).some(({ needsConfirmation }) => needsConfirmation)) return edit;

  const annotationId = 'eventletMigration.preview';
  return {
    ...edit,
    changeAnnotations: { ...annotations, [annotationId]: { label, needsConfirmation: true } },
    documentChanges: (edit.documentChanges ?? []).map((change) => ('edits' in change ? annotated(change, annotationId) : change)),
  };
}

function annotated(change: TextDocumentEdit, annotationId: string): TextDocumentEdit {
  return { ...change, edits: change.edits.map((edit) => ({ ...edit, annotationId })) };
}
