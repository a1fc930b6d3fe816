/**
 * One notice, made from all its seen records: read → recognise → screen → compare, as pure functions over what the store
 * hands in. Nothing here depends on when or in which order it runs.
 */
import {
  type Change,
  type Day,
  type Flag,
  type NoticeId,
  type ObservedCheck,
  type PolicySettings,
  type PresenceSettings,
  type PresenceVerdict,
  type Reading,
  type Recognition,
  type Settings,
  idFromHash,
} from '../model/index.js';
import { PRESENCE_DEFAULTS, compareReadings, fingerprints, judgePresence } from '../compare/index.js';
import { recognise } from '../recognise/index.js';
import type { Screener } from '../screen/index.js';
import {
  type ExhibitRow,
  type MadeNotice,
  type MadeRevision,
  type ObservationRow,
  firstUrl,
  loadExhibits,
  loadObservations,
  saveNotice,
} from '../store/index.js';
import { findCopies } from './copies.js';
import { eventsOf } from './events.js';
import type { Parts } from './parts.js';
import { nextCheck } from './schedule.js';
import { screenNotice } from './screening.js';

export async function makeNotice(parts: Parts, screener: Screener, id: NoticeId): Promise<void> {
  const { database } = parts.store;
  const exhibits = await loadExhibits(database, id);
  const observations = await loadObservations(database, id);
  const address = await firstUrl(database, id);
  if (!address || (exhibits.length === 0 && observations.length === 0)) return;
  const { verdict, transitions, held } = judgePresence(
    observedChecks(observations, exhibits),
    presenceSettings(parts.settings),
  );
  const live = standingOnes(exhibits, observations);
  const revisions = revisionsOf(parts, live);
  const latest = live.at(-1)?.reading;
  const published = live[0]?.reading.published ?? null;
  const on = dayOf(live[0]) ?? observations[0]?.at.slice(0, 10);
  const matches = on === undefined ? [] : screenNotice(screener, revisions, latest, on);
  const fingerprint = latest ? fingerprints(latest.text) : [];
  const copies = latest ? await findCopies(parts, { id, key: address.noticeKey, reading: latest, fingerprint }) : [];
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
    firstSeen: exhibits[0]?.at ?? observations[0]!.at,
    lastSeen: lastLive(observations, live),
    presence: verdict,
    revisions,
    matches,
    flags: flagsOf(revisions, verdict),
    copies,
    fingerprint,
    ...timing(id, { settings: parts.settings, exhibits, observations, verdict }),
  };
  await saveNotice(database, { ...made, events: await eventsOf(parts, made, { transitions, held }) });
}

/** Settings that came later are missing from older records. */
type LaterSetting = 'watch.permanent' | 'watch.mass.items' | 'watch.mass.share';
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

/** Observations as the presence rules take them. A capture without an observation of its own (an import) counts as one. */
function observedChecks(observations: readonly ObservationRow[], exhibits: readonly ExhibitRow[]): ObservedCheck[] {
  const observed = new Set(observations.map(({ record }) => record.exhibit));
  const checks = observations.map(({ id, at, verdict, record, policy }): ObservedCheck => ({
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
  const imported = exhibits
    .filter(({ hash }) => !observed.has(hash as never))
    .map(({ id, at, reading }): ObservedCheck => ({
      id,
      at,
      class: reading.verdict.class,
      verdict: reading.verdict,
      freshConnection: true,
    }));
  return [...checks, ...imported].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.id < b.id ? -1 : 1));
}

/** What it stood as: pages judged so by a check, or kept without one (an import). */
function standingOnes(exhibits: readonly ExhibitRow[], observations: readonly ObservationRow[]): ExhibitRow[] {
  const checked = new Map<string, boolean>();
  for (const { record, verdict } of observations)
    if (record.exhibit) checked.set(record.exhibit, verdict.class === 'live' || checked.get(record.exhibit) === true);
  return exhibits.filter(({ reading, hash }) => reading.verdict.class === 'live' && checked.get(hash) !== false);
}

/** A revision is a live reading that differs in substance from the one before; technical and account changes make none. */
function revisionsOf(parts: Parts, live: readonly ExhibitRow[]): MadeRevision[] {
  const revisions: MadeRevision[] = [];
  let before: Reading | undefined;
  for (const exhibit of live) {
    const changes = before ? compareReadings(before, exhibit.reading).filter(({ kind }) => kind !== 'technical') : [];
    const stamped = changes.map((change) => ({ at: exhibit.at, change }));
    if (!before || changes.some(isSubstance)) {
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
    before = exhibit.reading;
  }
  return revisions;
}

function isSubstance({ kind }: Change): boolean {
  return kind !== 'account' && kind !== 'technical';
}

/** The day the rules are asked for: the notice's own date in its own zone, else the day of the first capture. */
export function dayOf(exhibit: ExhibitRow | undefined): Day | undefined {
  return exhibit && (exhibit.reading.published ?? exhibit.at).slice(0, 10);
}

function recogniseReading(parts: Parts, exhibit: ExhibitRow): Recognition {
  const { reading } = exhibit;
  return recognise(
    {
      text: reading.text,
      language: reading.language,
      on: dayOf(exhibit)!,
      onReason: reading.published === undefined ? 'day of the first capture' : 'date of the notice',
      ...(reading.account === undefined ? {} : { account: reading.account }),
    },
    parts.catalogue,
  );
}

function lastLive(observations: readonly ObservationRow[], live: readonly ExhibitRow[]): string | null {
  const times = [
    ...observations.filter(({ verdict }) => verdict.class === 'live').map(({ at }) => at),
    ...live.map(({ at }) => at),
  ];
  return times.sort().at(-1) ?? null;
}

function sourceOf(observations: readonly ObservationRow[], exhibits: readonly ExhibitRow[]): string | null {
  const key = [...observations, ...exhibits].map(({ record }) => record.source).find((source) => source !== undefined);
  return key === undefined ? null : idFromHash('S', key);
}

interface Seen {
  settings: Settings;
  exhibits: readonly ExhibitRow[];
  observations: readonly ObservationRow[];
  verdict: PresenceVerdict;
}

function timing(
  id: NoticeId,
  { settings, exhibits, observations, verdict }: Seen,
): Pick<MadeNotice, 'nextCheck' | 'lastCheck'> {
  const lastCheck = observations.at(-1)?.at ?? exhibits.at(-1)!.at;
  const firstSeen = exhibits[0]?.at ?? observations[0]!.at;
  return { lastCheck, nextCheck: nextCheck({ id, firstSeen, lastCheck, verdict }, settings) };
}

/** Flags of the latest revision, and those that only watching can raise (facts/goods §17: N-01). */
function flagsOf(revisions: readonly MadeRevision[], verdict: PresenceVerdict): Flag[] {
  const flags = [...(revisions.at(-1)?.recognition.flags ?? [])];
  if (verdict.removal || revisions.length > 1) {
    const what = verdict.removal ? 'removed' : 'edited';
    flags.push({
      id: 'N-01',
      title: 'Removed or edited after posting',
      source: 'own rule, facts of the watch',
      words: [],
      detail: verdict.removal ? `${what}: ${verdict.removal.words}` : `${what}: ${revisions.length} revisions`,
    });
  }
  return flags;
}
