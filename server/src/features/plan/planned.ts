import type { Finding } from '../../workspace/finding';
import type { Workspace } from '../../workspace/workspace';
import type { PlannedFile } from './sites';

/** A file with its findings and all that decides about their places in the plan. `path` is how people call it. */
export function plannedFile(uri: string, workspace: Pick<Workspace, 'services' | 'findings' | 'settings'>, path: string, isWanted: (finding: Finding) => boolean = () => true): PlannedFile {
  const { services } = workspace;
  const patched = services.list.filter(({ patchings }) => patchings.some(({ file }) => file.uri === uri));
  return {
    uri,
    path,
    findings: workspace.findings(uri).filter(isWanted),
    target: workspace.settings(uri).target,
    services: services.of(uri).map(({ name }) => name),
    patches: patched.map(({ name }) => name),
  };
}
