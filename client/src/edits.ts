import type { ChangeAnnotation, TextDocumentEdit, WorkspaceEdit } from 'vscode-languageclient';

/** How many files an edit touches. */
export function changedFiles({ documentChanges = [], changes = {} }: WorkspaceEdit): number {
  return documentChanges.length + Object.keys(changes).length;
}

/**
 * The edit in a form for which the editor opens its preview. An edit of which a part already asks for a person's look is
 * left as it is: then the preview opens by itself, with everything else ticked. Otherwise every change asks, under `label`.
 */
export function confirmedOneByOne(edit: WorkspaceEdit, label: string): WorkspaceEdit {
  if (annotationsInUse(edit).some(({ needsConfirmation }) => needsConfirmation)) return edit;

  const annotationId = 'eventletMigration.preview';
  return {
    ...edit,
    changeAnnotations: { ...edit.changeAnnotations, [annotationId]: { label, needsConfirmation: true } },
    documentChanges: (edit.documentChanges ?? []).map((change) => ('edits' in change ? annotated(change, annotationId) : change)),
  };
}

// The editor looks at the changes, not at what is declared: an annotation that no change carries asks nothing.
function annotationsInUse({ changeAnnotations = {}, documentChanges = [] }: WorkspaceEdit): readonly ChangeAnnotation[] {
  const parts = documentChanges.flatMap((change): readonly object[] => ('edits' in change ? change.edits : [change]));
  const ids = new Set(parts.map((part) => ('annotationId' in part ? part.annotationId : undefined)));
  return Object.entries(changeAnnotations).filter(([id]) => ids.has(id)).map(([, annotation]) => annotation);
}

function annotated(change: TextDocumentEdit, annotationId: string): TextDocumentEdit {
  return { ...change, edits: change.edits.map((edit) => ({ ...edit, annotationId })) };
}
