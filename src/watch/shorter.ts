/** How to learn that a notice stands without fetching all of its page (facts/watching §2.14, §9). */
import { articleBegins, isWechat } from '../read/index.js';
import { lastValidated } from '../store/index.js';
import type { Shorter } from './look.js';
import type { Parts } from './parts.js';

/**
 * For a look at a notice that need not be whole. Whatever is not plainly the notice is read whole in the same look; where the server
 * has no name for its answers that is every page. Undefined where there is nothing to ask by.
 */
export async function shorterLook(
  { store }: Pick<Parts, 'store'>,
  { id, url }: { id: string; url: string },
): Promise<Shorter | undefined> {
  if (isWechat(url)) {
    const begins = articleBegins();
    // An answer from elsewhere may be any article's.
    return { fetchOptions: { enough: (piece, of) => (of.url === url && of.status === 200 ? begins(piece) : 'whole') } };
  }
  const same = await lastValidated(store.database, { notice: id, url });
  if (!same?.validators) return undefined;
  const { etag, modified } = same.validators;
  const headers = {
    ...(etag === undefined ? {} : { 'If-None-Match': etag }),
    ...(modified === undefined ? {} : { 'If-Modified-Since': modified }),
  };
  return { fetchOptions: { headers }, same };
}
