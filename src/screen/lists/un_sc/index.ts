/** The Security Council's consolidated list: one XML, persons in four name parts, aliases by quality, dates as precise as known. */
import type { Collected } from '../../forms/collect.js';
import { statedDay } from '../../forms/dates.js';
import { RowMaker } from '../../forms/row.js';
import { LIMITS, badList } from '../../forms/text.js';
import { readXmlList } from '../../forms/xml-list.js';
import { type XmlNode, nodesAt, textAt, textsAt } from '../../forms/xml.js';
import { type ParsedList, defineList } from '../../list-kind.js';

const ADDRESS = 'https://scsanctions.un.org/resources/xml/en/consolidated.xml';
const FILE = 'the UN list';

export default defineList({
  list: 'un_sc',
  title: 'United Nations Security Council Consolidated List',
  authority: 'United Nations Security Council',
  licence: 'Redistributable (United Nations)',
  entryUrl: () => 'https://main.un.org/securitycouncil/en/content/un-sc-consolidated-list',
  files: { main: 'consolidated.xml' },
  addresses: { main: ADDRESS },
  form: 'xml',
  parse({ main }, _cache, limits = LIMITS): ParsedList {
    if (!main) throw badList('the main file (consolidated.xml) is missing');
    return readXmlList(main, {
      file: FILE,
      limits,
      root: 'CONSOLIDATED_LIST',
      records: ['INDIVIDUAL', 'ENTITY'],
      knows: KNOWN,
      add: addEntry,
      facts: (name, _, attributes) =>
        name === 'CONSOLIDATED_LIST' ? { publishedAt: statedDay(attributes['dateGenerated'] ?? '') } : undefined,
    });
  },
});

/** What an entry may hold; anything else is told of, because it may be what matters tomorrow. */
const KNOWN = new Set(
  `DATAID VERSIONNUM FIRST_NAME SECOND_NAME THIRD_NAME FOURTH_NAME UN_LIST_TYPE REFERENCE_NUMBER LISTED_ON GENDER
  SUBMITTED_BY SUBMITTED_ON NAME_ORIGINAL_SCRIPT COMMENTS1 TITLE DESIGNATION NATIONALITY NATIONALITY2 LIST_TYPE
  LAST_DAY_UPDATED INDIVIDUAL_ALIAS INDIVIDUAL_ADDRESS INDIVIDUAL_DATE_OF_BIRTH INDIVIDUAL_PLACE_OF_BIRTH
  INDIVIDUAL_DOCUMENT ENTITY_ALIAS ENTITY_ADDRESS SORT_KEY SORT_KEY_LAST_MOD DELISTED_ON`.split(/\s+/),
);

function addEntry(node: XmlNode, collected: Collected): void {
  const id = textAt(node, 'DATAID');
  if (id === '') {
    collected.reject(`${textAt(node, 'REFERENCE_NUMBER') || 'an entry'} has no DATAID`);
    return;
  }
  const kind = node.name;
  const row = new RowMaker(id, kind === 'INDIVIDUAL' ? 'Person' : 'LegalEntity', collected.unknowns);
  const parts = ['FIRST_NAME', 'SECOND_NAME', 'THIRD_NAME', 'FOURTH_NAME'].map((part) => textAt(node, part));
  row.name(parts.join(' '), { primary: true }).name(textAt(node, 'NAME_ORIGINAL_SCRIPT'));
  for (const alias of nodesAt(node, `${kind}_ALIAS`)) addAlias(alias, row);
  for (const address of nodesAt(node, `${kind}_ADDRESS`)) {
    const lines = ['STREET', 'CITY', 'STATE_PROVINCE', 'ZIP_CODE', 'COUNTRY'].map((part) => textAt(address, part));
    row.address(...lines).country(textAt(address, 'COUNTRY'));
  }
  for (const country of textsAt(node, 'NATIONALITY/VALUE')) row.country(country);
  for (const birth of nodesAt(node, 'INDIVIDUAL_DATE_OF_BIRTH')) row.birth(birthOf(birth));
  for (const document of nodesAt(node, 'INDIVIDUAL_DOCUMENT')) addDocument(document, row);
  row
    .program(textAt(node, 'UN_LIST_TYPE'))
    .listed(textAt(node, 'LISTED_ON'))
    .remark(textAt(node, 'REFERENCE_NUMBER'), 'UN reference');
  for (const title of [...textsAt(node, 'TITLE/VALUE'), ...textsAt(node, 'DESIGNATION/VALUE')])
    row.remark(title, 'Title');
  for (const comment of textsAt(node, 'COMMENTS1')) row.remark(comment).numbersIn(comment);
  collected.add(row);
}

/** Empty aliases occur, and some hold several names. */
function addAlias(alias: XmlNode, row: RowMaker): void {
  const quality = textAt(alias, 'QUALITY').toLowerCase();
  const facts = { weak: quality === 'low', kind: quality.startsWith('f') ? ('fka' as const) : ('aka' as const) };
  for (const name of textAt(alias, 'ALIAS_NAME').split('; ')) row.name(name, facts);
}

function addDocument(document: XmlNode, row: RowMaker): void {
  const [type, second, number] = ['TYPE_OF_DOCUMENT', 'TYPE_OF_DOCUMENT2', 'NUMBER'].map((part) =>
    textAt(document, part),
  );
  if (number === '') return;
  const country = textAt(document, 'ISSUING_COUNTRY') || textAt(document, 'COUNTRY_OF_ISSUE');
  const label = [type, second].filter((text) => text !== '').join(', ');
  if (!row.number(type!, number!, country) && !row.number(second!, number!, country)) row.remark(`${label} ${number!}`);
}

function birthOf(birth: XmlNode): string {
  const [from, to] = [textAt(birth, 'FROM_YEAR'), textAt(birth, 'TO_YEAR')];
  const date = textAt(birth, 'DATE') || textAt(birth, 'YEAR') || (from === '' ? to : `${from} to ${to}`);
  return textAt(birth, 'TYPE_OF_DATE') === 'APPROXIMATELY' && date !== '' ? `circa ${date}` : date;
}
