import type { Command, ExecuteCommandParams } from 'vscode-languageserver';
import { convertCallChainCommand, type Position } from '../protocol';
import { guidePage } from '../workspace/workspace';
import { convertCallChain } from './callChain';
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
      async ({ command, arguments: [first, second] = [] }: ExecuteCommandParams) => {
        if (command === openGuideCommand && typeof first === 'string') await connection.window.showDocument({ uri: guidePage(first), external: true });
        if (command === convertCallChainCommand && typeof first === 'string' && isPosition(second)) await convertCallChain(first, second, session);
        return null;
      },
      null,
    ),
  );
}

function isPosition(value: unknown): value is Position {
  return typeof value === 'object' && value !== null && 'line' in value && 'character' in value && typeof value.line === 'number' && typeof value.character === 'number';
}
