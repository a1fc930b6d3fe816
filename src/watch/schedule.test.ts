import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { gunzipSync } from 'node:zlib';
import { type NoticeId, type PresenceVerdict, instant, resolveSettings } from '../model/index.js';
import { needShared } from '../model/testing/shared.js';
import { random } from './testing/faults.js';
import { hostPause, nextAsk, nextCheck, planCheck, postingHours } from './schedule.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const settings = resolveSettings();
const STANDING: PresenceVerdict = { presence: 'standing', reasons: [] };
const BEGIN = Date.parse('2024-05-22T00:00:00Z');

const at = (time: number): ReturnType<typeof instant> => instant(new Date(BEGIN + time));
const after = (time: number, id: string, verdict = STANDING): number =>
  Date.parse(nextCheck({ id: id as NoticeId, firstSeen: at(0), lastCheck: at(time), verdict }, settings)) - BEGIN;

/** When a notice captured at 0 that stays is looked at again, up to a time. */
function looks(id: string, until: number): number[] {
  const times: number[] = [];
  for (let time = after(0, id); time <= until; time = after(time, id)) times.push(time);
  return times;
}

test('17,411 real removals are met 2.2 hours after they happen on average, by at most 50 looks in 30 days', (t) => {
  const file = needShared(t, 'data/watching/removals/removals-2018-2020.csv.gz');
  if (file === undefined) return;
  const [, ...lines] = gunzipSync(readFileSync(file)).toString().trim().split('\n');
  const next = random(1);
  const delays: number[] = [];
  const counts: number[] = [];
  for (const [number, line] of lines.entries()) {
    const [day, gone] = line.split(',') as [string, string];
    // The hour of posting is not known: drawn evenly out of the day, before it was gone.
    const begin = Date.parse(`${day}T00:00:00+08:00`);
    const end = Date.parse(`${gone.replace(' ', 'T')}+08:00`);
    const posted = begin + next() * Math.min(DAY, end - begin);
    const lag = end - posted;
    const id = `N-${number}`;
    if (number < 1_000) counts.push(looks(id, 30 * DAY).length);
    if (lag > 30 * DAY) continue;
    delays.push(looks(id, lag + 2 * DAY).find((time) => time >= lag)! - lag);
  }
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const hours = mean(delays) / HOUR;
  t.diagnostic(
    `${delays.length} removals: met ${hours.toFixed(2)} h after on average, ${mean(counts).toFixed(1)} looks in 30 days`,
  );
  assert.ok(delays.length > 17_000 && hours <= 2.2, `${hours} h`);
  assert.ok(mean(counts) <= 50, `${mean(counts)} looks`);
});

test('who refuses us or is down is left alone for longer each time', () => {
  const silent = (count: number): number =>
    after(40 * DAY, 'N-1', { ...STANDING, presence: 'suspected', silent: count, confirmAfter: at(0) }) - 40 * DAY;
  assert.deepEqual(
    [1, 2, 3, 4, 9].map((count) => silent(count) / HOUR),
    [0.25, 1, 6, 24, 24],
  );
});

test('a suspicion is looked at when it can be confirmed; where that look does not confirm it, not at once again', () => {
  const look = (confirmAfter: number, silent?: number): { wait: number; why: string } => {
    const verdict: PresenceVerdict = { ...STANDING, presence: 'suspected', confirmAfter: at(confirmAfter) };
    const checked = { id: 'N-1' as NoticeId, firstSeen: at(0), lastCheck: at(40 * DAY) };
    const plan = planCheck({ ...checked, verdict: silent === undefined ? verdict : { ...verdict, silent } }, settings);
    return { wait: (Date.parse(plan.at) - BEGIN - 40 * DAY) / HOUR, why: plan.why };
  };
  const why = 'a removal is to be confirmed';
  assert.deepEqual(look(40 * DAY + 3 * HOUR), { wait: 3, why });
  assert.deepEqual(look(40 * DAY + 3 * HOUR, 1), { wait: 3, why });
  assert.deepEqual(look(39 * DAY), { wait: settings['watch.confirm.notice'] / HOUR, why });
  assert.deepEqual(look(39 * DAY, 2), { wait: 1, why: '2 looks in a row told nothing' });
});

test('notices found together are not looked at together for ever', () => {
  const times = new Set(Array.from({ length: 50 }, (_, number) => after(0, `N-${number}`)));
  assert.ok(times.size > 40);
  for (const time of times) assert.ok(time >= 3.6 * HOUR && time <= 4.4 * HOUR);
});

test('after news a notice that stands is looked at six times as often, for three days', () => {
  const look = (time: number, verdict: PresenceVerdict = STANDING): { wait: number; why: string } => {
    const news = [{ at: at(50 * DAY), what: 'it was edited' }];
    const plan = planCheck({ id: 'N-1' as NoticeId, firstSeen: at(0), lastCheck: at(time), verdict, news }, settings);
    return { wait: (Date.parse(plan.at) - BEGIN - time) / HOUR, why: plan.why };
  };
  const soon = look(51 * DAY);
  assert.ok(soon.wait > 25 && soon.wait < 31, `${soon.wait} h`);
  assert.equal(soon.why, '6 times as often: it was edited');
  const later = look(53 * DAY + HOUR);
  assert.ok(later.wait > 150);
  assert.equal(later.why, 'in its first year');
  assert.ok(look(51 * DAY, { presence: 'removed', reasons: [] }).wait > 150, 'what is gone is not hurried');
});

test('a refusal stops a host at once, an outage at the second look; what answers goes on', () => {
  const minutes = (failures: number, last: 'blocked' | 'down'): number => hostPause(failures, last) / 60_000;
  assert.deepEqual(
    [1, 2, 3, 4, 9].map((n) => minutes(n, 'blocked')),
    [15, 60, 360, 1440, 1440],
  );
  assert.deepEqual(
    [1, 2, 3, 4, 5, 9].map((n) => minutes(n, 'down')),
    [0, 15, 60, 360, 1440, 1440],
  );
});

test('a source is asked as often as it was set to, and oftener in the hours in which it posts', () => {
  const flat = postingHours([]);
  assert.equal(Date.parse(nextAsk(at(0), 6 * HOUR, flat).at) - BEGIN, 6 * HOUR);
  // Working days, nine to eleven in Beijing: 01 to 03 UTC.
  const posts = Array.from({ length: 200 }, (_, n) => {
    const time = at(((n % 5) - 2) * DAY + HOUR + (n % 3) * HOUR * 0.7);
    return { from: time, to: time };
  });
  const hours = postingHours(posts);
  assert.ok(
    Math.abs(hours.reduce((sum, rate) => sum + rate, 0) / 168 - 1) < 1e-9,
    'asked as often as before on the whole',
  );
  const asks: number[] = [];
  for (let time = at(0); Date.parse(time) < BEGIN + 28 * DAY; time = nextAsk(time, 6 * HOUR, hours).at)
    asks.push(Date.parse(time));
  assert.ok(asks.length > 85 && asks.length < 150, `${asks.length} asks in 28 days, 112 without habits`);
  const posting = asks.filter(
    (time) => [1, 2].includes(new Date(time).getUTCHours()) && ![0, 6].includes(new Date(time).getUTCDay()),
  );
  assert.ok(
    posting.length / asks.length > 0.2,
    `${posting.length} of ${asks.length} in the 6 % of hours in which it posts`,
  );
  for (let at = 1; at < asks.length; at++) {
    const gap = asks[at]! - asks[at - 1]!;
    assert.ok(gap >= 1.5 * HOUR - 1 && gap <= 24 * HOUR + 1);
  }
});

test('posts between two asks are spread over the hours between; what is longer ago than a day tells none', () => {
  const spread = postingHours(Array.from({ length: 40 }, () => ({ from: at(0), to: at(4 * HOUR) })));
  assert.ok(spread[3 * 24 + 1]! > spread[4 * 24 + 12]! * 3, 'Wednesday night against Thursday noon');
  assert.deepEqual(
    postingHours(Array.from({ length: 40 }, () => ({ from: at(0), to: at(3 * DAY) }))),
    postingHours([]),
  );
});
