/** What kind of evidence a file is, told so that a changed first byte makes a broken one of its kind, not a stranger. */

import { latin1 } from './bytes.js';
import { OTS_MAGIC } from './ots.js';
import { isBareToken, readTimestampResponse } from './timestamp-message.js';

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

/** A proof that stands alone beside its data. */
export type LoneProof = 'ots' | 'tsr';

const SIGNED_DATA = '\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02';
const TIME_STAMP = '\x06\x0b\x2a\x86\x48\x86\xf7\x0d\x01\x09\x10\x01\x04';

/**
 * By its bytes: by most of the 31 that begin a `.ots`; or as a `.tsr` by what a response begins with and the two names it must hold,
 * any one of which may be changed. Other files may hold a stamp as well, so that the names alone are not enough.
 */
export function loneProof(bytes: Uint8Array): LoneProof | undefined {
  const same = OTS_MAGIC.filter((byte, at) => bytes[at] === byte).length;
  if (same > OTS_MAGIC.length / 2) return 'ots';
  // A token without a response around it is none of ours, and none of ours changed.
  if (isZip(bytes) || isBareToken(bytes)) return undefined;
  const start = latin1(bytes.subarray(0, 4096));
  const [sequence, length] = [bytes[0] === 0x30, bytes[1] === 0x81 || bytes[1] === 0x82];
  const names = [SIGNED_DATA, TIME_STAMP].filter((name) => start.includes(name)).length;
  const isLike = sequence ? names > 0 : length && names === 2;
  return isLike || readTimestampResponse(bytes) ? 'tsr' : undefined;
}

/** By its name, for a file of which more was changed than one byte. */
export function namedLoneProof(name: string): LoneProof | undefined {
  return /\.(ots|tsr)$/i.exec(name)?.[1]?.toLowerCase() as LoneProof | undefined;
}

/** A file somebody gave, as far as is needed to tell what it is: its name and its first bytes. */
export interface GivenFile {
  name: string;
  start: Uint8Array;
}

/**
 * Which of the files given together is the data of which proof: the one named like the proof without its ending; or, of two files
 * that are a proof and something else, the other. A file that is taken for data is not looked at by itself.
 */
export function pairProofs<File extends GivenFile>(files: readonly File[]): { file: File; of?: File }[] {
  const kindOf = ({ name, start }: File): LoneProof | undefined => loneProof(start) ?? namedLoneProof(name);
  const proofs = new Set(files.filter(kindOf));
  const dataOf = (proof: File): File | undefined => {
    const named = files.find(({ name }) => name === proof.name.replace(/\.(?:ots|tsr)$/i, '') && name !== proof.name);
    return named ?? (files.length === 2 && proofs.size === 1 ? files.find((each) => !proofs.has(each)) : undefined);
  };
  const data = new Map([...proofs].flatMap((proof) => [[proof, dataOf(proof)] as const]));
  const used = new Set(data.values());
  return files
    .filter((file) => !used.has(file))
    .map((file) => {
      const of = data.get(file);
      return of ? { file, of } : { file };
    });
}
