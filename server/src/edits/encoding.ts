import type { TextCodec } from '../host';
import { apply, type TextEdit } from './textEdit';

/** The text of a closed file, with what is needed to write it back. */
export interface Source {
  /** Without a byte order mark. */
  readonly text: string;
  /** As the WHATWG Encoding Standard names it. */
  readonly encoding: string;
  readonly hasByteOrderMark: boolean;
}

/** Why bytes are no text for us, or a text cannot be written, in words for the user. */
export interface Refused {
  readonly reason: string;
}

/**
 * Reads a file as Python does (PEP 263, "Defining Python source code encodings"): a byte order mark means UTF-8, else a comment
 * in the first two lines names the encoding, else it is UTF-8. What Python refuses, such as NUL bytes, is refused here too.
 */
export function decodeSource(bytes: Uint8Array, codec: TextCodec): Source | Refused {
  const hasByteOrderMark = byteOrderMark.every((byte, index) => bytes[index] === byte);
  const content = hasByteOrderMark ? bytes.subarray(byteOrderMark.length) : bytes;
  const cookie = hasByteOrderMark ? undefined : cookieOf(content);
  const encoding = cookie === undefined ? 'utf-8' : whatwgName(cookie);
  if (content.includes(0)) return { reason: 'contains a NUL byte, so it is no Python source' };
  if (!isKnown(encoding, codec)) return { reason: `its coding comment names \`${cookie}\`, which is not known here` };

  const text = codec.decode(content, encoding);
  return text === undefined ? { reason: undecodable(content, encoding, cookie, codec) } : { text, encoding, hasByteOrderMark };
}

/**
 * The bytes of a file after edits of its text. Every byte outside the edits stays what it was; where that cannot be had, or the
 * new text has a character that the encoding lacks, the reason.
 */
export function encodeEdited(bytes: Uint8Array, source: Source, edits: readonly TextEdit[], codec: TextCodec): Uint8Array | Refused {
  const unedited = encode(source, source.text, codec);
  if (!unedited || !isEqual(unedited, bytes)) {
    return { reason: `writing it back as ${source.encoding} would change more than the edits` };
  }
  return encode(source, apply(source.text, edits), codec) ?? { reason: `the new text has a character that ${source.encoding} lacks` };
}

/** A text as the bytes of a file that was read as `source`; undefined where the encoding cannot say it. */
export function encode(source: Source, text: string, codec: TextCodec): Uint8Array | undefined {
  const content = codec.encode(text, source.encoding);
  if (!content || !source.hasByteOrderMark) return content;
  const marked = new Uint8Array(byteOrderMark.length + content.length);
  marked.set(byteOrderMark);
  marked.set(content, byteOrderMark.length);
  return marked;
}

const byteOrderMark: readonly number[] = [0xef, 0xbb, 0xbf];
const newline = 0x0a;

/** The encoding that a comment in the first two lines names; in the second only where the first holds no code. */
function cookieOf(bytes: Uint8Array): string | undefined {
  // Only ASCII matters here, and every encoding that Python takes for source has ASCII in the place of ASCII.
  const feed = bytes.indexOf(newline, bytes.indexOf(newline) + 1);
  const head = String.fromCharCode(...bytes.subarray(0, feed < 0 ? 1000 : Math.min(feed + 1, 1000)));
  if (!head.includes('coding')) return undefined;
  const [first = '', second = ''] = head.split(/\r\n|\n|\r/, 2);
  return cookieIn(first) ?? (/^[ \t\f]*(#|$)/.test(first) ? cookieIn(second) : undefined);
}

function cookieIn(line: string): string | undefined {
  return /^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)/.exec(line)?.[1];
}

/** Python is freer with names than the standard: any case, `_` for `-`, and the endings that Emacs adds. */
function whatwgName(cookie: string): string {
  const name = cookie.toLowerCase().replaceAll('_', '-').replace(/-(unix|dos|mac)$/, '');
  return pythonNames[name] ?? name;
}

/** Encodings in which ASCII is not itself are known to the codec, but not to Python as encodings of source. */
function isKnown(encoding: string, codec: TextCodec): boolean {
  return !/^utf-?(7|16|32)/.test(encoding) && codec.decode(new Uint8Array(), encoding) !== undefined;
}

/** Names of Python's codecs that the standard spells in another way (Python library reference, "Standard Encodings"). */
const pythonNames: Readonly<Record<string, string>> = {
  'utf-8-sig': 'utf-8',
  'latin-1': 'iso-8859-1',
  'iso-latin-1': 'iso-8859-1',
  'mac-roman': 'macintosh',
  cp932: 'shift_jis',
  'shift-jis': 'shift_jis',
  cp936: 'gbk',
  cp949: 'euc-kr',
  cp950: 'big5',
};

/** Names the first line that cannot be read. Line feeds mean the same in every encoding that Python takes. */
function undecodable(bytes: Uint8Array, encoding: string, cookie: string | undefined, codec: TextCodec): string {
  const why = cookie === undefined ? 'and no coding comment names another encoding' : 'which its coding comment names';
  let line = 1;
  for (let start = 0; start < bytes.length; line++) {
    const feed = bytes.indexOf(newline, start);
    const end = feed < 0 ? bytes.length : feed + 1;
    if (codec.decode(bytes.subarray(start, end), encoding) === undefined) break;
    start = end;
  }
  return `line ${line} is not ${encoding}, ${why}`;
}

function isEqual(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
