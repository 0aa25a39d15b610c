import { workspace } from 'vscode';
import { defaultSettings, type Settings } from '../../server/src/protocol';

/** The settings as they are now, for a server that starts; later it asks for them itself. */
export function settings(): Settings {
  const section = workspace.getConfiguration('eventletMigration');
  return {
    target: section.get('target', defaultSettings.target),
    diagnosticMode: section.get('diagnosticMode', defaultSettings.diagnosticMode),
    pythonVersion: section.get('pythonVersion', defaultSettings.pythonVersion),
    // Copies, because the editor's own objects are proxies, which cannot be sent to a worker.
    exclude: [...section.get('exclude', defaultSettings.exclude)],
    severity: { ...section.get('severity', defaultSettings.severity) },
  };
}
