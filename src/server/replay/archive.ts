/** What a WARC holds that can be looked at: the page, the screenshot, the pictures. */
import type { ExhibitRecord } from '../../model/index.js';
import { decodeBytes } from '../../read/index.js';
import { type WarcRecord, readWarc } from '../../verify/index.js';
import { type DecodedResponse, decodeResponse } from '../../watch/index.js';
import { dataUrl } from './images.js';

export interface Archived {
  /** The final answer with all codings undone; undefined where that cannot be done. */
  page?: { contentType: string; text: string; body: Uint8Array };
  /** Made by the browser that captured the page, if one did. */
  screenshot?: string;
  /** Decoded bodies by address, for the pictures. */
  bodies: Map<string, Uint8Array>;
}

/** A full page at two pixels a dot. */
const SCREENSHOT = 25_000_000;

export async function readArchive(warc: Uint8Array, { payload, status, mediaType }: ExhibitRecord): Promise<Archived> {
  const archived: Archived = { bodies: new Map() };
  let last: WarcRecord | undefined;
  let final: WarcRecord | undefined;
  for await (const record of readWarc(warc)) {
    if (record.type === 'resource' && record.targetUri?.startsWith('urn:fullPage:')) {
      const screenshot = dataUrl(record.block, SCREENSHOT);
      if (screenshot !== undefined) archived.screenshot = screenshot;
    } else if (record.type === 'resource' && record.targetUri !== undefined)
      archived.bodies.set(record.targetUri, record.block);
    // A file that was imported without an answer around it.
    if (status === 0 && record.payloadSha256 === payload.sha256)
      return { ...archived, page: fileOf(record.block, mediaType) };
    if (record.type !== 'response') continue;
    last = record;
    if (record.payloadSha256 === payload.sha256) final = record;
    await keepPicture(archived.bodies, record);
  }
  const response = final ?? last;
  const page = response && (await decoded(response));
  return page ? { ...archived, page } : archived;
}

function fileOf(body: Uint8Array, contentType: string): NonNullable<Archived['page']> {
  return { contentType, text: decodeBytes(body, contentType).text, body };
}

async function keepPicture(bodies: Map<string, Uint8Array>, record: WarcRecord): Promise<void> {
  const { targetUri } = record;
  const response = targetUri === undefined ? undefined : await decoded(record);
  if (response && /^image\//i.test(response.contentType)) bodies.set(targetUri!, response.body);
}

/** Damaged or too large to decode: the page says so, and the bytes can be downloaded. */
async function decoded({ block, partial }: WarcRecord): Promise<DecodedResponse | undefined> {
  try {
    return partial ? undefined : await decodeResponse(block);
  } catch {
    return undefined;
  }
}
