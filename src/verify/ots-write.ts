/**
 * OpenTimestamps proofs written, merged and cut down (facts/evidence §19.1, §19.3). In the order of the reference: attestations by
 * tag and payload, then operations by their byte and argument, every item but the last after `ff`.
 */
import { bad } from './der.js';
import { compareBytes, concat, equalBytes, fromHex, toHex } from './hash.js';
import {
  FILE_HASHES,
  OTS_LIMITS,
  OTS_MAGIC,
  type OtsBranch,
  type OtsTimestamp,
  type OtsTree,
  readOts,
  readPayload,
} from './ots.js';

type Attestation = OtsTimestamp['attestations'][number];

/** The bytes of a `.ots` file. Throws BAD_INPUT for a tree that leads nowhere or would be longer than a reader accepts. */
export function writeOts({ fileHash, timestamp }: OtsTree): Uint8Array {
  const [op] = Object.entries(FILE_HASHES).find(([, { name }]) => name === fileHash)!;
  const bytes = concat([OTS_MAGIC, Uint8Array.of(1, Number(op)), timestamp.message, ...timestampParts(timestamp)]);
  if (bytes.length > OTS_LIMITS.file) throw bad('the proof is larger than 1 MiB');
  return bytes;
}

function timestampParts({ attestations, branches }: OtsTimestamp): Uint8Array[] {
  const items = [
    ...[...attestations].sort(byAttestation).map(attestationParts),
    ...[...branches].sort(byOperation).map(branchParts),
  ];
  if (items.length === 0) throw bad('the timestamp leads to nothing');
  return items.flatMap((item, at) => (at < items.length - 1 ? [Uint8Array.of(0xff), ...item] : item));
}

const attestationParts = ({ tag, payload }: Attestation): Uint8Array[] => [
  Uint8Array.of(0),
  fromHex(tag),
  varuint(payload.length),
  payload,
];

const branchParts = ({ op, argument, next }: OtsBranch): Uint8Array[] => [
  Uint8Array.of(op),
  ...(argument.length === 0 ? [] : [varuint(argument.length), argument]),
  ...timestampParts(next),
];

function varuint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 0x80; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 0x80);
  return Uint8Array.of(...bytes, rest);
}

/** Heights as numbers and addresses as texts, not as the bytes they are packed in. */
function byAttestation(a: Attestation, b: Attestation): number {
  if (a.tag !== b.tag) return a.tag < b.tag ? -1 : 1;
  const [one, other] = [readPayload(a.tag, a.payload), readPayload(b.tag, b.payload)];
  if ('height' in one && 'height' in other) return one.height - other.height;
  if ('uri' in one && 'uri' in other) return one.uri < other.uri ? -1 : 1;
  return compareBytes(a.payload, b.payload);
}

const byOperation = (a: OtsBranch, b: OtsBranch): number => a.op - b.op || compareBytes(a.argument, b.argument);

/** Everything of both, once. Throws BAD_INPUT when they are not of one message. */
export function mergeTimestamps(a: OtsTimestamp, b: OtsTimestamp): OtsTimestamp {
  if (!equalBytes(a.message, b.message)) throw bad('the timestamps are of different messages');
  const attestations = new Map<string, Attestation>();
  for (const each of [...a.attestations, ...b.attestations])
    attestations.set(`${each.tag} ${toHex(each.payload)}`, each);
  const branches = new Map<string, OtsBranch>();
  for (const each of [...a.branches, ...b.branches]) {
    const key = `${each.op} ${toHex(each.argument)}`;
    const known = branches.get(key);
    branches.set(key, known ? { ...known, next: mergeTimestamps(known.next, each.next) } : each);
  }
  return { message: a.message, attestations: [...attestations.values()], branches: [...branches.values()] };
}

/** A Bitcoin attestation of something that can be a Merkle root. */
const isBlock = ({ message }: OtsTimestamp, { tag, payload }: Attestation): boolean =>
  message.length === 32 && readPayload(tag, payload).kind === 'bitcoin';

/** Whether some way from here leads to a Bitcoin block: what is no more than promised is not a proof yet. */
export function leadsToBlock(timestamp: OtsTimestamp): boolean {
  return (
    timestamp.attestations.some((each) => isBlock(timestamp, each)) ||
    timestamp.branches.some(({ next }) => leadsToBlock(next))
  );
}

/** Only the ways that lead to a Bitcoin block; undefined when there are none. */
export function onlyBlocks(timestamp: OtsTimestamp): OtsTimestamp | undefined {
  const attestations = timestamp.attestations.filter((each) => isBlock(timestamp, each));
  const branches = timestamp.branches.flatMap((branch) => {
    const next = onlyBlocks(branch.next);
    return next ? [{ ...branch, next }] : [];
  });
  return attestations.length + branches.length === 0
    ? undefined
    : { message: timestamp.message, attestations, branches };
}

/** Every attestation of `old` stands in `next` as well, and more do: so a proof is never replaced by one that proves less. */
export async function provesMore(next: Uint8Array, old: Uint8Array): Promise<boolean> {
  const [had, has] = await Promise.all([readOts(old), readOts(next)]);
  if (had.fileHash !== has.fileHash || had.fileDigest !== has.fileDigest) return false;
  const said = new Set(has.attestations.map((each) => JSON.stringify(each)));
  const before = new Set(had.attestations.map((each) => JSON.stringify(each)));
  return said.size > before.size && [...before].every((each) => said.has(each));
}
