/**
 * Watches a made-up site as the product does: the same look, controls, verdict and schedule, with the store's few questions answered
 * from memory. What each notice was called, and when, is what it gives.
 */
import {
  AsPostedError,
  type NoticeId,
  type ObservedCheck,
  type Presence,
  type Reading,
  type Settings,
  instant,
} from '../../model/index.js';
import { PresenceFold, besideControls, revisionChanges } from '../../compare/index.js';
import { visibleText } from '../../read/index.js';
import { type Controls, type Surroundings, gatherControls, goneTogether } from '../controls.js';
import { MOST_BEFORE, type NeighbourBefore, isSteady } from '../edit.js';
import { serverDate, textHashOf } from '../keep.js';
import { type Look, look } from '../look.js';
import { nextCheck } from '../schedule.js';
import { type Answer, HORIZON, type FaultNotice, type FaultSite, type Random, answerOf } from './faults.js';
import { captureOf } from './parts.js';

export interface Turn {
  /** The world's time. */
  at: number;
  presence: Presence;
}

export interface Played {
  notice: FaultNotice;
  checks: number;
  turns: Turn[];
  /** How often it was said to be edited. */
  edits: number;
  /** Since when its site was met made over. */
  redesigns: Set<string>;
  /** When a check first met the absence that the world's truth holds, by the world's time. */
  met: number | undefined;
  held: string[];
}

interface Watched extends Played {
  host: string;
  fold: PresenceFold;
  known: Set<string>;
  /** Texts a second look found too, with when the first did; and what was last believed. */
  stood: { reading: Reading; at: string }[];
  believed: Look['reading'];
  counting: Set<string>;
  due: number;
  firstSeen: number;
  lastCheck: number;
  presence: Presence | 'new';
  missingSince: string | undefined;
  lastSeen: string | undefined;
  lastSteady: string | undefined;
}

const BEGIN = Date.parse('2024-05-22T00:00:00Z');

export async function playSite(site: FaultSite, settings: Settings, next: Random): Promise<Played[]> {
  const all = site.notices.map((notice): Watched => ({
    host: new URL(notice.url).host,
    ...{
      notice,
      checks: 0,
      turns: [],
      edits: 0,
      redesigns: new Set(),
      met: undefined,
      held: [],
      fold: new PresenceFold(),
    },
    ...{ known: new Set(), stood: [], believed: undefined, counting: new Set() },
    ...{
      due: notice.posted,
      firstSeen: 0,
      lastCheck: 0,
      presence: 'new',
      missingSince: undefined,
      lastSeen: undefined,
      lastSteady: undefined,
    },
  }));
  READ.clear();
  let at = 0;
  for (;;) {
    const each = all.reduce((soonest, other) => (other.due < soonest.due ? other : soonest));
    at = Math.max(at + 1_000, worldTime(site, each.due));
    if (at >= HORIZON) return all;
    await checkOnce({ site, all, settings, next, at }, each);
  }
}

const ourTime = (site: FaultSite, at: number): number => (at >= site.from ? at + site.leap : at);
const worldTime = (site: FaultSite, ours: number): number =>
  ours < site.from ? ours : Math.max(site.from, ours - site.leap);

interface Play {
  site: FaultSite;
  all: readonly Watched[];
  settings: Settings;
  next: Random;
  at: number;
}

async function checkOnce(play: Play, each: Watched): Promise<void> {
  const { site, settings, at } = play;
  const { notice } = each;
  const seen = await lookAt(play, notice.url);
  const { textHash } = seen;
  const text = textHash === undefined ? {} : { textHash };
  const around: Surroundings = {
    texts: each.known,
    textBefore: () => Promise.resolve(each.believed && visibleText(each.believed)),
    neighboursBefore: () => Promise.resolve(textsBefore(play, each)),
    redesignSince: (from) => Promise.resolve(redesignSince(play, from)),
    host: () => Promise.resolve({ neighbours: standingOthers(play, each), state: hostOf(play, each, seen.at) }),
  };
  const unknown = each.presence === 'new' || (each.presence === 'removed' && seen.verdict.class !== 'live');
  const beside = unknown
    ? undefined
    : await gatherControls({ ...seen, text: seen.reading && visibleText(seen.reading) }, around, async (url) => {
        const control = await lookAt(play, url);
        const of = { class: control.verdict.class };
        return control.textHash === undefined
          ? of
          : { ...of, textHash: control.textHash, text: visibleText(control.reading!) };
      });
  const verdict = besideControls(seen.verdict, { ...text, ...beside });
  const date = site.dated && seen.capture ? serverDate([['Date', new Date(BEGIN + at).toUTCString()]]) : undefined;
  each.checks += 1;
  each.fold.add({
    ...{ id: `O-${each.checks}`, at: seen.at, class: verdict.class, verdict, freshConnection: true, ...text },
    ...beside,
    ...(date === undefined ? {} : { serverDate: date }),
  });
  if (verdict.class === 'live') each.lastSeen = seen.at;
  if (verdict.class === 'live') stands(play, each, { seen, beside });
  if (at >= notice.from && at < notice.to && ['gone', 'notice'].includes(verdict.class)) each.met ??= at;
  judge(each, { settings, at, ours: ourTime(site, at) });
}

/** As the making of revisions does: what was edited is what a second look found too, on a site that stayed as it was. */
function stands(
  play: Play,
  each: Watched,
  { seen, beside = { controls: [] } }: { seen: Seen; beside: Controls | undefined },
): void {
  const { textHash, at } = seen;
  const { host } = each;
  for (const { counting = [] } of beside.controls) for (const shape of counting) each.counting.add(`${host} ${shape}`);
  if (beside.redesign) each.redesigns.add(beside.redesign.since);
  if (textHash === undefined || !isSteady(beside)) return;
  each.lastSteady = at;
  if (!each.known.has(textHash)) each.stood.push({ reading: seen.reading!, at });
  each.known.add(textHash);
  const before = each.believed;
  each.believed = seen.reading;
  if (before === undefined || before === seen.reading) return;
  const shapes = play.all.flatMap((other) => [...other.counting]);
  const here = shapes.filter((shape, place) => each.counting.has(shape) || shapes.indexOf(shape) !== place);
  const counting = new Set(
    here.filter((shape) => shape.startsWith(`${host} `)).map((shape) => shape.slice(host.length + 1)),
  );
  const redesigned = beside.redesign !== undefined;
  if (revisionChanges(before, seen.reading!, { counting, redesigned }).substance) each.edits += 1;
}

/** As `readingBefore` answers of neighbours. */
function textsBefore(play: Play, each: Watched): NeighbourBefore[] {
  const last = each.lastSteady ?? '';
  return standingOthers(play, each)
    .slice(0, MOST_BEFORE)
    .flatMap((url) => {
      const other = play.all.find(({ notice }) => notice.url === url)!;
      const before = other.stood.findLast(({ at }) => at <= last);
      const stood = before ?? other.stood[0];
      return stood ? [{ url, text: visibleText(stood.reading), later: !before }] : [];
    });
}

function redesignSince({ all }: Play, from: string): string | undefined {
  return all
    .flatMap(({ redesigns }) => [...redesigns])
    .filter((since) => since >= from)
    .sort()[0];
}

function judge(each: Watched, { settings, at, ours }: { settings: Settings; at: number; ours: number }): void {
  const { verdict, held } = each.fold.judged;
  if (verdict.presence !== each.presence) each.turns.push({ at, presence: verdict.presence });
  each.presence = verdict.presence;
  each.missingSince = verdict.missingSince;
  each.held = held.map(({ host }) => `${host.host} ${host.since}`);
  if (each.checks === 1) each.firstSeen = ours;
  each.lastCheck = ours;
  const times = { firstSeen: stamp(each.firstSeen), lastCheck: stamp(ours) };
  const due = nextCheck({ id: `N-${each.notice.id}` as NoticeId, ...times, verdict }, settings);
  each.due = Date.parse(due) - BEGIN;
}

const stamp = (ours: number): ReturnType<typeof instant> => instant(new Date(BEGIN + Math.round(ours)));

/** As `standingNeighbours` answers. */
function standingOthers({ all }: Play, each: Watched): string[] {
  return all
    .filter((other) => other !== each && other.host === each.host && other.presence === 'standing')
    .sort((a, b) => b.lastCheck - a.lastCheck)
    .map(({ notice }) => notice.url);
}

/** As `hostState` answers. */
function hostOf({ all }: Play, each: Watched, at: string): NonNullable<ObservedCheck['host']> {
  const { host } = each;
  const went = each.missingSince ?? at;
  const { from, to } = goneTogether({ lastSeen: each.lastSeen ?? null, went });
  const others = all.filter((other) => other !== each && other.checks > 0 && other.host === host);
  const together = others.filter(
    ({ missingSince, lastSeen }) =>
      missingSince !== undefined && missingSince >= from && (lastSeen ?? missingSince) <= to,
  );
  const suspected = others.flatMap(({ presence, missingSince }) =>
    presence === 'suspected' ? (missingSince ?? []) : [],
  );
  return {
    host,
    checked: 1 + others.filter(({ lastCheck }) => stamp(lastCheck) >= from).length,
    missing: 1 + together.length,
    since: [went, ...suspected].sort()[0]!,
  };
}

/** What was read of a page once is what would be read of it again: the times alone differ. */
const READ = new Map<string, Seen>();

type Seen = Look & { textHash: string | undefined };

async function lookAt(play: Play, url: string): Promise<Seen> {
  const { site, next, at } = play;
  const answer = answerOf(site, url, at, next);
  const page =
    typeof answer === 'string'
      ? answer
      : `${answer.finalUrl ?? ''} ${answer.status ?? 200} ${answer.truncated ?? ''} ${String(answer.body)}`;
  const known = READ.get(`${url} ${page}`);
  const seen = known ?? hashed(await readOnce(answer, url));
  if (!known && !url.includes('no-such-page')) READ.set(`${url} ${page}`, seen);
  return { ...seen, at: stamp(ourTime(site, at)) };
}

const hashed = (seen: Look): Seen => ({ ...seen, textHash: textHashOf(seen) });

function readOnce(answer: Answer, url: string): Promise<Look> {
  const fetch = (): Promise<ReturnType<typeof captureOf>> => {
    if (typeof answer === 'string')
      return Promise.reject(new AsPostedError({ code: answer, message: 'the world says no', retry: 'later' }));
    return Promise.resolve({ ...captureOf(url, answer, stamp(0)), finalUrl: answer.finalUrl ?? url });
  };
  const clock = { now: () => new Date(BEGIN), sleep: () => Promise.resolve() };
  return look({ clock, fetcher: { fetch, close: () => Promise.resolve() } }, url);
}
