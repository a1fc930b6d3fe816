/**
 * A throw-away certificate authority, made on the spot and forgotten with the process: for the proxy a browser is put
 * behind, and for the demo's own server. Written as plain DER, because a machine with only Node has no openssl and Node
 * itself makes no certificates (RFC 5280).
 */
import {
  type KeyObject,
  type KeyPairKeyObjectResult,
  createHash,
  generateKeyPairSync,
  randomBytes,
  sign,
} from 'node:crypto';

export interface Authority {
  /** The CA's certificate, PEM: what `capture.ca` is given. */
  certificate: string;
  /** Key and certificate for a server of these names; a key of its own unless one is given. */
  issue(hosts: readonly string[], pair?: KeyPairKeyObjectResult): { key: string; cert: string };
}

const SEQUENCE = 0x30;
const SET = 0x31;
const INTEGER = 0x02;
const BIT_STRING = 0x03;
const OCTET_STRING = 0x04;
const OID = 0x06;
const UTF8 = 0x0c;
const UTC_TIME = 0x17;
const BOOLEAN = 0x01;

function der(tag: number, ...contents: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(contents);
  const length =
    body.length < 128
      ? [body.length]
      : body.length < 256
        ? [0x81, body.length]
        : [0x82, body.length >> 8, body.length & 255];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
}

function oid(text: string): Buffer {
  const [first = 0, second = 0, ...rest] = text.split('.').map(Number);
  const bytes = [first * 40 + second];
  for (const arc of rest) {
    const groups = [arc & 127];
    for (let left = arc >> 7; left > 0; left >>= 7) groups.unshift((left & 127) | 128);
    bytes.push(...groups);
  }
  return der(OID, Buffer.from(bytes));
}

const ECDSA_SHA256 = der(SEQUENCE, oid('1.2.840.10045.4.3.2'));

function name(common: string): Buffer {
  return der(SEQUENCE, der(SET, der(SEQUENCE, oid('2.5.4.3'), der(UTF8, Buffer.from(common)))));
}

function time(date: Date): Buffer {
  return der(UTC_TIME, Buffer.from(`${date.toISOString().slice(2, 19).replace(/[-T:]/g, '')}Z`));
}

function extension(id: string, critical: boolean, value: Uint8Array): Buffer {
  return der(SEQUENCE, oid(id), ...(critical ? [der(BOOLEAN, Buffer.from([0xff]))] : []), der(OCTET_STRING, value));
}

interface Wanted {
  subject: string;
  issuer: string;
  publicKey: KeyObject;
  issuerKey: KeyObject;
  extensions: readonly Buffer[];
}

function certificate({ subject, issuer, publicKey, issuerKey, extensions }: Wanted): string {
  const now = Date.now();
  const serial = randomBytes(12);
  serial[0] = (serial[0]! & 0x7f) | 1;
  const tbs = der(
    SEQUENCE,
    der(0xa0, der(INTEGER, Buffer.from([2]))),
    der(INTEGER, serial),
    ECDSA_SHA256,
    name(issuer),
    der(SEQUENCE, time(new Date(now - 3_600_000)), time(new Date(now + 86_400_000))),
    name(subject),
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, der(SEQUENCE, ...extensions)),
  );
  const signature = sign('sha256', tbs, issuerKey);
  const full = der(SEQUENCE, tbs, ECDSA_SHA256, der(BIT_STRING, Buffer.from([0]), signature));
  return `-----BEGIN CERTIFICATE-----\n${full
    .toString('base64')
    .replace(/(.{64})/g, '$1\n')
    .trimEnd()}\n-----END CERTIFICATE-----\n`;
}

function keyIdentifier(publicKey: KeyObject): Buffer {
  return createHash('sha1')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest();
}

export const makeKeyPair = (): KeyPairKeyObjectResult => generateKeyPairSync('ec', { namedCurve: 'P-256' });

/** Valid for one day. */
export function makeAuthority(subject = 'As Posted, throw-away CA'): Authority {
  const ca = makeKeyPair();
  const caKeyId = keyIdentifier(ca.publicKey);
  const constraints = der(SEQUENCE, der(BOOLEAN, Buffer.from([0xff])));
  return {
    certificate: certificate({
      subject,
      issuer: subject,
      publicKey: ca.publicKey,
      issuerKey: ca.privateKey,
      extensions: [
        extension('2.5.29.19', true, constraints),
        extension('2.5.29.15', true, der(BIT_STRING, Buffer.from([1, 0x06]))),
        extension('2.5.29.14', false, der(OCTET_STRING, caKeyId)),
      ],
    }),
    issue: (hosts, own = makeKeyPair()) => {
      const names = der(SEQUENCE, ...hosts.map((host) => der(0x82, Buffer.from(host))));
      const cert = certificate({
        subject: hosts[0] ?? 'nobody',
        issuer: subject,
        publicKey: own.publicKey,
        issuerKey: ca.privateKey,
        extensions: [
          extension('2.5.29.17', false, names),
          extension('2.5.29.37', false, der(SEQUENCE, oid('1.3.6.1.5.5.7.3.1'))),
          extension('2.5.29.35', false, der(SEQUENCE, der(0x80, caKeyId))),
        ],
      });
      return { key: own.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string, cert };
    },
  };
}
