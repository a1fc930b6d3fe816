/** Documents that are data: OCDS packages, feeds, plain text. Each becomes text a person can read, with its own fields. */
import type { Reading } from '../model/index.js';
import { decodeBytes } from './charset.js';
import { parseDate } from './dates.js';
import { htmlToText, normaliseText } from './html.js';
import type { ReadInput } from './input.js';
import { languageOf } from './language.js';
import { outerVerdict } from './page-verdict.js';
import { normaliseUrl } from './urls.js';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

const MAX_DEPTH = 60;

export function contentTypeOf(input: ReadInput): string {
  return input.headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
}

function base(input: ReadInput, reader: string): { decoded: ReturnType<typeof decodeBytes>; reading: Reading } {
  const decoded = decodeBytes(input.body, contentTypeOf(input));
  const reading: Reading = {
    reader,
    verdict: outerVerdict(input) ?? { class: 'live', rule: reader },
    identity: { key: `url:${normaliseUrl(input.requestedUrl)}` },
    charset: { name: decoded.name, reason: decoded.reason },
    language: 'unknown',
    text: '',
    account: { id: new URL(input.finalUrl).hostname },
    links: { attachments: [], images: [] },
    fields: {},
    problems: decoded.problems,
  };
  return { decoded, reading };
}

/** Plain text, CSV, XML that is no feed: read as it stands. */
export function readText(input: ReadInput): Reading {
  const { decoded, reading } = base(input, 'text/1');
  const text = /^\s*<\?xml|^\s*<[a-z!]/i.test(decoded.text) ? htmlToText(decoded.text) : normaliseText(decoded.text);
  const title = text.split('\n', 1)[0]?.slice(0, 200);
  return { ...reading, text, language: languageOf(text), ...(title ? { title } : {}) };
}

/** Bytes that are not text (PDF, images, archives) are kept as evidence; their words are not read yet, and that is said. */
export function readBinary(input: ReadInput): Reading {
  const { reading } = base({ ...input, body: new Uint8Array(), partial: false }, 'binary/1');
  return {
    ...reading,
    charset: { name: 'none', reason: 'not text' },
    problems: ['the text of this document type is not read'],
  };
}

/** An OCDS release or record package; the notice is the contracting process (facts/watching §6.1). Undefined when it is other JSON. */
export function readOcds(input: ReadInput): Reading | undefined {
  const { decoded, reading } = base(input, 'ocds/1');
  const json = parseJson(decoded.text);
  const release = json && releaseOf(json);
  if (!release || typeof release['ocid'] !== 'string') return undefined;
  const tender = objectAt(release, 'tender');
  const title =
    textAt(tender, 'title') ?? textAt(release, 'title') ?? textAt(objectAt(release, 'planning'), 'rationale');
  const buyer = textAt(objectAt(release, 'buyer'), 'name');
  const published = parseDate(
    textAt(release, 'date') ?? textAt(json as Record<string, Json>, 'publishedDate') ?? '',
    '+00:00',
  );
  const tags = Array.isArray(release['tag']) ? release['tag'].filter((tag) => typeof tag === 'string').join(', ') : '';
  const lines = textsOf(release, 0);
  const text = normaliseText([...new Set(lines)].join('\n'));
  const status = textAt(tender, 'status');
  return {
    ...reading,
    identity: { key: `ocds:${release['ocid']}` },
    language: languageOf(text),
    text,
    ...(title === undefined ? {} : { title }),
    ...(published === undefined ? {} : { published }),
    account: { id: new URL(input.finalUrl).hostname, ...(buyer === undefined ? {} : { name: buyer }) },
    fields: {
      ocid: release['ocid'],
      ...(textAt(release, 'id') === undefined ? {} : { release: textAt(release, 'id')! }),
      ...(tags === '' ? {} : { tags }),
      // Cancelled is a status, not a removal (facts/watching §11.13).
      ...(status === undefined ? {} : { status }),
    },
  };
}

function releaseOf(json: Json): Record<string, Json> | undefined {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return undefined;
  const [record] = Array.isArray(json['records']) ? json['records'] : [];
  const compiled = record === undefined ? undefined : objectAt(record as Record<string, Json>, 'compiledRelease');
  if (compiled) return compiled;
  const releases =
    json['releases'] ??
    (record && typeof record === 'object' ? (record as Record<string, Json>)['releases'] : undefined);
  const last = Array.isArray(releases) ? releases.at(-1) : undefined;
  if (last && typeof last === 'object' && !Array.isArray(last)) return last;
  return typeof json['ocid'] === 'string' ? json : undefined;
}

function objectAt(value: Record<string, Json> | undefined, key: string): Record<string, Json> | undefined {
  const inner = value?.[key];
  return typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? inner : undefined;
}

function textAt(value: Record<string, Json> | undefined, key: string): string | undefined {
  const inner = value?.[key];
  return typeof inner === 'string' && inner.trim() !== '' ? normaliseText(inner) : undefined;
}

const WORDED = new Set([
  'title',
  'description',
  'name',
  'legalName',
  'rationale',
  'streetAddress',
  'locality',
  'region',
  'countryName',
  'uri',
  'id',
  'scheme',
  'email',
  'telephone',
  'status',
]);

function textsOf(value: Json, depth: number): string[] {
  if (depth > MAX_DEPTH || typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((each) => textsOf(each, depth + 1));
  return Object.entries(value).flatMap(([key, inner]) =>
    typeof inner === 'string' && WORDED.has(key) ? [inner] : textsOf(inner, depth + 1),
  );
}

function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
