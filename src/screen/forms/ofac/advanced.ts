/**
 * OFAC's advanced XML: everything points at tables of the same file, and what a party is listed for comes after all parties.
 * No number of a table is known beforehand; the publisher may change them, so each is looked up.
 */
import type { ListLimits, ListRow, ParsedList } from '../../list-kind.js';
import { Collected } from '../collect.js';
import { earliest, statedDay } from '../dates.js';
import { RowMaker } from '../row.js';
import { type XmlNode, nodesAt, readXml, textAt } from '../xml.js';
import { addFeature } from './enhanced.js';
import { backRole, linkRole } from './relations.js';

/** Tables of the file whose rows are kept, by the name of a row. */
const TABLES = [
  'AliasType',
  'AreaCode',
  'Country',
  'DetailReference',
  'FeatureType',
  'IDRegDocType',
  'LegalBasis',
  'List',
  'LocPartType',
  'NamePartType',
  'PartySubType',
  'PartyType',
  'RelationType',
  'SanctionsType',
];

interface Place {
  text: string[];
  country: string;
}

interface Document {
  label: string;
  number: string;
  country: string;
}

export function parseAdvanced(main: Uint8Array, file: string, limits: ListLimits): ParsedList {
  const reader = new AdvancedReader(file);
  readXml(main, {
    file,
    limits,
    root: 'Sanctions',
    records: [
      'DateOfIssue',
      ...TABLES,
      'Location',
      'IDRegDocument',
      'DistinctParty',
      'ProfileRelationship',
      'SanctionsEntry',
    ],
    record: (node) => {
      reader.record(node);
    },
  });
  return reader.done();
}

class AdvancedReader {
  readonly #collected: Collected;
  readonly #tables = new Map<string, XmlNode>();
  readonly #places = new Map<string, Place>();
  readonly #documents = new Map<string, Document[]>();
  readonly #parties = new Map<string, RowMaker>();
  #publishedAt: string | undefined;

  constructor(file: string) {
    this.#collected = new Collected(file, 'advanced');
  }

  record(node: XmlNode): void {
    const { attributes } = node;
    switch (node.name) {
      case 'DateOfIssue':
        this.#publishedAt = dayOf(node);
        break;
      case 'Location':
        this.#places.set(attributes['ID'] ?? '', this.#place(node));
        break;
      case 'IDRegDocument':
        this.#document(node);
        break;
      case 'DistinctParty':
        this.#party(node);
        break;
      case 'ProfileRelationship':
        this.#relation(node);
        break;
      case 'SanctionsEntry':
        this.#listing(node);
        break;
      default:
        this.#tables.set(`${node.name} ${attributes['ID'] ?? ''}`, node);
    }
  }

  done(): ParsedList {
    for (const party of this.#parties.values()) this.#collected.add(party);
    return this.#collected.done({ publishedAt: this.#publishedAt });
  }

  /** Text of a table's row. An id that no row has is told of: it means that the file is damaged. */
  #label(table: string, id: string | undefined): string {
    if (id === undefined) return '';
    const row = this.#tables.get(`${table} ${id}`);
    if (!row) this.#collected.unknowns.add(`a ${table} that the file does not explain`, id);
    return row?.text.trim() ?? '';
  }

  #country(id: string | undefined): string {
    return id === undefined ? '' : this.#label('Country', id);
  }

  #place(node: XmlNode): Place {
    const parts = nodesAt(node, 'LocationPart').map((part) => ({
      label: this.#label('LocPartType', part.attributes['LocPartTypeID']),
      text: textAt(part, 'LocationPartValue/Value'),
    }));
    const order = ['ADDRESS1', 'ADDRESS2', 'ADDRESS3', 'CITY', 'STATE/PROVINCE', 'REGION', 'POSTAL CODE'];
    const rank = (label: string): number => (order.indexOf(label) + order.length + 1) % (order.length + 1);
    const text = [...parts].sort((a, b) => rank(a.label) - rank(b.label)).map((part) => part.text);
    const area = nodesAt(node, 'LocationAreaCode')[0]?.attributes['AreaCodeID'];
    const areaName = area === undefined ? '' : (this.#tables.get(`AreaCode ${area}`)?.attributes['Description'] ?? '');
    const country = this.#country(nodesAt(node, 'LocationCountry')[0]?.attributes['CountryID']) || areaName;
    return { text, country };
  }

  #document(node: XmlNode): void {
    const { attributes } = node;
    const identity = attributes['IdentityID'] ?? '';
    const document = {
      label: this.#label('IDRegDocType', attributes['IDRegDocTypeID']),
      number: textAt(node, 'IDRegistrationNo'),
      country: this.#country(attributes['IssuedBy-CountryID']),
    };
    this.#documents.set(identity, [...(this.#documents.get(identity) ?? []), document]);
  }

  #party(node: XmlNode): void {
    this.#collected.met();
    const id = node.attributes['FixedRef'] ?? '';
    const profile = nodesAt(node, 'Profile')[0];
    if (!/^\d+$/.test(id) || !profile) {
      this.#collected.reject('a party has no id or no profile');
      return;
    }
    const schema = this.#schema(profile.attributes['PartySubTypeID']);
    const row = new RowMaker(id, schema, this.#collected.unknowns);
    for (const identity of nodesAt(profile, 'Identity')) {
      const groups = this.#groups(identity);
      for (const alias of nodesAt(identity, 'Alias')) this.#alias(alias, groups, row);
      for (const { label, number, country } of this.#documents.get(identity.attributes['ID'] ?? '') ?? [])
        if (!row.number(label, number, country) && number !== '') row.remark(`${label} ${number}`);
    }
    for (const feature of nodesAt(profile, 'Feature')) this.#feature(feature, row);
    row.remark(textAt(node, 'Comment'));
    const profileId = profile.attributes['ID'] ?? id;
    if (this.#parties.has(profileId)) this.#collected.reject(`party ${id} is there twice; the first is kept`);
    else this.#parties.set(profileId, row);
  }

  #schema(subType: string | undefined): ListRow['schema'] {
    const sub = this.#tables.get(`PartySubType ${subType ?? ''}`);
    const name = sub?.text.trim();
    if (name === 'Vessel') return 'Vessel';
    if (name === 'Aircraft') return 'Airplane';
    return this.#label('PartyType', sub?.attributes['PartyTypeID']) === 'Individual' ? 'Person' : 'LegalEntity';
  }

  /** What each group of name parts is: `Last Name`, `Entity Name`. */
  #groups(identity: XmlNode): Map<string, string> {
    const groups = nodesAt(identity, 'NamePartGroups/MasterNamePartGroup/NamePartGroup');
    return new Map(
      groups.map(({ attributes }) => [
        attributes['ID'] ?? '',
        this.#label('NamePartType', attributes['NamePartTypeID']),
      ]),
    );
  }

  #alias(alias: XmlNode, groups: Map<string, string>, row: RowMaker): void {
    const { attributes } = alias;
    const type = this.#label('AliasType', attributes['AliasTypeID']);
    const kind = type.startsWith('F') ? 'fka' : type === 'N.K.A.' ? 'nka' : 'aka';
    for (const [at, documented] of nodesAt(alias, 'DocumentedName').entries()) {
      const parts = nodesAt(documented, 'DocumentedNamePart/NamePartValue').map((value) => ({
        group: groups.get(value.attributes['NamePartGroupID'] ?? '') ?? '',
        text: value.text.trim(),
      }));
      const last = parts.filter(({ group }) => group === 'Last Name').map(({ text }) => text);
      const rest = parts.filter(({ group }) => group !== 'Last Name').map(({ text }) => text);
      // As the CSV form prints people: `FAMILY, Given`.
      const name = [last.join(' '), rest.join(' ')].filter((part) => part !== '').join(', ');
      const primary = attributes['Primary'] === 'true' && at === 0;
      row.name(name, { primary, weak: attributes['LowQuality'] === 'true', kind });
    }
  }

  #feature(feature: XmlNode, row: RowMaker): void {
    const label = this.#label('FeatureType', feature.attributes['FeatureTypeID']);
    for (const version of nodesAt(feature, 'FeatureVersion')) {
      for (const { attributes } of nodesAt(version, 'VersionLocation')) {
        const place = this.#places.get(attributes['LocationID'] ?? '');
        if (!place) continue;
        if (label === 'Location') row.address(...place.text, place.country);
        if (/^(?:Location|Nationality|Citizenship|Vessel Flag|Former Vessel Flag)/.test(label))
          row.country(place.country);
        else addFeature(label, [...place.text, place.country].filter((part) => part !== '').join(', '), row);
      }
      for (const period of nodesAt(version, 'DatePeriod')) addFeature(label, periodText(period), row);
      for (const detail of nodesAt(version, 'VersionDetail')) {
        const reference = detail.attributes['DetailReferenceID'];
        addFeature(
          label,
          reference === undefined ? detail.text.trim() : this.#label('DetailReference', reference),
          row,
        );
      }
    }
  }

  #relation({ attributes }: XmlNode): void {
    const [from, to] = [attributes['From-ProfileID'] ?? '', attributes['To-ProfileID'] ?? ''];
    const says = this.#label('RelationType', attributes['RelationTypeID']);
    const role = linkRole(says);
    const former = attributes['Former'] === 'true' ? { isFormer: true as const } : {};
    const [fromRow, toRow] = [this.#parties.get(from), this.#parties.get(to)];
    fromRow?.link({ role, name: '', entry: toRow?.entry ?? to, says, ...former });
    toRow?.link({ role: backRole(role), name: '', entry: fromRow?.entry ?? from, says, ...former });
  }

  #listing(node: XmlNode): void {
    const row = this.#parties.get(node.attributes['ProfileID'] ?? '');
    if (!row) {
      this.#collected.unknowns.add('a listing of a party that is not there', node.attributes['ProfileID'] ?? '');
      return;
    }
    const days = nodesAt(node, 'EntryEvent/Date').map(dayOf);
    row.listing(this.#label('List', node.attributes['ListID']), earliest(days));
    for (const measure of nodesAt(node, 'SanctionsMeasure')) {
      const type = this.#label('SanctionsType', measure.attributes['SanctionsTypeID']);
      if (type === 'Program') row.program(textAt(measure, 'Comment'));
      else row.measure(type);
    }
  }
}

function dayOf(node: XmlNode): string | undefined {
  const [year, month, day] = ['Year', 'Month', 'Day'].map((part) => textAt(node, part).padStart(2, '0'));
  return statedDay(`${year!}-${month!}-${day!}`);
}

/** A period as precisely as it is meant: a whole year is the year, a day the day, others a range. */
function periodText(period: XmlNode): string {
  const [from, to] = [point(period, 'Start/From'), point(period, 'End/To')];
  if (from === undefined || to === undefined) return from ?? to ?? '';
  if (from === to) return from;
  if (from.slice(0, 4) === to.slice(0, 4) && from.endsWith('-01-01') && to.endsWith('-12-31')) return from.slice(0, 4);
  return `${from} to ${to}`;
}

function point(period: XmlNode, path: string): string | undefined {
  const node = nodesAt(period, path)[0];
  return node && dayOf(node);
}
