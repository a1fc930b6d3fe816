/**
 * `swiss-sanctions-list`: a target names its programme by the id of a set and its places by id; each change of it stands below it with copies
 * of what was, which are not what is. Whether a target is on the list is what its last change says.
 */
import type { ListLimits, ListRow, ParsedList } from '../../list-kind.js';
import { Collected } from '../../forms/collect.js';
import { statedDate, statedDay } from '../../forms/dates.js';
import { RowMaker } from '../../forms/row.js';
import { clean } from '../../forms/text.js';
import { type XmlNode, nodesAt, readXml, textAt, textsAt } from '../../forms/xml.js';
import { spellings, titles } from './names.js';

const FILE = 'the Swiss list';
const KINDS = ['individual', 'entity', 'object'] as const;
const KNOWN = new Set<string>([
  ...KINDS,
  'sanctions-set-id',
  'foreign-identifier',
  'modification',
  'generic-attribute',
]);

interface Held {
  row: RowMaker;
  addresses: XmlNode[];
  sets: string[];
}

interface Programme {
  key: string;
  measure: string;
}

export function parseSeco(main: Uint8Array, limits: ListLimits): ParsedList {
  const collected = new Collected(FILE, 'xml');
  const programmes = new Map<string, Programme>();
  const places = new Map<string, XmlNode>();
  const targets: Held[] = [];
  let publishedAt: string | undefined;
  readXml(main, {
    file: FILE,
    limits,
    root: 'swiss-sanctions-list',
    records: ['sanctions-program', 'place', 'target'],
    record: (node) => {
      if (node.name === 'place') places.set(node.attributes['ssid'] ?? '', node);
      else if (node.name === 'sanctions-program') addProgramme(node, programmes);
      else addTarget(node, collected, targets);
    },
    other: (name, _, attributes) => {
      if (name === 'swiss-sanctions-list') publishedAt ??= statedDay(attributes['date'] ?? '');
    },
  });
  // Places may stand after those who live in them.
  for (const { row, addresses, sets } of targets) {
    for (const address of addresses) addAddress(address, places, row);
    for (const set of sets) {
      const programme = programmes.get(set);
      if (programme) row.program(programme.key).measure(programme.measure);
      else collected.unknowns.add('a set of sanctions that the file does not explain', set);
    }
    collected.add(row);
  }
  return collected.done({ publishedAt });
}

/** The English one of several languages, else the first. */
function english(node: XmlNode, path: string): string {
  const all = nodesAt(node, path);
  return clean((all.find(({ attributes }) => attributes['lang'] === 'eng') ?? all[0])?.text);
}

function addProgramme(node: XmlNode, programmes: Map<string, Programme>): void {
  const key = english(node, 'program-key') || english(node, 'program-name');
  for (const set of nodesAt(node, 'sanctions-set')) {
    const id = set.attributes['ssid'] ?? '';
    const isEnglish = set.attributes['lang'] === 'eng';
    if (isEnglish || !programmes.has(id)) programmes.set(id, { key, measure: clean(set.text) });
  }
}

function addTarget(node: XmlNode, collected: Collected, targets: Held[]): void {
  collected.met();
  const id = (node.attributes['ssid'] ?? '').trim();
  const subject = node.children.find(({ name }) => (KINDS as readonly string[]).includes(name));
  if (!/^[0-9A-Za-z-]+$/.test(id) || !subject) {
    collected.reject(`a target has no ssid, or is nobody: ${id.slice(0, 40)}`);
    return;
  }
  if (lastChange(node) === 'de-listed') {
    collected.leftOut();
    return;
  }
  for (const { name } of node.children)
    if (!KNOWN.has(name)) collected.unknowns.add('an element this reader does not know', name);
  const row = new RowMaker(id, schemaOf(subject, collected), collected.unknowns);
  const addresses = nodesAt(subject, 'identity').flatMap((identity) => addIdentity(identity, row));
  for (const text of [...textsAt(subject, 'justification'), ...textsAt(subject, 'other-information')])
    row.remark(text).numbersIn(text);
  for (const { attributes } of nodesAt(subject, 'relation'))
    row.link({ role: 'linked', name: '', ...linkOf(attributes) });
  for (const foreign of textsAt(node, 'foreign-identifier')) row.remark(foreign, 'Foreign identifier');
  for (const { attributes } of nodesAt(node, 'modification'))
    if (attributes['modification-type'] === 'listed') row.listed(attributes['effective-date']);
  const sets = [...textsAt(node, 'sanctions-set-id'), node.attributes['sanctions-set-id'] ?? ''];
  targets.push({ row, addresses, sets: sets.filter((set) => set !== '') });
}

function linkOf(attributes: XmlNode['attributes']): { entry?: string; says?: string } {
  const [entry, says] = [attributes['target-id'], attributes['relation-type']];
  return { ...(entry === undefined ? {} : { entry }), ...(says === undefined ? {} : { says }) };
}

/** Of the newest date; of one date the one that stands first, since the newest do. */
function lastChange(node: XmlNode): string | undefined {
  const changes = nodesAt(node, 'modification').map(({ attributes }) => ({
    type: attributes['modification-type'],
    day: statedDay(attributes['effective-date'] ?? '') ?? '',
  }));
  return changes.reduce<(typeof changes)[number] | undefined>(
    (last, each) => (last === undefined || each.day > last.day ? each : last),
    undefined,
  )?.type;
}

function schemaOf({ name, attributes }: XmlNode, { unknowns }: Collected): ListRow['schema'] {
  if (name === 'individual') return 'Person';
  if (name === 'entity') return 'LegalEntity';
  const type = attributes['object-type'] ?? '';
  if (type === 'vessel') return 'Vessel';
  if (type === 'aircraft') return 'Airplane';
  unknowns.add('an object of a type this reader does not know', type);
  return 'LegalEntity';
}

/** Gives the addresses, whose places may not be known yet. */
function addIdentity(identity: XmlNode, row: RowMaker): XmlNode[] {
  const isMain = identity.attributes['main'] !== 'false';
  for (const name of nodesAt(identity, 'name')) {
    const { 'name-type': type, quality } = name.attributes;
    const kind = type === 'formerly-known-as' ? 'fka' : 'aka';
    for (const [at, { text, isPart }] of spellings(name).entries())
      row.name(text, {
        primary: isMain && type === 'primary-name' && at === 0,
        weak: quality === 'low' || isPart,
        kind,
      });
    for (const title of titles(name)) row.remark(title, 'Title');
  }
  for (const { attributes } of nodesAt(identity, 'day-month-year')) row.birth(dateOf(attributes));
  for (const country of nodesAt(identity, 'nationality/country'))
    row.country(country.attributes['iso-code'] ?? country.text);
  for (const document of nodesAt(identity, 'identification-document')) {
    const [number, issuer] = [textAt(document, 'number'), textAt(document, 'issuer')];
    const type = (document.attributes['document-type'] ?? '').replaceAll('-', ' ');
    if (number !== '' && !row.number(type, number, issuer)) row.identifier('id', number, issuer);
  }
  return nodesAt(identity, 'address');
}

/** As precise as it is: a year, a month of it, a day. */
function dateOf({ day, month, year }: XmlNode['attributes']): string {
  const parts = [year, month, day].map((part) => part?.trim() ?? '');
  const known = parts.slice(0, parts.includes('') ? parts.indexOf('') : 3);
  const date = known.map((part, at) => (at === 0 ? part : part.padStart(2, '0'))).join('-');
  return statedDate(date) ?? known.join('-');
}

const LINES = ['c-o', 'address-details', 'p-o-box', 'zip-code', 'location', 'area', 'country'];

function addAddress(address: XmlNode, places: ReadonlyMap<string, XmlNode>, row: RowMaker): void {
  const place = places.get(address.attributes['place-id'] ?? '');
  const line = (name: string): string => textAt(address, name) || (place ? textAt(place, name) : '');
  row.address(...LINES.map(line));
  const country = [address, place].flatMap((each) => (each ? nodesAt(each, 'country') : []))[0];
  if (country) row.country(country.attributes['iso-code'] ?? country.text);
}
