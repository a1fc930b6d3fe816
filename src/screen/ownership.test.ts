/** Ways of ownership: what is printed, what it comes to, and what is never said. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { needShared } from '../model/testing/shared.js';
import type { ListEntry, ListLink } from '../model/index.js';
import { LinkGraph } from './links.js';
import { listKind } from './list-kind.js';
import { linksOf } from './ownership.js';
import { inWords, product, shareOf, sum } from './shares.js';
import { foldVersion } from './versions.js';

const ON = '2024-05-22';

function firm(entry: string, links: readonly Partial<ListLink>[] = [], name = `Firm ${entry}`): ListEntry {
  const facts = { aliases: [], identifiers: [], countries: [], addresses: [], programs: [], remarks: '' };
  const all: ListLink[] = links.map((link) => ({ role: 'owner' as const, name: '', ...link }));
  return { ...facts, list: 'test', entry, schema: 'Company', name, links: all, from: ON, to: null, fromIsBound: true };
}
const owner = (entry: string, percentage?: string): Partial<ListLink> => ({
  entry,
  ...(percentage === undefined ? {} : { percentage }),
});
const graph = (...entries: ListEntry[]): LinkGraph => new LinkGraph(entries, ON);

test('shares are read as printed, and a word is no number', () => {
  assert.deepEqual(shareOf('50'), { least: 50, most: 50 });
  assert.deepEqual(shareOf('50,5 %'), { least: 50.5, most: 50.5 });
  assert.deepEqual(shareOf('50-75'), { least: 50, most: 75 });
  assert.deepEqual(shareOf('25% to 50 percent'), { least: 25, most: 50 });
  for (const word of ['', 'majority', '>50', '75-50', '101', '-5', '1e3', '50 shares', undefined])
    assert.equal(shareOf(word), undefined, String(word));
  assert.equal(inWords(product([shareOf('51')!, shareOf('60')!])), '30.6 %');
  assert.equal(inWords(product([shareOf('50-75')!, shareOf('60')!])), '30–45 %');
  assert.equal(inWords(sum([shareOf('33.3')!, shareOf('33.3')!, shareOf('33.4')!])), '100 %');
  assert.equal(inWords(product([shareOf('0.1')!, shareOf('0.1')!])), '0.0001 %');
});

test('A owns 51 % of B, which owns 60 % of C: a way with its arithmetic, from both ends', () => {
  const all = graph(firm('A'), firm('B', [owner('A', '51')]), firm('C', [owner('B', '60')]));
  const up = linksOf(all, 'C')!;
  assert.deepEqual(
    up.owners.map(({ words }) => words),
    [
      'Firm B (B) owns 60 % of Firm C (C)',
      'Firm A (A) owns 51 % of Firm B (B), which owns 60 % of Firm C (C): 51 % × 60 % = 30.6 %',
    ],
  );
  assert.deepEqual(linksOf(all, 'A')!.owned.at(-1)!.share, { least: 30.6, most: 30.6 });
  assert.deepEqual(up.owned, []);
  assert.equal(up.leftOut, 0);
  assert.equal(linksOf(all, 'D'), undefined);
});

test('a share that is not printed is not known, in the list’s own word, and makes the way not known', () => {
  const says = 'Owned or Controlled By';
  const { owners } = linksOf(graph(firm('A'), firm('B', [{ entry: 'A', says }]), firm('C', [owner('B', '60')])), 'C')!;
  assert.match(owners[1]!.words, /owns \(share not known; the list says “Owned or Controlled By”\) Firm B.*not known$/);
  assert.equal(owners[1]!.share, undefined);
  const minority = linksOf(graph(firm('A'), firm('B', [{ ...owner('A', '12'), says }])), 'B')!;
  assert.deepEqual(
    minority.owners.map(({ words }) => words),
    ['Firm A (A) owns 12 % of Firm B (B)'],
  );
  for (const { words } of [...minority.owners, ...minority.together]) assert.doesNotMatch(words, /control/i);
});

test('several listed owners are added up as arithmetic and not as a verdict; who is not listed is not in it', () => {
  const { together, owners } = linksOf(
    graph(firm('A'), firm('B'), firm('C', [owner('A', '30'), owner('B', '25'), owner('X', '45')])),
    'C',
  )!;
  assert.deepEqual(
    together.map(({ words }) => words),
    ['listed owners of Firm C (C), by what the list says: 30 % (Firm A (A)) + 25 % (Firm B (B)) = 55 %'],
  );
  assert.match(owners[2]!.words, /^X \[not on this list\] owns 45 % of/);
  assert.doesNotMatch(JSON.stringify(together), /blocked|sanctioned|50 ?%/);
});

test('two words on one stake are one stake; two ways are added up', () => {
  const twice = graph(
    firm('A'),
    firm('B', [owner('A', '51'), { ...owner('A', '49'), says: 'shareholder' }, owner('A')]),
  );
  assert.deepEqual(linksOf(twice, 'B')!.owners[0]!.share, { least: 49, most: 51 });
  const diamond = graph(
    firm('A'),
    firm('B', [owner('A', '50')]),
    firm('C', [owner('A', '50')]),
    firm('D', [owner('B', '40'), owner('C', '20')]),
  );
  const stake = linksOf(diamond, 'D')!.owners.find((each) => each.owner.entry === 'A')!;
  assert.equal(stake.words, 'Firm A (A) has a share in Firm D (D) along 2 ways: 20 % + 10 % = 30 %');
});

test('said by both it is said once; former and coming stakes are printed and not followed', () => {
  const both = graph(
    firm('A', [{ role: 'owned', entry: 'B', percentage: '51', says: 'Ownership' }]),
    firm('B', [{ ...owner('A', '51'), says: 'Ownership' }]),
  );
  const { links, owners } = linksOf(both, 'B')!;
  assert.deepEqual([links.length, links[0]!.sources, owners.length], [1, ['A', 'B'], 1]);
  const dated = (facts: Partial<ListLink>): number => {
    const found = linksOf(graph(firm('A'), firm('B', [{ ...owner('A', '51'), ...facts }])), 'B')!;
    assert.equal(found.links.length, 1, 'printed in any case');
    return found.owners.length;
  };
  assert.equal(dated({ until: '2024-05-21', isFormer: true }), 0);
  assert.equal(dated({ until: '2024-05-23', isFormer: true }), 1, 'on that day it had not ended');
  assert.equal(dated({ until: '2024', isFormer: true }), 1, 'some day of that year');
  assert.equal(dated({ until: 'long ago', isFormer: true }), 0);
  assert.equal(dated({ isFormer: true }), 0);
  assert.equal(dated({ since: '2024-05-23' }), 0);
});

test('a party is found by its id, else by exactly its printed name where one has it, else it stays a name', () => {
  const alias = { name: 'Holding One', weak: false, kind: 'aka' as const };
  const find = (name: string, ...more: ListEntry[]): unknown =>
    linksOf(graph({ ...firm('A'), aliases: [alias] }, firm('B', [{ name }]), ...more), 'B')!.links[0]!.from;
  assert.deepEqual(find('Firm A'), { list: 'test', name: 'Firm A', entry: 'A', isListed: true });
  assert.equal((find('Holding One') as ListEntry).entry, 'A');
  assert.deepEqual(find('firm a'), { list: 'test', name: 'firm a', isListed: false }, 'another name is another name');
  assert.deepEqual(find('Firm A', firm('Z', [], 'Firm A')), { list: 'test', name: 'Firm A', isListed: false });
  // Two firms that name one “Holding” may mean two.
  const shared = graph(firm('A', [{ name: 'Holding' }]), firm('B', [{ role: 'owned', name: 'Holding' }]));
  assert.deepEqual(
    linksOf(shared, 'A')!.owners.map(({ owner: { name } }) => name),
    ['Holding'],
  );
  // An owner who is on no list, but has an id, is one party.
  const id = graph(
    firm('A', [{ entry: 'x', name: 'Nobody' }]),
    firm('B', [{ entry: 'x', name: 'Nobody', role: 'owned' }]),
  );
  assert.deepEqual(
    linksOf(id, 'A')!.owners.map(({ owner: { name } }) => name),
    ['Nobody', 'Firm B'],
  );
});

test('circles end; hubs and chains are cut, and what was left out is counted', () => {
  const circle = graph(
    firm('A', [owner('C', '50')]),
    firm('B', [owner('A', '50')]),
    firm('C', [owner('B', '50'), owner('C', '5')]),
  );
  assert.deepEqual(
    linksOf(circle, 'A')!.owners.map((stake) => stake.owner.entry),
    ['C', 'B'],
  );
  const chain = Array.from({ length: 2_000 }, (_, at) =>
    firm(String(at), at === 0 ? [] : [owner(String(at - 1), '99')]),
  );
  const long = linksOf(graph(...chain), '1999', { depth: 5 })!;
  assert.deepEqual([long.owners.length, long.leftOut], [5, 1]);
  const hub = firm(
    'hub',
    Array.from({ length: 5_000 }, (_, at) => owner(`o${at}`, '0.02')),
  );
  const wide = linksOf(graph(hub), 'hub')!;
  assert.deepEqual([wide.owners.length, wide.leftOut, wide.links.length], [50, 4_950, 5_000]);
  // Twenty firms that all own one another: more ways than there are atoms.
  const ids = Array.from({ length: 20 }, (_, at) => `n${at}`);
  const dense = graph(
    ...ids.map((id) =>
      firm(
        id,
        ids.map((other) => owner(other, '5')),
      ),
    ),
  );
  const found = linksOf(dense, 'n0', { depth: 19 })!;
  const ways = found.owners.reduce((count, { paths }) => count + paths.length, 0);
  assert.equal(ways, 500);
  assert.ok(found.leftOut > 0, 'told of');
});

test('the real group: 14 ownerships of a file, 51 and 49 per cent at present, former ones printed', async (t) => {
  const path = needShared(t, 'data/screening/os/zala_entities.ftm.json');
  if (path === undefined) return;
  const { rows } = (await listKind('ftm_zala')).parse({ main: readFileSync(path) }, new Map());
  const entries = foldVersion([], rows, { list: 'ftm_zala', publishedAt: '2026-05-01' });
  const zala = 'NK-abdzbEBkqyT29GyREbiURZ';
  const { owners, together, links } = linksOf(new LinkGraph(entries, '2026-05-01'), zala)!;
  const direct = owners.map((stake) => stake.share);
  assert.deepEqual(
    direct.slice(0, 2).sort((a, b) => a!.least - b!.least),
    [
      { least: 49, most: 49 },
      { least: 51, most: 51 },
    ],
  );
  assert.match(together[0]!.words, /= 100 %$/);
  const ownerships = links.filter(({ kind }) => kind === 'ownership');
  assert.deepEqual([ownerships.length, ownerships.filter(({ isFormer }) => isFormer).length], [7, 4]);
  const before = linksOf(new LinkGraph(entries, '2022-06-01'), zala)!;
  assert.ok(before.owners.length > owners.length, 'on an earlier day others owned it, too');
});
