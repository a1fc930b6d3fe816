/** CDXJ 0.1.0, the index of a WACZ (facts/evidence §5): lines `<key> <timestamp> <json>`, plain or in gzip blocks with an .idx. */
import { compareBytes as compareUtf8, gunzipMember, lossyUtf8, sha256Hex, utf8 } from './hash.js';
import { isObject, parseStrictJson } from './strict-json.js';

/** Longest line, and most bytes of one block (facts/evidence §22.2). */
const MAX_LINE = 64 * 1024;
const MAX_BLOCK = 64 * 2 ** 20;

export interface CdxjLine {
  key: string;
  /** 14 digits UTC, or 17 with milliseconds. */
  timestamp: string;
  url: string;
  digest: string | undefined;
  mime: string | undefined;
  /** Name inside `archive/`. */
  filename: string;
  offset: number;
  length: number;
  status: number | undefined;
  recordDigest: string | undefined;
  method: string | undefined;
  requestBody: string | undefined;
  /** Offset, length and status are JSON numbers; other tools write strings. */
  numbers: boolean;
}

/**
 * Sort key of a URL: host reversed, query arguments sorted, lower case, no `www`. Steps and their order as all tools do it, since
 * a lookup must come to the same key. Anything but http and https is its own key.
 */
export function surt(url: string): string {
  const lowered = url.toLowerCase();
  const [, scheme, rest] = /^(https?):\/\/(?:www\d*\.)?([^]*)$/.exec(lowered) ?? [];
  if (scheme === undefined || rest === undefined) return url;
  let parsed: URL;
  try {
    parsed = new URL(`${scheme}://${rest}`);
  } catch {
    return url;
  }
  const port = parsed.port === '' ? '' : `:${parsed.port}`;
  const query = parsed.search === '' ? '' : `?${sortBytes(parsed.search.slice(1).split('&')).join('&')}`;
  return `${parsed.hostname.split('.').reverse().join(',')}${port})${parsed.pathname}${query}`;
}

/** The key as it stands in a line: what would end it is escaped. */
export function indexKey(url: string): string {
  return surt(url).replace(/[\0- \x7f]/g, encodeURIComponent);
}

/** By bytes, as LC_ALL=C sorts; JavaScript's own order is by UTF-16. */
export function sortBytes(texts: readonly string[]): string[] {
  return [...texts].sort(compareBytes);
}

export function compareBytes(a: string, b: string): number {
  return compareUtf8(utf8(a), utf8(b));
}

/** The 17 digits of a WARC-Date. */
export function timestampOf(date: string): string {
  const [whole = '', fraction = ''] = date.replace(/Z$/, '').split('.');
  return `${whole.replace(/\D/g, '')}${fraction.padEnd(3, '0').slice(0, 3)}`;
}

export interface CdxjProblem {
  line: number;
  sentence: string;
}

/** Lines in order; a malformed one is a problem and left out. */
export function parseCdxj(text: string): { lines: (CdxjLine & { line: number })[]; problems: CdxjProblem[] } {
  const lines: (CdxjLine & { line: number })[] = [];
  const problems: CdxjProblem[] = [];
  let before: string | undefined;
  for (const [at, raw] of splitLines(text).entries()) {
    const line = at + 1;
    if (raw.startsWith('!meta ')) continue;
    const parsed = parseLine(raw);
    if (typeof parsed === 'string') problems.push({ line, sentence: parsed });
    else lines.push({ ...parsed, line });
    if (before !== undefined && compareBytes(before, raw) > 0)
      problems.push({ line, sentence: 'the lines are not in order: a search would not find it' });
    before = raw;
  }
  return { lines, problems };
}

function splitLines(text: string): string[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines.map((line) => line.replace(/\r$/, ''));
}

function splitLine(raw: string): { key: string; timestamp: string; json: string } | undefined {
  const match = /^([^ ]+) (\d{14}|\d{17}|0) (\{[^]*\})$/.exec(raw);
  return match ? { key: match[1]!, timestamp: match[2]!, json: match[3]! } : undefined;
}

function parseLine(raw: string): CdxjLine | string {
  if (raw.length > MAX_LINE) return `it is longer than ${MAX_LINE} bytes`;
  const parts = splitLine(raw);
  const parsed = parts && parseStrictJson(parts.json);
  if (!parts || !parsed) return 'it is not of the form key, time, JSON';
  if (parsed.problem !== undefined) return `its JSON cannot be used: ${parsed.problem}`;
  if (!isObject(parsed.value)) return 'its JSON is no object';
  const fields = parsed.value;
  const text = (name: string): string | undefined => (typeof fields[name] === 'string' ? fields[name] : undefined);
  const offset = naturalNumber(fields['offset']);
  const length = naturalNumber(fields['length']);
  const url = text('url');
  const filename = text('filename');
  if (url === undefined || filename === undefined || offset === undefined || length === undefined)
    return 'it lacks url, filename, offset or length';
  return {
    ...{ key: parts.key, timestamp: parts.timestamp, url, filename, offset, length },
    digest: text('digest'),
    mime: text('mime'),
    status: naturalNumber(fields['status']),
    recordDigest: text('recordDigest'),
    method: text('method'),
    requestBody: text('requestBody'),
    numbers: ['offset', 'length', 'status'].every((name) => typeof (fields[name] ?? 0) === 'number'),
  };
}

function naturalNumber(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^\d{1,16}$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : undefined;
}

export interface IndexBlock {
  key: string;
  timestamp: string | undefined;
  offset: number;
  length: number;
  digest: string | undefined;
  filename: string | undefined;
}

export interface IndexFile {
  filename: string | undefined;
  blocks: IndexBlock[];
  problems: CdxjProblem[];
}

/** An .idx: which blocks a compressed index has. Not undefined blocks but problems where a line is malformed. */
export function parseIdx(text: string): IndexFile {
  const [meta = '', ...rest] = splitLines(text);
  const problems: CdxjProblem[] = [];
  const format = metaOf(meta);
  if (!format) problems.push({ line: 1, sentence: 'it does not begin with !meta and the format cdxj-gzip-1.0' });
  const blocks: IndexBlock[] = [];
  for (const [at, raw] of (format ? rest : [meta, ...rest]).entries()) {
    const block = parseBlock(raw);
    if (block) blocks.push(block);
    else problems.push({ line: at + (format ? 2 : 1), sentence: 'it does not describe a block' });
  }
  return { filename: format?.filename, blocks, problems };
}

function metaOf(line: string): { filename: string | undefined } | undefined {
  const parsed = line.startsWith('!meta 0 ') ? parseStrictJson(line.slice(8)) : undefined;
  if (!parsed || parsed.problem !== undefined || !isObject(parsed.value)) return undefined;
  const { format, filename } = parsed.value;
  if (format !== 'cdxj-gzip-1.0') return undefined;
  return { filename: typeof filename === 'string' ? filename : undefined };
}

function parseBlock(raw: string): IndexBlock | undefined {
  // js-wacz writes no time after the key.
  const match = raw.length > MAX_LINE ? undefined : /^([^ ]+)(?: (\d{14}|\d{17}))? (\{[^]*\})$/.exec(raw);
  const parsed = match && parseStrictJson(match[3]!);
  if (!parsed || parsed.problem !== undefined || !isObject(parsed.value)) return undefined;
  const { offset, length, digest, filename } = parsed.value;
  const [from, count] = [naturalNumber(offset), naturalNumber(length)];
  if (from === undefined || count === undefined) return undefined;
  return {
    key: match[1]!,
    timestamp: match[2],
    offset: from,
    length: count,
    digest: typeof digest === 'string' ? digest : undefined,
    filename: typeof filename === 'string' ? filename : undefined,
  };
}

/** The text of a compressed index, block by block, each checked against its line in the .idx where there is one. */
export function readBlocks(bytes: Uint8Array, idx: IndexFile | undefined): { text: string; problems: CdxjProblem[] } {
  const problems: CdxjProblem[] = [];
  const texts: string[] = [];
  let at = 0;
  for (let number = 0; at < bytes.length; number++) {
    const line = number + 2;
    let member: ReturnType<typeof gunzipMember>;
    try {
      member = gunzipMember(bytes, at, MAX_BLOCK);
    } catch {
      problems.push({ line, sentence: `the block at byte ${at} is damaged or too large` });
      return { text: texts.join(''), problems };
    }
    const text = lossyUtf8(member.data);
    const sentence =
      idx && blockProblem(idx.blocks[number], { at, bytes: bytes.subarray(at, at + member.length), text });
    if (sentence !== undefined) problems.push({ line, sentence });
    texts.push(text);
    at += member.length;
  }
  if (idx && idx.blocks.length > texts.length)
    problems.push({ line: texts.length + 2, sentence: 'it names more blocks than there are' });
  return { text: texts.join(''), problems };
}

function blockProblem(
  stated: IndexBlock | undefined,
  { at, bytes, text }: { at: number; bytes: Uint8Array; text: string },
): string | undefined {
  if (!stated) return `no line names the block at byte ${at}`;
  if (stated.offset !== at || stated.length !== bytes.length) return `it does not point at the block at byte ${at}`;
  const first = stated.timestamp === undefined ? `${stated.key} ` : `${stated.key} ${stated.timestamp} `;
  if (!text.startsWith(first)) return 'its key is not the first one of its block';
  if (stated.digest !== undefined && stated.digest !== `sha256:${sha256Hex(bytes)}`)
    return 'its digest is not that of its block';
  return undefined;
}
