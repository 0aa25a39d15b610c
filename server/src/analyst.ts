import { dirname } from 'node:path';
import { parentPort } from 'node:worker_threads';
import { grammarIn } from './doors/nodeHost';
import { SyntaxParser } from './syntax/parser';
import { serveAnalyst, type ToAnalyst } from './workspace/analystThread';

/** A thread of the server or of the command line that works out files. The grammar lies one folder up. */
void SyntaxParser.create(grammarIn(dirname(__dirname))).then((parser) => {
  const hear = serveAnalyst(parser, (message) => parentPort?.postMessage(message));
  parentPort?.on('message', (message: ToAnalyst) => hear(message));
});
