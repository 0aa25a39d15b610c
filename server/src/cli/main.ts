import { CommanderError } from 'commander';
import type { Host } from '../host';
import { allRules } from '../rules/index';
import { baseline } from './baseline';
import { check } from './check';
import { dual } from './dual';
import { fix } from './fix';
import { history } from './history';
import { plan } from './plan';
import { program } from './program';
import { route } from './route';
import { quiet, WrongUse, type ExitCode, type Terminal } from './terminal';

export interface HostOptions {
  /** Whether what is found out waits for the next run. */
  readonly cache?: boolean;
}

/** What the door brings. */
export interface World {
  readonly version: string;
  readonly terminal: Terminal;
  /** Only asked for when there is work to do: reading the grammar takes its time. */
  host(options: HostOptions): Promise<Host>;
  /** Draws an SVG document, or says why that cannot be done. */
  png(svg: string): Promise<Uint8Array | { readonly missing: string }>;
  /** Serves the language server protocol. */
  serve(): Promise<void>;
}

/** Runs one command line, without the names of node and script. The exit code is undefined for a server, which goes on. */
export async function main(args: readonly string[], { version, terminal, host, png, serve }: World): Promise<ExitCode | undefined> {
  let exitCode: ExitCode | undefined = 0;
  const command = program(version, ruleIds(), {
    check: async (paths, options) => {
      exitCode = await check(paths, options, await host(options), options.quiet ? quiet(terminal) : terminal, version);
    },
    fix: async (paths, options) => {
      exitCode = await fix(paths, options, await host(options), options.quiet ? quiet(terminal) : terminal);
    },
    plan: async (paths, options) => {
      exitCode = await plan(paths, options, await host(options), options.quiet ? quiet(terminal) : terminal, version);
    },
    baseline: async (paths, options) => {
      exitCode = await baseline(paths, options, await host(options), options.quiet ? quiet(terminal) : terminal);
    },
    route: async (paths, options) => {
      exitCode = await route(paths, options, await host({}), options.quiet ? quiet(terminal) : terminal);
    },
    dual: async (paths, options) => {
      exitCode = await dual(paths, options, await host({}), options.quiet ? quiet(terminal) : terminal);
    },
    history: async (folder, options) => {
      exitCode = await history(folder, options, await host({}), options.quiet ? quiet(terminal) : terminal, png);
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
    if (!(error instanceof WrongUse)) throw error;
    terminal.show(undefined);
    terminal.warn(`error: ${error.message}`);
    return 2;
  }
}

/** Those of the rules, and those of what is said about comments that keep a use. */
function ruleIds(): readonly string[] {
  return [...allRules.map(({ id }) => id), 'unknown-keep', 'unused-keep'].sort();
}
