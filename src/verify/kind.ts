/** What kind of evidence a file is, told so that a changed first byte makes a broken one of its kind, not a stranger. */

import { latin1 } from './bytes.js';

/** By the first signature, or by the end record that a ZIP without a comment closes with. */
export function isZip(bytes: Uint8Array): boolean {
  const end = latin1(bytes.subarray(-22, -18));
  return latin1(bytes.subarray(0, 4)) === 'PK\x03\x04' || (bytes.length >= 22 && end === 'PK\x05\x06');
}

/** By its first bytes, by a header of its first record, or by its name. */
export function isWarc(bytes: Uint8Array, name: string): boolean {
  const start = latin1(bytes.subarray(0, 1024));
  // One of the three first bytes of a gzip member may be changed.
  return (
    /^(?:\x1f[^]\x08|[^]\x8b\x08|\x1f\x8b|WARC\/)/.test(start) ||
    /\r\nWARC-Type:/i.test(start) ||
    /\.warc(?:\.gz)?$/i.test(name)
  );
}

/**
 * A signed note (checkpoint) or a proof that ends in one: by the mark before signatures, by its first line, or by its name. Two
 * marks, so that one changed byte makes a broken note, not a stranger.
 */
export function isNote(
  bytes: Uint8Array,
  { name = '', logs }: { name?: string | undefined; logs: readonly string[] },
): boolean {
  if (/\.tlog-proof$|(?:^|\/)checkpoint$/.test(name)) return true;
  const text = latin1(bytes);
  const first = text.split('\n', 1)[0]!;
  return text.includes('\n\n\xe2\x80\x94 ') || first.startsWith('c2sp.org/tlog-proof@') || logs.includes(first);
}
