import { type KeyObject, createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { asError } from '../model/index.js';
import { formatKey, signatureLine, utf8 } from '../verify/index.js';
import { writeOnce } from './write-whole.js';

/** Signs the texts of notes; the secret never leaves it. */
export interface NoteSigner {
  name: string;
  vkey: string;
  sign(text: string): string;
}

/** The log's Ed25519 key in `<dir>/log.key` (PKCS#8, mode 0600), made on first use. The key's name is the log's origin. */
export async function loadOrCreateLogKey(dir: string, origin: string): Promise<NoteSigner> {
  const path = join(dir, 'log.key');
  try {
    if (!existsSync(path)) await createKey(dir, path);
    return signerOf(createPrivateKey(await readFile(path)), origin);
  } catch (thrown) {
    throw asError(thrown, {
      code: 'STORE_FAILED',
      message: `the log key ${path} cannot be read or made`,
      hint: 'Restore it from a backup: a log signed by another key is another log.',
    });
  }
}

async function createKey(dir: string, path: string): Promise<void> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const { privateKey } = generateKeyPairSync('ed25519');
  await writeOnce(path, utf8(privateKey.export({ type: 'pkcs8', format: 'pem' }) as string));
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
