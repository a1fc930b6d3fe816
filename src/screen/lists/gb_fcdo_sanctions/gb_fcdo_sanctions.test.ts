import assert from 'node:assert/strict';
import test from 'node:test';
import { listSuite } from '../../testing/conformance.js';
import { odsFile } from '../../testing/ods.js';
import kind from './index.js';

const COLUMNS =
  'Last Updated,Unique ID,OFSI Group ID,UN Reference Number,Name 6,Name 1,Name type,Alias strength,Name non-latin script,Regime Name,Designation Type,Sanctions Imposed,Date Designated,Business registration number (s),IMO number,Parent company';
const line = (id: string, name: string, day: string): string =>
  `04/02/2025,${id},,,${name},,ALias,,Пример,"The Test (Sanctions) (EU Exit) Regulations 2099",Entity,Asset freeze|Travel Ban,${day},INN: 7802942873,,Example Holding\r\n`;
const designation = (id: string, type: string, day: string): string =>
  `<Designation><DateDesignated>${day}</DateDesignated><UniqueID>${id}</UniqueID><Names><Name><Name1>IVAN</Name1><Name6>PRIMEROV ${id}</Name6><NameType>Primary name</NameType></Name><Name><Name6>Vanya</Name6><NameType>ALias</NameType><AliasStrength>Low quality a.k.a</AliasStrength></Name></Names><RegimeName>Test</RegimeName><IndividualEntityShip>${type}</IndividualEntityShip><UKStatementofReasons>Tests &amp;amp; nothing else</UKStatementofReasons></Designation>`;

listSuite(
  kind,
  [
    {
      form: 'csv',
      head: `Report Date: 31-Jan-2025\r\n${COLUMNS}\r\n`,
      records: [line('TST1', 'Example Works', '24/02/2024'), line('TST2', '"Example ""Plant"", Ltd"', '25/02/2024')],
      tail: '',
      entries: ['TST1', 'TST2'],
      future: line('TST2', 'Example Plant', '01/01/2999'),
      broken: line('', 'Nobody', '24/02/2024'),
      isSpread: true,
    },
    {
      form: 'xml',
      head: '<?xml version="1.0" encoding="utf-8"?><Designations><DateGenerated>31/01/2025</DateGenerated>',
      records: [designation('TST1', 'Individual', '24/02/2024'), designation('TST2', 'Ship', '25/02/2024')],
      tail: '</Designations>',
      entries: ['TST1', 'TST2'],
      future: designation('TST2', 'Ship', '01/01/2999'),
      broken: '<Designation><RegimeName>Test</RegimeName></Designation>',
    },
  ],
  ['ods'],
);

const row = (...cells: string[]): string =>
  `<table:table-row>${cells.map((cell) => `<table:table-cell>${cell}</table:table-cell>`).join('')}</table:table-row>`;
const sheet = (...rows: string[]): Uint8Array =>
  odsFile(
    `<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x">${rows.join('')}</office:document-content>`,
  );
const plainRow = (...cells: string[]): string => row(...cells.map((cell) => `<text:p>${cell}</text:p>`));
const HEADER = plainRow('Unique ID', 'Name', 'Type', 'Regime Name', 'Date Designated', 'Sanctions Imposed');

test('gb_fcdo_sanctions (ods): a cell is read in the order of a reader, without the notes on it', () => {
  const name =
    '<office:annotation><text:p>a note</text:p></office:annotation><text:p>Prim<text:span>erov</text:span>,<text:s text:c="2"/>Ivan <text:span>P</text:span>etrovich</text:p><text:p>of Omsk</text:p>';
  const parsed = kind.parse({ main: sheet(HEADER, row('<text:p>TST1</text:p>', name)) }, new Map());
  assert.deepEqual([parsed.form, parsed.rows.map((each) => each.name)], ['ods', ['Primerov, Ivan Petrovich of Omsk']]);
});

test('gb_fcdo_sanctions (ods): rows without an id are counted; a sheet of something else is refused', () => {
  const good = plainRow('TST1', 'Ivan Primerov', 'Individual', 'Test', '24-02-2024', 'Asset freeze');
  const bad = plainRow('', 'Nobody', 'Individual', 'Test', '24-02-2024', 'Asset freeze');
  const parsed = kind.parse({ main: sheet(HEADER, good, bad) }, new Map());
  assert.deepEqual(parsed.counts, { records: 2, rejected: 1 });
  assert.throws(() => kind.parse({ main: sheet(HEADER, good, bad, bad) }, new Map()), /2 of 3 records cannot be read/);
  assert.throws(() => kind.parse({ main: sheet(good) }, new Map()), /has no column “Unique ID”/);
});

test('gb_fcdo_sanctions: several numbers in one cell are several numbers', () => {
  const columns =
    'Unique ID,Name 6,Regime Name,Designation Type,Date Designated,Passport number,National Identifier number,IMO number,Business registration number (s)';
  const cells =
    'TST1,PRIMEROV,Test,Individual,24/02/2024,(1) 100001 (2) 100002,12 (34) 56,(1) 9999993 (2) IMO 9074729,(1) INN: 7802942873 (2) OGRN 1237800084235';
  const { rows } = kind.parse({ main: Buffer.from(`${columns}\n${cells}\n`) }, new Map());
  assert.deepEqual(
    rows[0]!.identifiers.map(({ type, value }) => `${type} ${value}`),
    [
      'passport 100001',
      'passport 100002',
      'id 12 (34) 56',
      'imo 9999993',
      'imo 9074729',
      'inn 7802942873',
      'ogrn 1237800084235',
    ],
  );
});
