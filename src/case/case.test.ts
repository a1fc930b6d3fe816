import assert from 'node:assert/strict';
import test from 'node:test';
import { asSha256 } from '../model/index.js';
import { canonicalJson } from '../verify/index.js';
import { loadCatalogue } from '../recognise/index.js';
import { buildTimeline, claimRecord, findContradictions, statementRecord } from './index.js';
import { claimSide } from './report.js';

const hash = asSha256('a'.repeat(64));

test('a claim nobody made is refused, and so is outreach to nobody', () => {
  const claim = { at: '2024-06-05T00:00:00.000Z', case: hash, by: 'reporter', words: 'x' };
  assert.throws(() => claimRecord({ ...claim, speaker: ' ' }), { code: 'USAGE' });
  assert.throws(() => statementRecord({ ...claim, kind: 'outreach' }), /who was asked/);
});

test('half a character in any field is logged as what it is read as; what is longer than words may be is refused', () => {
  const claim = { at: '2024-06-05T00:00:00.000Z', case: hash, by: 'reporter', words: 'x', speaker: 'y' } as const;
  const half = claimRecord({ ...claim, outlet: 'a\ud800', speaksFor: '\udc00', supports: ['E-\ud800'] });
  assert.deepEqual([half.outlet, half.speaksFor, half.supports], ['a\ufffd', '\ufffd', ['E-\ufffd']]);
  assert.doesNotThrow(() => canonicalJson(half));
  assert.throws(() => claimRecord({ ...claim, outlet: 'x'.repeat(20_001) }), { code: 'USAGE' });
});

test('two accounts of one matter by one body stand side by side; of different bodies they do not', () => {
  const improper = {
    id: 'C-1',
    speaker: 'an official',
    speaksFor: 'the Association',
    about: 'posting',
    words: 'It was improper.',
  };
  const buyers = {
    id: 'C-2',
    speaker: 'a staff member',
    speaksFor: 'the association',
    about: 'posting',
    words: 'The buyers are in Kazakhstan.',
  };
  const [found, ...more] = findContradictions([improper, buyers]);
  assert.deepEqual([found?.rule, found?.between, more.length], ['N-10', ['C-1', 'C-2'], 0]);
  assert.deepEqual(findContradictions([improper, { ...buyers, speaksFor: 'somebody else' }]), []);
  assert.deepEqual(
    findContradictions([improper, { ...buyers, words: 'it was  IMPROPER.' }]),
    [],
    'the same words are one account',
  );
});

test('a claim that names another country than the notice is shown, one that names the same is not', () => {
  const claim = { id: 'C-2', speaker: 'x', words: 'The buyers are in Kazakhstan.', countries: ['kz'] };
  assert.deepEqual(
    findContradictions([claim], [{ id: 'N-1', countries: ['ru'] }]).map(({ rule, between }) => [rule, ...between]),
    [['TS-02', 'C-2', 'N-1']],
  );
  assert.deepEqual(findContradictions([claim], [{ id: 'N-1', countries: ['ru', 'kz'] }]), []);
  assert.deepEqual(findContradictions([claim], [{ id: 'N-1', countries: [] }]), [], 'unknown is not a difference');
});

const catalogue = await loadCatalogue();
/** Who said what of the seed notice (facts/goods §2). */
const SEED_CLAIMS = [
  {
    id: 'C-1',
    speaker: 'a representative of the association',
    said: '2024-06-02',
    words: 'The posting was some kind of mistake, so it was removed; the buyers sought “children’s toys”.',
  },
  {
    id: 'C-2',
    speaker: 'an official',
    said: '2024-06-05',
    words: 'The posting was improper. The buyers are in Kazakhstan.',
  },
  { id: 'C-3', speaker: '3mx', said: '2024-05-30', words: 'The Bulat drone detector is used on the front lines.' },
].map((each) => claimSide(each, catalogue));
const SEED_NOTICE = {
  id: 'N-1',
  countries: ['ru'],
  places: ['对俄'],
  goods: ['探测器', '干扰发生器'],
};

test('an explanation that names other goods than the notice: toys beside detectors and jammers, with both sides’ words', () => {
  const found = findContradictions(SEED_CLAIMS, [SEED_NOTICE]).filter(({ rule }) => rule === 'N-10');
  assert.deepEqual(
    found.map(({ between }) => between),
    [
      ['C-1', 'N-1'],
      ['C-1', 'C-3'],
    ],
  );
  assert.match(
    found[0]!.detail,
    /^«children’s toys»: a representative of the association: “.*toys.*” \/ notice: «探测器», «干扰发生器»$/,
  );
  assert.match(found[1]!.detail, /toys.* \/ 3mx: “The Bulat drone detector is used on the front lines\.”$/);
  assert.deepEqual(found[1]!.words, [SEED_CLAIMS[0]!.words, SEED_CLAIMS[2]!.words]);
});

test('a destination that changes: Russia in the notice’s account, then Kazakhstan; and between two statements', () => {
  const [found, ...more] = findContradictions(SEED_CLAIMS, [SEED_NOTICE]).filter(({ rule }) => rule === 'TS-02');
  assert.deepEqual([found?.between, more], [['C-2', 'N-1'], []]);
  assert.match(found!.detail, /claim: kz, an official: “.*Kazakhstan\.”; notice: ru, «对俄»/);
  const earlier = claimSide(
    { id: 'C-0', speaker: 'a staff member', said: '2024-05-23', words: 'We help Russian buyers to find suppliers.' },
    catalogue,
  );
  const [changed] = findContradictions([...SEED_CLAIMS, earlier]).filter(({ rule }) => rule === 'TS-02');
  assert.deepEqual([changed!.between, changed!.also], [['C-0', 'C-2'], ['BIS-13']]);
  assert.match(changed!.detail, /^ru, then kz: a staff member: “We help Russian buyers.*” \/ an official: “/);
  const { said: _, ...undated } = earlier;
  const [beside] = findContradictions([...SEED_CLAIMS, undated]).filter(({ rule }) => rule === 'TS-02');
  assert.match(beside!.detail, /^(ru|kz), and in another statement (ru|kz): /, 'who says no day was not heard before');
  const elsewhere = claimSide(
    { id: 'C-4', speaker: 'x', words: 'China opposes this. Beijing and Moscow talk.' },
    catalogue,
  );
  assert.deepEqual(elsewhere.destinations, [], 'a country that is only spoken of is no destination');
});

test('what a person recorded as contradicting is kept as theirs', () => {
  const found = findContradictions([{ id: 'C-2', speaker: 'x', words: 'y', contradicts: ['C-1'] }]);
  assert.deepEqual(
    found.map(({ rule, between }) => [rule, ...between]),
    [['recorded', 'C-2', 'C-1']],
  );
});

test('the timeline orders instants of different zones, names the proof of each line, and tells a listing once', () => {
  const match = { list: 'us_ofac_sdn', entry: '47713', name: 'TRIMIX', query: '3MX', from: '2024-02-23' };
  const notice = {
    id: 'N-1',
    title: '通知',
    account: { name: '促进会' },
    published: '2024-05-22T10:30:00+08:00',
    removal: {
      actor: 'publisher',
      words: '该内容已被发布者删除',
      lastSeen: '2024-05-22T03:00:00.000Z',
      firstMissing: '2024-05-28T00:00:00.000Z',
      confirmed: '2024-05-28T00:10:00.000Z',
    },
    exhibitList: [{ id: 'E-1', at: '2024-05-22T03:00:00.000Z', logIndex: 2, class: 'live' }],
    observations: [{ id: 'O-9', at: '2024-05-28T00:10:00.000Z', logIndex: 9, exhibit: 'E-3' }],
    changes: [],
    matches: [match, { ...match, query: '3МХ' }],
  };
  const claim = {
    id: 'C-1',
    at: '2024-06-06T00:00:00.000Z',
    said: '2024-06-05',
    speaker: 'an official',
    outlet: 'CNN',
    words: 'improper',
    exhibit: 'E-7',
    logIndex: 12,
  };
  const lines = buildTimeline([notice], [claim], []);
  assert.deepEqual(
    lines.map(({ kind }) => kind),
    ['listed', 'posted', 'captured', 'last-seen', 'first-missing', 'removed', 'claim'],
  );
  assert.deepEqual(lines[5], {
    at: '2024-05-28T00:10:00.000Z',
    kind: 'removed',
    what: '“通知” (促进会) removal confirmed; by: publisher',
    notice: 'N-1',
    basis: 'seen',
    record: 'O-9',
    logIndex: 9,
    exhibit: 'E-3',
  });
});
