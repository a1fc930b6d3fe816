/** The keys of a store, looked at and never made: a log that lost its key must not get another one unnoticed. */
import { createPrivateKey } from 'node:crypto';
import { chmod, readFile, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type NoteSigner, signerOf } from './keys.js';
import type { Problem } from './log-check.js';
import { packageSignerOf } from './package-key.js';

export interface KeyInspection {
  /** Undefined when there is no key that can be read. */
  signer: NoteSigner | undefined;
  problems: Problem[];
  /** Key files others may read. */
  open: string[];
}

const MODE = 0o600;

/** `used`: the log holds something, so that a missing key is a loss and not a beginning. */
export async function inspectKeys(dir: string, origin: string, used: boolean): Promise<KeyInspection> {
  const found: KeyInspection = { signer: undefined, problems: [], open: [] };
  const broken = (name: string, what: string): void => {
    found.problems.push({ kind: 'seen', what: `keys/${name}: ${what}` });
  };
  for (const name of await namesIn(dir)) {
    const path = join(dir, name);
    const pem = await readFile(path).catch((cause: unknown) => cause as NodeJS.ErrnoException);
    if (!Buffer.isBuffer(pem)) {
      if (pem.code !== 'ENOENT') broken(name, 'it cannot be read');
      else if (name === 'log.key' && used) broken(name, 'it is missing; restore it from a backup');
      continue;
    }
    try {
      const key = createPrivateKey(pem);
      if (name === 'package.key') packageSignerOf(key);
      else if (key.asymmetricKeyType !== 'ed25519') throw new TypeError('it is no Ed25519 key');
      else if (name === 'log.key') found.signer = signerOf(key, origin);
    } catch {
      broken(name, 'it is no private key of its kind');
    }
    if (process.platform !== 'win32' && ((await stat(path)).mode & 0o077) !== 0) {
      found.open.push(path);
      found.problems.push({ kind: 'made', what: `keys/${name}: others than its owner may read or change it` });
    }
  }
  return found;
}

/** With those of a change of keys under way, and older ones that still sign (log-keys.ts). */
async function namesIn(dir: string): Promise<string[]> {
  const names = await readdir(dir).catch(() => []);
  return ['log.key', 'package.key', ...names.filter((name) => /^log(?:-\d+|\.next)\.key$/.test(name)).sort()];
}

/** Back to the mode it was made with. */
export async function closeKey(path: string): Promise<void> {
  await chmod(path, MODE);
}
