import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { textCodec } from '../../server/src/doors/codec';
import { sha1 } from '../../server/src/doors/sha1';

describe('the codec', () => {
  const codec = textCodec();

  it('leaves a byte order mark to whoever asked', () => {
    expect(codec.decode(Uint8Array.of(0xef, 0xbb, 0xbf, 0x61), 'utf-8')).toBe('\uFEFFa');
  });

  it('does not guess: malformed bytes and unknown encodings are no text', () => {
    expect(codec.decode(Uint8Array.of(0x61, 0xff), 'utf-8')).toBeUndefined();
    expect(codec.decode(Uint8Array.of(0x61), 'klingon')).toBeUndefined();
    expect(codec.encode('a', 'klingon')).toBeUndefined();
    expect(codec.encode('\uD800', 'utf-8')).toBeUndefined();
    expect(codec.encode('日', 'iso-2022-jp')).toBeUndefined();
  });
});

describe('the digest of worker and Node', () => {
  it.each([0, 1, 55, 56, 63, 64, 65, 1000])('is the same for a text of length %d', (length) => {
    const text = 'aé😀'.repeat(length).slice(0, length);
    expect(sha1(text)).toBe(createHash('sha1').update(text).digest('hex'));
  });
});
