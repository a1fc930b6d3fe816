import assert from 'node:assert/strict';
import test from 'node:test';
import { type Vault, asSha256 } from '../../model/index.js';
import { sha256Hex } from '../../verify/index.js';

/** What every vault must do, whatever it stands on. `damage` changes the stored bytes of an object behind the vault's back. */
export function vaultSuite(
  name: string,
  make: () => Promise<{ vault: Vault; damage: (hash: string) => Promise<void> }>,
): void {
  const bytes = new TextEncoder().encode('通知');

  test(`${name}: what is put comes back under its hash, once however often it is put`, async () => {
    const { vault } = await make();
    const hash = await vault.put(bytes);
    assert.equal(hash, sha256Hex(bytes));
    assert.equal(await vault.put(bytes), hash);
    assert.deepEqual(new Uint8Array(await vault.get(hash)), bytes);
    assert.equal(await vault.has(hash), true);
    const names: string[] = [];
    for await (const each of vault.list()) names.push(each);
    assert.deepEqual(names, [hash]);
  });

  const stream = async function* (pieces: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
    for (const piece of pieces) yield await Promise.resolve(piece);
  };
  const read = async (source: AsyncIterable<Uint8Array>): Promise<Uint8Array> => {
    const pieces: Uint8Array[] = [];
    for await (const piece of source) pieces.push(piece);
    return new Uint8Array(Buffer.concat(pieces));
  };

  test(`${name}: a stream is the same object as its bytes, and is read as one`, async () => {
    const { vault, damage } = await make();
    const whole = new Uint8Array(1_000_000).map((_, at) => at * 7);
    const pieces = [whole.subarray(0, 1), whole.subarray(1, 1), whole.subarray(1, 700_000), whole.subarray(700_000)];
    const { hash, length } = await vault.putStream(stream(pieces));
    assert.deepEqual([hash, length], [sha256Hex(whole), whole.length]);
    assert.equal(await vault.put(whole), hash);
    assert.equal((await vault.putStream(stream([whole]))).hash, hash);
    assert.deepEqual(new Uint8Array(await vault.get(hash)), whole);
    assert.deepEqual(await read(vault.open(hash)), whole);
    assert.deepEqual((await vault.putStream(stream([]))).hash, sha256Hex(new Uint8Array()));
    await damage(hash);
    await assert.rejects(read(vault.open(hash)), { code: 'VAULT_CORRUPT' });
    await assert.rejects(read(vault.open(asSha256('0'.repeat(64)))), { code: 'NOT_FOUND' });
    await assert.rejects(read(vault.open('../x' as never)), { code: 'BAD_INPUT' });
  });

  test(`${name}: of a stream that breaks nothing is kept`, async () => {
    const { vault } = await make();
    const broken = (async function* () {
      yield bytes;
      throw await Promise.resolve(new Error('the source broke'));
    })();
    await assert.rejects(vault.putStream(broken), (error: Error) => /source broke/.test(String(error.cause)));
    const names: string[] = [];
    for await (const each of vault.list()) names.push(each);
    assert.deepEqual([names, await vault.has(sha256Hex(bytes))], [[], false]);
  });

  test(`${name}: an object that is not there is NOT_FOUND, one that changed is VAULT_CORRUPT`, async () => {
    const { vault, damage } = await make();
    const missing = asSha256('0'.repeat(64));
    await assert.rejects(vault.get(missing), { code: 'NOT_FOUND' });
    assert.equal(await vault.has(missing), false);
    const hash = await vault.put(bytes);
    await damage(hash);
    await assert.rejects(vault.get(hash), { code: 'VAULT_CORRUPT' });
  });

  test(`${name}: a name that is no hash never becomes a path`, async () => {
    const { vault } = await make();
    for (const name of ['../../etc/passwd', '', 'ABC', `${'0'.repeat(63)}/`]) {
      await assert.rejects(vault.get(name as never), { code: 'BAD_INPUT' });
    }
  });

  test(`${name}: the same bytes put at once by many are one whole object`, async () => {
    const { vault } = await make();
    const big = new Uint8Array(300_000).fill(7);
    const hashes = await Promise.all(Array.from({ length: 20 }, () => vault.put(big)));
    assert.equal(new Set(hashes).size, 1);
    assert.equal((await vault.get(hashes[0]!)).length, big.length);
  });
}
