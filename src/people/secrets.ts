/** Random words that are shown once and kept as their SHA-256: 256 bits need no slow hash. */
import { createHash, randomBytes } from 'node:crypto';

/** Scanners of source code find what begins like this: `asposted_[A-Za-z0-9_-]{43}`. */
export const TOKEN_PREFIX = 'asposted_';

export const newSecret = (): string => randomBytes(32).toString('base64url');
export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');
