import { dirname } from 'node:path';
import { serve } from './doors/nodeServer';

/** The language server as a Node process: `--stdio`, or `--node-ipc` for an editor that runs on Node itself. The grammar lies one folder up. */
serve(dirname(__dirname));
