/** What the schedule is made of: what was seen of a notice, of its account, of its host and of the list that named it. */
import {
  type Account,
  type NoticeId,
  type ObservationClass,
  type ObservationRecord,
  type PresenceVerdict,
  type Settings,
  hostOf,
  idFromHash,
  instant,
} from '../model/index.js';
import type { PresenceTransition } from '../compare/index.js';
import {
  type MadeNotice,
  type MadeRevision,
  type Queryable,
  RANKS,
  type SourceDocument,
  discoveries,
  isLookedAt,
  firstCited,
  hostFailures,
  lastRemovalOfAccount,
  saveSchedule,
  setHost,
  unschedule,
} from '../store/index.js';
import { sha256 } from './keep.js';
import { type News, type Posted, burstWords, hostPause, nextAsk, planCheck, postingHours } from './schedule.js';

export interface ToPlan {
  id: NoticeId;
  account: Account | undefined;
  firstSeen: string;
  lastCheck: string;
  verdict: PresenceVerdict;
  revisions: readonly MadeRevision[];
  transitions: readonly PresenceTransition[];
  /** How many of the last looks, one after another, a second look did not find again. */
  unsteady: number;
  /** When its text was last read. */
  lastWhole: string | null;
}

const REMOVED_BESIDE = 'a notice of its account was removed';

export async function planNotice(
  db: Queryable,
  notice: ToPlan,
  settings: Settings,
): Promise<NonNullable<MadeNotice['plan']>> {
  const { id, firstSeen, lastCheck, verdict } = notice;
  const checked = {
    id,
    firstSeen: firstSeen as never,
    lastCheck: lastCheck as never,
    verdict,
    unsteady: notice.unsteady,
    ...(notice.lastWhole === null ? {} : { lastWhole: notice.lastWhole as never }),
  };
  const { at, why, whole } = planCheck({ ...checked, news: await newsOf(db, notice) }, settings);
  const burst = planCheck({ ...checked, news: [{ at: lastCheck, what: REMOVED_BESIDE }] }, settings);
  const rank = verdict.presence === 'suspected' ? RANKS.suspected : RANKS.other;
  return { nextCheck: at, why, whole, rank, burstCheck: verdict.presence === 'standing' ? burst.at : null };
}

/** In the order in which the sentence names one; the others' removal last, as it may come when this notice is not made again. */
async function newsOf(db: Queryable, { id, account, revisions, transitions }: ToPlan): Promise<News[]> {
  const news: News[] = [];
  const add = (at: string | undefined, what: string): void => {
    if (at !== undefined) news.push({ at, what });
  };
  for (const { revision, at, changes } of revisions) {
    if (revision > 1) add(at, 'it was edited');
    add(changes.findLast(({ change }) => change.kind === 'account')?.at, 'its account changed its name or words');
  }
  add(
    transitions.findLast(({ from, verdict }) => from === 'removed' && verdict.presence === 'standing')?.at,
    'it came back',
  );
  add(await firstCited(db, id), 'a case names it');
  if (account?.id !== undefined)
    add(await lastRemovalOfAccount(db, { account: account.id, notice: id }), REMOVED_BESIDE);
  return news;
}

/** Of a notice that was removed: what to tell the others of its account. */
export function hurryOf(
  { account, removedAt }: Pick<MadeNotice, 'account' | 'removedAt'>,
  settings: Settings,
): MadeNotice['hurry'] {
  if (removedAt === null || account?.id === undefined) return undefined;
  const until = instant(new Date(Date.parse(removedAt) + settings['watch.burst.for']));
  return { account: account.id, until, why: burstWords(settings, REMOVED_BESIDE) };
}

/** Due whatever the time: in the round that named it, too. */
const AT_ONCE = instant(new Date(0));

/** An address that was named and not yet looked at. */
export const addressId = (url: string): string => idFromHash('N', sha256(`address\n${url}`)).replace('N-', 'A-');

/** What a list named is looked at next: no schedule saves what is gone within minutes (facts/watching §13). */
export async function planNamed(
  db: Queryable,
  { named = [], source }: Pick<ObservationRecord, 'named' | 'source'>,
): Promise<void> {
  const fresh: string[] = [];
  for (const { url } of named) if (!(await isLookedAt(db, url))) fresh.push(url);
  await saveSchedule(
    db,
    fresh.map((url) => ({
      ...{ id: addressId(url), kind: 'address', host: new URL(url).host, url, rank: RANKS.address, nextCheck: AT_ONCE },
      sourceId: source === undefined ? null : idFromHash('S', source),
      why: 'named by a source, and never looked at',
      whole: true,
    })),
  );
}

/** How a host answered; only what it did not answer is remembered. */
export async function planHost(
  db: Queryable,
  { url, at, concluded }: { url: string; at: string; concluded: ObservationClass },
): Promise<void> {
  // "unknown" tells nothing of the host.
  if (!URL.canParse(url) || concluded === 'unknown') return;
  const { host } = new URL(url);
  const before = await hostFailures(db, host);
  const failures = concluded === 'blocked' || concluded === 'down' ? before + 1 : 0;
  if (failures === 0 && before === 0) return;
  const pause = hostPause(failures, concluded);
  await setHost(db, { host, failures, pausedUntil: pause === 0 ? null : instant(new Date(Date.parse(at) + pause)) });
}

export async function planSource(db: Queryable, source: SourceDocument): Promise<void> {
  const { id, state, lastRun, addedAt, everyMs } = source;
  if (state !== 'active') {
    await unschedule(db, [id]);
    return;
  }
  const { at, why } =
    lastRun === null
      ? { at: addedAt, why: 'never asked' }
      : nextAsk(lastRun, everyMs, postingHours(postsOf(await discoveries(db, { source: id, most: HABIT }))));
  const [given] = [source.options['url'] ?? source.options['file'] ?? ''].flat() as unknown[];
  const url = typeof given === 'string' ? given : '';
  const row = { id, kind: 'source', host: hostOf(url), url, sourceId: id, rank: RANKS.other } as const;
  await saveSchedule(db, [{ ...row, nextCheck: at, why, whole: true }]);
}

/** So many of its last asks tell its habits. */
const HABIT = 500;

/** When each address was posted: as the list says, if it says an hour; else since it was asked before. */
function postsOf(rows: readonly Pick<ObservationRecord, 'at' | 'named'>[]): Posted[] {
  return rows.flatMap(({ at, named = [] }, place) =>
    named.flatMap(({ published }): Posted[] => {
      if (published !== undefined && !/T00:00:00/.test(published)) {
        const stated = instant(new Date(published));
        return [{ from: stated, to: stated }];
      }
      const before = rows[place - 1]?.at;
      return before === undefined ? [] : [{ from: before, to: at }];
    }),
  );
}
