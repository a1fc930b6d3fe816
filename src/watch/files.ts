/**
 * The attached files and pictures of a page, fetched with it and kept in its WARC: a bounded step of a capture, off unless
 * `capture.files` says otherwise. They go through the same guard and the same pauses as pages; what cannot be had is counted.
 */
import {
  AsPostedError,
  type Exchange,
  type FetchOptions,
  type FilesFacts,
  hostOf,
  releaseCapture,
} from '../model/index.js';
import type { Look } from './look.js';
import type { Parts } from './parts.js';

export interface FetchedFiles {
  /** Redirects and answers of each, file after file. Whoever asked closes their spools. */
  exchanges: Exchange[];
  facts: FilesFacts;
}

/** Not the file's trouble: the user's wish, or this machine's. */
const OURS: readonly string[] = ['INTERRUPTED', 'VAULT_FULL', 'STORE_FAILED'];

/** Undefined where none is wanted, or the page names none that is not kept already. */
export async function fetchFiles(
  parts: Pick<Parts, 'fetcher' | 'clock' | 'settings'>,
  look: Look,
  { ca, userAgent, acceptLanguage, signal }: FetchOptions,
): Promise<FetchedFiles | undefined> {
  const { settings, clock } = parts;
  const wanted = wantedOf(look, settings['capture.files']);
  if (wanted.length === 0) return undefined;
  const plain: FetchOptions = {
    ...(ca === undefined ? {} : { ca }),
    ...(userAgent === undefined ? {} : { userAgent }),
    ...(acceptLanguage === undefined ? {} : { acceptLanguage }),
    ...(signal === undefined ? {} : { signal }),
  };
  const until = clock.now().getTime() + settings['capture.files.time'];
  const facts: FilesFacts = { kept: 0, bytes: 0, failed: 0, left: 0 };
  const exchanges: Exchange[] = [];
  const alone = new Set<string>();
  try {
    for (const [at, url] of wanted.entries()) {
      const room = settings['capture.files.maxBytes'] - facts.bytes;
      const isOver = at >= settings['capture.files.most'] || room <= 0 || clock.now().getTime() >= until;
      if (isOver || alone.has(hostOf(url))) facts.left += 1;
      else {
        const got = await fetchFile(parts, url, {
          ...plain,
          limits: { maxBytes: Math.min(room, settings['capture.maxBytes']) },
        });
        facts.bytes += got.exchanges.reduce((sum, each) => sum + lengthOf(each), 0);
        facts[got.exchanges.length > 0 ? 'kept' : 'failed'] += 1;
        exchanges.push(...got.exchanges);
        if (got.leaveAlone) alone.add(hostOf(url));
      }
    }
  } catch (error) {
    await releaseCapture({ exchanges });
    throw error;
  }
  return { exchanges, facts };
}

/** Attached ones first. What a browser kept already is not asked for again. */
function wantedOf({ verdict, reading, capture }: Look, policy: string): string[] {
  if (policy === 'off' || verdict.class !== 'live' || !reading || !capture) return [];
  const { attachments, images } = reading.links;
  const kept = new Set(capture.exchanges.map(({ url }) => url));
  const urls = [...attachments.map(({ url }) => url), ...(policy === 'all' ? images : [])]
    .filter((url) => /^https?:/i.test(url))
    .map(withoutFragment);
  return [...new Set(urls)].filter((url) => !kept.has(url));
}

export const withoutFragment = (url: string): string => url.replace(/#[^]*$/, '');

const lengthOf = ({ spool, responseBytes }: Exchange): number => spool?.length ?? responseBytes.length;

/** Only an answer that is the file is kept: a page in its place says nothing of the notice, and may carry our address. */
async function fetchFile(
  { fetcher }: Pick<Parts, 'fetcher'>,
  url: string,
  options: FetchOptions,
): Promise<{ exchanges: readonly Exchange[]; leaveAlone?: boolean }> {
  try {
    const capture = await fetcher.fetch(url, { ...options, spool: true });
    const { status } = capture.exchanges.at(-1)!;
    if (status === 200) return { exchanges: capture.exchanges };
    await releaseCapture(capture);
    return { exchanges: [], leaveAlone: status === 429 || status === 503 };
  } catch (thrown) {
    if (!(thrown instanceof AsPostedError) || OURS.includes(thrown.code)) throw thrown;
    return { exchanges: [], leaveAlone: thrown.code === 'RATE_LIMITED' };
  }
}
