import { type KeyObject, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { formatKey, signatureLine, utf8 } from '../verify/index.js';
import { writeOnce } from './write-whole.js';

/** Signs the texts of notes; the secret never leaves it. */
export interface NoteSigner {
  name: string;
  vkey: string;
  sign(text: string): string;
}

export function signerOf(privateKey: KeyObject, name: string): NoteSigner {
  const spki = createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
  const publicKey = new Uint8Array(spki.subarray(spki.length - 32));
  return {
    name,
    vkey: formatKey(name, publicKey),
    sign: (text) => `${text}\n${signatureLine(name, publicKey, sign(null, utf8(text), privateKey))}`,
  };
}

/** A fresh Ed25519 key in a file (PKCS#8, mode 0600). One that is there already stays. */
export async function createKeyFile(path: string): Promise<void> {
  const { privateKey } = generateKeyPairSync('ed25519');
  await writeOnce(path, utf8(privateKey.export({ type: 'pkcs8', format: 'pem' }) as string));
}

/** One text under the signatures of several keys, in this order. */
export function signAll(text: string, [first, ...more]: readonly [NoteSigner, ...NoteSigner[]]): string {
  return first.sign(text) + more.map((each) => each.sign(text).slice(text.length + 1)).join('');
}
