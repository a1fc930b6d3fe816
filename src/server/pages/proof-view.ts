/** What can be said of one exhibit at this moment, each thing checked now and from the records there are: nothing is taken from a row. */
import { readFile } from 'node:fs/promises';
import { AsPostedError, type Sha256, hostOf } from '../../model/index.js';
import type { ExhibitRow, StoreLog } from '../../store/index.js';
import {
  type ClaimVerdict,
  KNOWN_TSA_ROOTS,
  parseCheckpoint,
  readWarc,
  splitNote,
  utf8,
  verifyFile,
  verifyTimestamp,
} from '../../verify/index.js';
import type { Parts } from '../../watch/index.js';

/** One plain line of the proof box. `unknown`: it is not there yet, or cannot be checked here; `next` says when it is tried again. */
export interface ProofLine {
  verdict: ClaimVerdict;
  words: string;
  next?: string;
}

export interface Artefact {
  what: string;
  isKept: boolean;
  words: string;
}

export interface ProofView {
  unchanged: ProofLine;
  before: ProofLine;
  inLog: ProofLine;
  artefacts: Artefact[];
}

export async function proofView(parts: Parts, exhibit: ExhibitRow): Promise<ProofView> {
  const { vault, log } = parts.store;
  const warc = await kept(vault.get(exhibit.record.warc.sha256));
  const record = await kept(vault.get(exhibit.hash as Sha256));
  const checkpoint = await log.checkpointFor(exhibit.logIndex);
  return {
    unchanged: unchangedLine(exhibit, warc, record),
    before: await beforeLine(parts, exhibit, checkpoint),
    inLog: await inLogLine(parts, exhibit, checkpoint),
    artefacts: await artefactsOf(exhibit, warc),
  };
}

/** The vault checks every hash it reads; what it throws is the finding. */
async function kept(reading: Promise<Uint8Array>): Promise<Uint8Array | string> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof AsPostedError && (error.code === 'VAULT_CORRUPT' || error.code === 'NOT_FOUND')) return error.message;
    throw error;
  }
} // prettier-ignore

function unchangedLine({ at, record }: ExhibitRow, warc: Uint8Array | string, held: Uint8Array | string): ProofLine {
  const broken = typeof warc === 'string' ? warc : typeof held === 'string' ? held : undefined;
  if (broken !== undefined) return { verdict: 'failed', words: `These bytes are not what was recorded: ${broken}.` };
  return {
    verdict: 'ok',
    words: `These bytes are unchanged since they were recorded (${at} by our own clock): ${record.warc.length} bytes of the WARC and the record about them have the SHA-256 they are named by. Read and checked just now.`,
  };
}

async function beforeLine(parts: Parts, { logIndex }: ExhibitRow, checkpoint: string): Promise<ProofLine> {
  const { settings, store: { log } } = parts; // prettier-ignore
  const { size } = parseCheckpoint(splitNote(checkpoint)!.text)!;
  const anchors = [...KNOWN_TSA_ROOTS, ...settings['log.tsaRoots']];
  const data = utf8(splitNote(checkpoint)!.text);
  const stamps = (await log.stamps.of(size)).map((response) => verifyTimestamp({ response, data, anchors, strict: false }));
  const good = stamps.filter((stamp) => stamp.code === 'ok');
  const words = (each: (typeof stamps)[number]): string => ('genTime' in each ? `${each.tsa} at ${each.genTime}` : each.detail);
  if (good.length > 0)
    return { verdict: 'ok', words: `They existed before: ${good.map(words).join('; ')} stamped the checkpoint they stand under.` };
  const blocks = await log.stamps.finished(size);
  if (blocks.length > 0)
    return { verdict: 'unknown', words: 'An OpenTimestamps proof leads to a Bitcoin block; whoever has that block’s header can check when it was.' };
  if (stamps.length > 0)
    return { verdict: 'unknown', words: `Stamped, but not under a root that is trusted here: ${stamps.map(words).join('; ')}.` };
  return notStamped(log, { logIndex, settings });
} // prettier-ignore

async function notStamped(
  log: StoreLog,
  { logIndex, settings }: { logIndex: number; settings: Parts['settings'] },
): Promise<ProofLine> {
  const promised = (await log.stamps.sizes()).some((size) => size > logIndex);
  if (promised)
    return {
      verdict: 'unknown',
      words: 'No outside stamp yet: calendars of OpenTimestamps took the checkpoint and have not given a proof.',
      next: 'The proof comes some hours later: `asposted log upgrade` fetches it.',
    };
  const hosts = [...settings['log.tsa'], ...settings['log.ots']].map(hostOf);
  return {
    verdict: 'unknown',
    words: 'No outside stamp says when they existed: until there is one, the time is our own clock’s.',
    next:
      hosts.length === 0
        ? 'No authority is set: name some in log.tsa or log.ots, then `asposted log stamp`. One stamp covers every record so far.'
        : `${hosts.join(', ')} will be asked after the next captures, or now by \`asposted log stamp\`.`,
  };
}

async function inLogLine({ store: { log }, settings, clock }: Parts, { logIndex }: ExhibitRow, checkpoint: string): Promise<ProofLine> {
  const keyStatements = log.keys.statements.map(({ note }) => note).join('');
  const trusting = { trust: [log.vkey], ...(keyStatements === '' ? {} : { keyStatements }) };
  const { verdict, claims } = await verifyFile(utf8(await log.prove(logIndex, checkpoint)), trusting);
  const { size } = parseCheckpoint(splitNote(checkpoint)!.text)!;
  const held = `They are entry ${logIndex} of the log ${log.origin}, under its signed checkpoint of ${size} entries`;
  if (verdict !== 'ok')
    return { verdict, words: `${held}: ${claims.filter((each) => each.verdict !== 'ok').map(({ detail }) => detail).join('; ')}.` };
  const path = settings['log.policy'];
  const alone = 'no witness has signed it, so that nobody but us can say that everybody sees the same log';
  if (path === '')
    return { verdict: 'unknown', words: `${held}; ${alone}.`, next: 'No witnesses are set: name a policy in log.policy, then `asposted log witness`.' };
  const policy = await readFile(path, 'utf8').catch(() => undefined);
  if (policy === undefined)
    return { verdict: 'unknown', words: `${held}; the policy with the witnesses cannot be read.`, next: `Put it back at the place log.policy names.` };
  const [answer] = (await verifyFile(utf8(checkpoint), { policy, now: clock.now(), ...(keyStatements === '' ? {} : { keyStatements }) })).claims;
  if (answer?.verdict === 'ok') return { verdict: 'ok', words: `${held}, which everybody sees alike: ${answer.detail}.` };
  return { verdict: answer?.verdict ?? 'unknown', words: `${held}; ${answer?.detail ?? alone}.`, next: 'Witnesses are asked again after the next captures, or now by `asposted log witness`.' };
} // prettier-ignore

const RENDERED: readonly (readonly [string, string])[] = [
  ['urn:fullPage:', 'screenshot'],
  ['urn:pdf:', 'PDF'],
  ['urn:textFinal:', 'text as rendered'],
];

async function artefactsOf({ record }: ExhibitRow, warc: Uint8Array | string): Promise<Artefact[]> {
  const { browser, files, missing, truncated, imported } = record;
  const bytes = typeof warc === 'string';
  const head: Artefact = bytes
    ? { what: 'WARC', isKept: false, words: warc }
    : { what: 'WARC', isKept: true, words: `${record.warc.length} bytes${truncated === undefined ? '' : `, cut: ${truncated}`}` };
  const made = bytes ? new Map<string, number>() : await resourcesIn(warc);
  const why = missing?.includes('browser')
    ? 'no browser was on the machine that made the capture'
    : imported
      ? 'it was handed in, and no browser of ours saw it'
      : browser
        ? 'the browser did not give it'
        : 'not asked for: captures with --browser have it';
  const rendered = RENDERED.map(([urn, what]): Artefact => {
    const length = made.get(urn);
    return length === undefined ? { what, isKept: false, words: why } : { what, isKept: true, words: `${length} bytes` };
  });
  return [head, ...rendered, fileRow(files)];
} // prettier-ignore

function fileRow(files: ExhibitRow['record']['files']): Artefact {
  const what = 'attached files';
  if (!files) return { what, isKept: false, words: 'not asked for: the setting capture.files fetches them' };
  const { kept: count, failed, left, bytes } = files;
  return { what, isKept: count > 0, words: `${count} kept, ${bytes} bytes; ${failed} failed, ${left} left out by a limit` };
} // prettier-ignore

/** Lengths by the beginning of their addresses. A WARC that cannot be read through has none of what comes after the break. */
async function resourcesIn(warc: Uint8Array): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  try {
    for await (const { type, targetUri, block } of readWarc(warc)) {
      const urn = type === 'resource' ? RENDERED.find(([start]) => targetUri?.startsWith(start)) : undefined;
      if (urn) found.set(urn[0], block.length);
    }
  } catch {
    return found;
  }
  return found;
}
