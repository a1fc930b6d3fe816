/** A ZIP writer that writes whatever it is told: for forging what the strict reader must refuse. */
import { deflateRawSync } from 'node:zlib';
import { crc32, readContainer, utf8 } from '../../verify/index.js';

export interface LooseMember {
  path: string;
  bytes: Uint8Array;
  deflate?: boolean;
  /** Put over the fields of both headers, or of one. */
  local?: Partial<Fields>;
  central?: Partial<Fields>;
}

interface Fields {
  needed: number;
  flags: number;
  method: number;
  time: number;
  date: number;
  crc: number;
  packed: number;
  size: number;
  path: string;
  extra: Uint8Array;
}

export interface LooseZip {
  members: LooseMember[];
  prefix?: Uint8Array;
  gap?: Uint8Array;
  comment?: string;
  count?: number;
}

/** Members of a ZIP as they lie in it. */
export function membersOf(bytes: Uint8Array): LooseMember[] {
  return readContainer(bytes).entries.map(({ path, bytes: data, time, date }) => {
    const stamp = { time, date };
    return { path, bytes: data!, local: stamp, central: stamp };
  });
}

export function looseZip({ members, prefix, gap, comment = '', count = members.length }: LooseZip): Uint8Array {
  const locals: Uint8Array[] = prefix ? [prefix] : [];
  const centrals: Uint8Array[] = [];
  let offset = prefix?.length ?? 0;
  for (const member of members) {
    const data = member.deflate ? deflateRawSync(member.bytes) : member.bytes;
    const local = Buffer.concat([header(member, data, member.local), data]);
    centrals.push(directoryEntry(member, data, offset));
    locals.push(local, gap ?? new Uint8Array());
    offset += local.length + (gap?.length ?? 0);
  }
  const directory = Buffer.concat(centrals);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  end.writeUInt16LE(comment.length, 20);
  return Buffer.concat([...locals, directory, end, utf8(comment)]);
}

function fieldsOf({ path, bytes, deflate }: LooseMember, data: Uint8Array, over: Partial<Fields> = {}): Fields {
  const sizes = { crc: crc32(bytes), packed: data.length, size: bytes.length };
  const rest = { needed: 20, flags: 0x0800, method: deflate ? 8 : 0, time: 0, date: 33, extra: new Uint8Array() };
  return { ...rest, ...sizes, path, ...over };
}

function header(member: LooseMember, data: Uint8Array, over?: Partial<Fields>): Buffer {
  const fields = fieldsOf(member, data, over);
  return Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common(fields), utf8(fields.path), fields.extra]);
}

function directoryEntry(member: LooseMember, data: Uint8Array, offset: number): Buffer {
  const fields = fieldsOf(member, data, member.central);
  const tail = Buffer.alloc(14);
  tail.writeUInt32LE((0o100644 << 16) >>> 0, 6);
  tail.writeUInt32LE(offset, 10);
  const start = Buffer.from('PK\x01\x02\x14\x03', 'latin1');
  return Buffer.concat([start, common(fields), tail, utf8(fields.path), fields.extra]);
}

function common(fields: Fields): Buffer {
  const bytes = Buffer.alloc(26);
  bytes.writeUInt16LE(fields.needed, 0);
  bytes.writeUInt16LE(fields.flags, 2);
  bytes.writeUInt16LE(fields.method, 4);
  bytes.writeUInt16LE(fields.time, 6);
  bytes.writeUInt16LE(fields.date, 8);
  bytes.writeUInt32LE(fields.crc >>> 0, 10);
  bytes.writeUInt32LE(fields.packed, 14);
  bytes.writeUInt32LE(fields.size, 18);
  bytes.writeUInt16LE(utf8(fields.path).length, 22);
  bytes.writeUInt16LE(fields.extra.length, 24);
  return bytes;
}
