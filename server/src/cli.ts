import * as path from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { version } from '../../package.json';
import { main } from './cli/main';
import { processTerminal } from './cli/terminal';
import { userCacheFolder } from './doors/nodeCache';
import { nodeHost, readGrammar, withCache } from './doors/nodeHost';
import { painter } from './doors/picture';

// A scan leaves much behind that is used once. By itself the heap would grow to several times of what is needed before it is cleared up, and so would
// the part of it for what is new.
setFlagsFromString('--heap-growing-percent=50');
setFlagsFromString('--semi-space-growth-factor=1');

const terminal = processTerminal();
const cacheFolder = userCacheFolder(process.env, process.platform);

/** The command line. Grammar and fonts lie beside the bundle. */
main(process.argv.slice(2), {
  version,
  terminal,
  host: async ({ cache }) => {
    const host = nodeHost(await readGrammar(__dirname), terminal.warn);
    return cache ? withCache(host, cacheFolder) : host;
  },
  png: painter(path.join(__dirname, 'fonts'), __filename),
  // What the editors need takes time to load that nobody else has to spend.
  serve: async () => (await import('./doors/nodeServer')).serve(__dirname, cacheFolder),
}).then(
  (exitCode) => (process.exitCode = exitCode),
  (error: unknown) => {
    // A mistake of ours. Node's own exit code for it, 1, would say that there are findings.
    terminal.warn(error instanceof Error ? (error.stack ?? error.message) : String(error));
    process.exitCode = 2;
  },
);
