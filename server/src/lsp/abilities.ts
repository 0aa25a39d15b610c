import { MarkupKind, type ClientCapabilities } from 'vscode-languageserver';

/** What the client can do, as far as anything here depends on it; asked once. */
export interface Abilities {
  readonly pullsDiagnostics: boolean;
  readonly refreshesDiagnostics: boolean;
  readonly tagsDiagnostics: boolean;
  readonly describesCodes: boolean;
  /** Shows further places of a diagnostic. */
  readonly relatesPlaces: boolean;
  readonly answersSettings: boolean;
  readonly registersSettings: boolean;
  readonly watchesFiles: boolean;
  /** Watches what is in a folder that is named, be it one of the workspace or not. */
  readonly watchesFolders: boolean;
  readonly showsProgress: boolean;
  /** Takes code actions at all, and not only commands. */
  readonly takesCodeActions: boolean;
  readonly resolvesEdits: boolean;
  readonly prefersActions: boolean;
  readonly disablesActions: boolean;
  readonly versionsEdits: boolean;
  readonly annotatesEdits: boolean;
  /** Makes files as a part of an edit. */
  readonly createsFiles: boolean;
  /** Removes files as a part of an edit. */
  readonly deletesFiles: boolean;
  readonly registersCompletion: boolean;
  /** Applies edits that the server sends by itself. */
  readonly appliesEdits: boolean;
  readonly readsMarkdown: boolean;
  readonly opensLinks: boolean;
}

export function abilitiesOf({ textDocument, workspace, window }: ClientCapabilities): Abilities {
  const { codeAction, diagnostic, publishDiagnostics, hover } = textDocument ?? {};
  const versionsEdits = workspace?.workspaceEdit?.documentChanges === true;
  const ofDiagnostics = diagnostic ?? publishDiagnostics;
  return {
    pullsDiagnostics: diagnostic !== undefined,
    refreshesDiagnostics: workspace?.diagnostics?.refreshSupport === true,
    tagsDiagnostics: ofDiagnostics?.tagSupport !== undefined || publishDiagnostics?.tagSupport !== undefined,
    describesCodes: ofDiagnostics?.codeDescriptionSupport === true || publishDiagnostics?.codeDescriptionSupport === true,
    relatesPlaces: ofDiagnostics?.relatedInformation === true || publishDiagnostics?.relatedInformation === true,
    answersSettings: workspace?.configuration === true,
    registersSettings: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    watchesFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    watchesFolders: workspace?.didChangeWatchedFiles?.dynamicRegistration === true && workspace.didChangeWatchedFiles.relativePatternSupport === true,
    showsProgress: window?.workDoneProgress === true,
    takesCodeActions: codeAction?.codeActionLiteralSupport !== undefined,
    resolvesEdits: codeAction?.dataSupport === true && (codeAction.resolveSupport?.properties.includes('edit') ?? false),
    prefersActions: codeAction?.isPreferredSupport === true,
    disablesActions: codeAction?.disabledSupport === true,
    versionsEdits,
    createsFiles: versionsEdits && (workspace?.workspaceEdit?.resourceOperations?.includes('create') ?? false),
    deletesFiles: versionsEdits && (workspace?.workspaceEdit?.resourceOperations?.includes('delete') ?? false),
    annotatesEdits: versionsEdits && workspace?.workspaceEdit?.changeAnnotationSupport !== undefined,
    registersCompletion: textDocument?.completion?.dynamicRegistration === true,
    appliesEdits: workspace?.applyEdit === true,
    readsMarkdown: hover?.contentFormat?.includes(MarkupKind.Markdown) ?? false,
    opensLinks: window?.showDocument?.support === true,
  };
}
