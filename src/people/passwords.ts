/** Passwords by scrypt (RFC 7914). The parameters stand beside each hash, so that they can grow without a reset. */
import { type ScryptOptions, randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { AsPostedError } from '../model/index.js';

export interface PasswordHash {
  n: number;
  r: number;
  p: number;
  /** Base64. */
  salt: string;
  hash: string;
}

/** 32 MB and three passes, one of the equal choices of OWASP's Password Storage Cheat Sheet. */
const COST = { n: 32_768, r: 8, p: 3 };
const LENGTH = 32;
const SHORTEST = 12;
const LONGEST = 256;

/** Nobody's: what a name that is not there is held against, at the same cost. */
const NOBODY: PasswordHash = {
  ...COST,
  salt: randomBytes(16).toString('base64'),
  hash: randomBytes(LENGTH).toString('base64'),
};

/** Throws BAD_INPUT for one that is too short or too long; says nothing of it. */
export async function hashPassword(password: string): Promise<PasswordHash> {
  const letters = Array.from(password.normalize('NFKC')).length;
  if (letters < SHORTEST || letters > LONGEST) {
    const message = `a password has ${SHORTEST} to ${LONGEST} characters`;
    throw new AsPostedError({ code: 'BAD_INPUT', message, hint: 'Several words in a row are a good one.' });
  }
  const salt = randomBytes(16);
  const hash = await derive(password, salt, COST);
  return { ...COST, salt: salt.toString('base64'), hash: hash.toString('base64') };
}

/** In constant time. `kept` is undefined for an unknown name and for one without a password: as costly, and never right. */
export async function passwordIs(password: string, kept: PasswordHash | undefined): Promise<boolean> {
  const { salt, hash, ...cost } = kept ?? NOBODY;
  const derived = await derive(password.slice(0, 4 * LONGEST), Buffer.from(salt, 'base64'), cost);
  const same = timingSafeEqual(derived, Buffer.from(hash, 'base64'));
  return same && kept !== undefined;
}

const MOST_AT_ONCE = 2;
let running = 0;
const waiting: (() => void)[] = [];

/** Few at a time: many attempts at once would take all memory and all threads of the process. */
async function derive(password: string, salt: Buffer, { n, r, p }: typeof COST): Promise<Buffer> {
  if (running >= MOST_AT_ONCE) await new Promise<void>((go) => waiting.push(go));
  else running += 1;
  try {
    return await new Promise((done, failed) => {
      const options: ScryptOptions = { N: n, r, p, maxmem: 256 * n * r };
      scrypt(password.normalize('NFKC'), salt, LENGTH, options, (error, key) => {
        if (error) failed(error);
        else done(key);
      });
    });
  } finally {
    // The place is handed on, so that nobody who comes meanwhile takes it.
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
}
