/** Entries of lists in the FollowTheMoney shape that the field's clients read (facts/screening §3, §10). */
import type { ListEntry } from '../../model/index.js';

export interface WireEntity {
  id: string;
  caption: string;
  schema: string;
  properties: Record<string, string[]>;
  datasets: string[];
  referents: string[];
  target: boolean;
  first_seen: string;
  last_seen: string;
  last_change: string;
}

/** FollowTheMoney's properties of the numbers we know by name; what has none is an `idNumber`. */
const IDENTIFIERS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ...{ inn: 'innCode', ogrn: 'ogrnCode', kpp: 'kppCode', uscc: 'uscCode', lei: 'leiCode', swift: 'swiftBic' },
    ...{ tax: 'taxNumber', registration: 'registrationNumber', passport: 'passportNumber', imo: 'imoNumber' },
    ...{ mmsi: 'mmsi', vat: 'vatCode', duns: 'dunsCode', edrpou: 'registrationNumber', bin: 'registrationNumber' },
  }),
);

/** And back: what a client asks by. */
export const ASKED_BY: Readonly<Record<string, string>> = {
  ...{ innCode: 'inn', ogrnCode: 'ogrn', kppCode: 'kpp', uscCode: 'uscc', leiCode: 'lei', swiftBic: 'swift' },
  ...{ taxNumber: 'tax', registrationNumber: 'registration', passportNumber: 'passport', imoNumber: 'imo' },
  ...{ idNumber: 'id', vatCode: 'vat', dunsCode: 'duns', mmsi: 'mmsi' },
};

const slug = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '');

/** The ids under which OpenSanctions knows the same entries, where there are such; else the list's name and its own id. */
const PREFIXES: Readonly<Record<string, string>> = {
  ...{ us_ofac_sdn: 'ofac', us_ofac_cons: 'ofac', un_sc: 'unsc', eu_fsf: 'eu-fsf', gb_fcdo_sanctions: 'gb-fcdo' },
  ...{ ch_seco_sanctions: 'ch-seco' },
};

/** Lists of sanctions. To be on a list of export control, or on one of anybody's own, is something else, and is not called this. */
export const SANCTIONS: ReadonlySet<string> = new Set([
  ...[
    'us_ofac_sdn',
    'us_ofac_cons',
    'un_sc',
    'eu_fsf',
    'eu_journal',
    'gb_fcdo_sanctions',
    'gb_hmt',
    'ch_seco_sanctions',
  ],
]);

export const entityId = ({ list, entry }: Pick<ListEntry, 'list' | 'entry'>): string =>
  `${PREFIXES[list] ?? slug(list)}-${slug(entry)}`;

/** A day as their times are written: without a zone, in UTC. */
const time = (day: string): string => `${day}T00:00:00`;

export function entityOf(entry: ListEntry): WireEntity {
  const properties: Record<string, string[]> = {};
  const add = (name: string, value: string): void => {
    const values = (properties[name] ??= []);
    if (value !== '' && !values.includes(value)) values.push(value);
  };
  add('name', entry.name);
  for (const { name, weak, kind } of entry.aliases)
    add(weak ? 'weakAlias' : kind === 'fka' ? 'previousName' : 'alias', name);
  for (const country of entry.countries) add('country', country);
  for (const address of entry.addresses) add('address', address);
  for (const program of entry.programs) add('programId', program);
  for (const { type, value } of entry.identifiers) add(IDENTIFIERS.get(type) ?? 'idNumber', value);
  add('notes', entry.remarks);
  if (SANCTIONS.has(entry.list)) add('topics', 'sanction');
  return {
    id: entityId(entry),
    caption: entry.name,
    schema: entry.schema,
    properties: Object.fromEntries(Object.entries(properties).filter(([, values]) => values.length > 0)),
    datasets: [entry.list],
    referents: [],
    target: true,
    first_seen: time(entry.from),
    last_seen: time(entry.to ?? entry.stateTo ?? entry.stateFrom ?? entry.from),
    last_change: time(entry.stateFrom ?? entry.from),
  };
}
