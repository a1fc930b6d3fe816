/**
 * Bodies too long for memory, in temporary files without a name: each is unlinked the moment it is open, so that its bytes go
 * when it is closed, or with the process, however that ends.
 */
import { randomBytes } from 'node:crypto';
import { closeSync, mkdirSync, openSync, read, readdirSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { AsPostedError, type SpooledBytes } from '../model/index.js';

/** What stays in memory of one response. */
export const SPOOL_ABOVE = 4 << 20;
const PIECE = 1 << 18;
const NAME = /^asposted-[0-9a-f]{16}\.spool$/;

const readAt = promisify(read);

export class SpoolFolder {
  private readonly dir: string;
  private readonly open = new Set<Spool>();
  private ready = false;

  constructor(dir: string) {
    this.dir = dir;
  }

  create(): Spool {
    const path = join(this.dir, `asposted-${randomBytes(8).toString('hex')}.spool`);
    try {
      if (!this.ready) this.prepare();
      const fd = openSync(path, 'wx+', 0o600);
      rmSync(path, { force: true });
      const spool = new Spool(fd, this.dir, () => this.open.delete(spool));
      this.open.add(spool);
      return spool;
    } catch (cause) {
      throw writeFailed(this.dir, cause);
    }
  }

  /** A process killed between opening and unlinking left a name behind; removing one of a living process harms nothing. */
  private prepare(): void {
    mkdirSync(this.dir, { recursive: true, mode: 0o700 });
    for (const name of readdirSync(this.dir).filter((each) => NAME.test(each))) {
      try {
        rmSync(join(this.dir, name), { force: true });
      } catch {
        // somebody else's, in a folder shared with them
      }
    }
    this.ready = true;
  }

  close(): void {
    for (const spool of this.open) spool.closeNow();
  }
}

export class Spool implements SpooledBytes {
  length = 0;
  private readonly fd: number;
  private readonly dir: string;
  private readonly onClose: () => void;
  private closed = false;

  constructor(fd: number, dir: string, onClose: () => void) {
    this.fd = fd;
    this.dir = dir;
    this.onClose = onClose;
  }

  /** At once: what comes from a socket is never queued in memory faster than the disk takes it. */
  write(bytes: Uint8Array): void {
    try {
      for (let at = 0; at < bytes.length;) at += writeSync(this.fd, bytes, at, bytes.length - at, this.length + at);
    } catch (cause) {
      throw writeFailed(this.dir, cause);
    }
    this.length += bytes.length;
  }

  async *open(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < this.length;) {
      // A closed descriptor may be another file by now.
      if (this.closed) throw new AsPostedError({ code: 'BAD_INPUT', message: 'a spooled body was read after its end' });
      const { buffer, bytesRead } = await readAt(this.fd, Buffer.allocUnsafe(PIECE), 0, PIECE, at);
      if (bytesRead === 0)
        throw new AsPostedError({ code: 'STORE_FAILED', message: `a temporary file in ${this.dir} ended early` });
      at += bytesRead;
      yield buffer.subarray(0, bytesRead);
    }
  }

  async close(): Promise<void> {
    this.closeNow();
  }

  closeNow(): void {
    if (this.closed) return;
    this.closed = true;
    closeSync(this.fd);
    this.onClose();
  }
}

function writeFailed(dir: string, cause: unknown): AsPostedError {
  const full = ['ENOSPC', 'EDQUOT'].includes((cause as NodeJS.ErrnoException).code ?? '');
  return new AsPostedError({
    code: full ? 'VAULT_FULL' : 'STORE_FAILED',
    retry: 'later',
    message: full
      ? `there is no space left in ${dir} for a long body`
      : `a temporary file in ${dir} could not be written`,
    ...(full ? { hint: 'Free some space and run the command again.' } : {}),
    cause,
  });
}
