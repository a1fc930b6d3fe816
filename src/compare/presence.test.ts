import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import type { ObservationClass, ObservedCheck, PageVerdict } from '../model/index.js';
import { PRESENCE_DEFAULTS, judgePresence } from './presence.js';

const MINUTE = 60_000;
const start = Date.parse('2024-05-22T02:30:00.000Z');

const DELETED: PageVerdict = {
  class: 'notice',
  rule: 'notice-text',
  actor: 'publisher',
  words: '该内容已被发布者删除',
  scope: 'notice',
};
const VERDICTS: Record<ObservationClass, PageVerdict> = {
  live: { class: 'live', rule: 'structure' },
  notice: DELETED,
  gone: { class: 'gone', rule: 'status-404', definite: false },
  moved: { class: 'moved', rule: 'transfer-link', to: 'https://mp.weixin.qq.com/s/other' },
  blocked: { class: 'blocked', rule: 'verification', kind: 'verification' },
  down: { class: 'down', rule: 'status-503' },
  unknown: { class: 'unknown', rule: 'nothing-fits', kind: 'other' },
};

function check(minute: number, of: ObservationClass, more: Partial<ObservedCheck> = {}): ObservedCheck {
  const at = new Date(start + minute * MINUTE).toISOString();
  return { id: `O-${minute}`, at, class: of, verdict: VERDICTS[of], freshConnection: true, ...more };
}

function presence(...checks: ObservedCheck[]): string {
  return judgePresence(checks).verdict.presence;
}

const LIVE_CONTROL = { controls: [{ url: 'https://host.example/other', class: 'live' as const }] };

test('one definite notice is a suspicion, two agreeing ones ten minutes apart are a removal', () => {
  assert.equal(presence(check(0, 'live'), check(60, 'notice')), 'suspected');
  assert.equal(presence(check(0, 'live'), check(60, 'notice'), check(65, 'notice')), 'suspected');
  const { verdict, transitions } = judgePresence([check(0, 'live'), check(60, 'notice'), check(70, 'notice')]);
  assert.equal(verdict.presence, 'removed');
  assert.deepEqual(verdict.removal, {
    actor: 'publisher',
    words: '该内容已被发布者删除',
    lastSeen: '2024-05-22T02:30:00.000Z',
    firstMissing: '2024-05-22T03:30:00.000Z',
    confirmed: '2024-05-22T03:40:00.000Z',
  });
  assert.deepEqual(
    transitions.map(({ verdict: { presence: to } }) => to),
    ['standing', 'suspected', 'removed'],
  );
  assert.deepEqual(verdict.reasons[0]!.observations, ['O-60', 'O-70']);
});

test('a live page between two notices starts the count again', () => {
  assert.equal(presence(check(0, 'live'), check(60, 'notice'), check(65, 'live'), check(80, 'notice')), 'suspected');
});

test('a confirmation over a kept connection does not count', () => {
  const stale = check(80, 'notice', { freshConnection: false });
  assert.equal(presence(check(0, 'live'), check(60, 'notice'), stale), 'suspected');
});

test('two different definite notices: removed, actor unknown, both quoted', () => {
  const other: PageVerdict = { ...DELETED, actor: 'platform', words: '此内容因违规无法查看' };
  const { verdict } = judgePresence([check(0, 'live'), check(60, 'notice'), check(80, 'notice', { verdict: other })]);
  assert.equal(verdict.removal?.actor, 'unknown');
  assert.equal(verdict.removal?.words, '该内容已被发布者删除 / 此内容因违规无法查看');
});

test('404s need three observations, a day, and a control that stands', () => {
  const day = 24 * 60;
  const three = [check(0, 'live'), check(10, 'gone', LIVE_CONTROL), check(700, 'gone', LIVE_CONTROL)];
  assert.equal(presence(...three), 'suspected');
  assert.equal(presence(...three, check(10 + day, 'gone', LIVE_CONTROL)), 'removed');
  assert.equal(presence(...three, check(10 + day, 'gone')), 'suspected', 'no control in the last window');
  const dead = { controls: [{ url: 'https://host.example/other', class: 'down' as const }] };
  assert.equal(presence(...three, check(10 + day, 'gone', dead)), 'suspected', 'the control failed too');
});

test('a notice gone when first checked has no last-seen time', () => {
  const { verdict } = judgePresence([check(0, 'notice'), check(30, 'notice')]);
  assert.equal(verdict.removal?.lastSeen, null);
});

test('it came back: a removed notice that stands again is standing, with a transition to report', () => {
  const { transitions } = judgePresence([
    check(0, 'live'),
    check(60, 'notice'),
    check(80, 'notice'),
    check(200, 'live'),
  ]);
  assert.deepEqual(transitions.map(({ from, verdict }) => [from, verdict.presence]).at(-1), ['removed', 'standing']);
});

test('blocked, down and unknown never remove, in any number and order (property)', () => {
  const trouble = fc.constantFrom<ObservationClass>('blocked', 'down', 'unknown', 'live');
  fc.assert(
    fc.property(fc.array(fc.tuple(trouble, fc.nat(5000)), { maxLength: 60 }), (steps) => {
      let minute = 0;
      const checks = steps.map(([of, gap]) => check((minute += gap), of, LIVE_CONTROL));
      assert.ok(!['removed', 'suspected'].includes(presence(...checks)) || checks.length === 0);
    }),
  );
});

test('trouble between two notices neither confirms nor forgets', () => {
  assert.equal(presence(check(0, 'live'), check(60, 'notice'), check(61, 'blocked'), check(75, 'notice')), 'removed');
});

test('three silent checks make it unreachable, and a live one ends that', () => {
  const silent = [check(0, 'live'), check(1, 'down'), check(2, 'blocked'), check(3, 'down')];
  assert.equal(presence(...silent.slice(0, 3)), 'standing');
  assert.equal(presence(...silent), 'unreachable');
  assert.equal(presence(...silent, check(4, 'live')), 'standing');
});

test('removal is never declared before the waiting time (property)', () => {
  const any = fc.constantFrom<ObservationClass>('live', 'notice', 'gone', 'blocked', 'down', 'unknown', 'moved');
  fc.assert(
    fc.property(fc.array(fc.tuple(any, fc.nat(20)), { maxLength: 40 }), (steps) => {
      let minute = 0;
      const checks = steps.map(([of, gap]) => check((minute += gap), of, LIVE_CONTROL));
      const { removal } = judgePresence(checks).verdict;
      if (!removal) return;
      const waited = Date.parse(removal.confirmed) - Date.parse(removal.firstMissing);
      assert.ok(waited >= Math.min(PRESENCE_DEFAULTS.confirmNoticeMs, PRESENCE_DEFAULTS.confirmMissingMs));
    }),
  );
});
