/**
 * Outside time stamps over checkpoints (RFC 3161; facts/evidence §18, §20.2): one stamp over the text of a checkpoint
 * covers every entry below its size. They lie beside the log: `stamped/<size>/checkpoint` and `stamped/<size>/<n>.tsr`.
 */
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { asError } from '../model/index.js';
import {
  type TimestampVerdict,
  equalBytes,
  sha256Bytes,
  splitNote,
  timestampRequest,
  utf8,
  verifyTimestamp,
} from '../verify/index.js';
import { writeError } from './folder-vault.js';
import { writeWhole } from './write-whole.js';

export class StampFolder {
  private readonly dir: string;

  constructor(logDir: string) {
    this.dir = join(logDir, 'stamped');
  }

  /** Sizes of checkpoints that have a stamp, smallest first. */
  async sizes(): Promise<number[]> {
    if (!existsSync(this.dir)) return [];
    const names = (await readdir(this.dir)).filter((name) => /^(?:0|[1-9]\d{0,15})$/.test(name));
    return names.map(Number).sort((a, b) => a - b);
  }

  checkpoint(size: number): Promise<string> {
    return readFile(join(this.dir, String(size), 'checkpoint'), 'utf8');
  }

  /** The stamps over a checkpoint's text, in the order they were got. */
  async of(size: number): Promise<Uint8Array[]> {
    const folder = join(this.dir, String(size));
    if (!existsSync(folder)) return [];
    const numbers = (await readdir(folder)).flatMap((name) => /^(\d{1,4})\.tsr$/.exec(name)?.[1] ?? []);
    numbers.sort((a, b) => Number(a) - Number(b));
    return Promise.all(numbers.map((number) => readFile(join(folder, `${number}.tsr`))));
  }

  /** The checkpoint is written first: a stamp always finds what it is over. The same stamp is kept once. */
  async keep(size: number, note: string, stamp: Uint8Array): Promise<void> {
    const folder = join(this.dir, String(size));
    const had = await this.of(size);
    if (had.some((each) => equalBytes(each, stamp))) return;
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      if (!existsSync(join(folder, 'checkpoint'))) await writeWhole(join(folder, 'checkpoint'), utf8(note));
      await writeWhole(join(folder, `${had.length + 1}.tsr`), stamp);
    } catch (cause) {
      throw writeError(folder, cause);
    }
  }
}

/** A call to a configured service (capture/service.ts); throws AsPostedError when it cannot be reached. */
export type CallTsa = (
  url: string,
  body: Uint8Array,
  headers: Record<string, string>,
) => Promise<{ status: number; type: string; bytes: Uint8Array }>;

export interface StampOutcome {
  /** Host of the authority. */
  name: string;
  outcome: 'stamped' | 'stamped-untrusted' | 'refused' | 'unreachable';
  detail: string;
  response?: Uint8Array;
}

export interface StampQuestion {
  url: string;
  /** The checkpoint as a note: its text is stamped, without signatures, which may still be added. */
  note: string;
  /** Fingerprints of the roots the operator trusts. */
  anchors: readonly string[];
  call: CallTsa;
}

/** Asks one authority and checks its answer like a stranger would, before anything is kept. Never throws for what it answers. */
export async function askForStamp({ url, note, anchors, call }: StampQuestion): Promise<StampOutcome> {
  const name = URL.canParse(url) ? new URL(url).host : url;
  const data = utf8(splitNote(note)!.text);
  const nonce = freshNonce();
  const headers = { 'content-type': 'application/timestamp-query', accept: 'application/timestamp-reply' };
  let answer: Awaited<ReturnType<CallTsa>>;
  try {
    answer = await call(url, timestampRequest(sha256Bytes(data), nonce), headers);
  } catch (thrown) {
    const { message } = asError(thrown, { code: 'CONNECT_FAILED', retry: 'later', message: `${name} failed` });
    return { name, outcome: 'unreachable', detail: message };
  }
  if (answer.status !== 200 || answer.type !== 'application/timestamp-reply')
    return { name, outcome: 'refused', detail: `it answered HTTP ${answer.status} ${answer.type}`.trim() };
  return judge(name, answer.bytes, verifyTimestamp({ response: answer.bytes, data, anchors, nonce, strict: false }));
}

function judge(name: string, response: Uint8Array, verdict: TimestampVerdict): StampOutcome {
  const { detail } = verdict;
  if (verdict.verdict === 'ok') return { name, outcome: 'stamped', detail, response };
  if (verdict.code === 'untrusted-root') return { name, outcome: 'stamped-untrusted', detail, response };
  return { name, outcome: 'refused', detail };
}

/** Eight bytes whose INTEGER needs exactly eight: the first is 01 to 7f (facts/evidence §18.2). */
export function freshNonce(): Uint8Array {
  for (;;) {
    const nonce = randomBytes(8);
    if (nonce[0]! >= 1 && nonce[0]! <= 0x7f) return nonce;
  }
}
