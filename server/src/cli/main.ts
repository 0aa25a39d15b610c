import { CommanderError } from 'commander';
import type { Host } from '../host';
import { check } from './check';
import { program } from './program';
import { isWrongUse, quiet, type ExitCode, type Terminal } from './terminal';

export interface HostOptions {
  /** Whether what is found out waits for the next run. */
  readonly cache?: boolean;
  /** How many files are analysed at once. */
  readonly jobs?: number;
}

/** What the door brings. */
export interface World {
  readonly version: string;
  readonly terminal: Terminal;
  host(options: HostOptions): Promise<Host>;
  /** Only asked for when there is work to do: loading the rules takes its time. */
  commands(): Promise<typeof import('./commands')>;
  /** Draws an SVG document, or says why that cannot be done. */
  png(svg: string): Promise<Uint8Array | { readonly missing: string }>;
  /** Serves the language server protocol. */
  serve(): Promise<void>;
}

/** Runs one command line, without the names of node and script. The exit code is undefined for a server, which goes on. */
export async function main(args: readonly string[], { version, terminal, host, commands, png, serve }: World): Promise<ExitCode | undefined> {
  let exitCode: ExitCode | undefined = 0;
  // Nobody else has to wait for the rules to be loaded.
  const rules = args.some((arg) => arg.startsWith('--rule')) ? (await commands()).ruleIds() : [];
  const command = program(version, rules, {
    check: async (paths, options) => {
      exitCode = await check(paths, options, await host(options), options.quiet ? quiet(terminal) : terminal, version, commands);
    },
    fix: async (paths, options) => {
      exitCode = await (await commands()).fix(paths, options, await host(options), options.quiet ? quiet(terminal) : terminal);
    },
    plan: async (paths, options) => {
      exitCode = await (await commands()).plan(paths, options, await host(options), options.quiet ? quiet(terminal) : terminal, version);
    },
    baseline: async (paths, options) => {
      exitCode = await (await commands()).baseline(paths, options, await host(options), options.quiet ? quiet(terminal) : terminal);
    },
    route: async (paths, options) => {
      exitCode = await (await commands()).route(paths, options, await host({}), options.quiet ? quiet(terminal) : terminal);
    },
    dual: async (paths, options) => {
      exitCode = await (await commands()).dual(paths, options, await host({}), options.quiet ? quiet(terminal) : terminal);
    },
    history: async (folder, options) => {
      exitCode = await (await commands()).history(folder, options, await host({}), options.quiet ? quiet(terminal) : terminal, png);
    },
    lsp: async () => {
      exitCode = undefined;
      await serve();
    },
  });
  for (const each of [command, ...command.commands]) {
    each.exitOverride().configureOutput({ writeOut: terminal.print, writeErr: (text) => terminal.warn(text.trimEnd()) });
  }
  try {
    await command.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (!isWrongUse(error)) throw error;
    terminal.show(undefined);
    terminal.warn(`error: ${error.message}`);
    return 2;
  }
}
