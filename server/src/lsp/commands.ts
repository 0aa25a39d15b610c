import type { Command, ExecuteCommandParams } from 'vscode-languageserver';
import { guidePage } from '../workspace/workspace';
import { safely } from './safely';
import type { Session } from './session';

/** Opens the guide page of a rule, whose id is the argument, in a browser. */
export const openGuideCommand = 'eventlet.openGuide';

/** The command that opens a guide page: the client's own, or ours where the client can show a page; undefined where it cannot. */
export function guideCommandOf(rule: string, title: string, { guideCommand, abilities }: Session): Command | undefined {
  const command = guideCommand ?? (abilities.opensLinks ? openGuideCommand : undefined);
  return command === undefined ? undefined : { title, command, arguments: [rule] };
}

export function serveCommands(session: Session): void {
  const { connection, host } = session;
  connection.onExecuteCommand(
    safely(
      host,
      async ({ command, arguments: [rule] = [] }: ExecuteCommandParams) => {
        if (command === openGuideCommand && typeof rule === 'string') await connection.window.showDocument({ uri: guidePage(rule), external: true });
        return null;
      },
      null,
    ),
  );
}
