import { describe, expect, it } from 'vitest';
import { textCodec } from '../../server/src/doors/codec';
import { decodeSource, encodeEdited, type Source } from '../../server/src/edits/encoding';
import { randomEdits, randomNumbers, randomText } from './random';
import { apply } from '../../server/src/edits/textEdit';

const codec = textCodec();
const bytes = (latin1: string): Uint8Array => Uint8Array.from(Buffer.from(latin1, 'latin1'));
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

function source(content: Uint8Array): Source {
  const result = decodeSource(content, codec);
  if ('reason' in result) throw new Error(result.reason);
  return result;
}

function reason(content: Uint8Array): string {
  const result = decodeSource(content, codec);
  return 'reason' in result ? result.reason : 'none';
}

describe('reading a file', () => {
  it('takes UTF-8 where nothing else is said', () => {
    expect(source(utf8('x = "é😀"'))).toEqual({ text: 'x = "é😀"', encoding: 'utf-8', hasByteOrderMark: false });
  });

  it('takes off a byte order mark and remembers it', () => {
    expect(source(utf8('\uFEFFx = 1'))).toEqual({ text: 'x = 1', encoding: 'utf-8', hasByteOrderMark: true });
  });

  it.each([
    ['# -*- coding: latin-1 -*-\n', 'iso-8859-1'],
    ['# vim: set fileencoding=iso-8859-15 :\n', 'iso-8859-15'],
    ['#!/usr/bin/python\n# coding: Latin_1\n', 'iso-8859-1'],
    ['\r\n#coding=cp1251\r\n', 'cp1251'],
    ['# -*- coding: utf-8-unix -*-\n', 'utf-8'],
  ])('obeys the coding comment %j', (head, encoding) => {
    expect(source(bytes(head)).encoding).toBe(encoding);
  });

  it.each(['x = 1  # coding: latin-1\n', 'import os\n# coding: latin-1\n', '\n\n# coding: latin-1\n', '# encoding latin-1\n'])(
    'does not take %j for a coding comment',
    (head) => expect(source(bytes(head)).encoding).toBe('utf-8'),
  );

  it('says which line is not in the encoding', () => {
    expect(reason(bytes('a\nb\nname = "Andr\xe9"\n'))).toBe('line 3 is not utf-8, and no coding comment names another encoding');
    expect(reason(bytes('# coding: euc-jp\n\xff\xff'))).toBe('line 2 is not euc-jp, which its coding comment names');
  });

  it('says that an encoding is not known', () => {
    expect(reason(bytes('# coding: klingon\n'))).toBe('its coding comment names `klingon`, which is not known here');
    expect(reason(bytes('# coding: utf-16\n'))).toBe('its coding comment names `utf-16`, which is not known here');
  });

  it('refuses what Python refuses', () => {
    expect(reason(utf8('x\0y'))).toBe('contains a NUL byte, so it is no Python source');
  });
});

describe('writing a file', () => {
  const written = (content: Uint8Array, ...edit: [start: number, end: number, newText: string]): Uint8Array | string => {
    const [start, end, newText] = edit;
    const result = encodeEdited(content, source(content), [{ start, end, newText }], codec);
    return 'reason' in result ? result.reason : result;
  };

  it.each(['iso-8859-1', 'koi8-r', 'gbk', 'shift_jis', 'euc-jp', 'euc-kr', 'big5'])('keeps every other byte of %s', (encoding) => {
    const words: Record<string, string> = { 'iso-8859-1': 'é', 'koi8-r': 'Привет', gbk: '汉字', shift_jis: '日本ｱ', 'euc-jp': '日本', 'euc-kr': '한국', big5: '漢字' };
    const word = words[encoding] ?? '';
    const content = codec.encode(`# coding: ${encoding}\r\n# ${word}\r\neventlet # ${word}`, encoding) ?? new Uint8Array();
    const start = source(content).text.indexOf('eventlet');
    const after = written(content, start, start + 8, 'time');
    expect(Buffer.from(after).toString('latin1')).toBe(Buffer.from(content).toString('latin1').replace('eventlet', 'time'));
  });

  it('writes new text in the encoding of the file', () => {
    expect(written(bytes('# coding: latin-1\n'), 18, 18, '# é')).toEqual(bytes('# coding: latin-1\n# \xe9'));
  });

  it('refuses a character that the encoding lacks', () => {
    expect(written(bytes('# coding: latin-1\n'), 18, 18, '漢')).toBe('the new text has a character that iso-8859-1 lacks');
  });

  it('refuses where other bytes would change', () => {
    // Two spellings of one character in Shift_JIS: NEC's 0x87 0x90 and JIS's 0x81 0xE0.
    expect(written(bytes('# coding: shift_jis\n# \x81\xe0 \x87\x90\n'), 0, 0, '#')).toBe('writing it back as shift_jis would change more than the edits');
  });

  it('keeps every other byte of any UTF-8 file, byte order mark and all', () => {
    const random = randomNumbers(5);
    for (let round = 0; round < 300; round++) {
      const text = randomText(random, 60);
      const mark = random(2) ? '\uFEFF' : '';
      const edits = randomEdits(random, text);
      const result = encodeEdited(utf8(mark + text), source(utf8(mark + text)), edits, codec);
      expect(result).toEqual(utf8(mark + apply(text, edits)));
    }
  });
});
