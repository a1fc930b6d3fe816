/**
 * Asking witnesses to cosign our checkpoints (C2SP tlog-witness; facts/evidence §15). A witness remembers the size and
 * root it last saw and signs only what continues them: with it nobody can be shown another history of this log.
 */
import { type TrustPolicy, openCosignatures, parseCheckpoint, splitNote, toBase64 } from '../verify/index.js';

/** A POST to a configured service; throws AsPostedError when it cannot be reached. */
export type Post = (url: string, body: string) => Promise<{ status: number; type: string; body: string }>;

export type Witness = TrustPolicy['witnesses'][number];

/**
 * `cosigned` · `unregistered`: it does not know this log · `refused`: it answered otherwise · `fork`: what it saw does not
 * fit our log, an alarm · `unreachable`: nothing was learnt.
 */
export interface WitnessOutcome {
  name: string;
  outcome: 'cosigned' | 'unregistered' | 'refused' | 'fork' | 'unreachable';
  detail: string;
  /** Signature lines to put under the checkpoint, verified. */
  lines?: string;
}

export interface WitnessQuestion {
  witness: Witness;
  /** The checkpoint signed by the log, as a note. */
  note: string;
  /** The size this witness is thought to have seen; it corrects us when that is wrong. */
  older: number;
  consistency: (older: number, newer: number) => Promise<Uint8Array[]>;
  post: Post;
}

const MAX_ANSWER = 1 << 16;
const TRIES = 3;

/** Asks one witness, again with its own size when it answers 409. Never throws for what the witness or the network does. */
export async function askWitness(question: WitnessQuestion): Promise<WitnessOutcome> {
  const { witness, note, consistency, post } = question;
  const { name, url = '' } = witness;
  const size = parseCheckpoint(splitNote(note)!.text)!.size;
  let { older } = question;
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const proof = older === 0 || older === size ? [] : await consistency(older, size);
    const body = `old ${older}\n${proof.map((hash) => `${toBase64(hash)}\n`).join('')}\n${note}`;
    let answer: Awaited<ReturnType<Post>>;
    try {
      answer = await post(`${url.replace(/\/$/, '')}/add-checkpoint`, body);
    } catch (error) {
      return { name, outcome: 'unreachable', detail: (error as Error).message };
    }
    if (answer.status !== 409) return judge(question, answer);
    const theirs = /^(0|[1-9]\d{0,15})\n$/.exec(answer.body)?.[1];
    if (theirs === undefined) return { name, outcome: 'refused', detail: 'it answered 409 without a size' };
    if (Number(theirs) > size) {
      const detail = `it has seen this log with ${theirs} entries, ours has ${size}: the log was restored from an old state, or there are two`;
      return { name, outcome: 'fork', detail };
    }
    older = Number(theirs);
  }
  return { name, outcome: 'refused', detail: 'its answer about the size changes at every try' };
}

async function judge(
  { witness, note }: WitnessQuestion,
  { status, body }: { status: number; body: string },
): Promise<WitnessOutcome> {
  const { name } = witness;
  // litewitness of 2025 says 403 where the present text says 404 (facts/evidence §15).
  if (status === 404 || status === 403)
    return { name, outcome: 'unregistered', detail: `it does not accept this log (HTTP ${status})` };
  if (status === 422)
    return { name, outcome: 'fork', detail: 'it says that this checkpoint does not continue the one it has seen' };
  if (status !== 200) return { name, outcome: 'refused', detail: `it answered HTTP ${status}` };
  if (body.length > MAX_ANSWER) return { name, outcome: 'refused', detail: 'its answer is longer than 64 KiB' };
  const known = await linesOf(body, note, witness);
  if (known === undefined)
    return { name, outcome: 'refused', detail: 'its answer holds no signature by the key we know it by' };
  return { name, outcome: 'cosigned', detail: known.detail, lines: known.line };
}

/** Only the line of the key we know is kept, and only when it verifies. */
async function linesOf(
  body: string,
  note: string,
  { key }: Witness,
): Promise<{ line: string; detail: string } | undefined> {
  for (const line of body.split('\n').slice(0, 100)) {
    const found = await openCosignatures(`${note}${line}\n`, [key]);
    if (found?.[0]) return { line: `${line}\n`, detail: new Date(found[0].time * 1000).toISOString() };
  }
  return undefined;
}

/** Signature lines put under a note; of one key only the newest line stays (facts/evidence §12). */
export function mergeSignatures(note: string, lines: string): string {
  const cut = note.lastIndexOf('\n\n') + 2;
  const all = [...note.slice(cut).split('\n'), ...lines.split('\n')].filter((line) => line !== '');
  const keyOf = (line: string): string => {
    const [, name = '', signature = ''] = line.split(' ');
    return `${name} ${Buffer.from(signature, 'base64').subarray(0, 4).toString('hex')}`;
  };
  return `${note.slice(0, cut)}${[...new Map(all.map((line) => [keyOf(line), line])).values()].map((line) => `${line}\n`).join('')}`;
}
