/** Files that the WARC of a page holds beside it: attached ones and pictures, by what their bytes are. */
import { createHash } from 'node:crypto';
import type { ExhibitRecord, Reading } from '../model/index.js';
import { parseHttpResponse } from '../capture/index.js';
import { isTelling, pictureSize } from '../read/index.js';
import type { FileRow } from '../store/index.js';
import { type Bytes, type HttpHead, type WarcRecord, headerOf, parseHead, readWarc } from '../verify/index.js';
import { withoutFragment } from './files.js';
import { shapeInThread } from './shape-thread.js';

/** Of one page: more is no notice. */
const MOST = 200;
/** Shorter ones are empty, or words of a server. */
const LEAST_BYTES = 1_024;
/** Smaller ones are icons, spacers and lines. */
const LEAST_SIDE = 80;
const LEAST_PIXELS = 20_000;
const DECODED_BYTES = 16 * 2 ** 20;

type Wanted = Map<string, { kind: FileRow['kind']; name?: string | undefined }>;

/** Points of all pictures of one page that are decoded: a million take about a quarter of a second. */
const MOST_POINTS = 60_000_000;

/** Each once, in the order of the WARC. Nothing of a page that did not stand. */
export async function filesIn(open: () => Bytes, record: ExhibitRecord, reading: Reading): Promise<FileRow[]> {
  if (reading.verdict.class !== 'live') return [];
  const wanted = wantedOf(record, reading);
  if (wanted.size === 0) return [];
  const found = new Map<string, FileRow>();
  let points = 0;
  for await (const each of readWarc(open())) {
    const file = await fileOf(each, wanted);
    if (!file || found.has(file.row.sha256)) continue;
    const more = (file.row.width ?? 0) * (file.row.height ?? 0);
    const isLookedAt = file.row.kind === 'image' && file.bytes !== undefined && points + more <= MOST_POINTS;
    if (isLookedAt) points += more;
    found.set(file.row.sha256, isLookedAt ? await withShape(file.row, file.bytes!) : file.row);
    if (found.size >= MOST) break;
  }
  return [...found.values()];
}

async function withShape(row: FileRow, bytes: Uint8Array): Promise<FileRow> {
  const shape = await shapeInThread(bytes);
  return shape ? { ...row, shape, lines: [...shape.keys()].filter((place) => isTelling(shape[place]!)) } : row;
}

interface FoundFile {
  row: FileRow;
  bytes: Uint8Array | undefined;
}

/** A page that came alone holds none; a file that was captured as such is one. */
function wantedOf(record: ExhibitRecord, { links, title, text }: Reading): Wanted {
  const wanted: Wanted = new Map();
  if (isFile(record.mediaType) && text === '')
    wanted.set(withoutFragment(record.finalUrl), { kind: 'attachment', name: title });
  if (!record.files && !record.browser && !record.imported) return wanted;
  for (const url of links.images) wanted.set(withoutFragment(url), { kind: 'image' });
  for (const { url, name } of links.attachments) wanted.set(withoutFragment(url), { kind: 'attachment', name });
  return wanted;
}

const isFile = (type: string): boolean =>
  /^(?:image|audio|video)\//.test(type) ||
  (/^application\//.test(type) && !/json|xml|javascript|xhtml|mhtml/.test(type));

async function fileOf(record: WarcRecord, wanted: Wanted): Promise<FoundFile | undefined> {
  const { type, targetUri = '', block, payloadSha256, payloadLength } = record;
  const url = withoutFragment(targetUri);
  const what = wanted.get(url);
  if (!what) return undefined;
  if (type === 'resource') return resourceRow(record, { ...what, url });
  if (type !== 'response') return undefined;
  const head = headOf(block);
  if (!head) return undefined;
  const location = headerOf(head.headers, 'location');
  if (head.status !== 200) {
    // Where it leads is the file.
    if (location !== undefined && URL.canParse(location, url))
      wanted.set(withoutFragment(new URL(location, url).href), what);
    return undefined;
  }
  const isCut = record.headers.some(([name]) => name.toLowerCase() === 'warc-truncated');
  if (isCut || payloadSha256 === undefined || payloadLength === undefined) return undefined;
  const whole = { sha256: payloadSha256, length: payloadLength };
  const body = await bodyOf(record, headerOf(head.headers, 'content-encoding') ?? '');
  const of = body?.decoded === true ? { sha256: sha256(body.bytes), length: body.bytes.length } : whole;
  return rowOf({ ...what, url, ...of, media: mediaOf(head) }, body?.bytes);
}

/** A file that was imported without an answer around it. */
function resourceRow(
  { payload, payloadSha256, payloadLength, headers }: WarcRecord,
  what: Pick<FileRow, 'kind' | 'name' | 'url'>,
): FoundFile | undefined {
  if (payloadSha256 === undefined || payloadLength === undefined) return undefined;
  const media = mediaOf({ headers });
  return rowOf({ ...what, sha256: payloadSha256, length: payloadLength, media }, payload);
}

/** A page in place of a file says that it was not to be had; a picture of no size that can be told joins nothing. */
function rowOf(row: Omit<FileRow, 'width' | 'height'>, bytes: Uint8Array | undefined): FoundFile | undefined {
  const size = bytes && pictureSize(bytes);
  if (row.length < LEAST_BYTES) return undefined;
  if (row.kind === 'attachment' && !size)
    return /html/.test(row.media) ? undefined : { row: { ...row, width: null, height: null }, bytes };
  if (!size || Math.min(size.width, size.height) < LEAST_SIDE || size.width * size.height < LEAST_PIXELS)
    return undefined;
  return { row: { ...row, kind: 'image', width: size.width, height: size.height }, bytes };
}

function headOf(block: Uint8Array): HttpHead | undefined {
  try {
    return parseHead(block);
  } catch {
    return undefined; // as it was sent: whoever wants it has the WARC
  }
}

const mediaOf = ({ headers }: Pick<HttpHead, 'headers'>): string =>
  (headerOf(headers, 'content-type') ?? '').split(';')[0]!.trim().toLowerCase().slice(0, 100);

/** Undefined where it cannot be had whole: by its hash it is known all the same, unless it was sent packed. */
async function bodyOf(
  { block, payload, partial }: WarcRecord,
  encoding: string,
): Promise<{ bytes: Uint8Array; decoded: boolean } | undefined> {
  if (!payload) return undefined;
  if (/^(?:identity)?$/i.test(encoding.trim())) return { bytes: payload, decoded: false };
  if (partial) return undefined;
  try {
    const { body, partial: isPart } = await parseHttpResponse(block, { maxBytes: DECODED_BYTES });
    return isPart ? undefined : { bytes: body, decoded: true };
  } catch {
    return undefined; // no coding that we know, or not what it says
  }
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
