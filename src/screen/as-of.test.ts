import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import type { ListEntry } from '../model/index.js';
import { basisOf, basisWords, listedAsOf } from './as-of.js';
import { createScreener, foldVersion } from './index.js';
import type { ListRow } from './list-kind.js';

const LIST = 'csv_test';
const row = (more: Partial<ListRow> = {}): ListRow => ({
  ...{ entry: '1', schema: 'Company', name: 'ALPHA', aliases: [], identifiers: [], countries: [] },
  ...{ addresses: [], programs: [], remarks: '' },
  ...more,
});
const DAYS = ['2024-02-01', '2024-03-01', '2024-04-01'];
const VERSIONS = DAYS.map((publishedAt) => ({ list: LIST, publishedAt, sha256: '0'.repeat(64) as never, entries: 1 }));
const folded = (...states: readonly (readonly ListRow[])[]): ListEntry[] =>
  states.reduce<ListEntry[]>((held, rows, at) => foldVersion(held, rows, { list: LIST, publishedAt: DAYS[at]! }), []);
const ask = (on: string, ...states: readonly (readonly ListRow[])[]): string => {
  const { answer, by, basis } = listedAsOf(folded(...states), VERSIONS.slice(0, states.length), on);
  return `${answer} by ${by}: ${basis}`;
};

test('where a version is held it answers, whatever the publisher’s date', () => {
  const alpha = row({ listedOn: '2011-02-28' });
  assert.equal(
    ask('2024-02-15', [alpha], []),
    'listed by version: present in the version of 2024-02-01; the publisher’s date is 2011-02-28',
  );
  assert.equal(ask('2024-03-01', [alpha], []), 'not-listed by version: absent from the version of 2024-03-01');
  assert.equal(
    ask('2024-03-05', [row()], [row({ name: 'BETA' })]),
    'listed by version: present in the version of 2024-03-01',
  );
});

test('before the first version the publisher’s date decides, as far as it is precise', () => {
  for (const [listedOn, on, expected] of [
    ['2011-02-28', '2011-02-27', 'not-listed by publisher'],
    ['2011-02-28', '2011-02-28', 'listed by publisher'],
    ['2011-02-28', '2020-01-01', 'listed by publisher'],
    ['2024-02', '2024-01-31', 'unknown by none'],
    ['2012-02', '2012-01-31', 'not-listed by publisher'],
    ['2012-02', '2012-02-15', 'unknown by none'],
    ['2012-02', '2012-02-29', 'listed by publisher'],
    ['2011', '2011-06-01', 'unknown by none'],
    ['2011', '2012-01-01', 'listed by publisher'],
    ['2011', '2010-12-31', 'not-listed by publisher'],
    ['some day', '2011-06-01', 'unknown by none'],
    [undefined, '2011-06-01', 'unknown by none'],
  ] as const) {
    const said = ask(on, [row(listedOn === undefined ? {} : { listedOn })]);
    assert.ok(said.startsWith(`${expected}:`), `${listedOn ?? 'no date'} on ${on}: ${said}`);
  }
});

test('of several lists of a publisher the first listing decides; the oldest version that is held must have the entry', () => {
  const listings = [{ list: 'b', on: '2015-01-01' }, { list: 'a', on: '2013-01-01' }, { list: 'c' }];
  assert.match(ask('2014-01-01', [row({ listings })]), /^listed by publisher: .*2013-01-01/);
  assert.match(ask('2012-12-31', [row({ listings })]), /^not-listed/);
  assert.match(
    ask('2014-01-01', [], [row({ listings })]),
    /^unknown by none: the oldest version held does not have it/,
  );
  assert.equal(ask('2014-01-01'), 'unknown by none: no version of the list is held');
});

test('a match says the publisher’s date and what it rests on', () => {
  const asOf = listedAsOf(folded([row({ listedOn: '2011' })]), VERSIONS.slice(0, 1), '2024-02-01');
  assert.deepEqual(basisOf(asOf), {
    listedOn: '2011',
    basis: 'version',
  });
});

test('on a day that a version rules the answer is that of the version, and a date more never makes a "no" of a "listed" (property)', () => {
  const date = fc.option(fc.constantFrom('2010', '2010-05', '2010-05-05', '2024-01-15', '2025'), { nil: undefined });
  const day = fc.constantFrom('2009-01-01', '2010-05-05', '2010-06-01', '2024-01-31', ...DAYS, '2024-05-01');
  fc.assert(
    fc.property(fc.array(fc.boolean(), { minLength: 1, maxLength: 3 }), date, day, (there, listedOn, on) => {
      const one = row(listedOn === undefined ? {} : { listedOn });
      const entries = folded(...there.map((is) => (is ? [one] : [])));
      const { answer, by, basis } = listedAsOf(entries, VERSIONS.slice(0, there.length), on);
      const ruling = DAYS.slice(0, there.length).findLastIndex((each) => each <= on);
      if (ruling >= 0) assert.deepEqual([answer, by], [there[ruling] ? 'listed' : 'not-listed', 'version'], basis);
      else assert.notEqual(by, 'version', basis);
      if (ruling < 0 && (!there[0] || listedOn === undefined)) assert.equal(answer, 'unknown', basis);
    }),
  );
});

test('the screener answers a day before the first version by the publisher’s date, says so, and finds nothing else (property: as listedAsOf)', () => {
  const day = fc.integer({ min: 1, max: 28 }).map((n) => `2024-01-${String(n).padStart(2, '0')}`);
  const dated = fc.option(fc.oneof(day, fc.constant('2024-01'), fc.constant('2023')), { nil: undefined });
  fc.assert(
    fc.property(fc.array(fc.boolean(), { minLength: 1, maxLength: 3 }), dated, day, (there, listedOn, on) => {
      const one = row(listedOn === undefined ? {} : { listedOn });
      const entries = folded(...there.map((each) => (each ? [one] : [])));
      const versions = VERSIONS.slice(0, there.length);
      const asOf = listedAsOf(entries, versions, on);
      const { matches, lists } = createScreener(entries, versions).screen({ name: 'Alpha' }, on);
      assert.deepEqual(
        matches.map(({ basis, listedOn: said }) => ({ basis, ...(said === undefined ? {} : { listedOn: said }) })),
        asOf.answer === 'listed' ? [basisOf(asOf)] : [],
      );
      assert.match(
        lists[0]!.note ?? '',
        /^not screened: no version held on or before/,
        'and the list is not called asked',
      );
    }),
  );
  const { matches } = createScreener(folded([row({ listedOn: '2011' })]), VERSIONS.slice(0, 1)).screen(
    { name: 'Alpha' },
    '2024-02-15',
  );
  assert.deepEqual(matches.flatMap(basisWords), ['the publisher’s date is 2011']);
});
