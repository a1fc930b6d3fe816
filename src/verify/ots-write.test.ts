import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import fc from 'fast-check';
import { needShared } from '../model/testing/shared.js';
import {
  type OtsTimestamp,
  leadsToBlock,
  mergeTimestamps,
  onlyBlocks,
  provesMore,
  readOts,
  readOtsTimestamp,
  readOtsTree,
  sha256Bytes,
  toHex,
  utf8,
  writeOts,
} from './index.js';
import { BITCOIN, GENESIS_PROOF, MAGIC, hex } from './testing/ots.js';

const START = `${MAGIC} 01 08 ${'11'.repeat(32)}`;
const PENDING = '83dfe30d2ef90c8e';
const pending = (uri: string): string => {
  const bytes = toHex(utf8(uri));
  const length = bytes.length / 2;
  return `00 ${PENDING} ${(length + 1).toString(16).padStart(2, '0')} ${length.toString(16).padStart(2, '0')} ${bytes}`;
};
const again = async (bytes: Uint8Array): Promise<string> => toHex(writeOts(await readOtsTree(bytes)));

test('public proofs are written again byte for byte as the reference wrote them', async (t) => {
  const folder = needShared(t, 'data/evidence/ots');
  if (folder === undefined) return;
  const { proofs } = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as { proofs: { file: string }[] };
  for (const { file } of proofs) {
    const bytes: Buffer = readFileSync(join(folder, file));
    assert.equal(await again(bytes), bytes.toString('hex'), file);
  }
  t.diagnostic(`${proofs.length} proofs written again`);
});

test('items are sorted like the reference sorts them: heights as numbers, addresses as texts, operations by byte and argument', async () => {
  const block = (height: string): string =>
    `00 ${BITCOIN} ${hex(height).length.toString(16).padStart(2, '0')} ${height}`;
  const sorted = [
    `ff ${block('7f')}`,
    `ff ${block('8001')}`, // 128: less than 7f as bytes are compared from the front, more as a number
    `ff ${pending('https://a.example')}`,
    `ff ${pending('https://b.ex')}`,
    `ff 08 ${block('00')}`,
    `ff f0 01 61 ${block('00')}`,
    `ff f0 02 6100 ${block('00')}`,
    `f0 01 62 ${block('00')}`,
  ];
  const flat = (items: string[]): string => {
    const last = items.length - 1;
    return items
      .map((item, at) => (at === last ? item.replace(/^ff /, '') : item.startsWith('ff ') ? item : `ff ${item}`))
      .join(' ');
  };
  const want = toHex(hex(`${START} ${flat(sorted)}`));
  for (const order of [sorted, [...sorted].reverse(), [...sorted.slice(3), ...sorted.slice(0, 3)]])
    assert.equal(await again(hex(`${START} ${flat(order)}`)), want);
});

interface Shape {
  heights: number[];
  steps: { op: string; argument: Uint8Array; next: Shape }[];
}

/** Any small tree of operations and blocks, with repeats and in any order. */
const shapes: fc.Arbitrary<Shape> = fc.letrec<{ node: Shape }>((tie) => ({
  node: fc.record({
    heights: fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 2 }),
    steps: fc.oneof(
      { maxDepth: 4 },
      fc.constant<Shape['steps']>([]),
      fc.array(
        fc.record({
          op: fc.constantFrom('08', 'f0', 'f1', 'f2'),
          argument: fc.uint8Array({ minLength: 1, maxLength: 2, max: 2 }),
          next: tie('node'),
        }),
        { maxLength: 3 },
      ),
    ),
  }),
})).node;

const blockText = (height: number): string =>
  height < 128
    ? `00 ${BITCOIN} 01 ${height.toString(16).padStart(2, '0')}`
    : `00 ${BITCOIN} 02 ${((height % 128) | 128).toString(16)}0${height >> 7}`;

function textOf({ heights, steps }: Shape): string {
  const items = [
    ...steps.map(({ op, argument, next }) => {
      const given = op === 'f0' || op === 'f1' ? `0${argument.length} ${toHex(argument)}` : '';
      return `${op} ${given} ${textOf(next)}`;
    }),
    ...(heights.length + steps.length === 0 ? [7] : heights).map(blockText),
  ];
  return items.map((item, at) => (at < items.length - 1 ? `ff ${item}` : item)).join(' ');
}

test('what is read, written and read again says the same, and writing is settled after once (property)', async () => {
  await fc.assert(
    fc.asyncProperty(shapes, async (shape) => {
      const bytes = hex(`${START} ${textOf(shape)}`);
      const tree = await readOtsTree(bytes);
      const written = writeOts(tree);
      const sayings = async (each: Uint8Array): Promise<string[]> =>
        (await readOts(each)).attestations.map((one) => JSON.stringify(one)).sort();
      assert.deepEqual(await sayings(written), await sayings(bytes));
      const once = writeOts({ ...tree, timestamp: mergeTimestamps(tree.timestamp, tree.timestamp) });
      assert.equal(await again(once), toHex(once));
      assert.deepEqual([...new Set(await sayings(once))], [...new Set(await sayings(bytes))]);
    }),
  );
});

test('a merged proof says everything of both, once; of different messages nothing is merged', async () => {
  const message = sha256Bytes(utf8('m'));
  const at = (text: string): Promise<OtsTimestamp> => readOtsTimestamp(hex(text), message);
  const one = await at(`f0 01 61 ff ${pending('https://a.example')} 08 ${pending('https://b.example')}`);
  const two = await at(`f0 01 61 08 00 ${BITCOIN} 01 05`);
  const both = mergeTimestamps(one, two);
  assert.equal(
    toHex(writeOts({ fileHash: 'sha256', timestamp: both })).split('f00161').length,
    2,
    'one branch for both',
  );
  assert.deepEqual(mergeTimestamps(two, one), mergeTimestamps(mergeTimestamps(two, one), one));
  assert.ok(leadsToBlock(both) && !leadsToBlock(one));
  assert.throws(() => mergeTimestamps(one, { ...two, message: sha256Bytes(message) }), /different messages/);
  const bytes = (timestamp: OtsTimestamp): Uint8Array => writeOts({ fileHash: 'sha256', timestamp });
  assert.equal(await provesMore(bytes(both), bytes(one)), true);
  assert.equal(await provesMore(bytes(one), bytes(both)), false);
  assert.equal(await provesMore(bytes(two), bytes(one)), false, 'a promise would be lost');
  assert.equal(await provesMore(bytes(both), bytes(both)), false, 'nothing new');
  assert.equal(await provesMore(GENESIS_PROOF, bytes(one)), false, 'of another file');
});

test('only the ways to a block are published: promises, other chains and what no root can be are cut off', async () => {
  const { timestamp } = await readOtsTree(
    hex(
      `${START} ff ${pending('https://a.example')} ff f0 01 61 00 ${BITCOIN} 01 07 ff f0 01 62 00 06869a0d73d71b45 01 07 08 ff 00 ${BITCOIN} 01 05 08 ${pending('https://b.example')}`,
    ),
  );
  const kept = writeOts({ fileHash: 'sha256', timestamp: onlyBlocks(timestamp)! });
  const { attestations } = await readOts(kept);
  assert.deepEqual(
    attestations.map((each) => (each.kind === 'bitcoin' ? each.height : each.kind)),
    [5],
  );
  const { timestamp: promise } = await readOtsTree(hex(`${START} ${pending('https://a.example')}`));
  assert.equal(onlyBlocks(promise), undefined);
  assert.throws(
    () => writeOts({ fileHash: 'sha256', timestamp: { ...promise, attestations: [] } }),
    /leads to nothing/,
  );
});
