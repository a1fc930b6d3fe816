import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import type { ListEntry, Match, ScreeningQuery } from '../model/index.js';
import { createScreener, foldVersion, isCut, screenStates, touchedStates } from './index.js';
import type { ListRow } from './list-kind.js';

const LIST = 'csv_test';
const DAYS = ['2024-01-01', '2024-02-01', '2024-03-01', '2024-04-01'];

const rowOf = (entry: string, name: string, more: Partial<ListRow> = {}): ListRow => ({
  entry,
  name,
  schema: 'Company',
  aliases: [],
  identifiers: [],
  countries: [],
  addresses: [],
  programs: [],
  remarks: '',
  ...more,
});
const folded = (states: readonly (readonly ListRow[])[]): ListEntry[] =>
  states.reduce<ListEntry[]>(
    (entries, rows, at) => foldVersion(entries, rows, { list: LIST, publishedAt: DAYS[at]! }),
    [],
  );

test('what is the same by value is not touched, in whatever order its fields and entries stand', () => {
  const before = folded([[rowOf('1', 'ALPHA'), rowOf('2', 'BETA')]]);
  const again = before
    .map((entry) => Object.fromEntries(Object.entries(entry).toReversed()) as unknown as ListEntry)
    .toReversed();
  assert.deepEqual(touchedStates(before, again), { gone: [], come: [] });
  const after = folded([[rowOf('1', 'ALPHA'), rowOf('2', 'BETA')], [rowOf('1', 'ALPHA')]]);
  const { gone, come } = touchedStates(before, after);
  assert.deepEqual(
    [gone, come].map((states) => states.map(({ entry, to }) => [entry, to])),
    [[['2', null]], [['2', '2024-02-01']]],
  );
});

test('states are found whatever their day, each that says it', () => {
  const entries = folded([[rowOf('1', 'ALPHA OMEGON')], [rowOf('1', 'BETATRON')], [rowOf('2', 'BETATRON')]]);
  const find = screenStates(entries);
  assert.deepEqual(
    find({ name: 'Betatron' })
      .states.map(({ entry, stateFrom }) => [entry, stateFrom])
      .sort(),
    [
      ['1', '2024-02-01'],
      ['2', '2024-03-01'],
    ],
  );
  assert.deepEqual(screenStates([])({ name: 'Betatron' }), { states: [], isCut: false });
});

test('a question that finds nothing of what was touched has the answer it had, on every day (property)', () => {
  const words = ['ALPHA', 'OMEGON', 'BETATRON', 'TRIMIX', 'TRIMIKS', 'PLANT', 'OOO', '3MX', 'ivan', 'petrov'];
  const name = fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 3 }).map((each) => each.join(' '));
  const row = fc
    .record({
      entry: fc.constantFrom('1', '2', '3', '4', '5'),
      name,
      alias: name,
      person: fc.boolean(),
      inn: fc.boolean(),
      told: fc.boolean(),
    })
    .map(({ entry, name: own, alias, person, inn, told }) =>
      rowOf(entry, own, {
        schema: person ? 'Person' : 'Company',
        aliases: [{ name: alias, weak: false, kind: 'aka' }],
        identifiers: inn ? [{ type: 'inn', value: '7802942873' }] : [],
        remarks: told ? `Linked To: ${alias}` : '',
      }),
    );
  const state = fc.uniqueArray(row, { selector: ({ entry }) => entry, minLength: 1, maxLength: 5 });
  const query: fc.Arbitrary<ScreeningQuery> = fc.oneof(
    name.map((each) => ({ name: each })),
    name.map((each) => ({ name: each, schema: 'Person' as const })),
    fc.constant({ name: '', identifiers: [{ type: 'inn', value: '7802942873' }] }),
  );
  const versions = DAYS.map((publishedAt) => ({
    list: LIST,
    publishedAt,
    sha256: '0'.repeat(64) as never,
    entries: 1,
  }));
  let quiet = 0;
  fc.assert(
    fc.property(
      fc.array(state, { minLength: 2, maxLength: 4 }),
      fc.array(query, { minLength: 1, maxLength: 4 }),
      fc.boolean(),
      (states, queries, isLate) => {
        const before = folded(isLate ? states.toSpliced(1, 1, states[0]!) : states.slice(0, -1));
        const after = folded(states);
        const { gone, come } = touchedStates(before, after);
        const find = screenStates([...gone, ...come]);
        const [was, is] = [before, after].map((entries) => createScreener(entries, versions));
        for (const each of queries) {
          const answers = (day: string): Match[][] => [was!, is!].map((one) => one.screen(each, day).matches);
          if (find(each).states.length > 0) continue;
          quiet += 1;
          for (const day of DAYS) assert.deepEqual(...(answers(day) as [Match[], Match[]]), `${each.name} on ${day}`);
        }
      },
    ),
  );
  assert.ok(quiet > 20, `most questions were not concerned: ${quiet}`);
});

test('an answer that leaves others out says so', () => {
  const names = Array.from({ length: 25 }, (_, at) =>
    rowOf(String(at), `ALPHA OMEGON ${'ABCDEFGHIJKLMNOPQRSTUVWXY'[at]!}`),
  );
  const answer = createScreener(folded([names]), [
    { list: LIST, publishedAt: DAYS[0]!, sha256: '0'.repeat(64) as never, entries: 25 },
  ]).screen({ name: 'Alpha Omegon' }, DAYS[0]!);
  assert.equal(isCut(answer), true, `${answer.matches.length} matches`);
  const few = createScreener(folded([names.slice(0, 5)]), [
    { list: LIST, publishedAt: DAYS[0]!, sha256: '0'.repeat(64) as never, entries: 5 },
  ]).screen({ name: 'Alpha Omegon' }, DAYS[0]!);
  assert.equal(few.matches.length, 5);
  assert.equal(isCut(few), false, 'five were found, and none left out');
});
