/** Where a command talks to: the result goes to standard output, and nothing else does. */
export interface Terminal {
  /** The folder that relative paths start from, absolute. */
  readonly folder: string;
  /** Adds to the result. */
  print(content: string | Uint8Array): void;
  /** Tells what is good to know, on a line of its own on standard error. */
  say(line: string): void;
  /** Tells what went wrong; that is said even when nothing else is to be said. */
  warn(line: string): void;
  /** Shows a line that the next one replaces; undefined takes it away. Nothing where nobody is watching. */
  show(line: string | undefined): void;
}

/** The user asked for something that cannot be done; the message says what and, where it helps, what to do. */
export class WrongUse extends Error {
  override readonly name = 'WrongUse';
}

/** By its name: the commands are a bundle of their own, in which the class is another one. */
export function isWrongUse(error: unknown): error is WrongUse {
  return error instanceof Error && error.name === 'WrongUse';
}

/** Of the process: 0 nothing left to do, 1 findings, 2 wrong use or something could not be read or written. */
export type ExitCode = 0 | 1 | 2;

/** The same terminal, without what is only for a person's comfort. */
export function quiet(terminal: Terminal): Terminal {
  return { ...terminal, say: () => undefined, show: () => undefined };
}

/** The process's own streams. */
export function processTerminal(): Terminal {
  const { stdout, stderr } = process;
  // Whoever reads the result may have had enough of it (`| head`); that is no failure.
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit();
  });
  return {
    folder: process.cwd(),
    print: (content) => void stdout.write(content),
    say: (line) => void stderr.write(`${line}\n`),
    warn: (line) => void stderr.write(`${line}\n`),
    show: (line) => {
      // Go to the start of the line and clear it. A line that wraps could not be taken back; some terminals do not know their width.
      if (stderr.isTTY) stderr.write(`\r\u001B[K${line?.slice(0, (stderr.columns || 80) - 1) ?? ''}`);
    },
  };
}
