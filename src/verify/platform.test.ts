/** The two platforms give the same answers: what `asposted verify` and the static page say may not differ. */
import assert from 'node:assert/strict';
import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import test from 'node:test';
import { deflateRawSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { compareBytes, fromBase64, fromHex, latin1, lossyUtf8, toBase64, toHex } from './bytes.js';
import * as node from './platform.js';
import * as web from './platform-web.js';

const both = [node, web] as const;

test('both name the same functions', () => {
  assert.deepEqual(Object.keys(web).sort(), Object.keys(node).sort());
});

test('digests', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(300), (bytes, cut) => {
      for (const name of ['md5', 'sha1', 'sha256', 'sha384', 'sha512', 'ripemd160'] as const) {
        const wanted = toHex(node.digest(name, bytes));
        assert.equal(toHex(web.digest(name, bytes.subarray(0, cut), bytes.subarray(cut))), wanted, name);
      }
      const [into, same] = [new Uint8Array(40), new Uint8Array(40)];
      web.sha256Into(bytes, into, 5);
      node.sha256Into(bytes, same, 5);
      assert.equal(toHex(into), `0000000000${toHex(web.digest('sha256', bytes))}000000`);
      assert.deepEqual(same, into);
    }),
  );
});

test('Ed25519: right, wrong, and no points at all', () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const key = new Uint8Array(publicKey.export({ type: 'spki', format: 'der' }).subarray(-32));
  for (let run = 0; run < 20; run++) {
    const message = randomBytes(run * 7);
    const right = new Uint8Array(sign(null, message, privateKey));
    for (const platform of both) {
      assert.equal(platform.verifyEd25519(key, message, right), true);
      assert.equal(platform.verifyEd25519(key, randomBytes(9), right), false);
      for (const at of [0, 31, 32, 63]) {
        const wrong = Uint8Array.from(right);
        wrong[at] = wrong[at]! ^ 1;
        assert.equal(platform.verifyEd25519(key, message, wrong), false, `byte ${at}`);
      }
      assert.equal(platform.verifyEd25519(new Uint8Array(32).fill(0xff), message, right), false);
      assert.equal(platform.verifyEd25519(key, message, right.subarray(1)), false);
    }
  }
  // s + L (RFC 8032 §5.1.7): the same point, another spelling.
  const message = randomBytes(8);
  const right = new Uint8Array(sign(null, message, privateKey));
  const order = 2n ** 252n + 27742317777372353535851937790883648493n;
  const s = BigInt(`0x${toHex(right.slice(32).reverse())}`) + order;
  const malleable = Uint8Array.from([...right.subarray(0, 32), ...fromHex(s.toString(16).padStart(64, '0')).reverse()]);
  for (const platform of both) assert.equal(platform.verifyEd25519(key, message, malleable), false);
});

test('ECDSA and RSA by SubjectPublicKeyInfo', () => {
  const pairs = [
    ...['P-256', 'P-384', 'P-521'].map((namedCurve) => ({
      key: 'ec' as const,
      ...generateKeyPairSync('ec', { namedCurve }),
    })),
    ...[2048, 3072].map((modulusLength) => ({ key: 'rsa' as const, ...generateKeyPairSync('rsa', { modulusLength }) })),
  ];
  const data = randomBytes(200);
  for (const { key, privateKey, publicKey } of pairs) {
    const spki = new Uint8Array(publicKey.export({ type: 'spki', format: 'der' }));
    for (const hash of ['sha256', 'sha384', 'sha512'] as const) {
      const signature = new Uint8Array(sign(hash, data, privateKey));
      const facts = { spki, key, hash, signature };
      const cases: [string, node.SignatureFacts, Uint8Array][] = [
        ['right', facts, data],
        ['other data', facts, data.subarray(1)],
        ['other hash', { ...facts, hash: hash === 'sha256' ? 'sha512' : 'sha256' }, data],
        ['other kind of key', { ...facts, key: key === 'ec' ? 'rsa' : 'ec' }, data],
        ['no signature', { ...facts, signature: new Uint8Array() }, data],
        ['a byte more', { ...facts, signature: Uint8Array.of(...signature, 0) }, data],
        ['a zero before', { ...facts, signature: Uint8Array.of(0, ...signature) }, data],
        ['no key', { ...facts, spki: spki.subarray(2) }, data],
        ...[0, 1, 4, 20, signature.length - 1].map((at): [string, node.SignatureFacts, Uint8Array] => {
          const changed = Uint8Array.from(signature);
          changed[at] = changed[at]! ^ 1;
          return [`byte ${at} changed`, { ...facts, signature: changed }, data];
        }),
      ];
      for (const [what, each, bytes] of cases)
        assert.equal(web.verifyWithSpki(bytes, each), node.verifyWithSpki(bytes, each), `${key} ${hash} ${what}`);
      assert.equal(web.verifyWithSpki(data, facts), true);
    }
  }
});

test('inflate: the same bytes, the same length taken, the same refusals', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 4000 }),
      fc.uint8Array({ maxLength: 30 }),
      fc.nat(9),
      (bytes, tail, level) => {
        const packed = deflateRawSync(bytes, { level });
        const stream = Buffer.concat([packed, tail]);
        for (const platform of both) {
          const { data, used } = platform.inflateRaw(stream, Math.max(bytes.length, 1));
          assert.deepEqual([toHex(data), used], [toHex(bytes), packed.length]);
          assert.throws(() => platform.inflateRaw(packed.subarray(0, -1), 10_000));
          if (bytes.length > 1) assert.throws(() => platform.inflateRaw(stream, bytes.length - 1));
        }
      },
    ),
  );
  const big = Buffer.alloc(300_000, 'As Posted ');
  for (const platform of both) assert.equal(platform.inflateRaw(deflateRawSync(big), 300_000).data.length, 300_000);
  for (const platform of both) assert.throws(() => platform.inflateRaw(gzipSync('x'), 100));
  for (const platform of both) assert.throws(() => platform.inflateRaw(new Uint8Array(), 100));
});

test('texts of bytes are those of Buffer', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 20_000 }), fc.uint8Array({ maxLength: 40 }), (bytes, other) => {
      const buffer = Buffer.from(bytes);
      assert.equal(toHex(bytes), buffer.toString('hex'));
      assert.equal(toBase64(bytes), buffer.toString('base64'));
      assert.equal(latin1(bytes), buffer.toString('latin1'));
      assert.equal(lossyUtf8(bytes), buffer.toString('utf8'));
      assert.deepEqual(fromBase64(toBase64(bytes)), bytes);
      assert.deepEqual(fromHex(toHex(bytes)), bytes);
      assert.equal(Math.sign(compareBytes(bytes, other)), Buffer.compare(buffer, Buffer.from(other)));
    }),
    { numRuns: 50 },
  );
  for (const text of ['AA', 'AAA', 'AB==', 'AAB=', 'A===', 'AA==\n', 'AA=A', '-_==', ' AA==', 'é===', '===='])
    assert.equal(fromBase64(text), undefined, text);
});
