import { listSuite } from '../../testing/conformance.js';
import kind from './index.js';

const COLUMNS =
  'Last Updated,Unique ID,OFSI Group ID,UN Reference Number,Name 6,Name 1,Name type,Alias strength,Name non-latin script,Regime Name,Designation Type,Sanctions Imposed,Date Designated,Business registration number (s),IMO number,Parent company';
const line = (id: string, name: string, day: string): string =>
  `04/02/2025,${id},,,${name},,ALias,,Пример,"The Test (Sanctions) (EU Exit) Regulations 2099",Entity,Asset freeze|Travel Ban,${day},INN: 7802942873,,Example Holding\r\n`;
const designation = (id: string, type: string, day: string): string =>
  `<Designation><DateDesignated>${day}</DateDesignated><UniqueID>${id}</UniqueID><Names><Name><Name1>IVAN</Name1><Name6>PRIMEROV ${id}</Name6><NameType>Primary name</NameType></Name><Name><Name6>Vanya</Name6><NameType>ALias</NameType><AliasStrength>Low quality a.k.a</AliasStrength></Name></Names><RegimeName>Test</RegimeName><IndividualEntityShip>${type}</IndividualEntityShip><UKStatementofReasons>Tests &amp;amp; nothing else</UKStatementofReasons></Designation>`;

listSuite(kind, [
  {
    form: 'csv',
    head: `Report Date: 31-Jan-2025\r\n${COLUMNS}\r\n`,
    records: [line('TST1', 'Example Works', '24/02/2024'), line('TST2', '"Example ""Plant"", Ltd"', '25/02/2024')],
    tail: '',
    entries: ['TST1', 'TST2'],
    future: line('TST2', 'Example Plant', '01/01/2999'),
  },
  {
    form: 'xml',
    head: '<?xml version="1.0" encoding="utf-8"?><Designations><DateGenerated>31/01/2025</DateGenerated>',
    records: [designation('TST1', 'Individual', '24/02/2024'), designation('TST2', 'Ship', '25/02/2024')],
    tail: '</Designations>',
    entries: ['TST1', 'TST2'],
    future: designation('TST2', 'Ship', '01/01/2999'),
  },
]);
