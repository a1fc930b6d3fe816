/** A list's history as somebody kept it in git: a base file and one zero-context diff a state (facts/screening §5). */
import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { extract } from 'tar-stream';
import { AsPostedError, type Day } from '../model/index.js';
import { groupBy } from './group-by.js';

export interface HistoryStep {
  publishedAt: Day;
  file: string;
  diff: Uint8Array;
  /** The whole file in this state. */
  content: Uint8Array;
}

export interface HistoryOptions {
  /** A state with fewer lines than this share of the one before is refused, and so is all that builds on it. */
  leastShare?: number;
  /** Told of every diff that was left out, with the reason. */
  onRefused?: (file: string, why: string) => void;
}

interface Diff {
  file: string;
  bytes: Uint8Array;
  publishedAt: Day;
  before: string;
  after: string;
}

/** All diffs of the archive together may not be larger. */
const LARGEST = 400_000_000;

/**
 * The states one by one, in order by their chain of git blob ids (days with two states exist, names do not order them);
 * every state is checked against the id its diff names. One state is held at a time: a history of 300 states of 4 MB
 * would not fit otherwise.
 */
export async function* readListHistory(
  base: Uint8Array,
  archive: Uint8Array,
  { leastShare = 0.9, onRefused = () => undefined }: HistoryOptions = {},
): AsyncGenerator<HistoryStep> {
  const waiting = groupBy(await readDiffs(archive), ({ before }) => before);
  let content = plain(base);
  let blob = gitBlobId(content);
  let lines = countLines(content);
  let steps = 0;
  for (let next = follower(waiting, blob); next; next = follower(waiting, blob)) {
    const after = applyDiff(content, next.bytes, next.file);
    const left = countLines(after);
    if (left < lines * leastShare) {
      onRefused(next.file, `it would leave ${left} of ${lines} lines`);
      break;
    }
    blob = gitBlobId(after);
    if (!blob.startsWith(next.after)) {
      throw new AsPostedError({
        code: 'BAD_LIST',
        message: `${next.file} gives blob ${blob.slice(0, 12)}, but names ${next.after}: the history does not fit its base file`,
      });
    }
    [content, lines] = [after, left];
    steps += 1;
    yield { publishedAt: next.publishedAt, file: next.file, diff: next.bytes, content };
  }
  for (const { file } of [...waiting.values()].flat()) onRefused(file, 'no state it could follow');
  if (steps === 0) {
    throw new AsPostedError({
      code: 'BAD_LIST',
      message: 'no diff of the history fits the base file',
      hint: 'Give the file as it was before the first diff.',
    });
  }
}

/** Takes the diff that starts from this blob out of those waiting. */
function follower(waiting: Map<string, Diff[]>, blob: string): Diff | undefined {
  for (const [before, diffs] of waiting) if (diffs.length > 0 && blob.startsWith(before)) return diffs.shift();
  return undefined;
}

async function readDiffs(archive: Uint8Array): Promise<Diff[]> {
  const found: Diff[] = [];
  const reader = extract();
  reader.end(Buffer.from(plain(archive)));
  for await (const entry of reader) {
    const chunks: Buffer[] = [];
    for await (const chunk of entry) chunks.push(chunk as Buffer);
    const file = entry.header.name.split('/').at(-1)!;
    const publishedAt = /^(\d{4}-\d\d-\d\d)-.*\.diff$/.exec(file)?.[1];
    if (publishedAt === undefined) continue;
    const bytes = Buffer.concat(chunks);
    const blobs = /^index ([0-9a-f]{7,40})\.\.([0-9a-f]{7,40})/m.exec(bytes.subarray(0, 2_000).toString('latin1'));
    if (!blobs) throw new AsPostedError({ code: 'BAD_LIST', message: `${file} names no blobs: it is no git diff` });
    found.push({ file, bytes, publishedAt, before: blobs[1]!, after: blobs[2]! });
  }
  return found;
}

/** gzip or plain. A bomb, and what is cut, is refused with BAD_LIST. */
export function plain(bytes: Uint8Array): Uint8Array {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: LARGEST });
  } catch (cause) {
    const isBomb = cause instanceof RangeError;
    throw new AsPostedError({
      code: 'BAD_LIST',
      message: isBomb
        ? `the packed file would unpack to more than ${LARGEST} bytes, which no list has`
        : 'the packed file (gzip) is cut or damaged',
      hint: 'The last good version stays in force; get the file again.',
      cause,
    });
  }
}

export function gitBlobId(content: Uint8Array): string {
  return createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex');
}

/** By `indexOf`: byte by byte, 300 states of 4 MB took seconds. */
function countLines(bytes: Uint8Array): number {
  let count = 0;
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) count += 1;
  return count;
}

/** Applies a stored diff and checks the result by its SHA-256. Throws VAULT_CORRUPT when it does not fit. */
export function applyListDiff(base: Uint8Array, diff: Uint8Array, expectedSha256: string): Uint8Array {
  const after = applyDiff(base, diff, 'a stored list diff');
  const got = createHash('sha256').update(after).digest('hex');
  if (got === expectedSha256) return after;
  throw new AsPostedError({
    code: 'VAULT_CORRUPT',
    message: `a list version put together from its diff has hash ${got.slice(0, 12)}…, recorded is ${expectedSha256.slice(0, 12)}…`,
  });
}

/** One file's `git diff -U0`, on bytes: lines are compared, never trusted. */
export function applyDiff(base: Uint8Array, diff: Uint8Array, name: string): Uint8Array {
  const old = splitLines(base);
  const out: Buffer[] = [];
  let at = 0;
  const wrong = (why: string): never => {
    throw new AsPostedError({ code: 'BAD_LIST', message: `${name} does not fit: ${why}` });
  };
  const lines = splitLines(diff);
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i]!;
    const hunk = line[0] === 0x40 ? /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(line.toString('latin1')) : null;
    if (hunk) {
      // `-5,0` means after line 5; `-5,2` means lines 5 and 6.
      const start = Number(hunk[1]) - (hunk[2] === '0' ? 0 : 1);
      if (start < at || start > old.length) wrong(`hunk ${hunk[0]} is out of order`);
      out.push(...old.slice(at, start));
      at = start;
    } else if (line[0] === 0x2d && !isHeader(lines, i)) {
      const body = withoutMissingEnd(line.subarray(1), lines[i + 1]);
      if (at >= old.length || !old[at]!.equals(body)) wrong(`line ${at + 1} is not what the diff removes`);
      at += 1;
    } else if (line[0] === 0x2b && !isHeader(lines, i)) {
      out.push(withoutMissingEnd(line.subarray(1), lines[i + 1]));
    }
  }
  out.push(...old.slice(at));
  return Buffer.concat(out);
}

/** `--- a/file` and `+++ b/file` stand before the first hunk only, one after the other. */
function isHeader(lines: readonly Buffer[], at: number): boolean {
  const text = lines[at]!.subarray(0, 4).toString('latin1');
  if (text === '--- ')
    return lines[at + 1]?.subarray(0, 4).toString('latin1') === '+++ ' && lines[at + 2]?.[0] === 0x40;
  return text === '+++ ' && lines[at + 1]?.[0] === 0x40 && lines[at - 1]?.subarray(0, 4).toString('latin1') === '--- ';
}

/** `\ No newline at end of file` speaks of the line before it. */
function withoutMissingEnd(line: Buffer, next: Buffer | undefined): Buffer {
  return next?.[0] === 0x5c && line.at(-1) === 10 ? line.subarray(0, -1) : line;
}

/** Lines with their ends, as views into the bytes. */
function splitLines(bytes: Uint8Array): Buffer[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const lines: Buffer[] = [];
  for (let at = 0; at < buffer.length;) {
    const end = buffer.indexOf(10, at);
    const next = end < 0 ? buffer.length : end + 1;
    lines.push(buffer.subarray(at, next));
    at = next;
  }
  return lines;
}
