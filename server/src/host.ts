/**
 * What a door (Node process, web worker, command line, test) must bring. The floors below the doors know the world
 * only through this interface; they are compiled without Node's and the browser's libraries.
 */
export interface Host {
  readonly grammar: GrammarBytes;
  readonly files: Files;
  readonly text: TextCodec;
  /** Where what was found out waits for the next start; a host without one starts from nothing each time. */
  readonly cache?: CacheStore;
  /** Such a place in a folder that the client names, where the host has a disk. */
  cacheIn?(folder: string): CacheStore;
  /** Where work can go on beside the event loop; a host without has none of it. */
  readonly threads?: Threads;
  /** The version history around a folder, named by URI, or in words why there is none; a host that cannot run `git` lacks this. */
  repository?(folder: string): Promise<Repository | { readonly missing: string }>;
  /** Writes one line for whoever looks into the log. Never standard output. */
  log(message: string): void;
  /** Gives the event loop a turn, so that requests and cancellations that wait can be heard. */
  pause(): Promise<void>;
  /** Settles after so many milliseconds: for work that waits until a burst of events is over. */
  delay(milliseconds: number): Promise<void>;
  /** Milliseconds that only grow; the origin is arbitrary. */
  now(): number;
  /** The day where the user is: `2026-11-21`. */
  today(): string;
}

/** Threads of this process that run `serveAnalyst`. */
export interface Threads {
  /** So many at once at the most. */
  readonly most: number;
  start(): Thread;
}

/** What is sent is plain data. */
export interface Thread {
  send(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Called when it has ended by itself, with the reason in words. */
  onEnd(listener: (reason: string) => void): void;
  end(): void;
}

/** The two WebAssembly files that parsing needs. */
export interface GrammarBytes {
  /** `web-tree-sitter.wasm` */
  readonly runtime: Uint8Array;
  /** `tree-sitter-python.wasm` */
  readonly python: Uint8Array;
}

/** Keeps texts from one start to the next, outside of the projects that they are about. Nothing here rejects: what goes wrong is logged, and costs time only. */
export interface CacheStore {
  /** What may read each other's texts has the same: it changes with every change of the program. */
  readonly version: string;
  read(name: string): Promise<string | undefined>;
  /** The text comes in pieces, which are asked for one after the other. */
  write(name: string, text: Iterable<string>): Promise<void>;
}

/** A repository whose files can be had as of any commit, without touching the work tree. To be closed by whoever asked for it. */
export interface Repository {
  /** The commits of the main line, oldest first, from a day on (`2024-01-01`) or all. */
  mainLine(since?: string): Promise<readonly Commit[]>;
  /** Those of the commit that was gone to last. */
  readonly files: Files;
  /** Gives the URIs of what is not the same in this commit as in the one before. */
  goTo(commit: string): Promise<readonly string[]>;
  close(): void;
}

export interface Commit {
  /** Full hash. */
  readonly id: string;
  /** The day it was committed, `2026-11-21`. */
  readonly date: string;
}

/** Files named by URI. No method rejects for a single bad file: what cannot be had is said in the result. */
export interface Files {
  /**
   * The files below a folder that the project counts as its own: `.gitignore`, `.ignore` and the given globs are
   * respected, `.git`, `node_modules`, virtual environments and links that loop are not entered.
   */
  find(folder: string, options: FindOptions): AsyncIterable<FoundFile>;
  read(uri: string): Promise<ReadResult>;
}

export interface FindOptions {
  /** Globs relative to the folder, in the syntax of `.gitignore`. */
  readonly exclude: readonly string[];
  readonly isCancelled?: () => boolean;
  /** Which files are asked for, by URI; all where nothing is said. Others may be found as well. */
  readonly isWanted?: (uri: string) => boolean;
}

/**
 * One file, or one place that could not be looked at: then `unreadable` says why, in words for the user, and the URI of a
 * folder below the one that was asked for ends with a slash.
 */
export interface FoundFile {
  readonly uri: string;
  /** Bytes. */
  readonly size: number;
  readonly unreadable?: string;
  /** Something that is another one whenever the content is, where that is known without reading it. */
  readonly stamp?: string;
}

export type ReadResult =
  | { readonly bytes: Uint8Array }
  | { readonly missing: true }
  /** Why, in words for the user: `no permission to read`. */
  | { readonly unreadable: string };

export interface TextCodec {
  /** The text, without a byte order mark; undefined where the bytes are not text in this encoding. Encodings are named as in the WHATWG Encoding Standard. */
  decode(bytes: Uint8Array, encoding: string): string | undefined;
  /** undefined where the text has a character that the encoding lacks, or the encoding cannot be written. */
  encode(text: string, encoding: string): Uint8Array | undefined;
  /** Hexadecimal digest of a content: equal texts have equal digests. Not for security. */
  digest(text: string): string;
}
