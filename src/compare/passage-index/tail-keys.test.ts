import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { TailKeys } from './tail-keys.js';

test('keys keep their newest posting, how many there are and their bits, 0 and keys of one slot too (property)', () => {
  const key = fc.oneof(
    fc.nat(7),
    fc.nat(600).map((at) => at * 0x10000),
    fc.integer({ min: 0, max: 0xffffffff }),
  );
  const step = fc.oneof(fc.record({ key }), fc.record({ key, bits: fc.integer({ min: 1, max: 0xffffffff }) }));
  fc.assert(
    fc.property(fc.array(step, { maxLength: 400, size: 'max' }), key, (steps, absent) => {
      const keys = new TailKeys();
      const expected = new Map<number, { head: number; count: number; bits: number }>();
      for (const [at, each] of steps.entries()) {
        const known = expected.get(each.key) ?? { head: 0, count: 0, bits: 0 };
        expected.set(each.key, known);
        if ('bits' in each) {
          keys.addBits(each.key, each.bits);
          known.bits = (known.bits | each.bits) >>> 0;
        } else {
          assert.equal(keys.push(each.key, at + 1), known.head, 'the posting before it');
          known.head = at + 1;
          known.count += 1;
        }
      }
      const asked = Uint32Array.from([...expected.keys(), absent]);
      const slots = new Uint32Array(asked.length);
      keys.placeAll(asked, asked.length, slots);
      for (const [at, each] of asked.entries()) {
        const wanted = expected.get(each) ?? { head: 0, count: 0, bits: 0 };
        const slot = slots[at]!;
        const got = { head: keys.headAt(slot), count: keys.countAt(slot), bits: keys.bitsAt(slot) };
        assert.deepEqual(got, wanted);
        assert.equal(keys.bitsOf(each), wanted.bits);
      }
      const counted = new Map<number, number>();
      keys.forEachCounted((each, bits) => counted.set(each, bits));
      const wanted = [...expected].filter(([, { bits }]) => bits !== 0).map(([each, { bits }]) => [each, bits]);
      assert.deepEqual(
        [...counted].sort(([a], [b]) => a - b),
        wanted.sort(([a], [b]) => a! - b!),
      );
    }),
    { numRuns: 100, endOnFailure: true },
  );
});
