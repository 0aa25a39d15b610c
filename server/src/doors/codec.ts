import type { TextCodec } from '../host';
import { sha1 } from './sha1';

/** What Node and browsers have in common: their `TextDecoder` knows all encodings of the WHATWG Encoding Standard, but `TextEncoder` only UTF-8. */
export function textCodec(digest: (text: string) => string = sha1): TextCodec {
  const encoders = new Map<string, ReadonlyMap<string, Uint8Array>>();
  return { decode, encode, digest };

  function encode(text: string, encoding: string): Uint8Array | undefined {
    if (/^utf-?8$/i.test(encoding)) return /\p{Surrogate}/u.test(text) ? undefined : new TextEncoder().encode(text);
    const table = encoders.get(encoding) ?? encoderTable(encoding);
    encoders.set(encoding, table);
    return encodeWith(table, text);
  }
}

function decode(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    // `ignoreBOM` means: leave it alone. Taking it off belongs to whoever puts it back.
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    // Both an unknown encoding and malformed bytes throw, and the contract answers both in the same way.
    return undefined;
  }
}

function encodeWith(table: ReadonlyMap<string, Uint8Array>, text: string): Uint8Array | undefined {
  const result = new Uint8Array(2 * text.length);
  let length = 0;
  for (const char of text) {
    const bytes = table.get(char);
    if (!bytes) return undefined;
    result.set(bytes, length);
    length += bytes.length;
  }
  return result.subarray(0, length);
}

/** The characters of an encoding of one or two bytes each, found by decoding all of them; empty where the encoding is unknown or has a state. */
function encoderTable(encoding: string): ReadonlyMap<string, Uint8Array> {
  const table = new Map<string, Uint8Array>();
  if (/^iso-2022/i.test(encoding)) return table;
  for (let lead = 0; lead < 256; lead++) {
    if (add(lead)) continue;
    for (let trail = 0x40; trail < 256; trail++) add(lead, trail);
  }
  return table;

  function add(...bytes: number[]): boolean {
    const char = decode(Uint8Array.from(bytes), encoding);
    if (char === undefined || [...char].length !== 1) return false;
    // The first of several spellings is the one that the encoding's own encoder would choose, nearly always.
    if (!table.has(char)) table.set(char, Uint8Array.from(bytes));
    return true;
  }
}
