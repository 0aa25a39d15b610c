import { serve } from './doors/nodeServer';

/** The language server as a Node process: `node dist/node.js --stdio`, or `--node-ipc` for an editor that runs on Node itself. */
void serve(__dirname);
