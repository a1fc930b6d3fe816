import { type KeyObject, createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { asError } from '../model/index.js';
import { toBase64, utf8 } from '../verify/index.js';
import type { PackageSigner } from './wacz-writer.js';
import { writeOnce } from './write-whole.js';

/** The ECDSA P-384 key of packages in `<dir>/package.key` (PKCS#8, mode 0600), made on first use (facts/evidence §20.3). */
export async function loadOrCreatePackageKey(dir: string): Promise<PackageSigner> {
  const path = join(dir, 'package.key');
  try {
    if (!existsSync(path)) await createKey(dir, path);
    return packageSignerOf(createPrivateKey(await readFile(path)));
  } catch (thrown) {
    throw asError(thrown, {
      code: 'STORE_FAILED',
      message: `the package key ${path} cannot be read or made`,
      hint: 'Restore it from a backup: readers compare the key with the one you published.',
    });
  }
}

async function createKey(dir: string, path: string): Promise<void> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-384' });
  await writeOnce(path, utf8(privateKey.export({ type: 'pkcs8', format: 'pem' }) as string));
}

/** Throws for any key but ECDSA P-384: the one curve every player can check. */
export function packageSignerOf(privateKey: KeyObject): PackageSigner {
  if (privateKey.asymmetricKeyDetails?.namedCurve !== 'secp384r1') throw new TypeError('it is no P-384 key');
  const spki = createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
  return {
    publicKey: toBase64(spki),
    sign: (hashText) => toBase64(sign('sha256', utf8(hashText), { key: privateKey, dsaEncoding: 'ieee-p1363' })),
  };
}
