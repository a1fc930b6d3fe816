/** What one page of the list of notices is made of: rows of that page, never of the whole store. */
import { type NoticeFilter, countNotices, newestTriage, noticePage } from '../../store/index.js';
import { type Parts, searchListed } from '../../watch/index.js';
import { type InboxQuery, type InboxView, PER_PAGE } from './inbox.js';
import { placeOf } from './places.js';

/** Further than this nobody counts: a page that says "more than" comes at once in a store of any size. */
const MOST_COUNTED = 10_000;

export async function inboxView(parts: Parts, query: InboxQuery): Promise<InboxView> {
  const { database } = parts.store;
  const filter: NoticeFilter = {
    presence: query.presence === '' ? undefined : query.presence,
    worth: query.worth,
  };
  const page =
    query.search.trim() === '' ? await listedPage(parts, query, filter) : await foundPage(parts, query, filter);
  const ids = page.notices.map(({ id }) => id);
  const isEmpty = ids.length === 0 && (await countNotices(database, {}, 0)) === 0;
  return { ...page, isEmpty, triage: await newestTriage(database, ids) };
}

type Page = Omit<InboxView, 'isEmpty' | 'triage'>;

async function listedPage({ store: { database } }: Parts, query: InboxQuery, filter: NoticeFilter): Promise<Page> {
  const [older, newer] = [placeOf(query.older), placeOf(query.newer)];
  const skip = older || newer ? 0 : Math.min(query.after, MOST_COUNTED);
  const [rows, count] = await Promise.all([
    noticePage(database, { ...filter, older, newer, skip, limit: PER_PAGE + 1 }),
    countNotices(database, filter, MOST_COUNTED),
  ]);
  // Walking back to newer ones, the first of them is the one too many.
  const notices = newer ? rows.slice(-PER_PAGE) : rows.slice(0, PER_PAGE);
  return {
    notices,
    found: Math.min(count, MOST_COUNTED),
    isMore: count > MOST_COUNTED,
    hasOlder: newer !== undefined || rows.length > PER_PAGE,
  };
}

async function foundPage(parts: Parts, query: InboxQuery, filter: NoticeFilter): Promise<Page> {
  const asked = { ...filter, text: query.search, on: parts.clock.now().toISOString().slice(0, 10) };
  const { notices, isEnd } = await searchListed(parts, { ...asked, older: placeOf(query.older), limit: PER_PAGE });
  return { notices, found: query.after + notices.length, isMore: !isEnd, hasOlder: !isEnd };
}
