import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { needShared } from '../model/testing/shared.js';
import {
  type Checkpoint,
  equalBytes,
  leafHash,
  openCheckpoint,
  parseKey,
  consistencyProof,
  toHex,
  verifyConsistency,
  verifyInclusion,
  inclusionProof,
} from '../verify/index.js';
import { TileHashes, tilePath, unpackEntries } from './tiles.js';

const VKEY = 'example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx';

test('a log written by another program: every checkpoint, root, entry and proof comes out of its tiles', async (t) => {
  const folder = needShared(t, 'data/evidence/tessera-log/log');
  if (folder === undefined) return;
  const key = parseKey(VKEY)!;
  const read = (level: number | 'entries', n: number, width: number): Promise<Uint8Array> =>
    Promise.resolve(readFileSync(tilePath(folder, level, n, width)));
  let olderRoot: Uint8Array | undefined;
  for (let size = 0; size <= 15; size++) {
    const note: string = readFileSync(join(folder, `checkpoint.${size}`), 'utf8');
    const checkpoint: Checkpoint = openCheckpoint(note, [key], key.name)!;
    assert.equal(checkpoint.size, size);
    const tiles = new TileHashes(read, size);
    assert.equal(toHex(await tiles.root()), toHex(checkpoint.root), `root of ${size}`);
    const subtree = (from: number, to: number): Promise<Uint8Array> => tiles.subtree(from, to);
    if (size > 0) {
      const entries = unpackEntries(await read('entries', 0, size), size)!;
      for (const [index, entry] of entries.entries()) {
        const proof = await inclusionProof(index, size, subtree);
        const { root } = checkpoint;
        assert.ok(verifyInclusion({ index, size, leaf: leafHash(entry), proof, root }), `entry ${index} of ${size}`);
      }
    }
    if (olderRoot && size > 1) {
      const proof = await consistencyProof(size - 1, size, subtree);
      const pair = { older: size - 1, newer: size, olderRoot, newerRoot: checkpoint.root, proof };
      assert.ok(verifyConsistency(pair), `${size - 1} to ${size}`);
      assert.ok(!equalBytes(olderRoot, checkpoint.root));
    }
    olderRoot = checkpoint.root;
  }
});
