/** What can be said of one exhibit at this moment, each thing checked now and from the records there are: nothing is taken from a row. */
import { readFile } from 'node:fs/promises';
import { html } from 'hono/html';
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
import { type MessageKey, h, t } from '../messages/index.js';
import type { Html } from './layout.js';
import { asIs } from './said.js';
import { visible } from './words.js';

/** One plain line of the proof box. `unknown`: it is not there yet, or cannot be checked here; `next` says when it is tried again. */
export interface ProofLine {
  verdict: ClaimVerdict;
  words: Html | string;
  next?: Html;
}

export interface Artefact {
  what: string;
  isKept: boolean;
  words: Html | string;
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

/** Sentences of the core and of the verifier are English wherever they are shown, and may hold words of others. */
const core = (words: string): Html => html`<span lang="en">${visible(words)}</span>`;
const c = (words: Html): Html => html`<code>${words}</code>`;

function unchangedLine({ at, record }: ExhibitRow, warc: Uint8Array | string, held: Uint8Array | string): ProofLine {
  const broken = typeof warc === 'string' ? warc : typeof held === 'string' ? held : undefined;
  if (broken !== undefined) return { verdict: 'failed', words: h('evidence.notRecorded', { why: core(broken) }) };
  const bytes = t('evidence.bytes', { n: record.warc.length });
  return { verdict: 'ok', words: h('evidence.sinceRecorded', { when: at, bytes }) };
}

async function beforeLine(parts: Parts, { logIndex }: ExhibitRow, checkpoint: string): Promise<ProofLine> {
  const { settings, store: { log } } = parts; // prettier-ignore
  const { size } = parseCheckpoint(splitNote(checkpoint)!.text)!;
  const anchors = [...KNOWN_TSA_ROOTS, ...settings['log.tsaRoots']];
  const data = utf8(splitNote(checkpoint)!.text);
  const all = (await log.stamps.of(size)).map((response) => verifyTimestamp({ response, data, anchors, strict: false }));
  const good = all.filter((stamp) => stamp.code === 'ok');
  const words = (each: (typeof all)[number]): Html =>
    'genTime' in each ? h('evidence.stampAt', { authority: asIs(each.tsa), when: each.genTime }) : core(each.detail);
  if (good.length > 0) return { verdict: 'ok', words: h('evidence.stamped', { stamps: joined(good.map(words)) }) };
  const blocks = await log.stamps.finished(size);
  if (blocks.length > 0) return { verdict: 'unknown', words: h('evidence.block') };
  if (all.length > 0) return { verdict: 'unknown', words: h('evidence.untrusted', { stamps: joined(all.map(words)) }) };
  return notStamped(log, { logIndex, settings });
} // prettier-ignore

const joined = (parts: readonly Html[]): Html => html`${parts.map((each, at) => html`${at > 0 ? '; ' : ''}${each}`)}`;

async function notStamped(
  log: StoreLog,
  { logIndex, settings }: { logIndex: number; settings: Parts['settings'] },
): Promise<ProofLine> {
  const promised = (await log.stamps.sizes()).some((size) => size > logIndex);
  if (promised) return { verdict: 'unknown', words: h('evidence.promised'), next: h('evidence.promisedNext', { c }) };
  const hosts = [...settings['log.tsa'], ...settings['log.ots']].map(hostOf);
  return {
    verdict: 'unknown',
    words: h('evidence.noStamp'),
    next:
      hosts.length === 0
        ? h('evidence.noAuthority', { c })
        : h('evidence.willBeAsked', { hosts: asIs(hosts.join(', ')), c }),
  };
}

async function inLogLine({ store: { log }, settings, clock }: Parts, { logIndex }: ExhibitRow, checkpoint: string): Promise<ProofLine> {
  const keyStatements = log.keys.statements.map(({ note }) => note).join('');
  const trusting = { trust: [log.vkey], ...(keyStatements === '' ? {} : { keyStatements }) };
  const { verdict, claims } = await verifyFile(utf8(await log.prove(logIndex, checkpoint)), trusting);
  const { size } = parseCheckpoint(splitNote(checkpoint)!.text)!;
  const entry = { index: logIndex, log: asIs(log.origin), size };
  if (verdict !== 'ok') {
    const why = core(claims.filter((each) => each.verdict !== 'ok').map(({ detail }) => detail).join('; '));
    return { verdict, words: h('evidence.isEntry', { ...entry, why }) };
  }
  const path = settings['log.policy'];
  if (path === '')
    return { verdict: 'unknown', words: h('evidence.isEntryAlone', entry), next: h('evidence.noWitnesses', { c }) };
  const policy = await readFile(path, 'utf8').catch(() => undefined);
  if (policy === undefined)
    return { verdict: 'unknown', words: h('evidence.isEntryNoPolicy', entry), next: h('evidence.putBack', { c }) };
  const [answer] = (await verifyFile(utf8(checkpoint), { policy, now: clock.now(), ...(keyStatements === '' ? {} : { keyStatements }) })).claims;
  if (answer?.verdict === 'ok') return { verdict: 'ok', words: h('evidence.isEntrySeen', { ...entry, why: core(answer.detail) }) };
  const words = answer ? h('evidence.isEntryBut', { ...entry, why: core(answer.detail) }) : h('evidence.isEntryAlone', entry);
  return { verdict: answer?.verdict ?? 'unknown', words, next: h('evidence.askedAgain', { c }) };
} // prettier-ignore

const RENDERED = [
  ['urn:fullPage:', 'evidence.screenshot'],
  ['urn:pdf:', 'evidence.pdf'],
  ['urn:textFinal:', 'evidence.renderedText'],
] as const;

/** The words of `WARC-Truncated`. */
const CUT: Readonly<Record<string, MessageKey>> = {
  length: 'evidence.cutLength',
  time: 'evidence.cutTime',
  disconnect: 'evidence.cutDisconnect',
  unspecified: 'evidence.cutUnspecified',
};

async function artefactsOf({ record }: ExhibitRow, warc: Uint8Array | string): Promise<Artefact[]> {
  const { files, truncated } = record;
  const isBroken = typeof warc === 'string';
  const bytes = t('evidence.bytes', { n: record.warc.length });
  const head: Artefact = isBroken
    ? { what: 'WARC', isKept: false, words: core(warc) }
    : { what: 'WARC', isKept: true, words: truncated === undefined ? bytes : t('evidence.cutAfter', { bytes, why: t(CUT[truncated] ?? 'evidence.cutUnspecified') }) };
  const made = isBroken ? new Map<string, number>() : await resourcesIn(warc);
  const why = notRendered(record);
  const rendered = RENDERED.map(([urn, key]): Artefact => {
    const length = made.get(urn);
    const what = t(key);
    return length === undefined ? { what, isKept: false, words: why } : { what, isKept: true, words: t('evidence.bytes', { n: length }) };
  });
  return [head, ...rendered, fileRow(files)];
} // prettier-ignore

/** Why there is no picture of the page. */
function notRendered({ browser, missing, imported }: ExhibitRow['record']): Html {
  if (missing?.includes('browser')) return h('evidence.noBrowser');
  if (imported) return h('evidence.notOurBrowser');
  return browser ? h('evidence.browserDidNot') : h('evidence.notAsked', { flag: html`<code>--browser</code>` });
}

function fileRow(files: ExhibitRow['record']['files']): Artefact {
  const what = t('evidence.attachedFiles');
  if (!files) return { what, isKept: false, words: h('evidence.filesNotAsked', { setting: html`<code>capture.files</code>` }) };
  const { kept: count, failed, left, bytes } = files;
  return { what, isKept: count > 0, words: t('evidence.filesKept', { kept: count, bytes: t('evidence.bytes', { n: bytes }), failed, left }) };
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
