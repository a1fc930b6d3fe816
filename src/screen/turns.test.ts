import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { matchTurns } from './index.js';

const versions = (...days: string[]): { publishedAt: string; logIndex: number }[] =>
  days.map((publishedAt, logIndex) => ({ publishedAt, logIndex }));
const told = (
  days: string[],
  listed: string,
  { on = '2024-03-01', since = -1, until = '9999', said = '9999' } = {},
): [boolean, ...string[]] => {
  const hits = (day: string): boolean => day >= listed && day < until;
  const { wasFound, turns } = matchTurns(versions(...days), { hits, saidIn: () => said <= on }, { on, since });
  return [wasFound, ...turns.map(({ turn, version }) => `${turn} ${version.publishedAt}`)];
};

test('a listing after the day of a notice that is held is told once, and its end once', () => {
  const days = ['2024-01-01', '2024-04-01', '2024-05-01', '2024-06-01'];
  assert.deepEqual(told(days, '2024-04-01'), [false, 'made 2024-04-01']);
  assert.deepEqual(told(days, '2024-04-01', { until: '2024-06-01' }), [false, 'made 2024-04-01', 'ended 2024-06-01']);
});

test('what was found when the notice came in is not told again, but its end is; what was listed after its day by then is not told', () => {
  const days = ['2024-01-01', '2024-04-01', '2024-05-01'];
  assert.deepEqual(told(days, '2024-01-01', { since: 0 }), [true]);
  assert.deepEqual(told(days, '2024-01-01', { since: 0, until: '2024-04-01' }), [true, 'ended 2024-04-01']);
  assert.deepEqual(told(days, '2024-04-01', { since: 2 }), [false]);
  assert.deepEqual(told([...days, '2024-06-01'], '2024-04-01', { since: 2, until: '2024-06-01' }), [false]);
});

test('a first version, a late one and a return: each turn once', () => {
  assert.deepEqual(told(['2024-02-01'], '2024-01-01'), [false, 'made 2024-02-01']);
  assert.deepEqual(
    told(['2024-06-01', '2024-02-01'], '2024-01-01', { until: '2024-05-01' }),
    [false, 'made 2024-02-01'],
    'no longer listed, but on the day of the notice it was',
  );
  const hits = (day: string): boolean => day !== '2024-05-01';
  const never = (): boolean => false;
  const days = versions('2024-04-01', '2024-05-01', '2024-06-01');
  const back = matchTurns(days, { hits, saidIn: never }, { on: '2024-01-01', since: -1 });
  assert.deepEqual(
    back.turns.map(({ turn }) => turn),
    ['made', 'ended', 'made'],
  );
});

test('where no version reaches back, the publisher’s own date decides whether it was found on the day of the notice', () => {
  const early = { on: '2024-01-01', said: '2023-05-05', since: 0 };
  assert.deepEqual(told(['2024-02-01'], '2024-01-01', early), [true], 'the notice itself tells it');
  assert.deepEqual(told(['2024-02-01'], '2024-01-01', { ...early, since: -1 }), [false, 'made 2024-02-01']);
  assert.deepEqual(told(['2024-02-01'], '2024-01-01', { ...early, said: '2024-01-15' }), [false], 'listed after it');
});

test('what was told is never unsaid by versions that come later, and turns alternate (property)', () => {
  const day = fc.integer({ min: 1, max: 9 }).map((n) => `2024-01-0${n}`);
  fc.assert(
    fc.property(
      fc.uniqueArray(day, { minLength: 1, maxLength: 9 }),
      fc.array(day, { maxLength: 9 }),
      day,
      fc.integer({ min: -1, max: 9 }),
      fc.option(day),
      (days, listed, on, since, said) => {
        const hits = (each: string): boolean => listed.includes(each);
        const saidIn = (oldest: string): boolean => said !== null && said <= on && hits(oldest);
        const ask = (count: number): ReturnType<typeof matchTurns> =>
          matchTurns(versions(...days.slice(0, count)), { hits, saidIn }, { on, since });
        const whole = ask(days.length);
        for (let count = 0; count < days.length; count++) {
          const { turns } = ask(count);
          assert.deepEqual(turns, whole.turns.slice(0, turns.length), 'a beginning of what is told later');
        }
        const expected = whole.turns.map((_, at) => ((at % 2 === 0) === whole.wasFound ? 'ended' : 'made'));
        assert.deepEqual(
          whole.turns.map(({ turn }) => turn),
          expected,
        );
        const ruling = days
          .filter((each) => each <= on)
          .toSorted()
          .at(-1);
        if (ruling !== undefined && listed.includes(ruling) && !whole.wasFound)
          assert.ok(whole.turns.length > 0, 'a match that stands was told by something');
      },
    ),
  );
});
