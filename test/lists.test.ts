/** `asposted lists` with files of several publishers in one store. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after } from 'node:test';
import { joinEngine } from '../src/store/engine/index.js';
import { type Ran, asposted } from './support/cli.js';

const dir = mkdtempSync(join(tmpdir(), 'asposted-lists-'));
const store = join(dir, 'store');
/** The server stays between the commands: starting it again for each would be most of their time. */
const engine = await joinEngine(store);
after(async () => {
  await engine.release();
  rmSync(dir, { recursive: true, force: true });
});

const run = (...args: string[]): Promise<Ran> => asposted(['lists', ...args], { store });
const file = (name: string, text: string): string => {
  const path = join(dir, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, text);
  return path;
};

const person = (id: number, name: string): string =>
  `<INDIVIDUAL><DATAID>${id}</DATAID><FIRST_NAME>${name}</FIRST_NAME><LISTED_ON>2024-01-31</LISTED_ON><INDIVIDUAL_ALIAS><QUALITY>Low</QUALITY><ALIAS_NAME>VANYA</ALIAS_NAME></INDIVIDUAL_ALIAS></INDIVIDUAL>`;
const un = (day: string, ...persons: string[]): string =>
  `<CONSOLIDATED_LIST dateGenerated="${day}T00:00:00Z"><INDIVIDUALS>${persons.join('')}</INDIVIDUALS></CONSOLIDATED_LIST>`;
const many = Array.from({ length: 20 }, (_, at) => person(at + 1, `PRIMEROV ${at + 1}`));

test('a list dates itself, changes are told by entry, and what did not change is no change', async () => {
  const first = await run('add', 'un_sc', file('un-1.xml', un('2025-01-31', ...many)), '--json');
  assert.deepEqual([first.code, first.rows()[0]!['publishedAt'], first.rows()[0]!['entries']], [0, '2025-01-31', 20]);
  const next = [...many.slice(1), person(21, 'NOVIKOV')];
  assert.equal((await run('add', 'un_sc', file('un-2.xml', un('2025-02-28', ...next)))).code, 0);
  const changes = (await run('diff', 'un_sc', '--from', '2025-01-31', '--to', '2025-02-28', '--json')).rows();
  assert.deepEqual(
    changes.map(({ what, entry }) => [what, entry]),
    [
      ['added', '21'],
      ['removed', '1'],
    ],
  );
});

test('half a list, a web page, a file of others and one from the future: refused or doubted, and the last good one rules', async () => {
  for (const [name, text, says] of [
    ['half.xml', un('2025-03-31', ...many.slice(0, 10)), /from 20 to 10 entries/],
    ['cut.xml', un('2025-03-31', ...many).slice(0, 2_000), /is cut/],
    ['page.html', '<!doctype html><html><body>429</body></html>', /web page/],
    ['other.xml', '<sdnList></sdnList>', /OFAC’s standard XML \(sdnList\), not the UN list/],
    ['future.xml', un('2999-01-31', ...many), /still to come/],
  ] as const) {
    const ran = await run('add', 'un_sc', file(name, text));
    assert.notEqual(ran.code, 0, name);
    assert.match(ran.stderr, says);
    assert.match(ran.stderr, /^asposted: [^\n]+\n(?:  [a-z]+: [^\n]+\n)*$/);
  }
  const [status] = (await run('status', '--json')).rows();
  assert.deepEqual(
    [status!['list'], status!['versions'], status!['newest'], status!['form']],
    ['un_sc', 2, '2025-02-28', 'xml'],
  );
});

test('many files are one version in whatever order; a table of one’s own has a name and a map', async () => {
  const head = 'celex,recordId,programKey,annex,measure,startDate,reason,schema,name\n';
  const annex = (celex: string): string => `${head}${celex},1,TEST,I,Asset freeze,2024,,Person,Ivan Primerov\n`;
  const [a, b] = [file('j/a.csv', annex('32099R0001')), file('j/b.csv', annex('32099R0002'))];
  const added = await run('add', 'eu_journal', b, a, '--published', '2025-01-31');
  assert.deepEqual([added.code, added.stdout], [0, 'eu_journal: version of 2025-01-31, 2 entries\n']);
  assert.match(added.stderr, /CC BY-NC 4\.0/);
  const again = await run('add', 'eu_journal', a, b, '--published', '2025-01-31');
  assert.match(again.stdout, /already held/);
  assert.match((await run('add', 'un_sc', a, b)).stderr, /un_sc is one file, and 2 were given/);

  const [table, map] = [file('p.csv', 'Nr,Name\n1,Example\n'), file('p.yaml', 'entry: Nr\nname: Name\n')];
  assert.match((await run('add', 'csv_partners', table, '--map', map)).stderr, /the file says no day/);
  const own = await run('add', 'csv_partners', table, '--map', map, '--published', '2025-01-31', '--json');
  assert.deepEqual([own.code, own.rows()[0]!['list']], [0, 'csv_partners']);
  assert.match((await run('update', 'csv_partners')).stderr, /no address to fetch it from/);
  assert.match((await run('update', 'us_ofac_sdn', '--form', 'pdf')).stderr, /It has: xml, enhanced, advanced/);
  assert.match((await run('add', 'xx_none', table)).stderr, /no loader for a list called xx_none/);
  const rebuilt = await asposted(['rebuild'], { store });
  assert.equal(rebuilt.code, 0, rebuilt.stderr);
  const lists = (await run('status', '--json')).rows().map(({ list }) => list);
  assert.deepEqual(lists, ['csv_partners', 'eu_journal', 'un_sc']);
});

test('lists links: ways of ownership with their arithmetic, as of a day, for people and as one document', async () => {
  const line = (id: string, schema: string, properties: object): string =>
    `${JSON.stringify({ id, schema, target: true, caption: `Firm ${id}`, properties })}\n`;
  const text = [
    ...['a', 'b', 'c'].map((id) => line(id, 'Company', { name: [`Firm ${id}`] })),
    line('o1', 'Ownership', { owner: ['a'], asset: ['b'], percentage: ['51'] }),
    line('o2', 'Ownership', { owner: ['b'], asset: ['c'], percentage: ['60'], endDate: ['2025-06-30'] }),
  ].join('');
  assert.equal((await run('add', 'ftm_firms', file('firms.json', text), '--published', '2025-01-31')).code, 0);
  const shown = await run('links', 'ftm_firms', 'c', '--on', '2025-02-01');
  assert.match(shown.stdout, /^Firm c \(ftm_firms c\) on 2025-02-01, by the version of 2025-01-31\n/);
  assert.match(shown.stdout, /Firm b \(b\) owns Firm c \(c\): 60 %, “Ownership”, until 2025-06-30/);
  assert.match(shown.stdout, /which owns 60 % of Firm c \(c\): 51 % × 60 % = 30\.6 %/);
  assert.match(shown.stdout, /Nobody is listed because of a share/);
  const [later] = (await run('links', 'ftm_firms', 'c', '--on', '2025-07-01', '--json')).rows();
  assert.deepEqual([later!['type'], later!['owners'], (later!['links'] as object[]).length], ['entryLinks', [], 1]);
  const none = await run('links', 'ftm_firms', 'z');
  assert.deepEqual([none.code !== 0, /had no entry z on/.test(none.stderr)], [true, true]);
  assert.match(
    (await run('links', 'ftm_firms', 'c', '--on', '2025-01-30')).stderr,
    /no version of ftm_firms is held on or before/,
  );
});
