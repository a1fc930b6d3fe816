/** From a look to seen records: what is kept as an exhibit, and the observation that says what the check concluded. */
import { createHash } from 'node:crypto';
import {
  type CaptureResult,
  type Exchange,
  type ExhibitRecord,
  type FetchOptions,
  type Instant,
  type ObservationRecord,
  type SeenRecord,
  type Sha256,
  asSha256,
  instant,
  releaseCapture,
} from '../model/index.js';
import { canonicalJson } from '../verify/index.js';
import { streamWarc } from '../preserve/index.js';
import { visibleText } from '../read/index.js';
import { type ExhibitRow, findAddress, loadExhibits, noticePresence } from '../store/index.js';
import { fetchFiles } from './files.js';
import type { Look, ShortLook } from './look.js';
import type { Parts } from './parts.js';

export interface CheckContext {
  source?: Sha256;
  noticeKey?: string;
  controls?: ObservationRecord['controls'];
  host?: ObservationRecord['host'];
  redesign?: ObservationRecord['redesign'];
  role?: 'discovery';
  found?: number;
  /** Keep the capture whatever it shows: a person asked for it. */
  keepAlways?: boolean;
  overrides?: ExhibitRecord['overrides'];
}

export function sha256(bytes: Uint8Array | string): Sha256 {
  return asSha256(createHash('sha256').update(bytes).digest('hex'));
}

/** The hash a record will have in vault and log. */
export function recordHash(record: SeenRecord): Sha256 {
  return sha256(canonicalJson(record));
}

export function textHashOf(look: Look): Sha256 | undefined {
  return look.reading && sha256(visibleText(look.reading));
}

/**
 * Writes the WARC into the vault when the check is worth an exhibit, and gives the records to append. The vault write
 * comes first: an exhibit record in the log always finds its bytes (ARCHITECTURE.md, crash points).
 */
export async function recordsOf(
  parts: Parts,
  look: Look,
  context: CheckContext,
  fetchOptions: FetchOptions = {},
): Promise<SeenRecord[]> {
  if (look.short) return [observation(look, context, shortly(look.short))];
  const earlier = context.keepAlways ? undefined : await earlierExhibit(parts, look);
  if (earlier) return [observation(look, context, { exhibit: earlier.hash as Sha256, unchanged: true })];
  if (!look.capture || (!context.keepAlways && !worthKeeping(look))) return [observation(look, context, {})];
  const exhibit = await keepWithFiles(parts, look, { context, fetchOptions });
  return [exhibit, observation(look, context, { exhibit: recordHash(exhibit) })];
}

function shortly({ same }: ShortLook): { exhibit?: Sha256; unchanged?: true } {
  return same?.exhibit === undefined ? {} : { exhibit: same.exhibit, unchanged: true };
}

/** Verification and outage pages show our own trouble, and may carry our address: they are noted, not kept. */
function worthKeeping(look: Look): boolean {
  return look.verdict.class !== 'blocked' && look.verdict.class !== 'down';
}

/** The exhibit that already holds what this check saw, unless a removal is still to be proved by pages of its own. */
async function earlierExhibit(parts: Parts, look: Look): Promise<ExhibitRow | undefined> {
  if (parts.settings['watch.keep'] === 'all' || !look.reading) return undefined;
  const known = await findAddress(parts.store.database, look.url);
  if (!known) return undefined;
  const hash = textHashOf(look);
  // What was handed in is no look of ours: a look may not rest on it.
  const exhibits = (await loadExhibits(parts.store.database, known.noticeId)).filter(({ record }) => !record.imported);
  const same = exhibits.findLast((each) => each.reading.verdict.class === look.verdict.class);
  if (!same || same.textHash !== hash || same.record.status !== look.capture?.exchanges.at(-1)?.status)
    return undefined;
  // The first look with a browser is worth keeping although the text is the same: nobody has seen the page yet.
  if (look.capture.browser && !same.record.browser) return undefined;
  // A body that is cut, or too long to read, is so each time: nothing is to be proved by keeping it again.
  const last = look.capture.exchanges.at(-1);
  if (look.verdict.class === 'live' || last?.truncated !== undefined || last?.partial)
    return same.hash === exhibits.at(-1)?.hash ? same : undefined;
  return (await noticePresence(parts.store.database, known.noticeId)) === 'removed' ? same : undefined;
}

async function keepWithFiles(
  parts: Parts,
  look: Look,
  { context, fetchOptions }: { context: CheckContext; fetchOptions: FetchOptions },
): Promise<ExhibitRecord> {
  const capture = look.capture!;
  const fetched = await fetchFiles(parts, look, fetchOptions);
  if (!fetched) return keepExhibit(parts, capture, { look, context });
  const { exchanges, facts: files } = fetched;
  try {
    const whole = { ...capture, files, exchanges: [...exchanges, ...capture.exchanges] };
    return await keepExhibit(parts, whole, { look, context });
  } finally {
    await releaseCapture({ exchanges });
  }
}

async function keepExhibit(
  parts: Parts,
  capture: CaptureResult,
  { look, context }: { look: Look; context: CheckContext },
): Promise<ExhibitRecord> {
  const last = capture.exchanges.at(-1)!;
  const warc = await streamWarc(capture, { recordedAt: look.at, software: parts.software, robots: 'classic' });
  const stored = await parts.store.vault.putStream(warc.bytes);
  const mediaType = last.headers
    .find(([name]) => name.toLowerCase() === 'content-type')?.[1]
    .split(';')[0]
    ?.trim()
    .toLowerCase();
  return {
    type: 'exhibit',
    v: 1,
    at: look.at,
    url: capture.requestedUrl,
    finalUrl: capture.finalUrl,
    status: last.status,
    mediaType: mediaType ?? 'application/octet-stream',
    warc: { sha256: stored.hash, length: stored.length, records: warc.members },
    payload: warc.payload,
    software: parts.software,
    ...(last.truncated === undefined ? {} : { truncated: last.truncated }),
    ...(last.partial ? { readBytes: last.body.length } : {}),
    ...(last.remoteAddress === undefined ? {} : { remoteAddress: last.remoteAddress }),
    ...(last.tls === undefined ? {} : { tls: { protocol: last.tls.protocol, cipher: last.tls.cipher } }),
    ...(context.source === undefined ? {} : { source: context.source }),
    ...(context.overrides === undefined ? {} : { overrides: context.overrides }),
    ...(capture.browser === undefined ? {} : { browser: capture.browser }),
    ...(capture.files === undefined ? {} : { files: capture.files }),
    ...(capture.missing === undefined ? {} : { missing: capture.missing }),
  };
}

function observation(
  look: Look,
  context: CheckContext,
  kept: { exhibit?: Sha256; unchanged?: true },
): ObservationRecord {
  const { short } = look;
  const last = look.capture?.exchanges.at(-1);
  const hash = short?.same?.textHash ?? textHashOf(look);
  const answer = short ?? last;
  const date = answer && serverDate(answer.headers);
  const validators =
    look.verdict.class === 'live' ? (short?.same?.validators ?? (last && validatorsOf(last))) : undefined;
  return {
    type: 'observation',
    v: 1,
    at: look.at,
    url: look.url,
    concluded: look.verdict.class,
    rule: look.verdict.rule,
    freshConnection: true, // every request opens a connection of its own (src/capture)
    ...kept,
    ...(context.noticeKey === undefined ? {} : { noticeKey: context.noticeKey }),
    ...(context.source === undefined ? {} : { source: context.source }),
    ...(context.controls === undefined ? {} : { controls: context.controls }),
    ...(context.host === undefined ? {} : { host: context.host }),
    ...(context.redesign === undefined ? {} : { redesign: context.redesign }),
    ...(date === undefined ? {} : { serverDate: date }),
    ...(context.role === undefined ? {} : { role: context.role }),
    ...(context.found === undefined ? {} : { found: context.found }),
    ...(answer ? { status: answer.status } : {}),
    ...(short?.leftAfter === undefined ? {} : { leftAfter: short.leftAfter }),
    ...(validators ? { validators } : {}),
    ...(last && !last.partial ? { payload: sha256(last.body) } : {}), // the hash of a first part would say nothing
    ...(hash === undefined ? {} : { textHash: hash }),
    ...(look.capture?.missing === undefined ? {} : { missing: look.capture.missing }),
    ...(look.failure ? { failure: { code: look.failure.code, message: look.failure.message } } : {}),
  };
}

/** Longer ones are no names. */
const LONGEST_VALIDATOR = 300;

function validatorsOf({ status, headers, truncated, partial }: Exchange): ObservationRecord['validators'] {
  if (status !== 200 || truncated !== undefined || partial) return undefined;
  const one = (wanted: string): string | undefined => {
    const value = headers.find(([name]) => name.toLowerCase() === wanted)?.[1] ?? '';
    return value !== '' && value.length <= LONGEST_VALIDATOR && /^[\x20-\x7e]+$/.test(value) ? value : undefined;
  };
  const [etag, modified] = [one('etag'), one('last-modified')];
  if (etag === undefined && modified === undefined) return undefined;
  return { ...(etag === undefined ? {} : { etag }), ...(modified === undefined ? {} : { modified }) };
}

/** The time at the server when it answered: what a cache between says it was (RFC 9111 §4.2.3) plus how long ago that is. */
export function serverDate(headers: readonly (readonly [name: string, value: string])[]): Instant | undefined {
  const one = (wanted: string): string => headers.find(([name]) => name.toLowerCase() === wanted)?.[1] ?? '';
  const date = one('date');
  const age = /^\d{1,8}$/.test(one('age')) ? Number(one('age')) : 0;
  const time = /^[A-Za-z]{3}, \d{2} [A-Za-z]{3} \d{4} \d{2}:\d{2}:\d{2} GMT$/.test(date) ? Date.parse(date) : NaN;
  return Number.isNaN(time) ? undefined : instant(new Date(time + age * 1_000));
}
