import { listSuite } from '../../testing/conformance.js';
import kind from './index.js';

const line = (id: string, name: string, day: string): string =>
  `${name},Ivan,Иван,00/00/1951,Russia,"Made, sold",Individual,Primary name,Low quality,Test,${day},${id}\r\n`;

listSuite(kind, [
  {
    form: 'csv',
    head: 'Last Updated,31/01/2025,,,,,,,,,,\r\nName 6,Name 1,Name Non-Latin Script,DOB,Nationality,Other Information,Group Type,Alias Type,Alias Quality,Regime,Listed On,Group ID\r\n',
    records: [line('901', 'PRIMEROV', '24/02/2024'), line('902', 'PRIMEROFF', '25/02/2024')],
    tail: '',
    entries: ['901', '902'],
    future: line('902', 'PRIMEROFF', '01/01/2999'),
  },
]);
