import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import test from 'node:test';
import { EVENT_WORDS, digestOf, messageOf } from './index.js';
import { plainText } from './message.js';
import { EXAMPLES, HOSTILE } from './testing/events.js';
import { cut, cutBytes, moment, shown, shownAddress } from './text.js';

const pages = 'https://asposted.example.org';

test('what people read of each event, letter for letter', () => {
  const golden = new URL('../../test/golden/alerts.txt', import.meta.url);
  const messages = [
    ...EXAMPLES.map((event) => messageOf(event, { pages })),
    digestOf('D-1', EXAMPLES, { pages }),
    messageOf(EXAMPLES[0]!, { pages: '' }),
  ];
  const text = messages.map((each) => `${plainText(each)}\n`).join('\n────\n\n');
  if (process.env['UPDATE_GOLDEN']) writeFileSync(golden, text);
  assert.equal(text, readFileSync(golden, 'utf8'));
  assert.doesNotMatch(text, /censor/i);
});

test('every type of event that is made has its words', () => {
  const types = ['../watch/events.ts', '../watch/list-turns.ts', '../store/rows/own-events.ts'].flatMap((name) =>
    Array.from(
      readFileSync(new URL(name, import.meta.url), 'utf8').matchAll(
        /(?:\b(?:event|shared)\(\s*|type: |(?:made|ended): )'([a-z-]+)'/g,
      ),
      ([, type]) => type!,
    ),
  );
  assert.ok(types.length >= 10, types.join());
  for (const type of types) assert.ok(EVENT_WORDS[type], `EVENT_WORDS lacks ${type}`);
});

test('no words of a page become a link, a line of their own or a letter that paints, and they are cut', () => {
  const { title, text } = messageOf(HOSTILE, { pages: '' });
  assert.doesNotMatch(title, /[\n\r]/);
  assert.equal(text.split('\n').length, 4);
  for (const each of [title, text]) {
    assert.doesNotMatch(each, /:\/\/|[\u0000-\u0009\u000b-\u001f\u202a-\u202e\u2028\u2029]/);
    assert.ok(each.isWellFormed());
  }
  assert.match(text, /evil\[\.\]example/);
  assert.ok(title.length < 250 && text.length < 1_500, `${title.length}, ${text.length}`);
});

test('a body of other shapes than ours makes a message all the same', () => {
  for (const event of Object.keys(EVENT_WORDS)) {
    for (const odd of [null, 7, [], {}, 'x']) {
      const keys =
        'title url removal kinds revision to host other sharedOfThis published asked problem lastGood notices name query day turn decision decidedDifferent'.split(
          ' ',
        );
      const body = Object.fromEntries(keys.map((key) => [key, odd]));
      const { title, text } = messageOf({ id: 'V-1', event, at: 'never', body }, { pages });
      assert.doesNotMatch(`${title} ${text}`, /undefined|null|NaN|\[object/, `${event} ${JSON.stringify(odd)}`);
    }
  }
});

test('a digest counts what it tells, names the gravest first, and stays short', () => {
  const many = Array.from({ length: 200 }, (_, n) => ({ ...EXAMPLES[n % EXAMPLES.length]!, id: `V-${n}` }));
  const { title, text, events, urgency, digest } = digestOf('D-1', many, { pages });
  assert.match(title, /^200 events: \d+ other histories of the log, \d+ removed, /);
  assert.equal(text.split('\n').length, 41);
  assert.match(text, /… and 160 more: `asposted list events` has them all\.$/);
  assert.deepEqual([events.length, urgency, digest], [200, 'high', true]);
});

test('a text is cut between characters, whole when it fits', () => {
  assert.equal(cut('abc', 3), 'abc');
  assert.equal(cut('abcd', 3), 'ab…');
  assert.equal(cut('ab👍cd', 4), 'ab…');
  assert.equal(cut('ae\u0301\u0301xyz', 4), 'a…');
  assert.equal(cut(`a${'\u0301'.repeat(500)}`, 100).length, 61);
  assert.equal(cut('x👩‍👩‍👧‍👦y', 10), 'x…');
  assert.ok(Buffer.byteLength(cutBytes('长'.repeat(9_000), 4_000)) <= 4_000);
  assert.equal(cutBytes('short', 4_000), 'short');
});

test('addresses are for the eye, times for people', () => {
  assert.equal(
    shownAddress('https://a.example.org/x.html?u=http://b.c'),
    'https : //a[.]example[.]org/x.html?u=http : //b.c',
  );
  assert.equal(shown('see ftp://x and JavaScript://y', 99), 'see ftp : //x and JavaScript : //y');
  assert.equal(moment('2024-05-28T00:10:00.000Z'), '2024-05-28 00:10 UTC');
  assert.equal(moment(undefined), 'a time not known');
});
