import type { Finding } from '../../workspace/finding';
import type { Workspace } from '../../workspace/workspace';
import type { PlannedFile } from './sites';

/** The files of a workspace that have findings, with all that decides about their places in the plan. */
export function plannedFiles(workspace: Pick<Workspace, 'services' | 'uris' | 'findings' | 'settings'>, pathOf: (uri: string) => string, isWanted: (finding: Finding) => boolean = () => true): readonly PlannedFile[] {
  const { services } = workspace;
  return workspace.uris.map((uri) => ({
    uri,
    path: pathOf(uri),
    findings: workspace.findings(uri).filter(isWanted),
    target: workspace.settings(uri).target,
    services: services.of(uri).map(({ name }) => name),
    patches: services.list.filter(({ patchings }) => patchings.some(({ file }) => file.uri === uri)).map(({ name }) => name),
  }));
}
