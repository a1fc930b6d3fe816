import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { pictureSize } from './picture.js';

const bytes = (...parts: (string | readonly number[])[]): Uint8Array =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))));
const zeros = (count: number): number[] => Array.from({ length: count }, () => 0);

const PNG = bytes('\x89PNG\r\n\x1a\n', [0, 0, 0, 13], 'IHDR', [0, 0, 1, 64, 0, 0, 0, 200, 8, 2, 0, 0, 0]);
const SOF = [0xff, 0xc2, 0, 11, 8, 0, 200, 1, 64, 1, 1, 0x11, 0];
const JPEG = bytes('\xff\xd8', [0xff, 0xe0, 0, 16], 'JFIF', zeros(10), [0xff, 0xff, 0xdb, 0, 4, 0, 0], SOF);

test('the size of a picture from its first bytes', () => {
  const size = { width: 320, height: 200 };
  for (const [form, whole] of [
    ['png', PNG],
    ['jpeg', JPEG],
    ['gif', bytes('GIF89a', [64, 1, 200, 0, 0, 0, 0])],
    ['webp', bytes('RIFF', zeros(4), 'WEBP', 'VP8 ', zeros(10), [64, 1, 200, 0])],
    ['webp', bytes('RIFF', zeros(4), 'WEBP', 'VP8L', zeros(4), [0x2f, 0x3f, 0xc1, 0x31, 0], zeros(8))],
    ['webp', bytes('RIFF', zeros(4), 'WEBP', 'VP8X', zeros(8), [63, 1, 0, 199, 0, 0])],
  ] as const)
    assert.deepEqual(pictureSize(whole), { form, ...size }, form);
});

test('what is no picture, is cut before its size, or has none, has no size', () => {
  for (const whole of [PNG, JPEG]) {
    const least = whole === PNG ? 24 : whole.length - 4;
    for (let length = 0; length < least; length++)
      assert.equal(pictureSize(whole.subarray(0, length)), undefined, `cut to ${length}`);
  }
  const flat = PNG.slice();
  flat.fill(0, 16, 20);
  for (const other of [flat, bytes('%PDF-1.7'), bytes('\xff\xd8\xff\xda', zeros(20)), bytes('<svg width="9">')])
    assert.equal(pictureSize(other), undefined, Buffer.from(other).toString('latin1', 0, 8));
});

test('hostile bytes end in a size or in none', () => {
  const heads = fc.constantFrom(PNG, JPEG, bytes('GIF89a'), bytes('RIFF', zeros(4), 'WEBPVP8X'), bytes('\xff\xd8\xff'));
  fc.assert(
    fc.property(heads, fc.nat(40), fc.uint8Array({ maxLength: 80 }), (head, cut, tail) => {
      const size = pictureSize(Buffer.concat([head.subarray(0, cut), tail]));
      assert.ok(!size || (size.width > 0 && size.height > 0), JSON.stringify(size));
    }),
  );
  assert.equal(pictureSize(Buffer.alloc(1 << 22, '\xff\xd8' + '\xff'.repeat(100), 'latin1')), undefined, 'fill bytes without end'); // prettier-ignore
});
