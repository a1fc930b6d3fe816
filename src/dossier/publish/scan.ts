/**
 * Is this safe to publish? Searches every file of a bundle for what a site gave the observer, for where the observer is,
 * and for who (DESIGN §6, facts/watching §2.17). Pure: what is the operator's own, what the machine is called, and how a
 * body is decoded are handed in. It finds what it knows: see docs/110-dossier.md for what it cannot.
 */
import type { ZipMember } from '../../preserve/index.js';
import { type HttpHead, type WarcRecord, fromUtf8, headerOf, parseHead, readWarc } from '../../verify/index.js';
import { type Finding, type Hit, mask } from './finding.js';
import { echoHits, headerHits } from './headers.js';
import { type OwnFacts, type OwnSearch, ownSearch } from './own.js';
import { fieldHits, jwtHits, urlHits } from './session.js';
import { views } from './views.js';

export interface PublishRules extends OwnFacts {
  /** Body of a stored response with transfer and content coding and charset undone. Throws where that cannot be done. */
  decode(response: Uint8Array): Promise<{ body: Uint8Array; text: string }>;
}

/** In the order of the bundle; one finding for one value in one place, however many readings of the text show it. */
export async function scanForPublication(members: readonly ZipMember[], rules: PublishRules): Promise<Finding[]> {
  const own = ownSearch(rules);
  const findings: Finding[] = [];
  for (const { path, bytes } of members) {
    if (/\.warc\.gz$/.test(path)) findings.push(...(await scanWarc(path, bytes, { own, rules })));
    else findings.push(...scanFile(path, bytes, own));
  }
  return findings;
}

interface Scan {
  own: OwnSearch;
  rules: PublishRules;
}

/** Where a text stands, before it is known what is found in it. */
type Place = Pick<Finding, 'member' | 'record' | 'part'>;

function collect(hits: readonly Hit[], place: Place, found: Map<string, Finding>): void {
  for (const { kind, what, value, offset, weight } of hits) {
    const key = `${place.part}\n${what}\n${value}`;
    if (!found.has(key)) found.set(key, { kind, what, weight, ...place, offset, masked: mask(value) });
  }
}

/** `records/` holds the addresses that were asked; everything else is made of pages and of people's words. */
function scanFile(member: string, bytes: Uint8Array, own: OwnSearch): Finding[] {
  const found = new Map<string, Finding>();
  const text = fromUtf8(bytes);
  const place = { member, part: 'file' };
  if (text === undefined) collect(own.find(latin1(bytes), true), place, found);
  else
    for (const view of views(text)) {
      collect(
        [...own.find(view, false), ...urlHits(view, member.startsWith('records/')), ...jwtHits(view)],
        place,
        found,
      );
    }
  return [...found.values()];
}

async function scanWarc(member: string, bytes: Uint8Array, scan: Scan): Promise<Finding[]> {
  const findings: Finding[] = [];
  const cookieSent = await sendsCookies(bytes);
  let number = 0;
  for await (const record of readWarc(bytes)) {
    number += 1;
    const found = new Map<string, Finding>();
    const place = { member, record: { number, type: record.type } };
    await scanRecord(record, {
      ...scan,
      cookieSent,
      add: (hits, part) => {
        collect(hits, { ...place, part }, found);
      },
    });
    findings.push(...found.values());
  }
  return findings;
}

/** Whether any request of the capture carried a cookie: then what the site sets belongs to somebody. */
async function sendsCookies(bytes: Uint8Array): Promise<boolean> {
  for await (const { type, block } of readWarc(bytes)) {
    if (type === 'request' && headerOf(headOf(block)?.headers ?? [], 'cookie')) return true;
  }
  return false;
}

interface RecordScan extends Scan {
  cookieSent: boolean;
  add: (hits: readonly Hit[], part: string) => void;
}

async function scanRecord(record: WarcRecord, scan: RecordScan): Promise<void> {
  const { own, add } = scan;
  if (record.partial) {
    const what = 'the record is too long to be searched';
    add([{ kind: 'unreadable', what, value: '', offset: 0, weight: 'refuse' }], 'body');
  }
  for (const view of views(record.headers.map(([name, value]) => `${name}: ${value}`).join('\n')))
    add([...own.find(view, false), ...urlHits(view, true)], 'WARC head');
  if (record.type === 'request' || record.type === 'response' || record.type === 'revisit')
    await scanMessage(record, scan);
  else if (record.type === 'metadata') scanMetadata(record, scan);
  else scanBody(latin1(record.block), fromUtf8(record.block), record.targetUri ?? '', scan);
}

async function scanMessage({ type, block, targetUri = '' }: WarcRecord, scan: RecordScan): Promise<void> {
  const { own, add, rules } = scan;
  const head = headOf(block);
  if (!head) {
    scanBody(latin1(block), undefined, targetUri, scan);
    return;
  }
  scanHead(head, latin1(block.subarray(0, head.length)), type === 'request', scan);
  const body = block.subarray(head.length);
  if (body.length === 0) return;
  if (type === 'request') {
    scanBody(latin1(body), fromUtf8(body), targetUri, scan);
    return;
  }
  add(own.find(latin1(body), true), 'body');
  try {
    const decoded = await rules.decode(block);
    scanBody(latin1(decoded.body), decoded.text, targetUri, scan);
  } catch (thrown) {
    // What cannot be read cannot be called safe.
    const what = `the body cannot be decoded, so it was not searched (${(thrown as Error).message})`;
    add([{ kind: 'unreadable', what, value: '', offset: 0, weight: 'refuse' }], 'body');
  }
}

function scanHead(head: HttpHead, text: string, request: boolean, { own, add, cookieSent }: RecordScan): void {
  for (const { field, ...hit } of headerHits(head, request, cookieSent)) {
    const at = text.indexOf(hit.value);
    add([{ ...hit, offset: Math.max(0, at) }], `header ${field.slice(0, 60)}`);
  }
  // Header bytes have no charset: read both ways.
  for (const each of new Set([text, Buffer.from(text, 'latin1').toString('utf8')]))
    for (const view of views(each)) add(own.find(view, false), 'head');
}

/** 1xx answers are kept in base64 inside a field of ours: their headers are headers. */
function scanMetadata({ block, targetUri = '' }: WarcRecord, scan: RecordScan): void {
  const text = Buffer.from(block).toString('utf8');
  scanBody(text, text, targetUri, scan);
  const interim = /^interimResponses: ([\w+/=]+)/m.exec(text)?.[1];
  const bytes = interim === undefined ? undefined : Buffer.from(interim, 'base64');
  const head = bytes && headOf(bytes);
  if (bytes && head) scanHead(head, latin1(bytes), false, scan);
}

/** The bytes as they lie, for values of ours; the text and what its escapes mean, for everything. */
function scanBody(raw: string, text: string | undefined, url: string, { own, add }: RecordScan): void {
  add(own.find(raw, true), 'body');
  if (text === undefined || text.slice(0, 2_000).includes('\0')) return;
  const wechat = /(?:^|[/.])weixin\.qq\.com/i.test(url) || text.includes('mp.weixin.qq.com');
  for (const view of views(text)) {
    const hits = [own.find(view, false), fieldHits(view, wechat), urlHits(view, false), jwtHits(view), echoHits(view)];
    add(hits.flat(), 'body');
  }
}

function headOf(block: Uint8Array): HttpHead | undefined {
  try {
    return parseHead(block);
  } catch {
    return undefined; // no head at all: the whole block is searched as a body
  }
}

const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
