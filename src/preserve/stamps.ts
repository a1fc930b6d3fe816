/**
 * Outside time stamps over checkpoints (RFC 3161 and OpenTimestamps; facts/evidence §18–§20): one stamp over the text of a checkpoint
 * covers every entry below its size. They lie beside the log: `stamped/<size>/checkpoint`, `<n>.tsr` and `<n>.ots`.
 */
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { asError } from '../model/index.js';
import {
  type TimestampVerdict,
  equalBytes,
  leadsToBlock,
  provesMore,
  readOtsTree,
  sha256Bytes,
  splitNote,
  timestampRequest,
  utf8,
  verifyTimestamp,
} from '../verify/index.js';
import { writeError } from './folder-vault.js';
import { writeOnce, writeWhole } from './write-whole.js';

/** A file over a checkpoint; `name` is that of the file. */
export interface KeptStamp {
  name: string;
  bytes: Uint8Array;
}

export class StampFolder {
  private readonly dir: string;

  constructor(logDir: string) {
    this.dir = join(logDir, 'stamped');
  }

  /** Sizes of checkpoints for which a stamp was asked, smallest first. */
  async sizes(): Promise<number[]> {
    if (!existsSync(this.dir)) return [];
    const names = (await readdir(this.dir)).filter((name) => /^(?:0|[1-9]\d{0,15})$/.test(name));
    return names.map(Number).sort((a, b) => a - b);
  }

  /**
   * The smallest size past `index` whose checkpoint has a stamp. What calendars have only promised is none: it would have a
   * bundle rest on an older checkpoint for nothing.
   */
  async firstOver(index: number): Promise<number | undefined> {
    for (const size of await this.sizes())
      if (size > index && ((await this.of(size)).length > 0 || (await this.finished(size)).length > 0)) return size;
    return undefined;
  }

  checkpoint(size: number): Promise<string> {
    return readFile(join(this.dir, String(size), 'checkpoint'), 'utf8');
  }

  /** RFC 3161 responses over a checkpoint’s text, in the order they were got. */
  async of(size: number): Promise<Uint8Array[]> {
    return (await this.files(size, 'tsr')).map(({ bytes }) => bytes);
  }

  /** OpenTimestamps proofs over it, promises among them. */
  proofs(size: number): Promise<KeptStamp[]> {
    return this.files(size, 'ots');
  }

  /** Those that lead to a block. One that cannot be read is none: `fsck` names it. */
  async finished(size: number): Promise<KeptStamp[]> {
    const proofs = await this.proofs(size);
    const trees = await Promise.all(proofs.map(({ bytes }) => readOtsTree(bytes).catch(() => undefined)));
    return proofs.filter((_, at) => trees[at] && leadsToBlock(trees[at].timestamp));
  }

  async files(size: number, ending: 'tsr' | 'ots'): Promise<KeptStamp[]> {
    const folder = join(this.dir, String(size));
    if (!existsSync(folder)) return [];
    const own = ending === 'tsr' ? /^\d{1,4}\.tsr$/ : /^\d{1,4}\.ots$/;
    const names = (await readdir(folder)).filter((name) => own.test(name));
    names.sort((a, b) => Number.parseInt(a) - Number.parseInt(b));
    return Promise.all(names.map(async (name) => ({ name, bytes: await readFile(join(folder, name)) })));
  }

  /** The checkpoint is written first: a stamp always finds what it is over. The same stamp is kept once. Gives the file’s name. */
  async keep(size: number, note: string, stamp: Uint8Array, ending: 'tsr' | 'ots' = 'tsr'): Promise<string> {
    const folder = join(this.dir, String(size));
    const had = await this.files(size, ending);
    const same = had.find(({ bytes }) => equalBytes(bytes, stamp));
    if (same) return same.name;
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      if (!existsSync(join(folder, 'checkpoint'))) await writeWhole(join(folder, 'checkpoint'), utf8(note));
      for (let number = Math.max(0, ...had.map(({ name }) => Number.parseInt(name))) + 1; ; number++) {
        const name = `${number}.${ending}`;
        await writeOnce(join(folder, name), stamp);
        // Another command may have taken the number at the same moment.
        if (equalBytes(await readFile(join(folder, name)), stamp)) return name;
      }
    } catch (cause) {
      throw writeError(folder, cause);
    }
  }

  /**
   * Puts an upgraded proof in the place of the one it grew from, which stays until the new one is durable. False, and nothing is
   * written, when what lies there now does not prove less.
   */
  async replace(size: number, name: string, proof: Uint8Array): Promise<boolean> {
    const path = join(this.dir, String(size), name);
    if (!(await provesMore(proof, await readFile(path)))) return false;
    try {
      await writeWhole(path, proof);
    } catch (cause) {
      throw writeError(path, cause);
    }
    return true;
  }
}

/** A call to a configured service (capture/service.ts); throws AsPostedError when it cannot be reached. */
export type CallTsa = (
  url: string,
  /** Undefined: GET. */
  body: Uint8Array | undefined,
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

export const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host : url);

export interface StampRequest {
  url: string;
  data: Uint8Array;
  anchors: readonly string[];
  /** PEM of certificates the authority does not send. */
  certificates?: string;
  call: CallTsa;
}

/** One question over data to an RFC 3161 authority, under a nonce of its own, and what a stranger would say of the answer. Throws what `call` throws. */
export async function requestStamp({
  url,
  data,
  anchors,
  certificates,
  call,
}: StampRequest): Promise<{ refused: string } | { response: Uint8Array; verdict: TimestampVerdict }> {
  const nonce = freshNonce();
  const headers = { 'content-type': 'application/timestamp-query', accept: 'application/timestamp-reply' };
  const { status, type, bytes: response } = await call(url, timestampRequest(sha256Bytes(data), nonce), headers);
  if (status !== 200 || type !== 'application/timestamp-reply')
    return { refused: `it answered HTTP ${status} ${type}`.trim() };
  return { response, verdict: verifyTimestamp({ response, data, certificates, anchors, nonce, strict: false }) };
}

/** Asks one authority for a stamp over a checkpoint. Never throws for what it answers. */
export async function askForStamp({ url, note, anchors, call }: StampQuestion): Promise<StampOutcome> {
  const name = hostOf(url);
  try {
    const answer = await requestStamp({ url, data: utf8(splitNote(note)!.text), anchors, call });
    if ('refused' in answer) return { name, outcome: 'refused', detail: answer.refused };
    return judge(name, answer.response, answer.verdict);
  } catch (thrown) {
    const { message } = asError(thrown, { code: 'CONNECT_FAILED', retry: 'later', message: `${name} failed` });
    return { name, outcome: 'unreachable', detail: message };
  }
}

function judge(name: string, response: Uint8Array, verdict: TimestampVerdict): StampOutcome {
  const { detail } = verdict;
  if (verdict.verdict === 'ok') return { name, outcome: 'stamped', detail, response };
  if (verdict.code === 'untrusted-root') return { name, outcome: 'stamped-untrusted', detail, response };
  return { name, outcome: 'refused', detail };
}

/** Eight bytes whose INTEGER needs exactly eight: the first is 01 to 7f (facts/evidence §18.2). */
function freshNonce(): Uint8Array {
  for (;;) {
    const nonce = randomBytes(8);
    if (nonce[0]! >= 1 && nonce[0]! <= 0x7f) return nonce;
  }
}
