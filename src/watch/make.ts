/**
 * One notice, made from all its seen records: read → recognise → screen → compare, as pure functions over what the store
 * hands in. Nothing here depends on when or in which order it runs.
 */
import {
  type Day,
  type Flag,
  type NoticeId,
  type ObservedCheck,
  type OffsetTime,
  type PolicySettings,
  type PresenceSettings,
  type PresenceVerdict,
  type Reading,
  type Recognition,
  hostOf,
  idFromHash,
} from '../model/index.js';
import {
  PRESENCE_DEFAULTS,
  type PresenceTransition,
  judgePresence,
  projectKeysOf,
  revisionChanges,
} from '../compare/index.js';
import { namedIn, recognise } from '../recognise/index.js';
import {
  type AccountRemoval,
  type ExhibitRow,
  type MadeNotice,
  type MadeRevision,
  type ObservationRow,
  countingOn,
  decisionsOnNotice,
  firstUrl,
  loadExhibits,
  loadObservations,
  saveNotice,
} from '../store/index.js';
import { findCopies } from './copies.js';
import { isSteady } from './edit.js';
import { eventsOf } from './events.js';
import type { Listed } from './lists.js';
import type { Parts } from './parts.js';
import { hurryOf, planNotice } from './plan.js';
import { type AskedNotice, type AskedOf, askNotice } from './screening.js';
import { searchTokens } from './search-tokens.js';

export async function makeNotice(parts: Parts, listed: Listed, id: NoticeId): Promise<void> {
  const { database } = parts.store;
  const exhibits = await loadExhibits(database, id);
  const observations = await loadObservations(database, id);
  const address = await firstUrl(database, id);
  if (!address || (exhibits.length === 0 && observations.length === 0)) return;
  const { verdict, transitions, held } = judged(parts, observations, exhibits);
  const doubt = doubts(observations);
  const live = liveInOrder(exhibits).filter(({ hash }) => !doubt.unsteady.has(hash));
  const counting = await countingOn(database, { host: hostOf(address.url), notice: id });
  const revisions = revisionsOf(parts, live, { ...doubt, counting });
  const latest = live.at(-1)?.reading;
  const published = live[0]?.reading.published ?? null;
  const on = dayOf(live[0]) ?? observations[0]?.at.slice(0, 10);
  const decisions = await decisionsOnNotice(database, id);
  const { own, overtaken, ...answers } =
    on === undefined
      ? NOTHING_ASKED
      : askNotice(listed, { revisions, latest, on, placeOf: placesOf(revisions, live), decisions });
  const copies = latest ? await findCopies(parts, { id, key: address.noticeKey, reading: latest }) : [];
  const made: Omit<MadeNotice, 'events'> = {
    id,
    key: address.noticeKey,
    identityProvisional: address.provisional,
    sourceId: sourceOf(observations, exhibits),
    url: address.url,
    title: latest?.title ?? null,
    account: latest?.account,
    language: latest?.language ?? 'unknown',
    published,
    documentKind: revisions.at(-1)?.recognition.documentKind ?? null,
    firstSeen: firstSeenOf(observations, exhibits),
    lastSeen: lastLive(observations, live),
    presence: verdict,
    revisions,
    ...answers,
    flags: flagsOf(revisions, verdict, latest?.text ?? ''),
    copies,
    searchTokens: searchTokens(liveInOrder(exhibits), revisions),
    projectKeys: latest ? projectKeys({ id, latest, published }, revisions) : [],
    lastCheck: lastCheckOf(observations, exhibits),
    accountRemovals: accountRemovalsOf(transitions, observations, exhibits),
    removedAt: transitions.findLast((each) => each.verdict.presence === 'removed')?.at ?? null,
  };
  const { account, firstSeen, lastCheck } = made;
  // Handed in and never looked at: it is watched once somebody captures it, or a source names it.
  const plan =
    lastCheck === null
      ? undefined
      : await planNotice(
          database,
          {
            ...{ id, account, firstSeen, lastCheck, verdict, revisions, transitions },
            unsteady: unsteadyAtEnd(observations),
            lastWhole: lastWholeLook(observations),
          },
          parts.settings,
        );
  const hurry = hurryOf(made, parts.settings);
  await saveNotice(database, {
    ...made,
    plan,
    hurry,
    events: await eventsOf(parts, made, { transitions, held, observations, own, overtaken }),
  });
}

const NOTHING_ASKED: AskedNotice = { matches: [], own: [], asked: [], turns: [], overtaken: [] };

function projectKeys(
  { id, latest: { title, text }, published }: { id: NoticeId; latest: Reading; published: OffsetTime | null },
  revisions: readonly MadeRevision[],
): ReturnType<typeof projectKeysOf> {
  const mentions = revisions.at(-1)?.recognition.mentions ?? [];
  const bodies = mentions.filter(({ kind }) => kind === 'identifier').map((each) => each.id);
  return projectKeysOf({
    notice: id,
    text,
    bodies: [...new Set(bodies)],
    ...(title === undefined ? {} : { title }),
    ...(published === null ? {} : { published }),
  });
}

/** Where the exhibit of a revision stands in the log, and the first with the account's name of today. */
function placesOf(revisions: readonly MadeRevision[], live: readonly ExhibitRow[]): AskedOf['placeOf'] {
  const account = live.at(-1)?.reading.account?.name;
  const named = live.filter(({ reading }) => reading.account?.name === account).map(({ logIndex }) => logIndex);
  const places = new Map(live.map(({ id, logIndex }) => [id, logIndex]));
  return (revision) => (revision === 'account' ? Math.min(...named) : places.get(revisions[revision - 1]!.exhibitId)!);
}

/** Settings that came later are missing from older records. */
type LaterSetting =
  'watch.whole' | 'watch.burst' | 'watch.burst.for' | 'watch.permanent' | 'watch.mass.items' | 'watch.mass.share';
type RecordedPolicy = Omit<PolicySettings, LaterSetting> & Partial<Pick<PolicySettings, LaterSetting>>;

function presenceSettings(settings: RecordedPolicy): PresenceSettings {
  return {
    confirmNoticeMs: settings['watch.confirm.notice'],
    confirmMissingMs: settings['watch.confirm.missing'],
    observations: settings['watch.observations'],
    // Records of thresholds made before these had settings do not name them.
    permanentMs: settings['watch.permanent'] ?? PRESENCE_DEFAULTS.permanentMs,
    massItems: settings['watch.mass.items'] ?? PRESENCE_DEFAULTS.massItems,
    massShare: settings['watch.mass.share'] ?? PRESENCE_DEFAULTS.massShare,
    unreachableAfter: settings['watch.unreachable'],
  };
}

function judged(
  { settings }: Parts,
  observations: readonly ObservationRow[],
  exhibits: readonly ExhibitRow[],
): ReturnType<typeof judgePresence> {
  const checks = observedChecks(observations, exhibits);
  if (checks.length > 0) return judgePresence(checks, presenceSettings(settings));
  const text = 'Only imported copies are kept: this store never looked at the page itself.';
  return { verdict: { presence: 'unreachable', reasons: [{ text, observations: [] }] }, transitions: [], held: [] };
}

/**
 * Imported copies are what was known before we looked, in the order their archives claim; those handed in after our own first
 * look are kept as exhibits and make no revisions, so that no edit is told that nobody saw happen.
 */
function liveInOrder(exhibits: readonly ExhibitRow[]): ExhibitRow[] {
  const live = exhibits.filter(({ reading }) => reading.verdict.class === 'live');
  const own = live.filter(({ record }) => !record.imported);
  const first = own[0]?.logIndex;
  const claim = ({ record }: ExhibitRow): string => record.imported?.claimed ?? '';
  const before = live
    .filter(({ record, logIndex }) => record.imported && (first === undefined || logIndex < first))
    .sort((a, b) => (claim(a) < claim(b) ? -1 : claim(a) > claim(b) ? 1 : a.logIndex - b.logIndex));
  return [...before, ...own];
}

/** When we first looked; of a notice that was only handed in, when that was. */
function firstSeenOf(observations: readonly ObservationRow[], exhibits: readonly ExhibitRow[]): string {
  const own = exhibits.find(({ record }) => !record.imported);
  return own?.at ?? observations[0]?.at ?? exhibits[0]!.at;
}

/**
 * Observations as the presence rules take them. A capture of ours without an observation of its own counts as one. An import
 * never does: nobody here saw the page, so it can neither stand nor be gone by it.
 */
function observedChecks(observations: readonly ObservationRow[], exhibits: readonly ExhibitRow[]): ObservedCheck[] {
  const observed = new Set(observations.map(({ record }) => record.exhibit));
  const checks = observations.map(({ id, logIndex, at, verdict, record, policy }) => ({
    logIndex,
    id,
    at,
    class: verdict.class,
    verdict,
    freshConnection: record.freshConnection,
    ...(record.textHash === undefined ? {} : { textHash: record.textHash }),
    ...(record.controls === undefined ? {} : { controls: record.controls }),
    ...(record.host === undefined ? {} : { host: record.host }),
    ...(record.serverDate === undefined ? {} : { serverDate: record.serverDate }),
    ...(policy ? { settings: presenceSettings(policy) } : {}),
  }));
  const unobserved = exhibits
    .filter(({ hash, record }) => !record.imported && !observed.has(hash as never))
    .map(({ id, logIndex, at, reading }) => ({
      logIndex,
      id,
      at,
      class: reading.verdict.class,
      verdict: reading.verdict,
      freshConnection: true,
    }));
  // Not by our clock: after it fell back, what we saw last would stand before what we saw first.
  return [...checks, ...unobserved].sort((a, b) => a.logIndex - b.logIndex);
}

/** Exhibits whose text a second look did not find, and those of a site that was made over. */
interface Doubts {
  unsteady: ReadonlySet<string>;
  redesigned: ReadonlySet<string>;
}

function doubts(observations: readonly ObservationRow[]): Doubts {
  const of = (wanted: (record: ObservationRow['record']) => boolean): Set<string> =>
    new Set(
      observations.flatMap(({ record }) => (record.exhibit !== undefined && wanted(record) ? [record.exhibit] : [])),
    );
  const unsteady = of((record) => !isSteady(record));
  for (const hash of of(isSteady)) unsteady.delete(hash); // found again later
  return { unsteady, redesigned: of(({ redesign }) => redesign !== undefined) };
}

/** A revision is a live reading that differs in substance from the one before; technical, account and template changes make none. */
function revisionsOf(
  parts: Parts,
  live: readonly ExhibitRow[],
  { redesigned, counting }: Doubts & { counting: ReadonlySet<string> },
): MadeRevision[] {
  const revisions: MadeRevision[] = [];
  let before: Reading | undefined;
  for (const exhibit of live) {
    const { reading } = exhibit;
    const salient = namedIn(parts.catalogue, { language: reading.language, on: dayOf(exhibit)! });
    const by = { salient, counting, redesigned: redesigned.has(exhibit.hash) };
    const { changes, substance } = before ? revisionChanges(before, reading, by) : { changes: [], substance: true };
    const stamped = changes.map((change) => ({ at: exhibit.at, change }));
    if (substance) {
      revisions.push({
        revision: revisions.length + 1,
        exhibitId: exhibit.id,
        at: exhibit.at,
        recognition: recogniseReading(parts, exhibit),
        changes: stamped,
      });
    } else {
      revisions.at(-1)!.changes.push(...stamped);
    }
    before = reading;
  }
  return revisions;
}

/** The day the rules are asked for: the notice's own date in its own zone, else the day of the first capture. */
export function dayOf(exhibit: ExhibitRow | undefined): Day | undefined {
  return exhibit && (exhibit.reading.published ?? exhibit.record.imported?.claimed ?? exhibit.at).slice(0, 10);
}

function recogniseReading(parts: Parts, exhibit: ExhibitRow): Recognition {
  const { reading } = exhibit;
  return recognise(
    {
      text: reading.text,
      language: reading.language,
      on: dayOf(exhibit)!,
      onReason:
        reading.published !== undefined
          ? 'date of the notice'
          : exhibit.record.imported?.claimed !== undefined
            ? 'day the archive claims'
            : 'day of the first capture',
      ...(reading.published === undefined ? {} : { published: reading.published.slice(0, 10) }),
      ...(reading.account === undefined ? {} : { account: reading.account }),
    },
    parts.catalogue,
  );
}

function lastLive(observations: readonly ObservationRow[], live: readonly ExhibitRow[]): string | null {
  const times = [
    ...observations.filter(({ verdict }) => verdict.class === 'live').map(({ at }) => at),
    ...live.filter(({ record }) => !record.imported).map(({ at }) => at),
  ];
  return times.sort().at(-1) ?? null;
}

/** By the account that was known by then: what is learnt later does not tell a removal a second time. */
function accountRemovalsOf(
  transitions: readonly PresenceTransition[],
  observations: readonly ObservationRow[],
  exhibits: readonly ExhibitRow[],
): AccountRemoval[] {
  const checks = [...observations, ...exhibits.map((each) => ({ ...each, verdict: each.reading.verdict }))];
  return transitions.flatMap(({ at, verdict: { removal, presence, reasons } }, place) => {
    if (presence !== 'removed' || removal?.scope !== 'account') return [];
    const seen = checks.find(({ id }) => id === reasons[0]?.observations.at(-1));
    const named = exhibits.findLast(({ logIndex, reading }) => logIndex < seen!.logIndex && reading.account?.id);
    const account =
      named?.reading.account?.id ?? (seen?.verdict.class === 'notice' ? seen.verdict.account?.id : undefined);
    return account === undefined ? [] : [{ account, at, until: transitions[place + 1]?.at ?? null, removal }];
  });
}

function sourceOf(observations: readonly ObservationRow[], exhibits: readonly ExhibitRow[]): string | null {
  const key = [...observations, ...exhibits].map(({ record }) => record.source).find((source) => source !== undefined);
  return key === undefined ? null : idFromHash('S', key);
}

function lastCheckOf(observations: readonly ObservationRow[], exhibits: readonly ExhibitRow[]): string | null {
  return observations.at(-1)?.at ?? exhibits.findLast(({ record }) => !record.imported)?.at ?? null;
}

/** How many of the last looks, one after another, a second look did not find again. */
function unsteadyAtEnd(observations: readonly ObservationRow[]): number {
  return observations.length - 1 - observations.findLastIndex(({ record }) => isSteady(record));
}

/** When its text was last read and not only that it stands. */
function lastWholeLook(observations: readonly ObservationRow[]): string | null {
  const whole = observations.findLast(
    ({ verdict, record }) => verdict.class === 'live' && record.textHash !== undefined && record.status !== 304,
  );
  return whole?.at ?? null;
}

/** Flags of the latest revision, and the one that only watching can raise (facts/goods §17: N-01). */
function flagsOf(revisions: readonly MadeRevision[], verdict: PresenceVerdict, text: string): Flag[] {
  const flags = [...(revisions.at(-1)?.recognition.flags ?? [])];
  if (!verdict.removal && revisions.length <= 1) return flags;
  const edited = revisions.length > 1 ? [`edited: ${revisions.length} revisions`] : [];
  const removed = verdict.removal ? [`removed: ${verdict.removal.words}`] : [];
  return [
    ...flags,
    {
      id: 'N-01',
      title: 'Removed or edited after posting',
      source: 'own rule, facts of the watch',
      added: '2026-11-24',
      words: revisions.length > 1 ? editedWords(revisions.at(-1)!, text) : [],
      detail: [...removed, ...edited].join('; '),
    },
  ];
}

/** What the last edit put there, where it stands now; what an edit took out has no place. */
function editedWords({ changes }: MadeRevision, text: string): Flag['words'] {
  return changes.flatMap(({ change: { kind, after } }) => {
    const start = (kind === 'text' || kind === 'title') && after !== '' ? text.indexOf(after) : -1;
    return start < 0 ? [] : [{ start, end: start + after.length, text: after }];
  });
}
