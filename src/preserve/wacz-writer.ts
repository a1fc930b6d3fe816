/** WACZ 1.1.1 (facts/evidence §6), everything stored: the same parts give the same bytes, but for the signature. */
import { gzipSync } from 'node:zlib';
import { AsPostedError } from '../model/index.js';
import {
  DATAPACKAGE,
  DIGEST,
  Findings,
  type KnownParts,
  type PlacedRecord,
  checkWacz,
  indexKey,
  readRecords,
  sha256Hex,
  sortBytes,
  timestampOf,
  utf8,
} from '../verify/index.js';
import { type DomainSigner, type ToSign, tidied } from './domain-signature.js';
import { type ZipMember, writeZip } from './zip-writer.js';

export interface WaczPage {
  id?: string;
  url: string;
  /** RFC 3339; the WARC-Date of its capture. */
  ts: string;
  title?: string;
  /** Visible text, for search in players. */
  text?: string;
}

/** Signs the text `sha256:<hex>` with ECDSA P-384 and SHA-256; the secret never leaves it. */
export interface PackageSigner {
  /** Base64 SPKI. */
  publicKey: string;
  /** Base64 of r‖s. */
  sign(hashText: string): string | Promise<string>;
}

export interface WaczParts {
  /** Names are those inside `archive/`. */
  warcs: readonly { name: string; bytes: Uint8Array }[];
  /** The first one is the main page. */
  pages: readonly WaczPage[];
  /** Cut to whole seconds: signing servers do, and the two must be equal as text (facts/evidence §8.3). */
  created: string;
  title: string;
  /** Name and version of this program. */
  software: string;
  sign?: PackageSigner | DomainSigner;
  /** More files, outside of the folders of the format. */
  files?: readonly ZipMember[];
  /** The manifest’s own key `asposted`. */
  own?: unknown;
}

/** An index from here on is written in blocks of so many lines (facts/evidence §5). */
const PLAIN_INDEX = 50_000;
const BLOCK_LINES = 1_024;

const refuse = (message: string): AsPostedError => new AsPostedError({ code: 'BAD_INPUT', message });

/**
 * Throws BAD_INPUT for parts our own verifier would refuse as a package, SIGN_FAILED for a signature it would refuse or that
 * leads to no root the operator trusts: a package meant for a domain is never made without it.
 */
export async function packWacz(parts: WaczParts): Promise<Uint8Array> {
  const created = parts.created.replace(/\.\d+Z$/, 'Z');
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(created) || Number.isNaN(Date.parse(created)))
    throw refuse('a package needs the time it is made, in UTC');
  const archive = archiveMembers(parts);
  const findings = new Findings();
  const reading = await readRecords(new Map(archive.map((each) => [each.path, { ...each, method: 0 }])), findings);
  const lines = indexLines(reading.records);
  const pages = { path: 'pages/pages.jsonl', bytes: pageList(parts.pages) };
  const resources = [...archive, ...indexMembers(lines), pages, ...(parts.files ?? [])];
  const hashes = new Map(resources.map(({ path, bytes }) => [path, { bytes, sha256: sha256Hex(bytes) }]));
  const manifest = json(manifestOf({ ...parts, created }, hashes));
  const digest = json(await digestOf(manifest, { ...parts, created }));
  const members = [...resources, { path: DATAPACKAGE, bytes: manifest }, { path: DIGEST, bytes: digest }];
  const bytes = writeZip(members, new Date(created));
  await checkBeforeGiving(bytes, parts.sign, { ...reading, findings, hashes });
  return bytes;
}

const isDomainSigner = (sign: WaczParts['sign']): sign is DomainSigner => sign !== undefined && 'signForDomain' in sign;

async function checkBeforeGiving(bytes: Uint8Array, sign: WaczParts['sign'], known: KnownParts): Promise<void> {
  const domain = isDomainSigner(sign) ? sign : undefined;
  const { findings } = await checkWacz(bytes, { mode: 'strict', ...domain?.roots }, known);
  const wrong =
    findings.find(({ severity }) => severity === 'error') ??
    (domain && findings.find(({ severity }) => severity === 'untrusted'));
  if (!wrong) return;
  const { path, sentence, code, severity } = wrong;
  if (!domain || path !== DIGEST) throw refuse(`the package would not verify: ${path ?? ''} ${sentence} (${code})`);
  throw new AsPostedError({
    code: 'SIGN_FAILED',
    message: `the signature for the domain would not verify: ${sentence} (${code})`,
    hint:
      severity === 'untrusted'
        ? 'Name the root in publish.sign.roots if you trust it. Nothing was written.'
        : 'Nothing was written; --sign anonymous makes a package without a domain.',
  });
}

/** The bytes are hashed as they lie: two blanks, keys in this order, a line end. */
function json(value: unknown): Uint8Array {
  return utf8(`${JSON.stringify(value, null, 2)}\n`);
}

function archiveMembers({ warcs }: WaczParts): ZipMember[] {
  const seen = new Set<string>();
  for (const { name } of warcs) {
    if (!/^[a-z0-9][a-z0-9._-]*\.warc(?:\.gz)?$/.test(name) || name.length > 200 || seen.has(name))
      throw refuse(`a package cannot hold a WARC named ${JSON.stringify(name.slice(0, 200))}`);
    seen.add(name);
  }
  if (warcs.length === 0) throw refuse('a package needs a WARC');
  return warcs.map(({ name, bytes }) => ({ path: `archive/${name}`, bytes }));
}

const INDEXED = new Set(['response', 'resource', 'revisit']);

function indexLines(records: readonly PlacedRecord[]): string[] {
  const lines = records.filter(({ type }) => INDEXED.has(type)).map(indexLine);
  return sortBytes(lines);
}

function indexLine(record: PlacedRecord): string {
  const { filename, offset, length, uri, type, date } = record;
  const fields = {
    url: uri,
    digest: record.payloadDigest ?? '-',
    mime: type === 'revisit' ? 'warc/revisit' : (record.mime ?? 'unk'),
    ...{ filename, offset, length },
    recordDigest: `sha256:${record.sha256()}`,
    ...(type === 'resource' ? { status: 200 } : record.status === undefined ? {} : { status: record.status }),
  };
  return `${indexKey(uri)} ${timestampOf(date)} ${JSON.stringify(fields)}\n`;
}

function indexMembers(lines: readonly string[]): ZipMember[] {
  const plain = utf8(lines.join(''));
  if (plain.length < PLAIN_INDEX) return [{ path: 'indexes/index.cdx', bytes: plain }];
  const filename = 'index.cdx.gz';
  const blocks: Uint8Array[] = [];
  const idx = [`!meta 0 ${JSON.stringify({ format: 'cdxj-gzip-1.0', filename })}\n`];
  let offset = 0;
  for (let at = 0; at < lines.length; at += BLOCK_LINES) {
    const block = gzipSync(utf8(lines.slice(at, at + BLOCK_LINES).join('')), { level: 9 });
    block[9] = 0xff; // OS byte: the same on every platform (facts/evidence §4.5)
    const first = lines[at]!.split(' ', 2).join(' ');
    const fields = { offset, length: block.length, digest: `sha256:${sha256Hex(block)}`, filename };
    idx.push(`${first} ${JSON.stringify(fields)}\n`);
    blocks.push(block);
    offset += block.length;
  }
  return [
    { path: `indexes/${filename}`, bytes: Buffer.concat(blocks) },
    { path: 'indexes/index.idx', bytes: utf8(idx.join('')) },
  ];
}

function pageList(pages: readonly WaczPage[]): Uint8Array {
  const head = { format: 'json-pages-1.0', id: 'pages', title: 'All Pages' };
  const withText = pages.some(({ text }) => text !== undefined) ? { hasText: true } : {};
  const lines = pages.map(({ id, url, ts, title, text }, at) => ({ id: id ?? `p${at + 1}`, url, ts, title, text }));
  return utf8([{ ...head, ...withText }, ...lines].map((line) => `${JSON.stringify(line)}\n`).join(''));
}

function manifestOf({ title, created, software, pages, own }: WaczParts, resources: KnownParts['hashes']): unknown {
  const main = pages[0];
  return {
    profile: 'data-package',
    wacz_version: '1.1.1',
    ...{ title, created, software },
    ...(main ? { mainPageUrl: main.url, mainPageDate: main.ts } : {}),
    ...(own === undefined ? {} : { asposted: own }),
    resources: [...resources].map(([path, { bytes, sha256 }]) => ({
      name: path.slice(path.lastIndexOf('/') + 1),
      path,
      hash: `sha256:${sha256}`,
      bytes: bytes.length,
    })),
  };
}

async function digestOf(manifest: Uint8Array, { created, software, sign }: WaczParts): Promise<unknown> {
  const hash = `sha256:${sha256Hex(manifest)}`;
  if (!sign) return { path: DATAPACKAGE, hash };
  const common = { hash, created, software, version: '0.1.0' };
  return { path: DATAPACKAGE, hash, signedData: { ...common, ...(await signatureOf(sign, { hash, created })) } };
}

/** The fields in the order of our own form. */
async function signatureOf(sign: PackageSigner | DomainSigner, what: ToSign): Promise<Record<string, string>> {
  if (!isDomainSigner(sign)) return { signature: await sign.sign(what.hash), publicKey: sign.publicKey };
  const made = tidied(await sign.signForDomain(what), sign.roots);
  const { signature, domain, domainCert, timeSignature, timestampCert, crossSignedCert: cross } = made;
  const fields = { signature, domain, domainCert, timeSignature, timestampCert };
  return cross === undefined ? fields : { ...fields, crossSignedCert: cross };
}
