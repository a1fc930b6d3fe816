/** Small files in the forms that several lists share. Every name and number in them is invented. */
import type { ListFixture } from './conformance.js';

const NULL = '-0- ';

const row = (entry: number, name: string, type: string, remarks: string): string =>
  [entry, `"${name}"`, type, '"TEST] [TEST-2"', NULL, NULL, NULL, NULL, NULL, NULL, NULL, `"${remarks}"`].join(',') +
  '\r\n';

/** OFAC's CSV has ASCII only, and an end mark. */
const OFAC_CSV: ListFixture = {
  form: 'csv',
  head: '',
  records: [
    row(901, 'PRIMEROV, Ivan', '"individual"', "DOB 1951; Gender Male; a.k.a. 'VANYA'."),
    row(902, 'EXAMPLE WORKS, LTD.', NULL, 'Registration Number 12345678 (Germany); Linked To: PRIMEROV, Ivan.'),
    row(903, 'EXAMPLE STAR', '"vessel"', 'Vessel Registration Identification IMO 9999993.'),
  ],
  tail: '\x1a',
  entries: ['901', '902', '903'],
  beside: {
    alt: '901,1,"aka","PRIMEROFF, Ivan",-0- \r\n902,2,"fka","EXAMPLE PLANT",-0- \r\n\x1a',
    add: '902,3,"1 Example Street","Omsk","Russia",-0- \r\n\x1a',
  },
  future: null,
  broken: '904,"TOO SHORT",-0- \r\n',
  isAscii: true,
};

const STANDARD: ListFixture = {
  form: 'xml',
  head: '<?xml version="1.0"?>\n<sdnList xmlns="http://example.org/sdnList.xsd"><publshInformation><Publish_Date>01/31/2025</Publish_Date><Record_Count>%COUNT%</Record_Count></publshInformation>',
  records: [
    '<sdnEntry><uid>901</uid><firstName>Ivan</firstName><lastName>PRIMEROV</lastName><sdnType>Individual</sdnType><programList><program>TEST</program></programList><akaList><aka><uid>1</uid><type>a.k.a.</type><category>weak</category><lastName>VANYA</lastName></aka></akaList></sdnEntry>',
    '<sdnEntry><uid>902</uid><lastName>EXAMPLE WORKS</lastName><sdnType>Entity</sdnType><idList><id><uid>2</uid><idType>Registration Number</idType><idNumber>12345678</idNumber><idCountry>Germany</idCountry></id></idList><addressList><address><uid>3</uid><city>Omsk</city><country>Russia</country></address></addressList></sdnEntry>',
  ],
  tail: '</sdnList>',
  entries: ['901', '902'],
  future: null,
  broken: '<sdnEntry><lastName>NOBODY</lastName></sdnEntry>',
};

const name = (id: number, text: string, more = ''): string =>
  `<name id="${id}">${more || '<isPrimary>true</isPrimary><isLowQuality>false</isLowQuality>'}<translations><translation><isPrimary>true</isPrimary><formattedFullName>${text}</formattedFullName></translation></translations></name>`;
const listed = (day: string): string =>
  `<sanctionsLists><sanctionsList refId="1" datePublished="${day}">SDN List</sanctionsList></sanctionsLists>`;
const entity = (id: number, type: string, names: string, day: string): string =>
  `<entity id="${id}"><generalInfo><entityType>${type}</entityType></generalInfo>${listed(day)}<names>${names}</names></entity>`;

const ENHANCED: ListFixture = {
  form: 'enhanced',
  head: '<?xml version="1.0" encoding="utf-8"?><sanctionsData xmlns="https://example.org/ENHANCED_XML"><publicationInfo><dataAsOf>2025-01-31T00:00:00</dataAsOf></publicationInfo><entities>',
  records: [
    entity(
      901,
      'Individual',
      name(1, 'PRIMEROV, Ivan') + name(2, 'ПРИМЕРОВ Иван', '<isPrimary>false</isPrimary>'),
      '2024-02-29',
    ),
    entity(902, 'Entity', name(3, 'EXAMPLE WORKS &amp; SONS'), '2024-03-01'),
  ],
  tail: '</entities></sanctionsData>',
  entries: ['901', '902'],
  future: entity(902, 'Entity', name(3, 'EXAMPLE WORKS'), '2999-01-01'),
  broken: '<entity><names/></entity>',
};

const party = (id: number, subType: number, text: string): string =>
  `<DistinctParty FixedRef="${id}"><Profile ID="${id}" PartySubTypeID="${subType}"><Identity ID="${id}0"><Alias AliasTypeID="7" Primary="true" LowQuality="false"><DocumentedName><DocumentedNamePart><NamePartValue NamePartGroupID="1">${text}</NamePartValue></DocumentedNamePart></DocumentedName></Alias><NamePartGroups><MasterNamePartGroup><NamePartGroup ID="1" NamePartTypeID="8"/></MasterNamePartGroup></NamePartGroups></Identity></Profile></DistinctParty>`;

const ADVANCED: ListFixture = {
  form: 'advanced',
  head: '<?xml version="1.0"?><Sanctions xmlns="https://example.org/ADVANCED_XML"><DateOfIssue><Year>2025</Year><Month>1</Month><Day>31</Day></DateOfIssue><ReferenceValueSets><AliasTypeValues><AliasType ID="7">Name</AliasType></AliasTypeValues><NamePartTypeValues><NamePartType ID="8">Entity Name</NamePartType></NamePartTypeValues><PartySubTypeValues><PartySubType ID="3" PartyTypeID="2">Unknown</PartySubType></PartySubTypeValues><PartyTypeValues><PartyType ID="2">Entity</PartyType></PartyTypeValues><RelationTypeValues><RelationType ID="5">Owned or Controlled By</RelationType></RelationTypeValues></ReferenceValueSets><DistinctParties>',
  records: [party(901, 3, 'EXAMPLE HOLDING'), party(902, 3, 'EXAMPLE WORKS')],
  // A listing stands after all parties.
  future: `${party(902, 3, 'EXAMPLE WORKS')}</DistinctParties><SanctionsEntries><SanctionsEntry ID="1" ProfileID="902" ListID="9"><EntryEvent><Date><Year>2999</Year><Month>1</Month><Day>1</Day></Date></EntryEvent></SanctionsEntry></SanctionsEntries><DistinctParties>`,
  broken: '<DistinctParty><Comment>nobody</Comment></DistinctParty>',
  tail: '</DistinctParties><ProfileRelationships><ProfileRelationship From-ProfileID="902" To-ProfileID="901" RelationTypeID="5" Former="false"/></ProfileRelationships></Sanctions>',
  entries: ['901', '902'],
};

export const OFAC: readonly ListFixture[] = [OFAC_CSV, STANDARD, ENHANCED, ADVANCED];

const HEADER =
  '_id,source,entity_number,type,programs,name,title,addresses,federal_register_notice,start_date,end_date,standard_order,license_requirement,license_policy,call_sign,vessel_type,gross_tonnage,gross_registered_tonnage,vessel_flag,vessel_owner,remarks,source_list_url,alt_names,citizenships,dates_of_birth,nationalities,places_of_birth,source_information_url,ids';

/** In the form of the Consolidated Screening List, all rows of one source. `prefix`: before the ids of `us_csl`. */
export function cslFixtures(source: string, prefix = ''): ListFixture[] {
  const line = (id: string, text: string, day: string): string =>
    `"${id}","${source}","","","","${text}","","1 Example Road, Omsk, RU; 2 Example Road, ""B"", Shenzhen, CN","85 FR 1","${day}","","","For all items","Denial","","","","","","","","https://example.org","Example A; Example B","","","","","https://example.org","Registration Number, 12345678, DE; Gender, Male"\n`;
  const item = (id: string, text: string, day: string): string =>
    JSON.stringify({
      id,
      source,
      name: text,
      start_date: day,
      alt_names: ['Example A; Example B'],
      addresses: [{ address: '1 Example "Road"', city: 'Omsk', country: 'RU' }],
      ids: [{ type: 'Registration Number', number: '12345678', country: 'DE' }],
    });
  const entries = [`${prefix}c1`, `${prefix}c2`];
  return [
    {
      form: 'csl',
      // The header comes twice in the publisher's own file.
      head: `${HEADER}\n${HEADER}\n`,
      records: [line('c1', 'Example Works', '2020-01-31'), line('c2', 'Example Plant', '2021-01-31')],
      tail: '',
      entries,
      future: line('c2', 'Example Plant', '2999-01-01'),
      broken: 'c3,too short\n',
    },
    {
      form: prefix === '' ? 'csl-json' : 'json',
      head: '{"results": [',
      records: [item('c1', 'Example Works', '2020-01-31'), item('c2', 'Example Plant', '2021-01-31')],
      between: ', ',
      tail: ']}',
      entries,
      future: item('c2', 'Example Plant', '2999-01-01'),
      broken: JSON.stringify({ source, name: 'Nobody' }),
    },
  ];
}

/** A list without ids, as a register transcribes it. */
export function registerFixture(listId: string): ListFixture {
  const record = (text: string, day: string): string =>
    JSON.stringify({
      name: text,
      aliases: ['Example {A} [B] "C"'],
      country: 'China',
      address: '1 Example Road, Omsk',
      status: null,
      effective_date: day,
      federal_register: '76 FR 1, 11/21/11',
      notes: 'USCC: 91110000MA005UCQ5P',
    });
  return {
    form: 'register',
    head: `{"list_id": "${listId}", "extracted": "2025-01-31", "count": %COUNT%, "entities": [`,
    records: [record('Example Works', '2020-01-31'), record('Example Plant', 'June 21, 2022')],
    between: ',\n',
    tail: ']}',
    entries: ['China/Example Works', 'China/Example Plant'],
    future: record('Example Plant', '2999-01-01'),
    broken: '{"country": "China"}',
    isSpread: true,
  };
}

export function mofcomFixture(listId: string): ListFixture {
  const record = (id: string, text: string, day: string): string =>
    JSON.stringify({
      id,
      list_id: listId,
      entity_name: text,
      aliases: ['示例公司'],
      country: 'cn',
      date_added: day,
      reason: 'invented',
      entity_type: 'organization',
    });
  return {
    form: 'json',
    head: '[',
    records: [record('t-1', 'Example Works', '2025-01-02'), record('t-2', 'Example Plant', '2025-01-03')],
    between: ',',
    tail: ']',
    entries: ['t-1', 't-2'],
    future: record('t-2', 'Example Plant', '2999-01-01'),
    broken: JSON.stringify({ list_id: listId, entity_name: 'Nobody' }),
  };
}

export const FTM: ListFixture = {
  form: 'ftm',
  head: '',
  records: [
    '{"id":"t-1","schema":"Company","caption":"Example Works","target":true,"properties":{"name":["Example Works","ООО Пример"],"weakAlias":["EW"],"innCode":["7802942873"],"jurisdiction":["ru"],"topics":["sanction"]}}\n',
    '{"id":"t-2","schema":"Person","caption":"Ivan Primerov","target":true,"properties":{"name":["Ivan Primerov"],"nationality":["ru"],"birthDate":["1951"]}}\n',
    '{"id":"t-3","schema":"Ownership","properties":{"owner":["t-2"],"asset":["t-1"],"percentage":["50"]}}\n',
    '{"id":"t-4","schema":"Sanction","properties":{"entity":["t-1"],"authority":["Example Authority"],"startDate":["2024-02-29"],"reason":["invented"]}}\n',
  ],
  tail: '',
  entries: ['t-1', 't-2'],
  future:
    '{"id":"t-4","schema":"Sanction","properties":{"entity":["t-1"],"authority":["Example Authority"],"startDate":["2999-01-01"]}}\n',
  broken: '{"id":"t-5","schema":\n',
};

const whole = ({ head, records, tail, between = '' }: ListFixture): string =>
  head.replace('%COUNT%', String(records.length)) + records.join(between) + tail;

const [CSL_ROWS, CSL_ITEMS] = cslFixtures('Unverified List (UVL) - Bureau of Industry and Security') as [
  ListFixture,
  ListFixture,
];

/** Files of one publisher, and whose they are: every other list must refuse them. */
export const FOREIGN: readonly { text: string; of: RegExp }[] = [
  { text: whole(OFAC_CSV), of: /^us_ofac_/ },
  { text: whole(STANDARD), of: /^us_ofac_/ },
  { text: whole(ENHANCED), of: /^us_ofac_/ },
  { text: whole(ADVANCED), of: /^us_ofac_/ },
  { text: whole(CSL_ROWS), of: /^us_(?:csl|bis_uvl)$/ },
  { text: whole(CSL_ITEMS), of: /^us_(?:csl|bis_uvl)$/ },
  { text: whole(registerFixture('dhs-uflpa')), of: /^us_uflpa$/ },
  { text: whole(mofcomFixture('cn-unreliable-entity-list')), of: /^cn_mofcom_unreliable$/ },
  { text: whole(FTM), of: /^(?:ftm|os)$/ },
  {
    text: '<CONSOLIDATED_LIST dateGenerated="2025-01-31"><INDIVIDUALS><INDIVIDUAL><DATAID>1</DATAID><FIRST_NAME>IVAN</FIRST_NAME></INDIVIDUAL></INDIVIDUALS></CONSOLIDATED_LIST>',
    of: /^un_sc$/,
  },
  {
    text: '<export><sanctionEntity euReferenceNumber="EU.1.1"><nameAlias wholeName="Ivan"/></sanctionEntity></export>',
    of: /^eu_fsf$/,
  },
  {
    text: '<Designations><Designation><UniqueID>TST1</UniqueID><Names><Name><Name6>IVAN</Name6></Name></Names></Designation></Designations>',
    of: /^gb_fcdo_sanctions$/,
  },
  {
    text: '<swiss-sanctions-list date="2025-01-31"><target ssid="1"><individual><identity><name><name-part order="1"><value>Ivan</value></name-part></name></identity></individual></target></swiss-sanctions-list>',
    of: /^ch_seco_sanctions$/,
  },
  { text: 'name;address\nExample;Omsk\n', of: /^nobody$/ },
  { text: '{"type":"FeatureCollection","features":[{"id":1}]}', of: /^nobody$/ },
  { text: '<rss version="2.0"><channel><item><title>Example</title></item></channel></rss>', of: /^nobody$/ },
];
