/** `asposted screen`: decisions, tables and files of any length. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after, before } from 'node:test';
import { parse } from 'csv-parse/sync';
import { type Ran, asposted } from './support/cli.js';

const dir = mkdtempSync(join(tmpdir(), 'asposted-screening-'));
const store = join(dir, 'store');
after(() => {
  rmSync(dir, { recursive: true, force: true });
});
const run = (...args: string[]): Promise<Ran> => asposted(args, { store });
const file = (name: string, text: string | Uint8Array): string => {
  const path = join(dir, name);
  writeFileSync(path, text);
  return path;
};
const MAP = 'entry: Nr\nname: Name\nidentifiers: { inn: INN }\ncountries: Country\n';
const LIST =
  'Nr,Name,INN,Country\n1,ALPHA OMEGON WORKS,7802942873,RU\n2,=CMD OMEGATRON,,RU\n3,ALPHA OMEGON PLANT,,CN\n';

before(async () => {
  const map = file('map.yaml', MAP);
  const added = await run(
    'lists',
    'add',
    'csv_test',
    file('list.csv', LIST),
    '--map',
    map,
    '--published',
    '2024-05-01',
  );
  assert.equal(added.code, 0, added.stderr);
});

const TABLE = [
  'Nr;Firm;Tax number;Land;Note',
  '7;Alpha Omegon Works;7802942873;Russia;"=1+1"',
  '8;Nobody Whatever;;Utopia;"two',
  'lines; and a ""quote"""',
  '9;CMD Omegatron;;;',
  '10;;;;no name',
  '11;Alpha Omegon Plant;;CN',
  '12;Alpha Omegon Works;;;;too;many',
].join('\r\n');

test('a table comes back with every column as it was and ours behind, and what is wrong with a row stands in the row', async () => {
  const path = file('in.csv', TABLE);
  const columns = ['--column', 'Firm', '--id-column', 'Tax number', '--country-column', 'Land', '--on', '2024-05-22'];
  const ran = await run('screen', path, ...columns);
  assert.equal(ran.code, 3, ran.stderr);
  const rows: string[][] = parse(ran.stdout, { delimiter: ';', relax_column_count: true });
  const given: string[][] = parse(TABLE, { delimiter: ';', relax_column_count: true });
  assert.equal(rows.length, given.length);
  for (const [at, row] of given.entries())
    assert.deepEqual(rows[at]!.slice(0, row.length > 5 ? 5 : row.length), row.slice(0, 5));
  const head = rows[0]!;
  const cell = (at: number, name: string): string => rows[at]![head.indexOf(`screen_${name}`)]!;
  const all = (name: string): string[] => rows.slice(1).map((_, at) => cell(at + 1, name));
  assert.deepEqual(all('match'), ['listed', 'none', 'listed', 'unknown', 'listed', 'listed']);
  assert.deepEqual(all('entry'), ['1', '', '2', '', '3', '1']);
  assert.equal(cell(3, 'listed_as'), "'=CMD OMEGATRON", 'what begins like a formula is none');
  assert.ok(Number(cell(1, 'corroboration')) > 0.9, 'the number agrees too');
  assert.match(cell(2, 'note'), /“Utopia” is no country/);
  assert.match(cell(4, 'note'), /no name: not screened/);
  assert.match(cell(5, 'note'), /4 cells, the header 5/);
  assert.match(cell(6, 'note'), /7 cells, the header 5/);
  assert.deepEqual(rows[6]!.slice(-2), ['too', 'many'], 'what was too much stands at the end');
  assert.deepEqual([cell(1, 'on'), cell(1, 'list_versions')], ['2024-05-22', 'csv_test 2024-05-01']);
});

test('all candidates, one a row, and the day of each row; a day before any version is unknown, not none', async () => {
  const path = file(
    'days.csv',
    'Firm,Day\nAlpha Omegon,2024-05-22\nAlpha Omegon Works,2024-04-22\nAlpha Omegon Works,soon\n',
  );
  const ran = await run('screen', path, '--column', 'Firm', '--on-column', 'Day', '--all');
  assert.equal(ran.code, 3, ran.stderr);
  const rows: Record<string, string>[] = parse(ran.stdout, { columns: true });
  const matches = rows.map((row) => `${row['Day']} ${row['screen_match']}`);
  assert.ok(matches.filter((each) => each === '2024-05-22 listed').length === 2, matches.join());
  assert.ok(matches.includes('2024-04-22 unknown') && matches.includes('soon unknown'), matches.join());
});

test('a table is refused with a reason: a column that is not there, one that is there already, other letters, an open quote', async () => {
  const refused = async (text: string | Uint8Array, column = 'Firm'): Promise<Ran> =>
    run('screen', file('bad.csv', text), '--column', column);
  const missing = await refused('Firm,Day\nx,y\n', 'Name');
  assert.equal(missing.code, 2);
  assert.match(missing.stderr, /no column Name[\s\S]*Firm, Day/);
  assert.match((await refused('Firm,screen_match\nx,y\n')).stderr, /screened before/);
  assert.match((await refused(Buffer.from('Firm\n\xd6sterreich\n', 'latin1'))).stderr, /not UTF-8/);
  const open = await refused('Firm,Day\nAlpha Omegon Works,y\n"never closed,z\n');
  assert.equal(open.code, 2);
  assert.match(open.stderr, /no CSV from here on/);
  assert.match(open.stdout, /Alpha Omegon Works,y,listed/, 'what came before is there');
});

test('a decision on a name that is typed in is shown with it, in words, JSON and tables', async () => {
  const about = ['--entry', 'csv_test/1', '--why', 'another firm', '--by', 'reporter'];
  assert.equal((await run('screen', 'Alpha Omegon Works', '--decide', 'perhaps', ...about)).code, 2);
  assert.match(
    (await run('screen', 'x', '--decide', 'same', '--entry', 'csv_test/99', '--why', 'y')).stderr,
    /no version of csv_test/,
  );
  const made = await run('screen', 'Alpha Omegon Works', '--decide', 'different', ...about);
  assert.equal(made.code, 0, made.stderr);
  const ask = async (): Promise<unknown> => {
    const [answer] = (await run('screen', 'alpha omegon works', '--on', '2024-05-22', '--json')).rows();
    const { decision } = (answer!['matches'] as { decision?: Record<string, unknown> }[])[0]!;
    return [decision?.['verdict'], decision?.['by'], decision?.['why'], decision?.['stale']];
  };
  assert.deepEqual(await ask(), ['different', 'reporter', 'another firm', undefined]);
  assert.match(
    (await run('screen', 'Alpha Omegon Works', '--on', '2024-05-22')).stdout,
    /decided\n {2}1: different, by reporter/,
  );
  const table = await run('screen', file('one.csv', 'Firm\nAlpha Omegon Works\n'), '--column', 'Firm');
  assert.match(table.stdout, /,different,/);
  assert.equal((await run('rebuild')).code, 0);
  assert.deepEqual(await ask(), ['different', 'reporter', 'another firm', undefined], 'a rebuild keeps it');
});

test('a file of names is asked line by line, and ends with the same code whatever its length', async () => {
  const names = Array.from({ length: 3_000 }, (_, at) => (at === 2_999 ? 'Alpha Omegon Works' : `Nobody ${at}`));
  const ran = await run('screen', file('names.txt', `\ufeff${names.join('\r\n')}`), '--json', '--fail-on-match');
  const rows = ran.rows();
  assert.deepEqual([ran.code, rows.length, rows[0]!['query']], [4, 3_000, 'Nobody 0'], ran.stderr);
});
