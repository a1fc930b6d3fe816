/** Which record of a capture's WARC is the page itself: the response marked, else the last; where there is none, the first resource (docs/format.md). */
import { AsPostedError } from '../model/index.js';
import { lossyUtf8 } from './bytes.js';
import type { WarcRecord } from './warc-reader.js';

/** Field in the metadata record beside a response; its only value is `main`. */
export const ROLE_FIELD = 'asposted-role';

const MARK = new RegExp(`^${ROLE_FIELD}:\\s*main\\s*$`, 'im');

/** Shown every record of a WARC in order, it holds at most three records at a time. */
export class MainResponse {
  private last: WarcRecord | undefined;
  private marked: WarcRecord | undefined;
  /** A file that was imported came without an answer around it. */
  private resource: WarcRecord | undefined;

  /** Throws VERIFY_FAILED for a second mark, or one that belongs to no response before it: the WARC would have two readings. */
  see(record: WarcRecord): void {
    if (record.type === 'response') this.last = record;
    if (record.type === 'resource') this.resource ??= record;
    if (record.type !== 'metadata' || !MARK.test(lossyUtf8(record.block))) return;
    const beside = record.headers.find(([name]) => name.toLowerCase() === 'warc-concurrent-to')?.[1];
    if (this.marked || !this.last || beside !== this.last.id)
      throw new AsPostedError({
        code: 'VERIFY_FAILED',
        message: `WARC record at byte ${record.offset} marks a main response where none can be`,
      });
    this.marked = this.last;
  }

  get record(): WarcRecord | undefined {
    return this.marked ?? this.last ?? this.resource;
  }
}
