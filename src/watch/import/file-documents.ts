/** Saved pages and other files: what they are, and what they themselves say of where they come from. Pure. */
import { type Instant, instant } from '../../model/index.js';
import { decodeBytes, mhtmlOrigin } from '../../read/index.js';
import { sha256Hex } from '../../verify/index.js';
import type { FoundDocument } from './warc-documents.js';

/** Who says what address the document had: the program that saved it, the page itself, or nobody. */
export type AddressFrom = 'archive' | 'saved-from' | 'page' | 'none';

export interface FileDocument extends FoundDocument {
  address: AddressFrom;
}

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html',
  htm: 'text/html',
  xhtml: 'application/xhtml+xml',
  mht: 'multipart/related',
  mhtml: 'multipart/related',
  pdf: 'application/pdf',
  json: 'application/json',
  xml: 'application/xml',
  txt: 'text/plain',
  csv: 'text/csv',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
};

export function documentOfFile(name: string, bytes: Uint8Array): FileDocument {
  const mediaType = mediaTypeOf(name, bytes);
  const origin = originOf(mediaType, bytes);
  return {
    status: 0,
    mediaType,
    resource: { type: mediaType, bytes },
    url: origin.url ?? `urn:sha256:${sha256Hex(bytes)}`,
    address: origin.url === undefined ? 'none' : origin.address,
    ...(origin.date === undefined ? {} : { claimed: origin.date }),
  };
}

function mediaTypeOf(name: string, bytes: Uint8Array): string {
  const start = Buffer.from(bytes.subarray(0, 2_000)).toString('latin1');
  if (start.startsWith('%PDF-')) return 'application/pdf';
  const extension = /\.([a-z0-9]{1,5})$/i.exec(name)?.[1]?.toLowerCase() ?? '';
  if (TYPES[extension] !== undefined && Object.hasOwn(TYPES, extension)) return TYPES[extension];
  return /<(?:!doctype\s+html|html)[\s>]/i.test(start) ? 'text/html' : 'application/octet-stream';
}

interface Origin {
  url?: string;
  address: AddressFrom;
  date?: Instant;
}

function originOf(mediaType: string, bytes: Uint8Array): Origin {
  if (mediaType === 'multipart/related') {
    const { url, date } = mhtmlOrigin(bytes);
    return { address: 'saved-from', ...webAddress(url), ...(date === undefined ? {} : { date }) };
  }
  if (!/html/.test(mediaType)) return { address: 'none' };
  return savedFrom(decodeBytes(bytes.subarray(0, 200_000), mediaType).text);
}

/**
 * Browsers write `<!-- saved from url=(0042)https://… -->`, SingleFile a comment with `url:` and `saved date:`. Else the page's
 * own word for its address stands, which is the page's claim.
 */
export function savedFrom(html: string): Origin {
  const head = html.slice(0, 20_000);
  const browser = /<!--\s{0,20}saved from url=\(\d{1,6}\)(https?:\/\/[^\s>"']{1,4000})\s{0,20}-->/i.exec(head)?.[1];
  if (browser !== undefined) return { address: 'saved-from', ...webAddress(browser) };
  const comment = /<!--\s{0,20}Page saved with SingleFile([^]{0,6000}?)-->/i.exec(head)?.[1];
  const url = /^\s*url:\s*(https?:\/\/\S{1,4000})\s*$/m.exec(comment ?? '')?.[1];
  if (url !== undefined) {
    const date = Date.parse(/^\s*saved date:\s*([^\n(]{8,60})/m.exec(comment!)?.[1]?.trim() ?? '');
    return {
      address: 'saved-from',
      ...webAddress(url),
      ...(Number.isNaN(date) ? {} : { date: instant(new Date(date)) }),
    };
  }
  const own =
    attribute(html, /<link\b[^>]{0,500}\brel=["']?canonical\b[^>]{0,4000}>/i, 'href') ??
    attribute(html, /<meta\b[^>]{0,500}\bproperty=["']?og:url\b[^>]{0,4000}>/i, 'content');
  return { address: 'page', ...webAddress(own) };
}

function attribute(html: string, tag: RegExp, name: string): string | undefined {
  const found = tag.exec(html)?.[0];
  const value = found && new RegExp(`\\b${name}=["']([^"']{1,4000})["']`, 'i').exec(found)?.[1];
  return value === undefined ? undefined : value.replace(/&amp;/g, '&');
}

function webAddress(url: string | undefined): { url?: string } {
  if (url === undefined || !/^https?:\/\//i.test(url) || !URL.canParse(url)) return {};
  const { username, password } = new URL(url);
  return username === '' && password === '' ? { url } : {};
}
