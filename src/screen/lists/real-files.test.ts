/** The publishers' own files, where they are at hand, against the counts that were taken of them by other programs. */
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { AsPostedError } from '../../model/index.js';
import { needShared } from '../../model/testing/shared.js';
import { type ListRow, type ParsedList, listKind, listKinds, plain } from '../index.js';

const DATA = 'data/screening';

async function read(
  t: TestContext,
  list: string,
  main: string,
  beside: Record<string, string> = {},
): Promise<ParsedList> {
  const bytesOf = (name: string): Uint8Array => plain(readFileSync(needShared(t, `${DATA}/${name}`)!));
  const files = Object.fromEntries(Object.entries({ main, ...beside }).map(([role, name]) => [role, bytesOf(name)]));
  return (await listKind(list)).parse(files, new Map());
}

const count = (rows: readonly ListRow[], is: (row: ListRow) => boolean): number => rows.filter(is).length;
const numbers = (rows: readonly ListRow[], type: string): number =>
  rows.reduce((sum, { identifiers }) => sum + identifiers.filter((each) => each.type === type).length, 0);

test('OFAC: SDN of 2024-05-03 by kind, the consolidated triple, and a count that does not fit', async (t) => {
  if (!needShared(t, DATA)) return;
  const { rows, problems } = await read(t, 'us_ofac_sdn', 'ofac/sdn_2024-05-03.csv.gz');
  const kinds = ['Person', 'Vessel', 'Airplane', 'LegalEntity'].map((schema) =>
    count(rows, (row) => row.schema === schema),
  );
  assert.deepEqual([rows.length, kinds, problems], [14_965, [6_854, 851, 376, 6_884], []]);
  const trimix = rows.find(({ entry }) => entry === '47713')!;
  assert.deepEqual(
    trimix.identifiers.map(({ type, value }) => `${type} ${value}`),
    ['inn 7802942873', 'ogrn 1237800084235'],
  );
  const cons = await read(t, 'us_ofac_cons', 'ofac/cons_prim_2025-12-19.csv.gz', {
    alt: 'ofac/cons_alt_2025-12-19.csv.gz',
    add: 'ofac/cons_add_2025-12-19.csv.gz',
  });
  const strong = cons.rows.flatMap(({ aliases }) => aliases.filter(({ weak }) => !weak));
  assert.deepEqual([cons.rows.length, strong.length, cons.problems], [442, 1_073, []]);
  await assert.rejects(
    read(t, 'us_ofac_sdn', 'ofac/sdn_standard_2020-04_excerpt.xml'),
    /says that it holds 8197 records, and 8 are there/,
  );
});

test('OFAC: enhanced and advanced say the same of one entry, in its own script and with its day', async (t) => {
  if (!needShared(t, DATA)) return;
  for (const form of ['enhanced', 'advanced']) {
    const parsed = await read(t, 'us_ofac_sdn', `constructed/sdn_${form}.xml`);
    assert.deepEqual([parsed.form, parsed.publishedAt, parsed.problems], [form, '2024-05-03', []]);
    const [trimix] = parsed.rows;
    assert.deepEqual([trimix!.entry, trimix!.listedOn, trimix!.programs], ['47713', '2024-02-23', ['RUSSIA-EO14024']]);
    assert.deepEqual(
      trimix!.aliases.map(({ weak, script }) => [weak, script]),
      [
        [false, undefined],
        [false, 'Cyrl'],
        [true, undefined],
      ],
    );
    const other = parsed.rows[1]!;
    if (form === 'advanced') {
      assert.deepEqual(other.identifiers, [{ type: 'uscc', value: '91440300MA5GH3DL64', country: 'cn' }]);
      assert.deepEqual(other.links, [{ role: 'directed', name: '', entry: '47713', says: 'Leader or official of' }]);
    } else {
      assert.deepEqual([other.births, other.listings?.map(({ on }) => on)], [['1951'], ['2006-04-12', '2014-10-10']]);
    }
  }
});

test('UN: 730 persons and 273 entities; weak aliases by quality; no blank name', async (t) => {
  if (!needShared(t, DATA)) return;
  const { rows, publishedAt } = await read(t, 'un_sc', 'un/UN_consolidated_2026-02-27.xml.gz');
  const persons = count(rows, ({ schema }) => schema === 'Person');
  assert.deepEqual([publishedAt, persons, rows.length - persons], ['2026-02-27', 730, 273]);
  assert.equal(
    count(rows, ({ listedOn }) => listedOn?.length === 10),
    1_003,
  );
  const programs = (program: string): number => count(rows, (row) => row.programs.includes(program));
  assert.deepEqual(['Al-Qaida', 'DPRK', 'Taliban', 'Iran'].map(programs), [341, 155, 140, 121]);
});

test('EU: XML excerpt, CSV, and the annexes with one record number for two subjects', async (t) => {
  const folder = needShared(t, `${DATA}/eu/journal/consolidated`);
  if (folder === undefined) return;
  const xml = await read(t, 'eu_fsf', 'eu/fsf_xml_1_1_2020-04_excerpt.xml');
  // Seven elements, two of them of one reference but of two names: neither is lost.
  assert.deepEqual([xml.rows.length, xml.publishedAt, xml.problems.length], [7, '2020-04-15', 1]);
  const csv = await read(t, 'eu_fsf', 'constructed/eu_fsf_csv_1_1.csv');
  assert.deepEqual(
    csv.rows.map(({ schema, name }) => [schema, name]),
    [
      ['LegalEntity', 'Limited Liability Company ‘TRIMIX’'],
      ['Person', 'Ivan PRIMEROV'],
    ],
  );
  const all = readdirSync(folder)
    .sort()
    .map((name) => gunzipSync(readFileSync(join(folder, name))));
  const { rows, parts } = (await listKind('eu_journal')).parse({ main: Buffer.concat(all) }, new Map());
  // 8,017 rows, two of which have no number and the name of another.
  assert.deepEqual([rows.length, parts!['32014R0269']], [8_015, 2_802]);
  const of = (entry: string): ListRow => rows.find((row) => row.entry === `32014R0269/${entry}`)!;
  assert.match(of('I.ENTITIES/Company/542').name, /TRIMIX/);
  assert.match(of('I.PERSONS/Person/542').name, /OGLOBLINA/i);
  assert.match(of('I.ENTITIES/Company/542').remarks, /Bulat/);
  assert.equal(
    count(rows, ({ measures }) => measures?.includes('Export control') === true),
    947,
  );
});

test('UK: spreadsheet, XML and CSV, and the closed list of the Treasury', async (t) => {
  if (!needShared(t, DATA)) return;
  const ods = await read(t, 'gb_fcdo_sanctions', 'uk/FCDO_SL_2025-08-11.ods');
  assert.deepEqual([ods.rows.length, ods.problems.length], [5_300, 2]);
  const bytes = readFileSync(needShared(t, `${DATA}/uk/FCDO_SL_2025-08-11.ods`)!);
  const kind = await listKind('gb_fcdo_sanctions');
  assert.throws(() => kind.parse({ main: bytes.subarray(0, bytes.length / 2) }, new Map()), /cut/);
  const xml = await read(t, 'gb_fcdo_sanctions', 'constructed/uk_sanctions_list.xml');
  assert.deepEqual(
    xml.rows.map(({ name }) => name),
    ['IVAN PETROVICH PRIMEROV', 'Only An Alias LLC', 'EXAMPLE STAR'],
  );
  assert.deepEqual(
    [xml.rows[0]!.births, xml.rows[1]!.links],
    [['dd/mm/1945', 'dd/03/1946', '17/03/1946'], [{ role: 'parent', name: 'Example Holding' }]],
  );
  const csv = await read(t, 'gb_fcdo_sanctions', 'constructed/uk_sanctions_list.csv');
  assert.deepEqual([csv.rows.length, csv.publishedAt], [2, '2026-09-21']);
  const hmt = await read(t, 'gb_hmt', 'uk/ofsi_conlist_2020-04_excerpt.csv');
  assert.deepEqual([hmt.rows.length, hmt.publishedAt], [6, '2020-04-27']);
});

test('US lists: the screening list, which is cut in this copy, and the registers by their counts', async (t) => {
  if (!needShared(t, DATA)) return;
  const name = 'us_control/csl_2023-11-30.csv.gz';
  await assert.rejects(read(t, 'us_csl', name), /cut: the record that starts on line \d+ never ends/);
  const cut = gunzipSync(readFileSync(needShared(t, `${DATA}/${name}`)!));
  const main = cut.subarray(0, cut.lastIndexOf(10) + 1);
  const { rows, parts } = (await listKind('us_csl')).parse({ main }, new Map());
  assert.deepEqual(
    [rows.length, parts!['EL'], parts!['DPL'], parts!['UVL'], parts!['MEU']],
    [4_226, 919, 577, 186, 71],
  );
  assert.equal(numbers(rows, 'uscc'), 58);
  assert.equal((await listKind('us_bis_uvl')).parse({ main }, new Map()).rows.length, 186);
  // Records of one country and name are one subject: 3 of the Entity List, 61 of the denied, 7 and 4 of the others.
  const registers: [string, string, number][] = [
    ['us_bis_el', 'bis_entity_list_2026-07-09.json.gz', 3_409 - 3],
    ['us_bis_dpl', 'bis_dpl_2026-07-09.json.gz', 564 - 61],
    ['us_bis_meu', 'bis_meu_2026-07-09.json', 70],
    ['us_dod_1260h', 'dow_1260h_2026-07-09.json', 80],
    ['us_dod_1286', 'dow_1286_2026-07-09.json', 134],
    ['us_uflpa', 'dhs_uflpa_2026-07-09.json', 148],
    ['us_cbp_wro', 'cbp_wro_2026-07-09.json', 67 - 7],
    ['us_fcc_covered', 'fcc_covered_2026-07-09.json', 15],
    ['us_state_isn', 'state_nonproliferation_2026-07-09.json.gz', 528],
    ['us_state_dtc', 'state_debarred_statutory_2026-07-09.json.gz', 779 - 4],
  ];
  for (const [list, file, entries] of registers) {
    const parsed = await read(t, list, `us_control/nsfreg_${file}`);
    assert.equal(parsed.rows.length, entries, list);
  }
});

test('China, OpenSanctions and FollowTheMoney', async (t) => {
  const mofcom = needShared(t, 'data/goods/lists/cn_mofcom_listed_entities.json');
  if (mofcom === undefined) return;
  const main = readFileSync(mofcom);
  for (const [list, entries] of [
    ['control', 139],
    ['attention', 40],
    ['unreliable', 61],
  ] as const) {
    const { rows } = (await listKind(`cn_mofcom_${list}`)).parse({ main }, new Map());
    assert.equal(rows.length, entries);
    assert.ok(
      rows.every(({ countries }) => countries.length === 0),
      'the country of the list is not that of whom it names',
    );
  }
  const ua = await read(t, 'os_ua_war_sanctions', 'os/ua_war_sanctions_targets.simple_2026-05.csv.gz');
  assert.equal(ua.rows.length, 5_600);
  const index = { index: 'os/tiny_wd_persons_index.json' };
  const tiny = await read(t, 'os_wd_persons', 'os/tiny_wd_persons_targets.simple.csv', index);
  assert.deepEqual([tiny.rows.length, tiny.publishedAt], [5, '2024-03-10']);
  await assert.rejects(read(t, 'os_wd_persons', 'os/zala_entities.ftm.json', index), /none of the checksums/);
  const zala = await read(t, 'ftm_zala', 'os/zala_entities.ftm.json');
  const owned = zala.rows.find(({ entry }) => entry === 'NK-abdzbEBkqyT29GyREbiURZ')!;
  assert.ok(
    owned.links!.some(
      ({ role, entry, says }) => role === 'owner' && entry === 'NK-nR5AXM9AVPq4pQaSPSaVam' && says === 'subsidiary of',
    ),
  );
});

/** Who may read what, by the beginning of a list's name. */
const READERS: [string, RegExp][] = [
  ['sdn_advanced.xml', /^us_ofac_/],
  ['sdn_enhanced.xml', /^us_ofac_/],
  ['uk_sanctions_list.xml', /^gb_fcdo/],
  ['uk_sanctions_list.csv', /^gb_fcdo/],
  ['eu_fsf_csv_1_1.csv', /^eu_fsf/],
  ['csl_consolidated.json', /^us_(?:csl|bis_el)$/],
];

test('a file of another publisher is refused by every list, never read as an empty one', async (t) => {
  if (!needShared(t, DATA)) return;
  for (const [name, readers] of READERS) {
    const main = readFileSync(needShared(t, `${DATA}/constructed/${name}`)!);
    for (const kind of await listKinds()) {
      if (readers.test(kind.list)) assert.ok(kind.parse({ main }, new Map()).rows.length > 0);
      else {
        assert.throws(
          () => kind.parse({ main }, new Map()),
          (thrown: unknown) => thrown instanceof AsPostedError && thrown.code === 'BAD_LIST',
          `${kind.list} read ${name}`,
        );
      }
    }
  }
});
