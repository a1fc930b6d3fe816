/** The words of a contracting process, a fact a line: what a reader is shown, and what two states are compared by. */
import { normaliseText } from './text.js';
import { withUntold } from './told.js';
import { type Json, type JsonObject, isJsonObject, numberAt, objectAt, objectsAt, textAt, textsAt } from './json.js';

const MAX_DEPTH = 60;

/** Texts a person would read, wherever they stand: what the lines above them did not say already. */
const WORDED = new Set(
  'title description name legalName rationale reason streetAddress locality region countryName email telephone status'.split(
    ' ',
  ),
);
/** Not words of the notice: their addresses change with every answer, or they are told as attachments. */
const LEFT_OUT = new Set(['documents', 'url', 'auctionUrl', 'participationUrl', 'owner', 'signerInfo']);

export function linesOfProcess(state: JsonObject, tender: JsonObject | undefined): string[] {
  const lines = [
    ...labelled('Status', textAt(tender, 'status') ?? textAt(state, 'status')),
    ...labelled('Tags', textsAt(state, 'tag').join(', ')),
    ...words(objectAt(state, 'planning')),
    ...words(state),
    ...(tender === state ? [] : words(tender)),
    ...labelled('Value', money(objectAt(tender ?? state, 'value'))),
    ...labelled('Tender period', period(objectAt(tender ?? state, 'tenderPeriod'))),
    ...parts(state, tender, 'items').map(itemLine),
    ...parts(state, tender, 'lots').map(lotLine),
    ...parts(state, tender, 'cancellations').map(cancellationLine),
    ...(textAt(state, 'cancellationOf') === undefined ? [] : [cancellationLine(state)]),
    ...parts(state, tender, 'amendments').map(amendmentLine),
    ...organisations(state).map(organisationLine),
    ...objectsAt(state, 'awards').flatMap((each) => dealLines('Award', each)),
    ...objectsAt(state, 'contracts').flatMap((each) => dealLines('Contract', each)),
  ];
  return withUntold(lines, textsOf(state, 0));
}

function labelled(label: string, value: string | undefined): string[] {
  return value === undefined || value === '' ? [] : [`${label}: ${value}`];
}

function words(value: JsonObject | undefined): string[] {
  return ['title', 'rationale', 'description'].flatMap((key) => textAt(value, key) ?? []);
}

/** Prozorro's tender is the object itself: its lists are not told twice. */
function parts(state: JsonObject, tender: JsonObject | undefined, key: string): JsonObject[] {
  return [...objectsAt(state, key), ...(tender === state ? [] : objectsAt(tender, key))];
}

/** `Item: Cycle lane improvements — 8 Miles — CPV 45233130.0 Construction work for highways` */
function itemLine(item: JsonObject): string {
  const quantity = [numberAt(item, 'quantity'), textAt(objectAt(item, 'unit'), 'name')].filter(Boolean).join(' ');
  const classes = [objectAt(item, 'classification'), ...objectsAt(item, 'additionalClassifications')].map((each) =>
    [textAt(each, 'scheme'), numberAt(each, 'id'), textAt(each, 'description')].filter(Boolean).join(' '),
  );
  return `Item: ${[textAt(item, 'description'), quantity, ...classes].filter(Boolean).join(' — ')}`;
}

function lotLine(lot: JsonObject): string {
  const facts = [
    textAt(lot, 'title'),
    textAt(lot, 'description'),
    textAt(lot, 'status'),
    money(objectAt(lot, 'value')),
  ];
  return `Lot ${numberAt(lot, 'id') ?? ''}: ${facts.filter(Boolean).join(' — ')}`;
}

function cancellationLine(each: JsonObject): string {
  const facts = [textAt(each, 'status'), textAt(each, 'reasonType'), textAt(each, 'reason'), textAt(each, 'date')];
  return `Cancellation of ${textAt(each, 'cancellationOf') ?? 'the process'}: ${facts.filter(Boolean).join(' — ')}`;
}

function amendmentLine(each: JsonObject): string {
  const releases = [textAt(each, 'amendsReleaseID'), textAt(each, 'releaseID')].filter(Boolean).join(' → ');
  const facts = [textAt(each, 'date'), textAt(each, 'rationale'), textAt(each, 'description'), releases];
  return `Amendment ${numberAt(each, 'id') ?? ''}: ${facts.filter(Boolean).join(' — ')}`;
}

/** Who takes part: OCDS names parties once, Prozorro at each place. */
function organisations(state: JsonObject): JsonObject[] {
  const entity = objectAt(state, 'procuringEntity');
  const buyer = objectAt(state, 'buyer');
  const deals = ['awards', 'contracts'].flatMap((key) => objectsAt(state, key));
  return [
    ...objectsAt(state, 'parties'),
    ...[entity, buyer].filter((each) => each !== undefined && objectAt(each, 'identifier') !== undefined),
    ...[state, ...deals].flatMap((each) => objectsAt(each, 'suppliers')),
  ].filter((each) => each !== undefined);
}

/** `Organisation: London Borough of Barnet — GB-LAC E09000003 — London, United Kingdom — buyer, procuringEntity` */
function organisationLine(party: JsonObject): string {
  const identifier = objectAt(party, 'identifier');
  const address = objectAt(party, 'address');
  const number = [textAt(identifier, 'scheme'), numberAt(identifier, 'id')].filter(Boolean).join(' ');
  const place = [textAt(address, 'locality'), textAt(address, 'countryName')].filter(Boolean).join(', ');
  const facts = [textAt(party, 'name'), number, place, textsAt(party, 'roles').join(', ')];
  return `Organisation: ${facts.filter(Boolean).join(' — ')}`;
}

function dealLines(label: string, deal: JsonObject): string[] {
  const suppliers = objectsAt(deal, 'suppliers').map((each) => textAt(each, 'name'));
  const facts = [
    textAt(deal, 'title'),
    textAt(deal, 'description'),
    textAt(deal, 'status'),
    money(objectAt(deal, 'value')),
    textAt(deal, 'dateSigned') ?? textAt(deal, 'date'),
    ...suppliers,
  ];
  return [
    `${label} ${numberAt(deal, 'id') ?? ''}: ${facts.filter(Boolean).join(' — ')}`,
    ...objectsAt(deal, 'items').map(itemLine),
    ...objectsAt(deal, 'amendments').map(amendmentLine),
  ];
}

function money(value: JsonObject | undefined): string | undefined {
  const amount = numberAt(value, 'amount');
  return amount === undefined ? undefined : [amount, textAt(value, 'currency')].filter(Boolean).join(' ');
}

function period(value: JsonObject | undefined): string | undefined {
  const days = [textAt(value, 'startDate'), textAt(value, 'endDate')].filter(Boolean);
  return days.length === 0 ? undefined : days.join(' – ');
}

function textsOf(value: Json, depth: number): string[] {
  if (depth > MAX_DEPTH) return [];
  if (Array.isArray(value)) return value.flatMap((each) => textsOf(each, depth + 1));
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    if (LEFT_OUT.has(key)) return [];
    if (typeof inner !== 'string') return textsOf(inner, depth + 1);
    return WORDED.has(key) ? [normaliseText(inner)] : [];
  });
}
