/** One gzip member after another (RFC 1952), of any length. */
import type { ByteSource } from './byte-source.js';
import { crc32, gunzipMember, gzipHeaderLength, inflatePieces } from './hash.js';

/** Header of a member, or a small member whole: looked at in one piece. */
const WINDOW = 1 << 16;

export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/**
 * The data of the member that `source` stands at; afterwards it stands behind it. Throws for one that is damaged or cut off,
 * after the pieces before the damage.
 */
export async function* memberPieces(source: ByteSource, most: number): AsyncGenerator<Uint8Array> {
  await source.fill(WINDOW);
  const small = wholeMember(source.ahead, most);
  if (small) {
    source.take(small.length);
    yield small.data;
    return;
  }
  source.take(gzipHeaderLength(source.ahead, 0));
  let crc = 0;
  let length = 0;
  for await (const piece of inflatePieces(source)) {
    crc = crc32(piece, crc);
    length += piece.length;
    yield piece;
  }
  if (!(await source.fill(8))) throw new Error('gzip member is cut off');
  const trailer = source.take(8);
  const view = new DataView(trailer.buffer, trailer.byteOffset, 8);
  if (view.getUint32(0, true) !== crc) throw new Error('gzip CRC-32 does not match');
  if (view.getUint32(4, true) !== length % 2 ** 32) throw new Error('gzip length does not match');
}

/** Most members are small, and a stream for each would cost more than its data. What is not is read as a stream, which says why. */
function wholeMember(bytes: Uint8Array, most: number): ReturnType<typeof gunzipMember> | undefined {
  try {
    return gunzipMember(bytes, 0, most);
  } catch {
    return undefined;
  }
}
