import { workspace } from 'vscode';
import { defaultSettings, type Settings } from '../../server/src/protocol';

/** The settings as they are now, for a server that starts; later it asks for them itself. */
export function settings(): Settings {
  const section = workspace.getConfiguration('eventletMigration');
  return {
    target: section.get('target', defaultSettings.target),
    diagnosticMode: section.get('diagnosticMode', defaultSettings.diagnosticMode),
    exclude: section.get('exclude', defaultSettings.exclude),
    pythonVersion: section.get('pythonVersion', defaultSettings.pythonVersion),
    severity: section.get('severity', defaultSettings.severity),
  };
}
