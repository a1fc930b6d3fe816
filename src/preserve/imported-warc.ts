/** A document somebody archived before, kept in a WARC of our own (docs/format.md): its bytes as they lay in the archive, and where they came from. */
import { AsPostedError, type Instant, type Sha256 } from '../model/index.js';
import { frameBody, parseHead, sha256Hex, utf8 } from '../verify/index.js';
import { type RecordParts, blockOf, fieldsBlock } from './warc-records.js';
import { memberOf } from './warc-writer.js';

export interface ImportedDocument {
  url: string;
  /** The archive's own date; without one the time of import stands in the record, and nothing is claimed of the page. */
  claimed?: Instant | undefined;
  /** An HTTP message as it lay in the archive. */
  response?: Uint8Array;
  /** Bytes that came without one: a saved page, a PDF. No answer is made up around them. */
  resource?: { type: string; bytes: Uint8Array };
}

export interface ImportFacts {
  importedAt: Instant;
  software: string;
  /** Name of the file, without its folders. */
  from: string;
}

export interface ImportedWarc {
  bytes: Uint8Array;
  members: Sha256[];
  payload: { sha256: Sha256; length: number };
}

/** No request: what a person's browser or crawler sent may hold who they are, and proves nothing here. Throws BAD_HTTP for an answer whose framing is broken. */
export function writeImportedWarc(document: ImportedDocument, facts: ImportFacts): ImportedWarc {
  const main = mainRecord(document, facts.importedAt);
  const records = [infoRecord(facts), main.record];
  const members = records.map((record) => memberOf(record, record.block.bytes as Uint8Array));
  return { bytes: Buffer.concat(members), members: members.map((each) => sha256Hex(each)), payload: main.payload };
}

function infoRecord({ importedAt, software, from }: ImportFacts): RecordParts {
  const lines = [
    `software: ${software}`,
    'format: WARC File Format 1.1',
    'conformsTo: https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/',
    `description: imported from ${from}; dates below are those of that archive, not of this program`,
  ];
  const block = blockOf(fieldsBlock(lines));
  return { type: 'warcinfo', date: importedAt, fields: [], contentType: 'application/warc-fields', block };
}

function mainRecord(
  { url, claimed, response, resource }: ImportedDocument,
  importedAt: Instant,
): { record: RecordParts; payload: ImportedWarc['payload'] } {
  const base = { url, date: claimed ?? importedAt, fields: [] };
  if (resource) {
    const block = blockOf(resource.bytes);
    const payload = { sha256: block.sha256, length: resource.bytes.length };
    return { record: { ...base, type: 'resource', contentType: resource.type, block }, payload };
  }
  const message = response ?? utf8('');
  const entity = entityOf(message);
  const payload = { sha256: sha256Hex(entity), length: entity.length };
  const contentType = 'application/http; msgtype=response';
  return {
    record: { ...base, type: 'response', contentType, block: blockOf(message), payload: payload.sha256 },
    payload,
  };
}

function entityOf(message: Uint8Array): Uint8Array {
  try {
    return frameBody(message, parseHead(message)).payload;
  } catch (cause) {
    throw new AsPostedError({ code: 'BAD_HTTP', message: 'the archived answer is no HTTP message', cause });
  }
}
