import { promises as fs } from 'node:fs';
import { createRequire } from 'node:module';
import * as path from 'node:path';

/** So many pixels wide is a picture for one unit of the drawing: sharp in a report, and on dense screens. */
const zoom = 2;

/**
 * Draws SVG documents as PNG, or says why that cannot be done. The renderer is a package of its own that is read for the first picture: it is larger than
 * all the rest. It knows no fonts but the two in the folder `fonts`. `from` is a file that stands beside the packages, or its URL.
 */
export function painter(fonts: string, from: string): (svg: string) => Promise<Uint8Array | { readonly missing: string }> {
  let renderer: ReturnType<typeof rendererBeside> | undefined;
  return async (svg) => {
    const { Resvg } = (await (renderer ??= rendererBeside(from))) ?? {};
    if (!Resvg) return { missing: 'the package @resvg/resvg-wasm, which draws pictures, is not installed: `npm install @resvg/resvg-wasm` does it, and `--format svg` needs none' };
    const fontBuffers = await Promise.all(['400Regular', '700Bold'].map((style) => fs.readFile(path.join(fonts, style, `Roboto_${style}.ttf`))));
    const drawing = new Resvg(svg, { font: { fontBuffers, defaultFontFamily: 'Roboto', sansSerifFamily: 'Roboto' }, fitTo: { mode: 'zoom', value: zoom } });
    const image = drawing.render();
    const bytes = image.asPng();
    image.free();
    drawing.free();
    return bytes;
  };
}

async function rendererBeside(from: string): Promise<typeof import('@resvg/resvg-wasm') | undefined> {
  const { resolve } = createRequire(from);
  let wasm: string;
  try {
    wasm = resolve('@resvg/resvg-wasm/index_bg.wasm');
  } catch {
    // Whoever copies the command alone does without pictures.
    return undefined;
  }
  const renderer = await import('@resvg/resvg-wasm');
  await renderer.initWasm(await fs.readFile(wasm));
  return renderer;
}
