import assert from 'node:assert/strict';
import test from 'node:test';
import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import jpeg from 'jpeg-js';
import { isTelling, pictureShape } from './picture-shape.js';
import { type Paint, jpegOf, pngOf, scene } from './testing/pictures.js';

const differing = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, line, at) => sum + (line ^ b[at]!).toString(2).replaceAll('0', '').length, 0);
const shapeOf = async (bytes: Uint8Array): Promise<number[]> => {
  const shape = await pictureShape(bytes);
  assert.ok(shape, 'it has a shape');
  return shape;
};

test('a picture that was made smaller, saved again, or saved in another form keeps its shape; another one has another', async () => {
  for (const seed of [1, 2, 3]) {
    const whole = await shapeOf(jpegOf(scene(seed), 320, 240, 90));
    for (const [what, bytes] of [
      ['smaller', jpegOf(scene(seed), 160, 120, 80)],
      ['worse', jpegOf(scene(seed), 320, 240, 30)],
      ['an odd size', jpegOf(scene(seed), 217, 163, 60)],
      ['PNG', pngOf(scene(seed), 250, 188)],
      ['grey', pngOf(scene(seed), 250, 188, 'grey')],
    ] as const)
      assert.ok(differing(whole, await shapeOf(bytes)) <= 16, `${seed} ${what}: ${differing(whole, await shapeOf(bytes))}`); // prettier-ignore
    const other = await shapeOf(jpegOf(scene(seed + 10), 320, 240, 90));
    assert.ok(differing(whole, other) > 40, `${seed}: ${differing(whole, other)} places of another picture differ`);
  }
});

test('points of a PNG are those it was made of, whatever its filters and colours', async () => {
  const expected = await shapeOf(pngOf(scene(6), 200, 150, 'colour', 0));
  for (const filter of [1, 2, 3, 4])
    assert.deepEqual(await shapeOf(pngOf(scene(6), 200, 150, 'colour', filter)), expected, `filter ${filter}`);
  const clear: Paint = (x, y) => (x < 0.5 ? scene(6)(x, y) : [255, 255, 255]);
  assert.deepEqual(await shapeOf(pngOf(clear, 200, 150, 'half clear', 4)), await shapeOf(pngOf(clear, 200, 150)));
});

test('what is plain has no shape', async () => {
  const paints: Paint[] = [
    () => [255, 255, 255],
    (x) => [255 * x, 255 * x, 255 * x],
    (_, y) => [y > 0.9 ? 0 : 255, 0, 0],
  ];
  for (const paint of paints) assert.equal(await pictureShape(jpegOf(paint, 300, 200, 80)), undefined);
  assert.deepEqual([0, 1, 3, 0xffff, 0xfffc, 0xfffe].map(isTelling), [false, false, true, false, true, false]);
});

test('bombs, cut and broken pictures, and forms that are not read have none; nothing is thrown', async () => {
  const whole = jpegOf(scene(1), 160, 120, 70);
  const png = pngOf(scene(1), 160, 120);
  const bomb = png.slice();
  new DataView(bomb.buffer, bomb.byteOffset).setUint32(16, 60_000);
  const small = pngOf(() => [0, 0, 0], 160, 120, 'colour', 0, deflateSync(Buffer.alloc(50_000_000)));
  const interlaced = png.slice();
  interlaced[28] = 1;
  const scans = Buffer.concat([whole, ...Array.from({ length: 30 }, () => Buffer.from([0xff, 0xda]))]);
  for (const bytes of [bomb, small, interlaced, scans, png.subarray(0, png.length / 2), Buffer.from('GIF89a0000000'), Buffer.alloc(0)])
    assert.equal(await pictureShape(bytes), undefined); // prettier-ignore
  const wide = jpeg.encode({ data: Buffer.alloc(4 * 20_000 * 20), width: 20_000, height: 20 }, 20).data;
  new DataView(wide.buffer, wide.byteOffset).setUint16(wide.indexOf(Buffer.from([0xff, 0xc0])) + 5, 20_000);
  assert.equal(await pictureShape(wide), undefined, 'more points than are decoded');
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(whole, png), fc.array(fc.tuple(fc.nat(4_000), fc.nat(255)), { maxLength: 6 }), async (of, changes) => {
      const bytes = Uint8Array.from(of);
      for (const [at, value] of changes) bytes[at % bytes.length] = value;
      const shape = await pictureShape(bytes);
      assert.ok(shape === undefined || shape.length === 16, 'a shape or none');
    }),
    { numRuns: 60 },
  ); // prettier-ignore
});
