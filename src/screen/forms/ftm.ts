/**
 * FollowTheMoney entities, one a line (facts/screening §3, §4.7). What joins two parties (sanction, ownership, family) stands on
 * lines of its own, before or after them: names and joins are held to the end, everything else goes into rows at once.
 */
import type { ListLink } from '../../model/index.js';
import type { ListLimits, ListRow, ParsedList } from '../list-kind.js';
import { Collected } from './collect.js';
import { type JsonObject, isObject, jsonLines, textOf, textsOf } from './json.js';
import { RowMaker } from './row.js';

const SCHEMAS: Readonly<Record<string, ListRow['schema']>> = {
  Person: 'Person',
  Company: 'Company',
  Organization: 'Organization',
  PublicBody: 'Organization',
  LegalEntity: 'LegalEntity',
  Vessel: 'Vessel',
  Airplane: 'Airplane',
};

/** Schema of a join → whose is it, who is the other, what the other is to him. */
const JOINS: Readonly<Record<string, readonly [string, string, ListLink['role'], ListLink['role']]>> = {
  Ownership: ['asset', 'owner', 'owner', 'owned'],
  Directorship: ['organization', 'director', 'director', 'directed'],
  Family: ['person', 'relative', 'family', 'family'],
  UnknownLink: ['subject', 'object', 'linked', 'linked'],
  Representation: ['agent', 'client', 'linked', 'linked'],
  Membership: ['member', 'organization', 'linked', 'linked'],
  Associate: ['person', 'associate', 'linked', 'linked'],
  Employment: ['employee', 'employer', 'linked', 'linked'],
};

export interface FtmOptions {
  limits: ListLimits;
  file: string;
  publishedAt?: string | undefined;
}

interface Join {
  schema: string;
  of: (property: string) => string[];
}

export function parseFtm(main: Uint8Array, { limits, file, publishedAt }: FtmOptions): ParsedList {
  const reader = new FtmReader(file);
  for (const entity of jsonLines(main, { file, limits, problem: reader.collected.problem })) reader.entity(entity);
  return reader.done(publishedAt);
}

class FtmReader {
  readonly collected: Collected;
  readonly #rows = new Map<string, RowMaker>();
  readonly #names = new Map<string, string>();
  readonly #addresses = new Map<string, string>();
  readonly #addressOf: [RowMaker, string[]][] = [];
  readonly #joins: Join[] = [];

  constructor(file: string) {
    this.collected = new Collected(file, 'ftm');
  }

  entity(entity: JsonObject): void {
    const [id, schema] = [textOf(entity['id']), textOf(entity['schema'])];
    const { properties } = entity;
    if (id === '' || schema === '' || !isObject(properties)) {
      this.collected.reject(`an entity has no id, schema or properties: ${id || schema || 'neither'}`);
      return;
    }
    const of = (property: string): string[] => textsOf(properties[property]);
    if (SCHEMAS[schema] !== undefined) {
      this.#names.set(id, textOf(entity['caption']) || of('name')[0] || id);
      // Owners and relatives who are on no list themselves stand in these files, too: they are not listed by it.
      if (entity['target'] !== false) this.#party(id, schema, entity, of);
    } else if (schema === 'Address') this.#addresses.set(id, of('full')[0] ?? textOf(entity['caption']));
    else if (schema === 'Sanction' || JOINS[schema]) this.#joins.push({ schema, of });
    else if (!QUIET.has(schema)) this.collected.unknowns.add('a schema this reader leaves out', schema);
  }

  #party(id: string, schema: string, entity: JsonObject, of: (property: string) => string[]): void {
    if (this.#rows.has(id)) {
      this.collected.merged();
      this.collected.problem(`${id} is there twice; the first is kept`);
      return;
    }
    const row = new RowMaker(id, SCHEMAS[schema]!, this.collected.unknowns);
    const names = of('name');
    const caption = textOf(entity['caption']);
    if (names.includes(caption)) row.name(caption, { primary: true });
    for (const name of [...names, ...of('alias')]) row.name(name);
    for (const name of of('previousName')) row.name(name, { kind: 'fka' });
    for (const name of [...of('weakAlias'), ...of('abbreviation')]) row.name(name, { weak: true });
    for (const property of COUNTRIES)
      for (const country of of(property)) if (country.length === 2) row.country(country);
    const [country] = [...of('jurisdiction'), ...of('country'), ...of('mainCountry')];
    for (const [property, type] of NUMBERS) for (const value of of(property)) row.identifier(type, value, country);
    for (const address of of('address')) row.address(address);
    this.#addressOf.push([row, of('addressEntity')]);
    for (const birth of [...of('birthDate'), ...of('incorporationDate')]) row.birth(birth);
    for (const topic of of('topics')) row.measure(topic);
    for (const program of of('programId')) row.program(program);
    for (const title of of('position')) row.remark(title, 'Title');
    for (const note of [...of('notes'), ...of('summary'), ...of('description')]) row.remark(note);
    this.#rows.set(id, row);
  }

  done(publishedAt: string | undefined): ParsedList {
    for (const [row, addresses] of this.#addressOf) for (const id of addresses) row.address(this.#addresses.get(id));
    for (const join of this.#joins)
      if (join.schema === 'Sanction') this.#sanction(join);
      else this.#join(join);
    for (const row of this.#rows.values()) this.collected.add(row);
    return this.collected.done({ publishedAt });
  }

  #sanction({ of }: Join): void {
    const [start] = [...of('listingDate'), ...of('startDate')];
    for (const id of of('entity')) {
      const row = this.#rows.get(id);
      if (!row) continue;
      const program = of('programId')[0] ?? of('program')[0] ?? '';
      row.program(program);
      for (const authority of of('authority').slice(0, 1))
        row.listing([authority, program].filter((each) => each !== '').join(': '), start);
      for (const reason of of('reason')) row.remark(reason);
    }
  }

  #join({ schema, of }: Join): void {
    const [mine, theirs, role, back] = JOINS[schema]!;
    const says = of('role')[0] ?? of('relationship')[0] ?? schema;
    const percentage = of('percentage')[0];
    const facts = {
      says,
      ...(percentage === undefined ? {} : { percentage }),
      ...(of('endDate').length > 0 ? { isFormer: true as const } : {}),
    };
    for (const one of of(mine)) {
      for (const other of of(theirs)) {
        this.#rows.get(one)?.link({ role, name: this.#names.get(other) ?? '', entry: other, ...facts });
        this.#rows.get(other)?.link({ role: back, name: this.#names.get(one) ?? '', entry: one, ...facts });
      }
    }
  }
}

/** Schemata that tell of a party and are no party: nothing is lost by leaving them. */
const QUIET = new Set([
  'Passport',
  'Identification',
  'Occupancy',
  'Position',
  'BankAccount',
  'Security',
  'CryptoWallet',
]);

const COUNTRIES = ['country', 'jurisdiction', 'mainCountry', 'nationality', 'citizenship', 'flag'];

const NUMBERS: readonly [string, string][] = [
  ['innCode', 'inn'],
  ['ogrnCode', 'ogrn'],
  ['kppCode', 'kpp'],
  ['okpoCode', 'okpo'],
  ['uscCode', 'uscc'],
  ['leiCode', 'lei'],
  ['taxNumber', 'tax'],
  ['vatCode', 'vat'],
  ['registrationNumber', 'registration'],
  ['idNumber', 'id'],
  ['passportNumber', 'passport'],
  ['socialSecurityNumber', 'ssn'],
  ['imoNumber', 'imo'],
  ['mmsi', 'mmsi'],
  ['callSign', 'callsign'],
  ['swiftBic', 'swift'],
  ['bikCode', 'bik'],
  ['dunsCode', 'duns'],
  ['isinCode', 'isin'],
  ['serialNumber', 'serial'],
  ['publicKey', 'wallet'],
];
