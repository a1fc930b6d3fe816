/** A witness by the text of C2SP tlog-witness, for tests: remembers size and root, signs only what continues them. */
import { type KeyObject, createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  cosignedText,
  formatKey,
  fromBase64,
  keyId,
  openCheckpoint,
  parseKey,
  splitNote,
  toBase64,
  verifyConsistency,
} from '../../verify/index.js';

const COSIGNER = 4;

export interface TestWitness {
  vkey: string;
  url: string;
  /** What it last signed: origin to size. */
  seen: Map<string, { size: number; root: Uint8Array }>;
  /** Set to have it answer that way once. */
  answerNext?: { status: number; body: string };
  close(): Promise<void>;
}

export async function startWitness(name: string, seed: number, logs: readonly string[]): Promise<TestWitness> {
  const pkcs8 = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), Buffer.alloc(32, seed)]);
  const key = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });
  const publicKey = new Uint8Array(createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(12));
  const witness: TestWitness = {
    vkey: formatKey(name, publicKey, COSIGNER),
    url: '',
    seen: new Map(),
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
  const server: Server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (part: string) => (body += part));
    request.once('end', () => {
      const { answerNext } = witness;
      delete witness.answerNext;
      const answer = answerNext ?? addCheckpoint(body, { witness, logs, signer: { name, key, publicKey } });
      response.writeHead(answer.status, {
        'content-type': answer.status === 409 ? 'text/x.tlog.size' : 'text/plain',
      });
      response.end(answer.body);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  witness.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return witness;
}

interface Signer {
  name: string;
  key: KeyObject;
  publicKey: Uint8Array;
}

type Setup = { witness: TestWitness; logs: readonly string[]; signer: Signer };

function addCheckpoint(body: string, { witness, logs, signer }: Setup): { status: number; body: string } {
  const cut = body.indexOf('\n\n');
  const [first = '', ...hashes] = body.slice(0, cut).split('\n');
  const note = body.slice(cut + 2);
  const older = Number(/^old (\d+)$/.exec(first)?.[1]);
  const origin = note.split('\n', 1)[0]!;
  const keys = logs.map((each) => parseKey(each)!).filter((each) => each.name === origin);
  if (keys.length === 0) return { status: 404, body: '' };
  const checkpoint = openCheckpoint(note, keys, origin);
  if (!checkpoint) return { status: 403, body: '' };
  if (!(older <= checkpoint.size)) return { status: 400, body: '' };
  const seen = witness.seen.get(origin);
  if (older !== (seen?.size ?? 0)) return { status: 409, body: `${seen?.size ?? 0}\n` };
  const proof = hashes.filter((line) => line !== '').map((line) => fromBase64(line)!);
  const { size: newer, root: newerRoot } = checkpoint;
  const fits = seen ? verifyConsistency({ older, newer, olderRoot: seen.root, newerRoot, proof }) : proof.length === 0;
  if (!fits) return { status: 422, body: '' };
  witness.seen.set(origin, { size: newer, root: newerRoot });
  return { status: 200, body: cosign(note, signer) };
}

function cosign(note: string, { name, key, publicKey }: Signer): string {
  const time = Math.floor(Date.now() / 1000);
  const stamp = Buffer.alloc(8);
  stamp.writeBigUInt64BE(BigInt(time));
  const signature = sign(null, cosignedText(splitNote(note)!.text, time), key);
  return `— ${name} ${toBase64(Buffer.concat([keyId(name, publicKey, COSIGNER), stamp, signature]))}\n`;
}

export const witnessLine = (name: string, witness: TestWitness): string =>
  `witness ${name} ${witness.vkey} ${witness.url}\n`;
