/** OpenTimestamps proofs and blocks for tests: real ones, and blocks made here for a target anybody can meet. */
import { sha256Bytes, toHex } from '../index.js';

export const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex');
export const MAGIC = '004f70656e54696d657374616d7073000050726f6f6600bf89e2e884e89294';
export const BITCOIN = '0588960d73d71901';

/** The first transaction of the chain, its hash being the Merkle root of block 0: a file whose proof is one operation long. */
export const GENESIS_TX = hex(
  '01000000010000000000000000000000000000000000000000000000000000000000000000ffffffff4d04ffff001d0104455468652054696d65732030332f4a616e2f32303039204368616e63656c6c6f72206f6e206272696e6b206f66207365636f6e64206261696c6f757420666f722062616e6b73ffffffff0100f2052a01000000434104678afdb0fe5548271967f1a67130b7105cd6a828e03909a67962e0ea1f61deb649f6bc3f4cef38c4f35504e51ec112de5c384df7ba0b8d578a4c702b6bf11d5fac00000000',
);
export const GENESIS_HEADER = hex(
  '0100000000000000000000000000000000000000000000000000000000000000000000003ba3edfd7a7b12b27ac72c3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4a29ab5f49ffff001d1dac2b7c',
);
export const GENESIS_PROOF = hex(`${MAGIC} 01 08 ${toHex(sha256Bytes(GENESIS_TX))} 08 00 ${BITCOIN} 01 00`);
/** Block 358391, as any node gives it. */
export const HEADER = hex(
  '02000000b96394585a281b7e5f438fd1c9ed492645a1fd61cb3802040000000000000000007ee445d23ad061af4a36b809501fab1ac4f2d7e7a739817dd0cbb7ec661b8a1e376755f58616186272def6',
);

/** The easiest target of a test network (bits 207fffff). */
export const EASY_TARGET = 0x7fffffn << 232n;

/** A header with this Merkle root that carries the work of a test network: two tries or so. */
export function easyHeader(root: Uint8Array, time = 1_716_350_000): Uint8Array {
  const header = Buffer.alloc(80);
  header.writeUInt32LE(1, 0);
  header.set(root, 36);
  header.writeUInt32LE(time, 68);
  header.writeUInt32LE(0x207fffff, 72);
  for (let nonce = 0; ; nonce++) {
    header.writeUInt32LE(nonce, 76);
    const hash = sha256Bytes(sha256Bytes(header)).reverse();
    if (BigInt(`0x${toHex(hash)}`) <= EASY_TARGET) return header;
  }
}
