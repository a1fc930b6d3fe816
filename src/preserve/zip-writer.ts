import { AsPostedError } from '../model/index.js';
import { crc32, dosTimeOf, utf8 } from '../verify/index.js';

export interface ZipMember {
  path: string;
  bytes: Uint8Array;
}

/**
 * A ZIP whose bytes depend on its members alone (facts/evidence §7): stored, sizes known beforehand, no extra fields, no
 * comment, DOS time in UTC. Anything the strict reader would refuse is refused here.
 */
export function writeZip(members: readonly ZipMember[], at: Date): Uint8Array {
  const { date, time } = dosTimeOf(at);
  const locals: Uint8Array[] = [];
  const centrals: Uint8Array[] = [];
  let offset = 0;
  const seen = new Set<string>();
  for (const { path, bytes } of members) {
    const name = utf8(path);
    if (
      seen.has(path) ||
      !/^[\w.@-]+(?:\/[\w.@-]+)*$/.test(path) ||
      path.split('/').some((part) => /^\.+$/.test(part))
    ) {
      throw new AsPostedError({ code: 'BAD_INPUT', message: `a bundle cannot hold a member named ${path}` });
    }
    seen.add(path);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    const shared = { date, time, size: bytes.length, crc: crc32(bytes), nameLength: name.length };
    common(local, 4, shared);
    locals.push(local, name, bytes);
    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02014b50, 0);
    central.writeUInt16LE(0x0314, 4);
    common(central, 6, shared);
    central.writeUInt32LE((0o100644 << 16) >>> 0, 38);
    central.writeUInt32LE(offset, 42);
    centrals.push(central, name);
    offset += 30 + name.length + bytes.length;
  }
  const directory = Buffer.concat(centrals);
  if (members.length >= 0xffff || offset + directory.length >= 0xffffffff) {
    throw new AsPostedError({
      code: 'BAD_INPUT',
      message: 'the bundle is larger than 4 GB or has more than 65,534 members',
      hint: 'Make one dossier a part of the case.',
    });
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(members.length, 8);
  end.writeUInt16LE(members.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
}

interface Common {
  date: number;
  time: number;
  size: number;
  crc: number;
  nameLength: number;
}

/** The fields local and central headers share, from "version needed" on. */
function common(header: Buffer, at: number, { date, time, size, crc, nameLength }: Common): void {
  header.writeUInt16LE(20, at);
  header.writeUInt16LE(0x0800, at + 2);
  header.writeUInt16LE(0, at + 4);
  header.writeUInt16LE(time, at + 6);
  header.writeUInt16LE(date, at + 8);
  header.writeUInt32LE(crc, at + 10);
  header.writeUInt32LE(size, at + 14);
  header.writeUInt32LE(size, at + 18);
  header.writeUInt16LE(nameLength, at + 22);
}
