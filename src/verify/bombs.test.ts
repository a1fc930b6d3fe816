/** What is made to eat memory or time is refused, with the reason, before it does (facts/evidence §22.2). */
import assert from 'node:assert/strict';
import test from 'node:test';
import { deflateRawSync, gzipSync } from 'node:zlib';
import { checkWacz, crc32, utf8, verifyFile } from './index.js';

interface Member {
  path: string;
  data: Uint8Array;
  method: number;
  size: number;
  crc: number;
}

const stored = (path: string, data: Uint8Array): Member => ({
  path,
  data,
  method: 0,
  size: data.length,
  crc: crc32(data),
});

function zip(members: readonly Member[], count = members.length): Uint8Array {
  const [locals, centrals]: [Uint8Array[], Uint8Array[]] = [[], []];
  let offset = 0;
  for (const { path, data, method, size, crc } of members) {
    const name = utf8(path);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(0x0800, 2);
    common.writeUInt16LE(method, 4);
    common.writeUInt16LE(33, 8);
    common.writeUInt32LE(crc, 10);
    common.writeUInt32LE(data.length, 14);
    common.writeUInt32LE(size, 18);
    common.writeUInt16LE(name.length, 22);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE((0o100644 << 16) >>> 0, 6);
    tail.writeUInt32LE(offset, 10);
    locals.push(Buffer.from('PK\x03\x04', 'latin1'), common, name, data);
    centrals.push(Buffer.from('PK\x01\x02\x14\x03', 'latin1'), common, tail, name);
    offset += 30 + name.length + data.length;
  }
  const directory = Buffer.concat(centrals);
  const wide = Buffer.alloc(count > 0xfffe ? 76 : 0);
  if (count > 0xfffe) {
    wide.writeUInt32LE(0x06064b50, 0);
    wide.writeBigUInt64LE(44n, 4);
    wide.writeUInt16LE(0x0314, 12);
    wide.writeUInt16LE(45, 14);
    wide.writeBigUInt64LE(BigInt(count), 24);
    wide.writeBigUInt64LE(BigInt(count), 32);
    wide.writeBigUInt64LE(BigInt(directory.length), 40);
    wide.writeBigUInt64LE(BigInt(offset), 48);
    wide.writeUInt32LE(0x07064b50, 56);
    wide.writeBigUInt64LE(BigInt(offset + directory.length), 64);
    wide.writeUInt32LE(1, 72);
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Math.min(count, 0xffff), 8);
  end.writeUInt16LE(Math.min(count, 0xffff), 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, wide, end]);
}

async function codes(bytes: Uint8Array): Promise<string[]> {
  const { findings } = await checkWacz(bytes);
  return [...new Set(findings.map(({ code }) => code))];
}

/** What is found about one member, not about the rest of a package that is none. */
async function placesOf(bytes: Uint8Array, path: string): Promise<string> {
  const { findings } = await checkWacz(bytes);
  return findings
    .filter((each) => each.path === path)
    .map(({ code, sentence }) => `${code}: ${sentence}`)
    .join('; ');
}

const listing = (path: string, { length }: Uint8Array): string =>
  JSON.stringify({ resources: [{ name: 'x', path, hash: '', bytes: length }] });

const manifest = (text: string): Member => stored('datapackage.json', utf8(text));

test('a member that unpacks to a thousand times its size is refused by what it states, and when it lies, while it unpacks', async () => {
  const zeros = Buffer.alloc(64 << 20);
  const packed = deflateRawSync(zeros);
  const bomb = { path: 'pages/pages.jsonl', data: packed, method: 8, size: zeros.length, crc: crc32(zeros) };
  assert.ok((await codes(zip([manifest('{}'), bomb]))).includes('zip-limit'));
  const lying = { ...bomb, size: packed.length };
  const places = await placesOf(zip([manifest('{}'), lying]), lying.path);
  assert.match(places, /zip-/, places);
});

test('more members than anybody needs, and more than there are', async () => {
  const many = Array.from({ length: 20_000 }, (_, n) => stored(`archive/${n}`, new Uint8Array()));
  assert.ok((await codes(zip([manifest('{}'), ...many]))).includes('zip-limit'));
  for (const count of [10_000_000, 2 ** 40])
    assert.equal((await verifyFile(zip([manifest('{}')], count))).verdict, 'failed', `${count} members claimed`);
});

test('JSON that is deep, long or double is refused, not read', async () => {
  const deep = `${'{"a":'.repeat(200_000)}1${'}'.repeat(200_000)}`;
  for (const text of [deep, '['.repeat(1_000_000), '{"resources":[],"resources":[]}', '{"__proto__":{}}'])
    assert.ok((await codes(zip([manifest(text)]))).includes('manifest'), text.slice(0, 20));
});

test('a packed index that grows without end is refused, a packed record read in pieces', async () => {
  const index = gzipSync(Buffer.alloc(200 << 20));
  const places = await placesOf(
    zip([manifest(listing('indexes/index.cdx.gz', index)), stored('indexes/index.cdx.gz', index)]),
    'indexes/index.cdx.gz',
  );
  assert.match(places, /index: line 2: the block at byte 0 is damaged or too large/);
  const head = 'WARC/1.1\r\nWARC-Type: resource\r\nContent-Length: 209715200\r\n\r\n';
  const warc = gzipSync(Buffer.concat([utf8(head), Buffer.alloc(200 << 20, 97), utf8('\r\n\r\n')]));
  const { verdict, claims } = await verifyFile(warc, { name: 'bomb.warc.gz' });
  // Read to its end in bounded memory, not refused: it is what it says, but states no digest.
  assert.equal(verdict, 'unknown');
  assert.match(claims[0]!.detail, /^1 records, 1 without a digest/);
  const lie = gzipSync(utf8(head.replace('209715200', '999999999999')));
  assert.equal((await verifyFile(lie, { name: 'lie.warc.gz' })).verdict, 'failed');
});
