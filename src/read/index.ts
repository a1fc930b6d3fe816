/** From the bytes of a capture to text and fields. Pure: the same bytes give the same reading on every machine. */
import type { Reading } from '../model/index.js';
import { contentTypeOf, readBinary, readData, readText } from './data-documents.js';
import { looksLikeEforms, readEforms } from './eforms.js';
import type { ReadInput } from './input.js';
import { looksLikeMhtml, readMhtml } from './mhtml.js';
import { readPage } from './page.js';
import { isWechat, looksLikeWechat, readSavedNotice, readWechat } from './wechat/index.js';

export type { ReadInput } from './input.js';
export { collect, htmlToText, normaliseText } from './html.js';
export { decodeBytes } from './charset.js';
export { languageOf } from './language.js';
export { normaliseUrl } from './urls.js';
export { parseDate, parseRfc822, offsetOfHost } from './dates.js';
export {
  type Json,
  type JsonObject,
  type ParsedJson,
  isJsonObject,
  numberAt,
  objectAt,
  objectsAt,
  parseJson,
  textAt,
  textsAt,
} from './json.js';
export { mhtmlOrigin } from './mhtml.js';
export { type PictureSize, pictureSize } from './picture.js';
export { isTelling, pictureShape } from './picture-shape.js';
export { readXml } from './xml-stream.js';
export { type RecordFinding, compareRecordStates } from './ocds-states.js';
export { articleBegins } from './wechat/early.js';
export { articleIdentity, keyFromUrl } from './wechat/identity.js';

const BINARY = /^(?:image|audio|video|font)\/|^application\/(?:pdf|zip|msword|octet-stream|vnd\.|x-rar|x-7z|gzip)/i;

/**
 * Reads one capture. Never throws for what a page holds (bytes that are no text, markup that is no markup): what could
 * not be read stands in `problems`, and a page that fits nothing is `unknown`.
 */
export function readCapture(input: ReadInput): Reading {
  const reading = readDocument(input);
  const { truncated, partial } = input;
  const cut =
    truncated !== undefined ? `the body is cut (${truncated})` : partial ? 'only the first part was read' : '';
  return cut === '' ? reading : { ...reading, problems: [...reading.problems, cut] };
}

function readDocument(input: ReadInput): Reading {
  const type = contentTypeOf(input);
  const head = Buffer.from(input.body.subarray(0, 200_000)).toString('latin1');
  if (isWechat(input.finalUrl) || (isWechat(input.requestedUrl) && input.status < 400) || looksLikeWechat(head))
    return readWechat(input);
  const saved = readSavedNotice(input, head);
  if (saved) return saved;
  if (looksBinary(type, input.body)) return readBinary(input);
  if (/json/i.test(type) || /^\s*[[{]/.test(head.replace(/^\xef\xbb\xbf/, '')))
    return readData(input) ?? readText(input);
  if (looksLikeMhtml(type, head)) return readMhtml(input);
  if (looksLikeEforms(head)) return readEforms(input);
  if (/html/i.test(type) || /<(?:!doctype\s+html|html|head|body)[\s>]/i.test(head)) return readPage(input);
  return readText(input);
}

function looksBinary(type: string, body: Uint8Array): boolean {
  if (Buffer.from(body.subarray(0, 5)).toString('latin1') === '%PDF-') return true;
  return BINARY.test(type) && body.subarray(0, 2_000).includes(0);
}

/**
 * What decides whether two checks saw the same page: words and dates a person would notice, not bytes. Fetch time, tokens
 * and counters are not among it (facts/watching §2.13).
 */
export function visibleText(reading: Reading): string {
  const { verdict, title, text, author, published, links, account } = reading;
  const words = 'words' in verdict ? (verdict.words ?? '') : '';
  const attachments = links.attachments.map(({ url, name }) => `${name ?? ''} ${url}`);
  return [
    verdict.class,
    words,
    title ?? '',
    author ?? '',
    published ?? '',
    account?.name ?? '',
    account?.bio ?? '',
    text,
    ...attachments,
  ].join('\n');
}

/** Title first, so that mentions in the title have offsets too: this is the text `show ID --reading N` prints. */
export function readingText(reading: Reading): string {
  const { title, text } = reading;
  return title === undefined || title === '' || text.startsWith(title) ? text : `${title}\n${text}`;
}

export { isWechat } from './wechat/index.js';
