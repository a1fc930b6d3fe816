import { listSuite } from '../../testing/conformance.js';
import kind from './index.js';

const person = (id: string, name: string, day: string): string =>
  `<INDIVIDUAL><DATAID>${id}</DATAID><FIRST_NAME>${name}</FIRST_NAME><SECOND_NAME>PRIMEROV</SECOND_NAME><UN_LIST_TYPE>Test</UN_LIST_TYPE><REFERENCE_NUMBER>TSi.1 </REFERENCE_NUMBER><LISTED_ON>${day}</LISTED_ON><NATIONALITY><VALUE>Russian Federation</VALUE></NATIONALITY><INDIVIDUAL_ALIAS><QUALITY/><ALIAS_NAME/></INDIVIDUAL_ALIAS><INDIVIDUAL_ALIAS><QUALITY>Low</QUALITY><ALIAS_NAME>VANYA; IVASHKA</ALIAS_NAME></INDIVIDUAL_ALIAS><INDIVIDUAL_DOCUMENT><TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT><NUMBER>00 0000000</NUMBER></INDIVIDUAL_DOCUMENT></INDIVIDUAL>`;

listSuite(kind, [
  {
    form: 'xml',
    head: '<?xml version="1.0" encoding="UTF-8"?>\n<CONSOLIDATED_LIST dateGenerated="2025-01-31T00:00:09.554Z"><INDIVIDUALS>',
    records: [
      person('901', 'IVAN', '2024-01-31-05:00'),
      person('902', 'PETR', '2024-02-29'),
      '</INDIVIDUALS><ENTITIES><ENTITY><DATAID>903</DATAID><FIRST_NAME>EXAMPLE WORKS</FIRST_NAME><UN_LIST_TYPE>Test</UN_LIST_TYPE><COMMENTS1>IMO number: 9999993</COMMENTS1></ENTITY></ENTITIES><INDIVIDUALS>',
      person('904', 'OLEG', '2024-02'),
    ],
    tail: '</INDIVIDUALS></CONSOLIDATED_LIST>',
    entries: ['901', '902', '903', '904'],
    future: person('904', 'OLEG', '2999-01-01'),
  },
]);
