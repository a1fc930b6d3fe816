/** Documents out of WARC files and WACZ packages of any program. Pure: bytes in, documents out. */
import { AsPostedError, type Instant, instant } from '../../model/index.js';
import { type Bytes, type WarcRecord, headerOf, parseHead, readContainer, readWarc } from '../../verify/index.js';
import type { ImportedDocument } from '../../preserve/index.js';

export interface FoundDocument extends ImportedDocument {
  status: number;
  mediaType: string;
  /** What cut it: a value of WARC-Truncated. */
  truncated?: string;
}

export interface FoundDocuments {
  documents: FoundDocument[];
  /** What was not taken, by reason. */
  skipped: Record<string, number>;
}

export interface ArchiveChoice {
  /** Everything that was answered, not only pages and PDFs. */
  all: boolean;
  /** Addresses the package itself names as its pages. */
  pages?: ReadonlySet<string>;
}

const PAGE = /^(?:text\/html|application\/xhtml\+xml|application\/pdf|multipart\/related)$/;

/** The whole file, or an error: of an archive that is damaged anywhere nothing is taken (VERIFY_FAILED names the place). */
export async function documentsOfWarc(bytes: Bytes, choice: ArchiveChoice): Promise<FoundDocuments> {
  const found: FoundDocuments = { documents: [], skipped: {} };
  for await (const record of readWarc(bytes)) {
    if (record.blockDigest === 'wrong' || record.payloadDigest === 'wrong')
      throw new AsPostedError({
        code: 'VERIFY_FAILED',
        message: `WARC record at byte ${record.offset} does not have its digest`,
        hint: 'The archive is damaged or was changed: nothing was taken from it.',
      });
    const taken = documentOf(record, choice);
    if (typeof taken === 'string') found.skipped[taken] = (found.skipped[taken] ?? 0) + 1;
    else if (taken) found.documents.push(taken);
  }
  return found;
}

/** A document, the reason why there is none, or undefined for records that are about others. */
function documentOf(record: WarcRecord, { all, pages }: ArchiveChoice): FoundDocument | string | undefined {
  const { type, targetUri = '', block, partial } = record;
  if (type === 'revisit') return 'repeats of earlier captures (revisit)';
  if (type !== 'response' && type !== 'resource') return undefined;
  if (!/^https?:\/\//i.test(targetUri) || !URL.canParse(targetUri)) return 'records of no web address';
  if (partial) return 'too long';
  const claimed = dateOf(record.date);
  if (claimed === undefined) return 'without a date';
  const truncated = headerOf(record.headers, 'warc-truncated');
  const common = { url: targetUri, claimed, ...(truncated === undefined ? {} : { truncated }) };
  const isWanted = (mediaType: string): boolean => all || (pages ? pages.has(targetUri) : PAGE.test(mediaType));
  if (type === 'resource') {
    const mediaType = mediaTypeOf(headerOf(record.headers, 'content-type'));
    if (!isWanted(mediaType)) return 'parts of pages';
    return { ...common, status: 0, mediaType, resource: { type: mediaType, bytes: block } };
  }
  const head = headOf(block);
  if (!head) return 'answers that are no HTTP';
  if (head.status >= 300 && head.status < 400) return 'redirects';
  if (head.status !== 200 && !all) return 'answers other than 200';
  const mediaType = mediaTypeOf(headerOf(head.headers, 'content-type'));
  return isWanted(mediaType) ? { ...common, status: head.status, mediaType, response: block } : 'parts of pages';
}

function headOf(block: Uint8Array): ReturnType<typeof parseHead> | undefined {
  try {
    return parseHead(block);
  } catch {
    return undefined;
  }
}

function mediaTypeOf(header: string | undefined): string {
  const type = header?.split(';')[0]?.trim().toLowerCase() ?? '';
  return /^[\w.+-]+\/[\w.+-]+$/.test(type) ? type : 'application/octet-stream';
}

/** WARC allows from a year to nanoseconds; what is shorter than seconds claims no moment. */
function dateOf(text: string): Instant | undefined {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/.test(text)) return undefined;
  const time = Date.parse(text);
  return Number.isNaN(time) ? undefined : instant(new Date(time));
}

/** Throws VERIFY_FAILED for a container that two programs could read differently, or whose pages are not in its archives. */
export async function documentsOfWacz(bytes: Uint8Array, { all }: ArchiveChoice): Promise<FoundDocuments> {
  const { entries, findings } = readContainer(bytes);
  const [first] = findings;
  if (first)
    throw new AsPostedError({
      code: 'VERIFY_FAILED',
      message: `the package is damaged: ${first.path ?? 'container'}: ${first.sentence}`,
      hint: 'Nothing was taken from it; `asposted verify` tells all.',
    });
  const named = (pattern: RegExp): Uint8Array[] =>
    entries.flatMap(({ path, bytes: content }) => (pattern.test(path) && content ? [content] : []));
  const pages = pagesOf(named(/^pages\/[^/]+\.jsonl$/));
  const archives = named(/^archive\/[^/]+\.warc(?:\.gz)?$/);
  if (archives.length === 0)
    throw new AsPostedError({ code: 'BAD_INPUT', message: 'the ZIP holds no web archive (archive/*.warc.gz)' });
  const result: FoundDocuments = { documents: [], skipped: {} };
  for (const archive of archives) {
    const { documents, skipped } = await documentsOfWarc(archive, { all, ...(pages.size > 0 ? { pages } : {}) });
    result.documents.push(...documents);
    for (const [why, count] of Object.entries(skipped)) result.skipped[why] = (result.skipped[why] ?? 0) + count;
  }
  return result;
}

function pagesOf(lists: readonly Uint8Array[]): Set<string> {
  const pages = new Set<string>();
  for (const line of lists.flatMap((each) => Buffer.from(each).toString('utf8').split('\n'))) {
    try {
      const { url } = JSON.parse(line) as { url?: unknown };
      if (typeof url === 'string') pages.add(url);
    } catch {
      continue; // the first line is a header, and an empty one ends the file
    }
  }
  return pages;
}
