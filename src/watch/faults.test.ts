/**
 * Histories of notices on sites that go wrong in every way we know of, watched by the product’s own looks, controls,
 * verdicts and schedule, and held against the truth. `ASPOSTED_TEST_HISTORIES` sets another number
 * than 2,500; 10,000 are played before a release.
 */
import assert from 'node:assert/strict';
import test from 'node:test';
import { resolveSettings } from '../model/index.js';
import {
  DAY,
  type Fate,
  type FaultSite,
  HORIZON,
  HOUR,
  faultSite,
  hasOwnFates,
  isRemoval,
  random,
} from './testing/faults.js';
import { type Played, playSite } from './testing/play.js';

const HISTORIES = Number(process.env['ASPOSTED_TEST_HISTORIES'] ?? 2_500);
const OF_A_SITE = 10;
/** Another one than 0, to look at a few of them. */
const FIRST = Number(process.env['ASPOSTED_TEST_FIRST_SITE'] ?? 0);
const SEED = 20_240_522;

/** From the first check that met the absence: the waiting time of the settings, and what trouble on the way may add. */
const CONFIRMED = { definite: 10 * 60_000, indefinite: DAY };
const TROUBLE = { definite: 8 * HOUR, indefinite: 2.5 * DAY };

interface Tally {
  histories: number;
  removals: number;
  checks: number;
  slowest: number;
}

test(`${HISTORIES} histories: no false removal, no missed one, one turn each`, async (t) => {
  const settings = resolveSettings();
  const wrong: string[] = [];
  const tally = new Map<string, Tally>();
  for (let number = FIRST; number < FIRST + HISTORIES / OF_A_SITE; number++) {
    const next = random(SEED + number);
    const site = faultSite(number, OF_A_SITE, next);
    const played = await playSite(site, settings, next);
    for (const each of played) {
      for (const fault of faultsOf(site, each))
        wrong.push(`site ${number} (${site.fate}), ${each.notice.fate}: ${fault}`);
      count(tally, hasOwnFates(site.fate) ? each.notice.fate : `site: ${site.fate}`, each);
    }
    const episodes = new Set(played.flatMap(({ held }) => held));
    if (episodes.size > 1 && !hasOwnFates(site.fate))
      wrong.push(`site ${number} (${site.fate}): told ${episodes.size} times`);
  }
  for (const [fate, { histories, removals, checks, slowest }] of [...tally].sort())
    t.diagnostic(
      `${fate.padEnd(26)} ${String(histories).padStart(5)} histories, ${removals} called removed, ${(checks / histories).toFixed(0)} checks each` +
        (slowest > 0 ? `, confirmed at most ${(slowest / HOUR).toFixed(1)} h after it was met` : ''),
    );
  assert.deepEqual(wrong.slice(0, 20), [], `${wrong.length} of ${HISTORIES} histories judged wrongly`);
});

function faultsOf(site: FaultSite, { notice, turns, met, edits, held }: Played): string[] {
  const faults: string[] = [];
  const removed = turns.filter(({ presence }) => presence === 'removed');
  const truly = hasOwnFates(site.fate) && isRemoval(notice);
  // Out of sight for good with its whole site: whether it was removed is not to be known, and it is not said.
  for (const { at } of removed)
    if (!truly || at < notice.from || at >= notice.to)
      faults.push(`called removed at ${hours(at)}, gone from ${hours(notice.from)} to ${hours(notice.to)}`);
  if (removed.length > 1) faults.push(`called removed ${removed.length} times`);
  const kind = notice.definite ? 'definite' : 'indefinite';
  // Half a site that goes on one day by chance is held three times as long, as it should be.
  const wait = CONFIRMED[kind] * (held.length > 0 ? 3 : 1);
  const by = (met ?? Infinity) + wait + TROUBLE[kind];
  if (truly && by < Math.min(notice.to, HORIZON) && !removed.some(({ at }) => at <= by))
    faults.push(`met gone at ${hours(met!)}, not called removed by ${hours(by)}`);
  // A look at least every day and a tenth, and a day after four refusals in a row.
  if (truly && met === undefined && notice.from + 3 * DAY < Math.min(notice.to, HORIZON)) faults.push('never met gone');
  const returned = turns.filter(({ presence }, at) => presence === 'standing' && turns[at - 1]?.presence === 'removed');
  const expected = notice.fate === 'came back' && removed.length > 0 && notice.to + 3 * DAY < HORIZON ? 1 : 0;
  if (returned.length < expected || returned.length > removed.length) faults.push(`came back ${returned.length} times`);
  const edited = hasOwnFates(site.fate) && notice.fate === 'edited';
  if (edits > (edited ? 1 : 0)) faults.push(`called edited ${edits} times`);
  if (edited && edits === 0 && notice.from + 5 * DAY < HORIZON) faults.push('an edit was not seen');
  return faults;
}

const hours = (at: number): string => `${(at / HOUR).toFixed(1)} h`;

function count(tally: Map<string, Tally>, fate: Fate | `site: ${string}`, { turns, checks, met }: Played): void {
  const sum = tally.get(fate) ?? { histories: 0, removals: 0, checks: 0, slowest: 0 };
  const removed = turns.find(({ presence }) => presence === 'removed');
  sum.histories += 1;
  sum.removals += removed ? 1 : 0;
  sum.checks += checks;
  if (removed && met !== undefined) sum.slowest = Math.max(sum.slowest, removed.at - met);
  tally.set(fate, sum);
}
