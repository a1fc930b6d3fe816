import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import test from 'node:test';
import { type DecisionRecord, type ListEntry, asSha256 } from '../model/index.js';
import { decided, isHidden, nameKey, printedOf } from './index.js';

const state = (name: string, stateFrom: string, more: Partial<ListEntry> = {}): ListEntry => ({
  ...{ list: 'csv_test', entry: '1', schema: 'Company', name, aliases: [], identifiers: [], countries: [] },
  ...{ addresses: [], programs: [], remarks: '', from: '2024-01-01', to: null, fromIsBound: false },
  ...{ stateFrom, stateTo: null },
  ...more,
});
const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
const decision = (logIndex: number, on: ListEntry, verdict: DecisionRecord['verdict'] = 'different') => ({
  ...{ id: `C-${logIndex}`, logIndex },
  record: {
    ...({ type: 'decision', v: 1, at: '2024-02-01T00:00:00.000Z', by: 'x', name: 'Alpha', list: 'csv_test' } as const),
    ...{ entry: '1', verdict, why: 'y', content: asSha256(hash(printedOf(on))) },
  },
});

const OLD = state('ALPHA', '2024-01-01', { stateTo: '2024-03-01' });
const NEW = state('ALPHA B', '2024-03-01');
const VERSIONS = ['2024-01-01', '2024-02-01', '2024-03-01'].map((publishedAt, at) => ({
  publishedAt,
  logIndex: 10 * at,
}));

test('a decision holds until a version prints the entry otherwise, and not the days on which it does', () => {
  const before = decided({ decisions: [decision(5, OLD)], versions: VERSIONS.slice(0, 2), states: [OLD, NEW], hash });
  assert.deepEqual([before.newest.stale, before.overtaken.length], [undefined, 0]);
  const after = decided({ decisions: [decision(5, OLD)], versions: VERSIONS, states: [OLD, NEW], hash });
  assert.deepEqual([after.newest.stale, after.overtaken[0]?.version.publishedAt], [true, '2024-03-01']);
  assert.deepEqual([isHidden(before.newest), isHidden(after.newest), isHidden(undefined)], [true, false, false]);
});

test('a decision made anew holds again, and that the first one was overtaken stays', () => {
  const { newest, overtaken } = decided({
    decisions: [decision(5, OLD), decision(25, NEW, 'same')],
    versions: VERSIONS,
    states: [OLD, NEW],
    hash,
  });
  assert.deepEqual(
    [newest.verdict, newest.stale, overtaken.map(({ decision: { id } }) => id)],
    ['same', undefined, ['C-5']],
  );
  assert.equal(isHidden(newest), false, 'only what is called different is hidden');
});

test('an older version that comes in late changes nothing, and neither does an entry that leaves', () => {
  const late = [...VERSIONS.slice(1, 2), { publishedAt: '2023-01-01', logIndex: 50 }];
  const odd = state('OTHER', '2023-01-01', { from: '2023-01-01', stateTo: '2024-01-01' });
  const gone = { ...OLD, to: '2024-03-01' };
  for (const [versions, states] of [
    [late, [odd, OLD]],
    [VERSIONS, [gone]],
  ] as const)
    assert.deepEqual(decided({ decisions: [decision(15, OLD)], versions, states, hash }).overtaken, []);
});

test('a name is the same in any case and spacing', () => {
  assert.equal(nameKey('  ООО   «3МХ» '), nameKey('ооо «3мх»'));
  assert.notEqual(nameKey('3MX'), nameKey('3МХ'), 'another alphabet is another name');
});
