// How well names are met: the labelled pairs of the development half by group, search across scripts in the lists' Latin
// names, invented people that must not be met, and the score of OFAC's own page. One JSON line a claim.
// Run: node --import tsx bench/screening-quality.mjs [--misses GROUP]
import { nameIndexOf } from '../src/screen/name-index.ts';
import { compareNames } from '../src/screen/names/compare-names.ts';
import { ofacScore } from '../src/screen/names/ofac-score.ts';
import { wordsOf } from '../src/screen/names/tokens.ts';
import { entities, negatives, pairs, parity } from './screening-input.mjs';

const THRESHOLD = 0.7;
const STRONG = 0.85;
const print = (claim, values) => console.log(JSON.stringify({ bench: 'screening-quality', claim, ...values }));
const round = (value, digits = 3) => Number(value.toFixed(digits));

const across = (script) => (row) => row.qscript === script && row.cscript === 'Latn' && !row.set.startsWith('nk_');
const GROUPS = {
  nk: (row) => row.set.startsWith('nk_'),
  'nk organisations': (row) => row.set.startsWith('nk_') && row.schema !== 'Person',
  'nk persons': (row) => row.set.startsWith('nk_') && row.schema === 'Person',
  'nk strong': (row) => row.set.startsWith('nk_') && row.quality === 'STRONG',
  'Cyrillic to Latin': across('Cyrl'),
  'Cyrillic to Latin persons': (row) => across('Cyrl')(row) && row.schema === 'Person',
  'Cyrillic to Latin organisations': (row) => across('Cyrl')(row) && row.schema !== 'Person',
  'Han to Latin, EU': (row) => across('Han')(row) && row.note.includes('eu_journal'),
  universities: (row) => row.set === 'xs_el_univ',
  'Arabic to Latin': across('Arab'),
  'UN typos': (row) => row.set === 'un_treated' && row.query !== row.candidate,
  'one name in many languages': (row) => row.set === 'rigour_putin',
  all: () => true,
};

const rows = pairs().map((row) => ({ ...row, ...compareNames(row.query, row.candidate, row.schema) }));
const misses = process.argv[2] === '--misses' ? process.argv[3] : undefined;

for (const [group, belongs] of Object.entries(GROUPS)) {
  const mine = rows.filter(belongs);
  const at = (threshold) => {
    const hits = mine.filter(({ score }) => score >= threshold);
    const right = hits.filter(({ match }) => match === '1').length;
    const all = mine.filter(({ match }) => match === '1').length;
    return { f1: (2 * right) / (hits.length + all), precision: right / hits.length, recall: right / all };
  };
  const best = Math.max(...Array.from({ length: 70 }, (_, i) => at(0.3 + i / 100).f1));
  const { f1, precision, recall } = at(THRESHOLD);
  const right = mine.filter(({ score, match }) => score >= THRESHOLD === (match === '1')).length;
  print(group, {
    rows: mine.length,
    right,
    f1: round(f1),
    bestF1: round(best),
    precision: round(precision),
    recall: round(recall),
  });
  if (misses === group)
    for (const row of mine)
      if (row.score >= THRESHOLD !== (row.match === '1'))
        console.log(`${row.match} ${row.score.toFixed(2)} ${row.query} | ${row.candidate}\n    ${row.why.join('; ')}`);
}

const listed = entities({ latin: true });
const swapped = (name) => name.replace(/^([^,]+), *(.+)$/, '$2 $1');
const same = (name) => wordsOf(name).join(' ');
const indexOf = (person, lists) => {
  const names = listed
    .filter(({ source }) => lists === undefined || lists.test(source))
    .flatMap(({ id, schema, names: all }) =>
      (schema === 'Person') === person ? all.map((name) => ({ id, name: person ? swapped(name) : name })) : [],
    );
  return {
    names,
    index: nameIndexOf(
      names.map(({ name }) => name),
      person,
    ),
  };
};
const indexes = { true: indexOf(true), false: indexOf(false) };
/** A pair is looked for in the list it was taken from: another list may hold the same party under another spelling. */
const LISTS = [/^eu_journal/, /^os_ua_war/, /^un_sc/, /^us_bis/];
const bySource = new Map(LISTS.map((lists) => [lists, { true: indexOf(true, lists), false: indexOf(false, lists) }]));
const listOf = ({ note, set }) =>
  set === 'xs_el_univ' ? LISTS[3] : LISTS.find((lists) => lists.test(note.split(' ').at(-1)));
const idsByName = new Map();
for (const { id, names } of listed)
  for (const name of names) idsByName.set(same(name), [...(idsByName.get(same(name)) ?? []), id]);

/** Rank of the candidate's entity among those found, from 1; 0 when it is not. */
function rankOf({ query, candidate, schema }, within) {
  const { names, index } = within[schema === 'Person'];
  const wanted = new Set(idsByName.get(same(candidate)));
  const ids = [...new Set(index.search(query, 0.1, 60).map(({ name }) => names[name].id))];
  return ids.findIndex((id) => wanted.has(id)) + 1;
}

for (const group of [
  'Cyrillic to Latin persons',
  'Cyrillic to Latin organisations',
  'Han to Latin, EU',
  'universities',
  'Arabic to Latin',
]) {
  const mine = rows.filter((row) => GROUPS[group](row) && row.match === '1' && idsByName.has(same(row.candidate)));
  const ranks = mine.map((row) => rankOf(row, bySource.get(listOf(row)) ?? indexes));
  const amongAll = mine.map((row) => rankOf(row, indexes));
  const within = (most, all = ranks) => round(all.filter((rank) => rank > 0 && rank <= most).length / all.length);
  print(`search: ${group}`, {
    rows: mine.length,
    hit1: within(1),
    hit5: within(5),
    hit1OfAllLists: within(1, amongAll),
    hit5OfAllLists: within(5, amongAll),
  });
  if (misses === `search: ${group}`)
    for (const [i, rank] of ranks.entries())
      if (rank === 0 || rank > 5) console.log(`${rank} ${mine[i].query} | ${mine[i].candidate}`);
}

const invented = negatives().filter((_, i) => i % Number(process.env.EVERY ?? 1) === 0);
const tops = invented.map((name) => indexes.true.index.search(name, THRESHOLD, 1)[0]);
const share = (least) => round(tops.filter((top) => (top?.score ?? 0) >= least).length / tops.length, 5);
print('invented people met by chance', { people: invented.length, at70: share(THRESHOLD), at85: share(STRONG) });
if (misses === 'invented')
  for (const [i, top] of tops.entries())
    if ((top?.score ?? 0) >= STRONG)
      console.log(`${top.score.toFixed(2)} ${invented[i]} | ${indexes.true.names[top.name].name}`);

const known = parity().filter(({ ofac_score: score }) => score !== '-1');
const near = known.filter(
  (row) => Math.abs(ofacScore(row.query_name, [row.result_name]) * 100 - Number(row.ofac_score)) <= 5,
).length;
print('OFAC-style score within 5 points', { rows: known.length, share: round(near / known.length) });
if (misses === 'ofac')
  for (const row of parity())
    console.log(
      row.ofac_score,
      (ofacScore(row.query_name, [row.result_name]) * 100).toFixed(1),
      row.query_name,
      '|',
      row.result_name,
    );
