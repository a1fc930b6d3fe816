/**
 * FollowTheMoney entities, one a line (facts/screening §3, §4.7). What joins two parties (sanction, ownership, family) stands on
 * lines of its own, before or after them: names and joins are held to the end, everything else goes into rows at once.
 */
import type { ListLink } from '../../model/index.js';
import type { ListLimits, ListRow, ParsedList } from '../list-kind.js';
import { Collected } from './collect.js';
import { type JsonObject, isObject, jsonLines, textOf, textsOf } from './json.js';
import { RowMaker } from './row.js';

/** Schemata of parties. Maps, as all tables here that are asked with words of the file: `constructor` is in every object. */
export const PARTIES: ReadonlyMap<string, ListRow['schema']> = new Map([
  ['Person', 'Person'],
  ['Company', 'Company'],
  ['Organization', 'Organization'],
  ['PublicBody', 'Organization'],
  ['LegalEntity', 'LegalEntity'],
  ['Vessel', 'Vessel'],
  ['Airplane', 'Airplane'],
]);

type Role = ListLink['role'];

/** Schema of a join → whose is it, who is the other, what the other is to him. */
const JOINS: ReadonlyMap<string, readonly [string, string, Role, Role]> = new Map([
  ['Ownership', ['asset', 'owner', 'owner', 'owned']],
  ['Directorship', ['organization', 'director', 'director', 'directed']],
  ['Family', ['person', 'relative', 'family', 'family']],
  ['UnknownLink', ['subject', 'object', 'linked', 'linked']],
  ['Representation', ['agent', 'client', 'linked', 'linked']],
  ['Membership', ['member', 'organization', 'linked', 'linked']],
  ['Associate', ['person', 'associate', 'linked', 'linked']],
  ['Employment', ['employee', 'employer', 'linked', 'linked']],
  ['Succession', ['predecessor', 'successor', 'linked', 'linked']],
]);

/** Papers and wallets: lines of their own that hold a number of their holder's. */
const HELD: ReadonlyMap<string, { numbers: readonly string[]; type: string }> = new Map([
  ['Passport', { numbers: ['passportNumber', 'number'], type: 'passport' }],
  ['Identification', { numbers: ['number'], type: 'id' }],
  ['CryptoWallet', { numbers: ['publicKey'], type: 'wallet' }],
]);

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
  for (const entity of jsonLines(main, { file, limits, told: reader.collected })) reader.entity(entity);
  return reader.done(publishedAt);
}

class FtmReader {
  readonly collected: Collected;
  readonly #rows = new Map<string, RowMaker>();
  readonly #names = new Map<string, string>();
  readonly #addresses = new Map<string, string>();
  readonly #addressOf: [RowMaker, string[]][] = [];
  readonly #joins: Join[] = [];
  readonly #held: Join[] = [];

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
    const party = PARTIES.get(schema);
    if (party !== undefined) {
      this.#names.set(id, textOf(entity['caption']) || of('name')[0] || id);
      // Owners and relatives who are on no list themselves stand in these files, too: they are not listed by it.
      if (entity['target'] === false) this.collected.leftOut();
      else this.#party(new RowMaker(id, party, this.collected.unknowns), entity, of);
      return;
    }
    this.collected.merged();
    if (schema === 'Address') this.#addresses.set(id, of('full')[0] ?? textOf(entity['caption']));
    else if (schema === 'Sanction' || JOINS.has(schema)) this.#joins.push({ schema, of });
    else if (HELD.has(schema) && of('holder').length > 0) this.#held.push({ schema, of });
    else if (!QUIET.has(schema)) this.collected.unknowns.add('a schema this reader leaves out', schema);
  }

  #party(row: RowMaker, entity: JsonObject, of: (property: string) => string[]): void {
    if (this.#rows.has(row.entry)) {
      this.collected.merged();
      this.collected.problem(`${row.entry} is there twice; the first is kept`);
      return;
    }
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
    for (const parent of of('parent')) this.#joins.push({ schema: 'parent', of: () => [row.entry, parent] });
    this.#rows.set(row.entry, row);
  }

  done(publishedAt: string | undefined): ParsedList {
    for (const [row, addresses] of this.#addressOf) for (const id of addresses) row.address(this.#addresses.get(id));
    for (const held of this.#held) this.#numbers(held);
    for (const join of this.#joins)
      if (join.schema === 'Sanction') this.#sanction(join);
      else if (join.schema === 'parent') this.#parent(join);
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

  /** The publisher's word for the paper says what its number is, where it has one: `Tax ID`, `National ID`. */
  #numbers({ schema, of }: Join): void {
    const { numbers, type } = HELD.get(schema)!;
    const [country] = of('country');
    for (const holder of of('holder')) {
      for (const value of numbers.flatMap(of)) {
        const row = this.#rows.get(holder);
        const isTyped = schema === 'Identification' && row?.number(of('type')[0] ?? '', value, country) === true;
        if (!isTyped) row?.identifier(type, value, country);
      }
    }
  }

  #parent({ of }: Join): void {
    const [child, parent] = of('') as [string, string];
    const nameOf = (id: string): string => this.#names.get(id) ?? '';
    this.#rows.get(child)?.link({ role: 'parent', name: nameOf(parent), entry: parent, says: 'parent' });
    this.#rows.get(parent)?.link({ role: 'subsidiary', name: nameOf(child), entry: child, says: 'parent' });
  }

  #join({ schema, of }: Join): void {
    const [mine, theirs, role, back] = JOINS.get(schema)!;
    const says = of('role')[0] ?? of('relationship')[0] ?? schema;
    const [percentage] = of('percentage');
    const [[since], [until]] = [of('startDate'), of('endDate')];
    const facts = {
      says,
      ...(percentage === undefined ? {} : { percentage }),
      ...(since === undefined ? {} : { since }),
      ...(until === undefined ? {} : { until, isFormer: true as const }),
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
const QUIET = new Set(['Passport', 'Identification', 'Occupancy', 'Position', 'BankAccount', 'Security']);

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
