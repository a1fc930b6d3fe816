/**
 * OpenTimestamps calendars (facts/evidence §19.3): asked to take up the digest of a checkpoint, and later for the way from it to a
 * Bitcoin block. A calendar’s answer is a stranger’s: it is read strictly, only what was asked is joined to it, and where it
 * sends us for the rest counts only when it is on a list.
 */
import { randomBytes } from 'node:crypto';
import { asError } from '../model/index.js';
import {
  type OtsTimestamp,
  type OtsTree,
  leadsToBlock,
  mergeTimestamps,
  readOts,
  readOtsTimestamp,
  readOtsTree,
  readPayload,
  sha256Bytes,
  splitNote,
  toHex,
  utf8,
  writeOts,
} from '../verify/index.js';
import { type CallTsa, hostOf } from './stamps.js';

export interface CalendarOutcome {
  /** Host of the calendar. */
  name: string;
  outcome: 'promised' | 'block' | 'not-yet' | 'refused' | 'unreachable';
  detail: string;
}

/** facts/evidence §19.3. */
const MAX_ANSWER = 10_000;
/** Ours: a calendar promises once, and a proof has a promise a calendar. More are not asked for. */
const MAX_PROMISES = 4;
const MAX_QUESTIONS = 32;
const HEADERS = { accept: 'application/vnd.opentimestamps.v1' };

/** Calendars behind the public servers. A proof could otherwise have us call any address. */
const KNOWN = ['.calendar.opentimestamps.org', '.calendar.eternitywall.com', '.calendar.catallaxy.com'];

/** Whether a promise at this address may be asked for: a known calendar by https alone, or one the operator named, letter for letter. */
export function mayAsk(address: string, named: readonly string[]): boolean {
  if (named.some((each) => bare(each) === bare(address))) return true;
  if (!URL.canParse(address)) return false;
  const { protocol, hostname, host, pathname } = new URL(address);
  return (
    protocol === 'https:' &&
    host === hostname &&
    pathname === '/' &&
    address.startsWith(`https://${hostname}`) &&
    KNOWN.some((suffix) => hostname.endsWith(suffix))
  );
}

const bare = (address: string): string => address.replace(/\/+$/, '');

type Answer = { timestamp: OtsTimestamp } | { outcome: CalendarOutcome['outcome']; detail: string };

/** Never throws for what a calendar answers or does not. */
async function ask(address: string, { body, message, call }: Question): Promise<Answer> {
  let answer: Awaited<ReturnType<CallTsa>>;
  try {
    answer = await call(address, body, HEADERS);
  } catch (thrown) {
    const { message: detail } = asError(thrown, {
      ...{ code: 'CONNECT_FAILED', retry: 'later', message: `${hostOf(address)} failed` },
    });
    return { outcome: 'unreachable', detail };
  }
  if (!body && answer.status === 404) return { outcome: 'not-yet', detail: 'the block is not there yet' };
  if (answer.status !== 200) return { outcome: 'refused', detail: `it answered HTTP ${answer.status}` };
  if (answer.bytes.length > MAX_ANSWER)
    return { outcome: 'refused', detail: `its answer has more than ${MAX_ANSWER} bytes` };
  try {
    return { timestamp: await readOtsTimestamp(answer.bytes, message) };
  } catch (thrown) {
    return { outcome: 'refused', detail: `its answer is no timestamp: ${(thrown as Error).message}` };
  }
}

interface Question {
  /** Undefined: GET. */
  body: Uint8Array | undefined;
  /** What the answer must be a timestamp of. */
  message: Uint8Array;
  call: CallTsa;
}

/** The promises in a timestamp, each with the message it is of. */
function promisesIn(timestamp: OtsTimestamp): { address: string; message: Uint8Array; kept: boolean }[] {
  const kept = leadsToBlock(timestamp);
  const own = timestamp.attestations.flatMap(({ tag, payload }) => {
    const read = readPayload(tag, payload);
    return read.kind === 'pending' ? [{ address: read.uri, message: timestamp.message, kept }] : [];
  });
  return [...own, ...timestamp.branches.flatMap(({ next }) => promisesIn(next))];
}

export interface CalendarRound {
  outcomes: CalendarOutcome[];
  /** The `.ots` with every answer joined to it; left out when there was none to join. */
  proof?: Uint8Array;
}

/**
 * Has the text of a checkpoint taken up by every calendar. They get SHA-256 over its digest and 16 random bytes, so that nobody can
 * tell from a calendar’s tree what was stamped. Throws nothing for what they answer.
 */
export async function askCalendars(facts: {
  urls: readonly string[];
  note: string;
  call: CallTsa;
}): Promise<CalendarRound> {
  const { urls, note, call } = facts;
  const digest = sha256Bytes(utf8(splitNote(note)!.text));
  const nonce = randomBytes(16);
  const message = sha256Bytes(digest, nonce);
  const answers = await Promise.all(
    urls.map(async (url) => {
      const answer = await ask(`${bare(url)}/digest`, { body: message, message, call });
      return { name: hostOf(url), ...taken(answer, urls) };
    }),
  );
  const empty: OtsTimestamp = { message, attestations: [], branches: [] };
  const start = step(digest, 0xf0, nonce, step(Buffer.concat([digest, nonce]), 0x08, NOTHING, empty));
  return join({ fileHash: 'sha256', timestamp: start }, answers);
}

/** One answer after another, so that one which would have the proof refused by readers is left out and spoils no other. */
async function join(
  tree: OtsTree,
  answers: readonly (CalendarOutcome & { timestamp?: OtsTimestamp })[],
): Promise<CalendarRound> {
  const joined: CalendarRound = { outcomes: [] };
  let { timestamp } = tree;
  for (const { timestamp: got, ...outcome } of answers) {
    if (!got) {
      joined.outcomes.push(outcome);
      continue;
    }
    try {
      const grown = graft(timestamp, got);
      const proof = writeOts({ ...tree, timestamp: grown });
      await readOts(proof);
      [timestamp, joined.proof] = [grown, proof];
      joined.outcomes.push(outcome);
    } catch (thrown) {
      const detail = `its answer does not fit into a proof: ${(thrown as Error).message}`;
      joined.outcomes.push({ ...outcome, outcome: 'refused', detail });
    }
  }
  return joined;
}

const NOTHING = new Uint8Array();

const step = (message: Uint8Array, op: number, argument: Uint8Array, next: OtsTimestamp): OtsTimestamp => ({
  message,
  attestations: [],
  branches: [{ op, argument, next }],
});

/**
 * A first answer is worth keeping when it promises a block. One that already leads there lies, as no block holds a digest that is a
 * moment old: kept, it would pass for finished, and the honest calendars would never be asked.
 */
function taken(answer: Answer, named: readonly string[]): Omit<CalendarOutcome, 'name'> & { timestamp?: OtsTimestamp } {
  if (!('timestamp' in answer)) return answer;
  const { timestamp } = answer;
  if (leadsToBlock(timestamp)) return { outcome: 'refused', detail: 'it names a block for a digest that is new' };
  const promises = promisesIn(timestamp);
  if (promises.length === 0 || promises.length > MAX_PROMISES)
    return { outcome: 'refused', detail: `its answer has ${promises.length} promises` };
  const askable = promises.find(({ address }) => mayAsk(address, named));
  const detail = askable
    ? `${askable.address} promises a proof`
    : `${promises[0]!.address} promises a proof; add it to log.ots, or \`log upgrade\` will not ask there`;
  return { outcome: 'promised', detail, timestamp };
}

/**
 * Asks the calendars that promised a proof for it. What they answer is joined to what is there; nothing is taken away. A calendar
 * can lie about the block: then the way through it fails for whoever has that block’s header. Throws BAD_INPUT for bytes that are no proof.
 */
export async function upgradeOts(facts: {
  bytes: Uint8Array;
  named: readonly string[];
  call: CallTsa;
}): Promise<CalendarRound> {
  const { bytes, named, call } = facts;
  const tree = await readOtsTree(bytes);
  const open = promisesIn(tree.timestamp)
    .filter(({ kept }) => !kept)
    .slice(0, MAX_QUESTIONS);
  const answers = await Promise.all(
    open.map(async ({ address, message }): Promise<CalendarOutcome & { timestamp?: OtsTimestamp }> => {
      const name = hostOf(address);
      if (!mayAsk(address, named))
        return { name, outcome: 'refused', detail: `${address} is no calendar known here; name it in log.ots` };
      const answer = await ask(`${bare(address)}/timestamp/${toHex(message)}`, { body: undefined, message, call });
      if (!('timestamp' in answer)) return { name, ...answer };
      const { timestamp } = answer;
      if (!leadsToBlock(timestamp)) return { name, outcome: 'not-yet', detail: 'its answer leads to no block yet' };
      return { name, outcome: 'block', detail: 'its answer leads to a block', timestamp };
    }),
  );
  return join(tree, answers);
}

/** Joins `got` wherever its message stands. */
function graft(timestamp: OtsTimestamp, got: OtsTimestamp): OtsTimestamp {
  const branches = timestamp.branches.map((branch) => ({ ...branch, next: graft(branch.next, got) }));
  const grown = { ...timestamp, branches };
  return toHex(timestamp.message) === toHex(got.message) ? mergeTimestamps(grown, got) : grown;
}
