import * as path from 'node:path';
import { version } from '../../package.json';
import { main } from './cli/main';
import { processTerminal } from './cli/terminal';
import { userCacheFolder } from './doors/nodeCache';
import { grammarIn, nodeHost, withCache } from './doors/nodeHost';
import { nodeThreads } from './doors/nodeThreads';
import { painter } from './doors/picture';

const terminal = processTerminal();
const cacheFolder = userCacheFolder(process.env, process.platform);
/** The build puts it there. */
const commandsFile = path.join(__dirname, 'cli', 'commands.js');
async function commands(): Promise<typeof import('./cli/commands')> {
  const { setFlagsFromString } = await import('node:v8');
  // A scan leaves much behind that is used once. By itself the heap would grow to several times of what is needed before it is cleared up, and so would
  // the part of it for what is new. That grows once, while the rules are loaded, from 1 MB to 4: cleared up less often, it costs a scan a tenth less.
  setFlagsFromString('--heap-growing-percent=50');
  setFlagsFromString('--semi-space-growth-factor=4');
  const loaded = await import('./cli/commands.js');
  setFlagsFromString('--semi-space-growth-factor=1');
  return loaded;
}

/** The command line. Grammar and fonts lie beside the bundle. */
main(process.argv.slice(2), {
  version,
  terminal,
  host: async ({ cache, jobs = 1 }) => {
    const host = { ...nodeHost(grammarIn(__dirname), terminal.warn, [__filename, commandsFile]), threads: nodeThreads(path.join(__dirname, 'server', 'analyst.js'), jobs > 1 ? jobs : 0) };
    return cache ? withCache(host, cacheFolder) : host;
  },
  commands,
  png: painter(path.join(__dirname, 'fonts'), __filename),
  serve: async () => (await commands()).serve(__dirname, cacheFolder),
}).then(
  (exitCode) => (process.exitCode = exitCode),
  (error: unknown) => {
    // A mistake of ours. Node's own exit code for it, 1, would say that there are findings.
    terminal.warn(error instanceof Error ? (error.stack ?? error.message) : String(error));
    process.exitCode = 2;
  },
);
