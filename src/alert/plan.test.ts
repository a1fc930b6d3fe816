import assert from 'node:assert/strict';
import test from 'node:test';
import { resolveSettings } from '../model/index.js';
import { type AlertEvent, type Planned, pauseAfter, plan, rulesOf } from './index.js';
import { isQuiet, lastQuietEnd, parseQuiet } from './quiet.js';

const KINDS = ['email', 'webhook'];
const rules = (flags: Record<string, string> = {}, kind = 'email') => rulesOf(resolveSettings({ flags }), kind, KINDS);
const event = (id: string, at: string, type = 'removal'): AlertEvent => ({ id, event: type, at, body: {} });
const shape = (planned: readonly Planned[]): string[] =>
  planned.map(({ digest, events }) => `${digest ? 'digest ' : ''}${events.map(({ id }) => id).join('+')}`);
const NIGHT = { 'alert.quiet': '22:00-07:00 Asia/Shanghai' }; // 14:00 to 23:00 UTC

test('without rules, each event goes by itself, under its own id', () => {
  const events = [event('a', '2024-05-28T00:00:00.000Z'), event('b', '2024-05-28T01:00:00.000Z')];
  const planned = plan(events, { now: new Date('2024-05-28T02:00:00Z'), rules: rules() });
  assert.deepEqual(shape(planned), ['a', 'b']);
  assert.deepEqual(
    planned.map(({ id }) => id),
    ['a', 'b'],
  );
  assert.deepEqual(plan([], { now: new Date(), rules: rules() }), []);
});

test('what there is too much of becomes one digest, under an id that its events give', () => {
  const events = Array.from({ length: 200 }, (_, n) => event(`V-${n}`, '2024-05-28T00:00:00.000Z'));
  const moment = { now: new Date('2024-05-28T02:00:00Z'), rules: rules() };
  const planned = plan(events, moment);
  assert.equal(planned.length, 20);
  assert.deepEqual([planned[19]!.digest, planned[19]!.events.length], [true, 181]);
  assert.equal(planned[19]!.id, plan(events, moment)[19]!.id);
  assert.notEqual(planned[19]!.id, plan(events.slice(1), moment)[19]!.id);
  assert.deepEqual(shape(plan(events.slice(0, 3), { ...moment, rules: rules({ 'alert.most': '1' }) })), [
    'digest V-0+V-1+V-2',
  ]);
  assert.equal(plan(events.slice(0, 20), moment).filter(({ digest }) => digest).length, 0);
});

test('a digest comes at most once in its time; some types do not wait for it', () => {
  const events = [
    event('a', '2024-05-28T00:00:00.000Z', 'change'),
    event('b', '2024-05-28T01:00:00.000Z'),
    event('c', '2024-05-28T01:30:00.000Z', 'change'),
  ];
  const daily = rules({ 'alert.digest': '24h', 'alert.digest.pass': 'removal' });
  const at = (lastDigest?: string) =>
    shape(
      plan(events, {
        now: new Date('2024-05-28T02:00:00Z'),
        rules: daily,
        lastDigest: lastDigest === undefined ? undefined : new Date(lastDigest),
      }),
    );
  assert.deepEqual(at(), ['digest a+c', 'b']);
  assert.deepEqual(at('2024-05-27T01:59:00Z'), ['digest a+c', 'b']);
  assert.deepEqual(at('2024-05-27T02:01:00Z'), ['b']);
  assert.deepEqual(
    at('2024-05-29T00:00:00Z'),
    ['digest a+c', 'b'],
    'a clock that went back does not lengthen the wait',
  );
});

test('one event alone is a digest too, where digests are wanted: the next one waits', () => {
  const moment = { now: new Date('2024-05-28T02:00:00Z'), rules: rules({ 'alert.digest': '1h' }) };
  assert.deepEqual(shape(plan([event('a', '2024-05-28T00:00:00.000Z')], moment)), ['digest a']);
});

test('what happens in quiet hours is told after them as one digest, what passes is told at once', () => {
  const evening = event('evening', '2024-05-28T13:59:00.000Z', 'change');
  const night = [event('n1', '2024-05-28T15:00:00.000Z', 'change'), event('n2', '2024-05-28T20:00:00.000Z')];
  const morning = event('morning', '2024-05-28T23:00:00.000Z', 'change');
  const passing = { ...NIGHT, 'alert.quiet.pass': 'removal' };
  const at = (now: string, events: AlertEvent[], flags = NIGHT) =>
    shape(plan(events, { now: new Date(now), rules: rules(flags) }));
  assert.deepEqual(at('2024-05-28T13:59:30Z', [evening]), ['evening']);
  assert.deepEqual(at('2024-05-28T22:59:59Z', [evening, ...night]), []);
  assert.deepEqual(at('2024-05-28T22:59:59Z', [evening, ...night], passing), ['n2']);
  assert.deepEqual(at('2024-05-28T23:00:30Z', [evening, ...night, morning]), ['digest evening+n1+n2', 'morning']);
  assert.deepEqual(at('2024-05-28T23:00:30Z', [night[0]!, morning]), ['n1', 'morning']);
});

test('a message of which nobody knows whether it arrived goes first, as it was', () => {
  const events = ['a', 'b', 'c'].map((id) => event(id, '2024-05-28T00:00:00.000Z'));
  const now = new Date('2024-05-28T02:00:00Z');
  const unfinished = { id: 'D-x', digest: true, events: ['b', 'c', 'gone'] };
  const planned = plan(events, { now, rules: rules(), unfinished });
  assert.deepEqual(shape(planned), ['digest b+c', 'a']);
  assert.equal(planned[0]!.id, 'D-x');
  const told = plan(events, { now, rules: rules(), unfinished: { ...unfinished, events: ['told'] } });
  assert.deepEqual(shape(told), ['a', 'b', 'c']);
  const alone = { id: 'b', digest: false, events: ['b'] };
  assert.deepEqual(shape(plan(events, { now, rules: rules({ 'alert.digest': '1h' }), unfinished: alone })), [
    'b',
    'digest a+c',
  ]);
  const night = new Date('2024-05-28T15:00:00Z');
  assert.deepEqual(plan(events, { now: night, rules: rules(NIGHT), unfinished }), []);
});

test('which events go where: for all, or by name of the channel', () => {
  assert.ok(!rules().types.includes('notice'));
  const flags = { 'alert.events': 'removal, change email:fork email:notice' };
  assert.deepEqual(rules(flags, 'email').types, ['fork', 'notice']);
  assert.deepEqual(rules(flags, 'webhook').types, ['removal', 'change']);
  for (const wrong of ['removals', 'mail:removal', 'test', 'a:b:c'])
    assert.throws(() => rules({ 'alert.events': wrong }), /alert\.events names/, wrong);
  assert.throws(() => rules({ 'alert.quiet.pass': 'all' }), /alert\.quiet\.pass names all/);
});

test('quiet hours are those of the wall clock, over midnight and with summer time', () => {
  const at = (text: string, time: string): boolean => isQuiet(parseQuiet(text)!, new Date(time));
  assert.deepEqual(
    [at('22:00-07:00', '2024-05-28T21:59:59Z'), at('22:00-07:00', '2024-05-28T22:00:00Z')],
    [false, true],
  );
  assert.deepEqual(
    [at('22:00-07:00', '2024-05-29T00:00:00Z'), at('22:00-07:00', '2024-05-29T07:00:00Z')],
    [true, false],
  );
  assert.deepEqual(
    [at('12:00-13:00', '2024-05-28T12:30:00Z'), at('12:00-13:00', '2024-05-28T13:00:00Z')],
    [true, false],
  );
  const berlin = '22:00-07:00 Europe/Berlin';
  assert.deepEqual([at(berlin, '2024-03-30T05:59:00Z'), at(berlin, '2024-03-30T06:00:00Z')], [true, false]);
  assert.deepEqual([at(berlin, '2024-03-31T04:59:00Z'), at(berlin, '2024-03-31T05:00:00Z')], [true, false]);
  assert.equal(parseQuiet(' '), undefined);
  for (const wrong of ['22-7', '22:00-22:00', '24:00-07:00', '22:00-07:00 Mars/Base', '22:00'])
    assert.throws(() => parseQuiet(wrong), /alert\.quiet is "/, wrong);
});

test('quiet hours end when they end there: also when an hour is left out, comes twice, or swallows them', () => {
  const end = (text: string, now: string): string | undefined =>
    lastQuietEnd(parseQuiet(text)!, new Date(now))?.toISOString();
  assert.equal(end('22:00-07:00 Asia/Shanghai', '2024-05-29T12:00:00Z'), '2024-05-28T23:00:00.000Z');
  assert.equal(end('22:00-07:00 Europe/Berlin', '2024-03-31T12:00:00Z'), '2024-03-31T05:00:00.000Z');
  assert.equal(end('22:00-07:00 Europe/Berlin', '2024-10-27T12:00:00Z'), '2024-10-27T06:00:00.000Z');
  assert.equal(end('02:10-02:50 Europe/Berlin', '2024-10-27T12:00:00Z'), '2024-10-27T01:50:00.000Z');
  assert.equal(end('02:10-02:50 Europe/Berlin', '2024-03-31T12:00:00Z'), '2024-03-30T01:50:00.000Z');
  assert.equal(end('00:00-00:01 UTC', '2024-05-29T00:01:00Z'), '2024-05-29T00:01:00.000Z');
});

test('pauses grow with each failure; what the other side asks for wins', () => {
  assert.deepEqual(
    [1, 2, 3, 4, 9].map((failures) => pauseAfter(failures) / 60_000),
    [1, 5, 30, 120, 120],
  );
  assert.equal(pauseAfter(4, 1_000), 1_000);
});
