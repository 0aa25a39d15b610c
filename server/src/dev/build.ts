import { build, context, type BuildOptions, type Metafile, type Plugin } from 'esbuild';
import { chmod, copyFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import * as path from 'node:path';

/**
 * Builds everything that runs, from the top folder: `node dist/dev/build.js [--production] [--watch]`.
 *
 * client/desktop.js, client/web.js  the extension on Node and in a browser
 * server/node.js, server/worker.js  the language server on Node and in a web worker
 * server/analyst.js                 the threads on Node that analyse files
 * cli.js, cli/commands.js           the command line, and what it loads when it has to look at files
 * dev/*.js                          the tools of this repository; they are not published
 */
async function main(args: readonly string[]): Promise<void> {
  const isProduction = args.includes('--production');
  const options = bundles(await devTools()).map((bundle) => ({ ...bundle, ...common(isProduction) }));
  if (isProduction) await removeSourceMaps();
  await copyGrammar();
  await copyFonts();
  if (args.includes('--watch')) {
    await Promise.all(options.map(async (each) => (await context({ ...each, plugins: [announce] })).watch()));
    return;
  }
  const results = await Promise.all(options.map((each) => build({ ...each, metafile: true })));
  await chmod(`${dist}/cli.js`, 0o755);
  await writeNotices(results.filter((_, index) => !isDevTool(options[index])).map(({ metafile }) => metafile));
}

const dist = 'dist';

function common(isProduction: boolean): BuildOptions {
  return { bundle: true, logLevel: 'warning', loader: { '.py': 'text' }, minify: isProduction, sourcemap: !isProduction, target: 'es2022' };
}

function bundles(devTools: readonly string[]): BuildOptions[] {
  return [
    { ...onNode, entryPoints: ['client/src/desktop.ts'], outfile: `${dist}/client/desktop.js`, external: ['vscode'] },
    { ...inBrowser, entryPoints: ['client/src/web.ts'], outfile: `${dist}/client/web.js`, format: 'cjs', external: ['vscode'] },
    { ...onNode, entryPoints: ['server/src/node.ts'], outfile: `${dist}/server/node.js` },
    { ...onNode, entryPoints: ['server/src/analyst.ts'], outfile: `${dist}/server/analyst.js` },
    { ...inBrowser, entryPoints: ['server/src/worker.ts'], outfile: `${dist}/server/worker.js`, format: 'iife' },
    // As a module, the file of that size would be searched for its exports first.
    { ...onNode, entryPoints: ['server/src/cli.ts'], outfile: `${dist}/cli.js`, external: ['./cli/commands.js', '@resvg/resvg-wasm'], supported: { 'dynamic-import': false }, banner: { js: `#!/usr/bin/env node\n${onNode.banner.js}` } },
    { ...onNode, entryPoints: ['server/src/cli/commands.ts'], outfile: `${dist}/cli/commands.js` },
    { ...onNode, entryPoints: [...devTools], outdir: `${dist}/dev`, packages: 'external' },
  ];
}

/**
 * CommonJS, because vscode-languageserver fails as an ES module ("Dynamic require"). There `import.meta.url` is empty, and
 * web-tree-sitter's `createRequire` wants it, so it gets what it would have been.
 */
const onNode = {
  platform: 'node',
  format: 'cjs',
  define: { 'import.meta.url': 'importMetaUrl' },
  banner: { js: "const importMetaUrl = require('url').pathToFileURL(__filename).href;" },
} as const satisfies BuildOptions;

const inBrowser = { platform: 'browser' } as const satisfies BuildOptions;

async function devTools(): Promise<string[]> {
  const entries = await readdir('server/src/dev', { withFileTypes: true });
  return entries.filter((entry) => entry.isFile() && entry.name.endsWith('.ts')).map(({ name }) => `server/src/dev/${name}`).sort();
}

function isDevTool(options: BuildOptions | undefined): boolean {
  return options?.outdir !== undefined;
}

async function removeSourceMaps(): Promise<void> {
  const names = existsSync(dist) ? await readdir(dist, { recursive: true }) : [];
  await Promise.all(names.filter((name) => name.endsWith('.js.map')).map((name) => rm(path.join(dist, name))));
}

/** Parsing needs two WebAssembly files at run time; every door reads them from `dist`. */
async function copyGrammar(): Promise<void> {
  await mkdir(dist, { recursive: true });
  for (const file of ['web-tree-sitter/web-tree-sitter.wasm', 'tree-sitter-python/tree-sitter-python.wasm']) {
    await copyFile(`node_modules/${file}`, `${dist}/${path.basename(file)}`);
  }
}

/** The renderer of pictures has no font but those that it is given. The extension draws none. */
async function copyFonts(): Promise<void> {
  for (const style of ['400Regular', '700Bold']) {
    await mkdir(`${dist}/fonts/${style}`, { recursive: true });
    await copyFile(`${fonts}/${style}/Roboto_${style}.ttf`, `${dist}/fonts/${style}/Roboto_${style}.ttf`);
  }
}

const fonts = 'node_modules/@expo-google-fonts/roboto';

const announce: Plugin = {
  name: 'announce',
  setup: ({ onEnd, initialOptions: { outfile, outdir } }) =>
    onEnd(({ errors }) => void process.stderr.write(`${outfile ?? outdir}: ${errors.length === 0 ? 'built' : `${errors.length} errors`}\n`)),
};

/** The licences of all packages that went into the bundles, and of the grammar and the fonts, which are copied beside them. */
async function writeNotices(metafiles: readonly Metafile[]): Promise<void> {
  const inputs = metafiles.flatMap(({ outputs }) => Object.values(outputs)).flatMap((output) => Object.keys(output.inputs));
  const folders = new Set(inputs.flatMap((input) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1] ?? []));
  folders.add('node_modules/tree-sitter-python').add(fonts);
  const notices = new Set(await Promise.all([...folders].map(notice)));
  const head = 'This product contains the following packages.\n';
  await writeFile(`${dist}/THIRD-PARTY-NOTICES.txt`, [head, ...[...notices].sort()].join(`\n${'-'.repeat(72)}\n\n`));
}

/** Fails where a package has no licence text: then somebody has to look. */
async function notice(folder: string): Promise<string> {
  // What npm installed has a manifest with these fields.
  const { name, version, license } = JSON.parse(await readFile(`${folder}/package.json`, 'utf8')) as Record<string, string>;
  const files = (await readdir(folder)).filter((file) => /^licen[cs]e([-._]\w+)*$/i.test(file)).sort();
  if (files.length === 0) throw new Error(`${name} has no licence file, but is part of a bundle`);
  const texts = await Promise.all(files.map((file) => readFile(`${folder}/${file}`, 'utf8')));
  return `${name} ${version} (${license})\n\n${texts.map((text) => text.trim()).join('\n\n')}\n`;
}

main(process.argv.slice(2)).catch((error: unknown) => {
  // What esbuild has to say, it has said.
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
