/** What kind of evidence a file is, told so that a changed first byte makes a broken one of its kind, not a stranger. */

const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

/** By the first signature, or by the end record that a ZIP without a comment closes with. */
export function isZip(bytes: Uint8Array): boolean {
  const end = latin1(bytes.subarray(-22, -18));
  return latin1(bytes.subarray(0, 4)) === 'PK\x03\x04' || (bytes.length >= 22 && end === 'PK\x05\x06');
}

/** By its first bytes, by a header of its first record, or by its name. */
export function isWarc(bytes: Uint8Array, name: string): boolean {
  const start = latin1(bytes.subarray(0, 1024));
  return /^(?:\x1f\x8b|WARC\/)/.test(start) || /\r\nWARC-Type:/i.test(start) || /\.warc(?:\.gz)?$/i.test(name);
}
