import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { gunzipSync } from 'node:zlib';
import { type NoticeId, type PresenceVerdict, instant, resolveSettings } from '../model/index.js';
import { needShared } from '../model/testing/shared.js';
import { random } from './testing/faults.js';
import { nextCheck } from './schedule.js';

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

test('notices found together are not looked at together for ever', () => {
  const times = new Set(Array.from({ length: 50 }, (_, number) => after(0, `N-${number}`)));
  assert.ok(times.size > 40);
  for (const time of times) assert.ok(time >= 3.6 * HOUR && time <= 4.4 * HOUR);
});
