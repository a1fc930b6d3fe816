/** The index of a package against its records (facts/evidence §5, §9 step 8): each line points at the record it speaks of. */
import {
  type CdxjLine,
  type IndexFile,
  compareBytes,
  parseCdxj,
  parseIdx,
  readBlocks,
  indexKey,
  timestampOf,
} from './cdxj.js';
import { digestBytes, equalBytes, fromUtf8, sha256Hex } from './hash.js';
import type { Findings, Members } from './wacz-finding.js';
import { type PlacedRecord, type WarcFile, bare } from './wacz-records.js';
import { decodeDigest } from './warc-digest.js';

export interface IndexFacts {
  records: readonly PlacedRecord[];
  files: ReadonlyMap<string, WarcFile>;
}

/** All lines of all indexes; the page list is compared with them. */
export function checkIndexes(members: Members, facts: IndexFacts, findings: Findings): CdxjLine[] {
  const byPlace = new Map(facts.records.map((record) => [`${record.filename}\n${record.offset}`, record]));
  const indexed = new Set<PlacedRecord>();
  const lines: CdxjLine[] = [];
  for (const { path, text } of indexTexts(members, findings)) {
    const parsed = parseCdxj(text);
    for (const { line, sentence } of parsed.problems) findings.error('index', `line ${line}: ${sentence}`, { path });
    for (const line of parsed.lines) {
      lines.push(line);
      const name = line.filename.replace(/^archive\//, '');
      const record = byPlace.get(`${name}\n${line.offset}`);
      const file = facts.files.get(name);
      if (record && file) {
        indexed.add(record);
        compare({ line, record, file, path }, findings);
      } else if (file?.whole)
        findings.error('index', `line ${line.line}: no record begins at byte ${line.offset}`, { path });
      else findings.notChecked(`index lines for ${name.slice(0, 200)}, which is missing or damaged`);
    }
  }
  for (const record of facts.records)
    if (['response', 'resource', 'revisit'].includes(record.type) && !indexed.has(record))
      findings.habit('index', 'no index line leads to this record', {
        path: `archive/${record.filename}`,
        offset: record.offset,
      });
  return lines;
}

/** Any file with such a name is loaded as an index by players, wherever it lies: so each is checked as one. */
function* indexTexts(members: Members, findings: Findings): Generator<{ path: string; text: string }> {
  const idxFiles = new Map<string, { path: string; idx: IndexFile }>();
  for (const [path, { bytes }] of members) {
    if (!bytes || !path.endsWith('.idx')) continue;
    const idx = parseIdx(fromUtf8(bytes) ?? '');
    for (const { line, sentence } of idx.problems) findings.error('index', `line ${line}: ${sentence}`, { path });
    const folder = path.slice(0, path.lastIndexOf('/') + 1);
    idxFiles.set(folder + (idx.filename ?? ''), { path, idx });
    if (idx.filename === undefined || !members.has(folder + idx.filename))
      findings.error('index', 'the index it speaks of is not there', { path });
    checkIdxOrder(idx, path, findings);
  }
  for (const [path, { bytes }] of members) {
    if (!bytes || !/\.(?:cdx|cdxj|cdx\.gz|cdxj\.gz)$/.test(path)) continue;
    if (!path.startsWith('indexes/')) findings.habit('index', 'an index lies outside indexes/', { path });
    if (!path.endsWith('.gz')) {
      const text = fromUtf8(bytes);
      if (text === undefined) findings.error('index', 'it is not UTF-8', { path });
      else yield { path, text };
      continue;
    }
    const of = idxFiles.get(path);
    if (!of) findings.habit('index', 'no .idx names its blocks', { path });
    const { text, problems } = readBlocks(bytes, of?.idx);
    for (const { line, sentence } of problems)
      findings.error('index', `line ${line}: ${sentence}`, { path: of?.path ?? path });
    yield { path, text };
  }
}

function checkIdxOrder({ blocks }: IndexFile, path: string, findings: Findings): void {
  for (const [at, { key, timestamp = '' }] of blocks.entries()) {
    const before = blocks[at - 1];
    if (before && compareBytes(`${before.key} ${before.timestamp ?? ''}`, `${key} ${timestamp}`) > 0)
      findings.error('index', `line ${at + 2}: the blocks are not in order`, { path });
    if (timestamp === '') findings.habit('index', `line ${at + 2}: it has no time`, { path });
  }
}

interface Pair {
  line: CdxjLine & { line: number };
  record: PlacedRecord;
  file: WarcFile;
  path: string;
}

function compare({ line, record, file, path }: Pair, findings: Findings): void {
  const wrong = (sentence: string): void => {
    findings.error('index', `line ${line.line}: ${sentence}`, { path });
  };
  const habit = (sentence: string): void => {
    findings.habit('index', `line ${line.line}: ${sentence}`, { path });
  };
  // warcio leaves the last two line ends of an uncompressed record out.
  if (line.length !== record.length && (record.gzip || line.length !== record.length - 4))
    wrong('its length is not that of the record');
  if (line.url.replaceAll(' ', '%20') !== record.uri) wrong('its URL is not that of the record');
  if (!timestampOf(record.date).startsWith(line.timestamp)) wrong('its time is not that of the record');
  if (line.method === undefined && line.key !== indexKey(line.url)) habit('its key is not that of its URL');
  if (line.status !== undefined && record.status !== undefined && line.status !== record.status)
    wrong('its status is not that of the record');
  if ((line.mime === 'warc/revisit') !== (record.type === 'revisit')) wrong('its type is not that of the record');
  else if (record.type !== 'revisit' && record.mime !== undefined && bare(line.mime) !== record.mime)
    habit('its media type is not that of the record');
  if (!line.numbers) findings.warning('index', `line ${line.line}: it writes numbers as text`, { path });
  if (line.recordDigest !== undefined) {
    const bytes = file.bytes.subarray(line.offset, line.offset + line.length);
    const actual = line.length === record.length ? record.sha256() : sha256Hex(bytes);
    if (line.recordDigest !== `sha256:${actual}`) wrong('its recordDigest is not that of the bytes it names');
  } else habit('it has no recordDigest');
  if (!digestAgrees(line.digest, record)) wrong('its digest is not that of the payload');
}

/** `-` and none say nothing; else it must be what the record states, or what its payload really has. */
function digestAgrees(stated: string | undefined, { payloadDigest, payload, type }: PlacedRecord): boolean {
  if (stated === undefined || stated === '-') return true;
  const value = stated.slice(stated.indexOf(':') + 1);
  if (payloadDigest?.slice(payloadDigest.indexOf(':') + 1) === value) return true;
  if (type === 'revisit' || !payload) return payloadDigest === undefined;
  return ['sha256', 'sha1'].some((algorithm) => {
    const actual = digestBytes(algorithm, payload)!;
    const wanted = decodeDigest(value, actual.length);
    return wanted !== undefined && equalBytes(wanted, actual);
  });
}
