/** What one check is worth as evidence that a notice is gone (facts/watching §11). Pure, and never more than what was recorded with it. */
import type { ControlCheck, ObservationClass, ObservedCheck, PageVerdict, PresenceSettings } from '../model/index.js';

/** The class a check counts as: "wrong address" under the very address that led to the page before is absence (rule 11). */
export function countsAs(check: ObservedCheck, stoodBefore: boolean): ObservationClass {
  const { verdict } = check;
  if (verdict.class === 'unknown' && verdict.kind === 'malformed' && stoodBefore) return 'gone';
  return check.class;
}

type Controlled = Pick<ObservedCheck, 'controls' | 'textHash'>;

const randomOf = ({ controls }: Controlled): ControlCheck | undefined =>
  controls?.find(({ role }) => role === 'random');

const ANY_ADDRESS: PageVerdict = { class: 'gone', rule: 'text-of-any-address', definite: false };
const NOT_COMPARED: PageVerdict = { class: 'unknown', rule: 'new-text-not-compared', kind: 'other' };

/**
 * A page that stands, seen beside its controls: a text that an address that cannot exist gives as well is not the notice (rule 10),
 * and a new text that could not be held against one is not believed yet.
 */
export function besideControls(verdict: PageVerdict, check: Controlled): PageVerdict {
  const random = randomOf(check);
  if (verdict.class !== 'live' || !random) return verdict;
  if (random.class === 'down' || random.textHash === undefined) return NOT_COMPARED;
  return random.textHash === check.textHash ? ANY_ADDRESS : verdict;
}

/** By the platform's own words, or by a status that means it. */
export const isDefinite = ({ class: of, verdict }: ObservedCheck): boolean =>
  of === 'notice' || (verdict.class === 'gone' && verdict.definite);

/**
 * Whether the host was all right when the notice was missing: another page of it stood, under a text of its own, and an address
 * that cannot exist met neither an outage nor a refusal.
 */
export function hostStood(check: ObservedCheck): boolean {
  const random = randomOf(check);
  if (random && (random.class === 'down' || random.class === 'blocked')) return false;
  const stands = ({ role, class: of, textHash }: ControlCheck): boolean =>
    role !== 'random' && role !== 'again' && of === 'live' && (textHash === undefined || textHash !== random?.textHash);
  return check.controls?.some(stands) ?? false;
}

/** Many notices of a host that go missing at once are an outage, a redesign or a block until shown otherwise (rule 5). */
export function isMass({ host }: ObservedCheck, { massItems, massShare }: PresenceSettings): boolean {
  return host !== undefined && host.missing >= massItems && host.missing >= massShare * host.checked;
}

/** Two times of a server that are this close are those of one answer out of a cache: they tell no time. */
const CACHED_MS = 1_000;

/**
 * Between two checks, in milliseconds: by our clock, or by the server's where that says less, so that a jump of our clock can not
 * make a removal. A server whose clock stands still or runs backwards tells nothing.
 */
export function elapsed(first: ObservedCheck, last: ObservedCheck): number {
  const ours = Date.parse(last.at) - Date.parse(first.at);
  if (first.serverDate === undefined || last.serverDate === undefined) return ours;
  const theirs = Date.parse(last.serverDate) - Date.parse(first.serverDate);
  return theirs < CACHED_MS ? ours : Math.min(ours, theirs);
}
