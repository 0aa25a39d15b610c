import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { browser as findBrowser } from '../../server/src/dev/editor/browser';
import { cacheFolder, repositoryRoot, type Log } from '../../server/src/dev/editor/cache';
import { editor as findEditor } from '../../server/src/dev/editor/install';
import { serve, type Served } from '../../server/src/dev/editor/serve';
import { vsix } from '../../server/src/dev/editor/vsix';
import { patience, Window } from './driver';

/** Why there is no real editor on this machine, in words. */
export interface Unavailable {
  readonly reason: string;
}

/** A real Visual Studio Code with the extension, and a browser to look at it. */
export interface Studio {
  /** Opens a folder, or nothing, in a window that remembers nothing of other windows. */
  open(folder: string | undefined, size?: { readonly width: number; readonly height: number }): Promise<OpenWindow>;
  /** A new folder with the given files (path → text). */
  folder(files: Readonly<Record<string, string>>): Promise<string>;
  /** A new folder with a copy of what is in another one. */
  copyOf(folder: string): Promise<string>;
  /** Ends browser and server and removes all folders. */
  close(): Promise<void>;
}

export interface OpenWindow {
  readonly window: Window;
  close(): Promise<void>;
}

export interface StudioOptions {
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Whether folders are trusted only when somebody says so. */
  readonly asksForTrust?: boolean;
  readonly log?: Log;
}

/** The repository that these tests belong to; they are run from inside it. */
export const root = repositoryRoot(process.cwd());

/** Where pictures of failed journeys are put. */
export const pictures = join(cacheFolder(root), 'pictures');

/** Gets what is missing, builds the extension, starts. Rejects only for what is wrong with the extension itself. */
export async function startStudio({ settings, asksForTrust = false, log = toStandardError }: StudioOptions = {}): Promise<Studio | Unavailable> {
  const cache = cacheFolder(root);
  const browser = await findBrowser(cache, log);
  if ('reason' in browser) return browser;
  const editor = await findEditor(cache, log).catch((error: unknown) => ({ reason: String(error) }));
  if ('reason' in editor) return editor;

  const extension = await vsix(root, log);
  const home = await mkdtemp(join(tmpdir(), 'em-'));
  const served = await serve({ editor, profile: join(home, 'p'), extension, asksForTrust, ...(settings ? { settings } : {}) });
  try {
    return studio(served, await launch(browser.path), home);
  } catch (error) {
    await served.stop();
    throw error;
  }
}

function studio(served: Served, browser: Browser, home: string): Studio {
  const newFolder = (): Promise<string> => mkdtemp(join(home, 'project-'));
  return {
    async open(folder, size = { width: 1400, height: 1000 }) {
      const context = await browser.newContext({ viewport: size });
      const page = await context.newPage();
      page.setDefaultTimeout(patience);
      await page.goto(served.urlOf(folder));
      const window = new Window(page);
      await window.untilReady();
      return { window, close: () => context.close() };
    },
    async folder(files) {
      const folder = await newFolder();
      for (const [path, text] of Object.entries(files)) {
        await mkdir(dirname(join(folder, path)), { recursive: true });
        await writeFile(join(folder, path), text);
      }
      return folder;
    },
    async copyOf(original) {
      const folder = await newFolder();
      await cp(original, folder, { recursive: true });
      return folder;
    },
    async close() {
      await browser.close();
      await served.stop();
      await rm(home, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

function launch(executablePath: string): Promise<Browser> {
  // The flags keep Chromium from asking the network for anything, and let it run as root in a container.
  const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync'];
  return chromium.launch({ executablePath, args });
}

function toStandardError(line: string): void {
  process.stderr.write(`${line}\n`);
}
