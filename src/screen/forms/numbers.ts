/** What the numbers of a list are: the publishers' labels to the types that notices use (facts/screening §4.1, §8). */
import type { ListEntry } from '../../model/index.js';
import { validInn, validOgrn, validUscc } from '../../text/index.js';

export type Identifier = ListEntry['identifiers'][number];

/** Label in lower case, by how it begins → type. The first that fits counts. */
const LABELS: readonly [RegExp, string][] = [
  [/^(?:unified|united) social credit code/, 'uscc'],
  [/^(?:russian state individual business registration|ogrn)/, 'ogrn'],
  [/^(?:legal entity|le) number|^lei\b/, 'lei'],
  [/^(?:v\.?a\.?t\.?|vat) ?(?:number|reg|no|$)|^euvat/, 'vat'],
  [
    /^(?:tax id|taxnumber|tax number|taxid|ruc\b|rif\b|rtn\b|r\.?f\.?c\.?\b|(?:italian )?fiscal ?code|romanian tax|c\.i\.f|n\.i\.f|inn\b)/,
    'tax',
  ],
  [/^vessel registration identification|^imo\b/, 'imo'],
  [/^mmsi/, 'mmsi'],
  [/^(?:vessel call sign|call sign)/, 'callsign'],
  [/^aircraft (?:manufacturer's )?serial|^serial/, 'serial'],
  [/^aircraft tail number/, 'tail'],
  [/^swift|^bic\b/, 'swift'],
  [/^bik\b/, 'bik'],
  [/^d-u-n-s|^duns/, 'duns'],
  [/^government gazette number|^okpo/, 'okpo'],
  [/^kpp/, 'kpp'],
  [/^isin/, 'isin'],
  [/^digital currency address/, 'wallet'],
  [/passport/, 'passport'],
  [/^(?:ssn|social security|united states social security)/, 'ssn'],
  [
    /^(?:business |commercial |company |corporate |uk )?(?:registration|registry|registrati)|^regnumber|^(?:company|uk company|business|commercial registry|c\.r\.|chamber of commerce|public registration|registered charity|certificate of incorporation|enterprise|organization code|chinese commercial code|economic register|matricula mercantil|rsin|entity code)/,
    'registration',
  ],
  [
    /^(?:national (?:id|foreign)|cedula|nit\b|c\.u\.r\.p|identification number|personal id|birth certificate|trade license|license|folio mercantil|us fein|driver|drivinglicence|travel document|residency|id(?:number)?$|stateless|numero de identidad|d\.n\.i|electoral|refugee|kenyan id|tazkira)|national (?:id|no|number)|identi(?:ty|fication)/,
    'id',
  ],
];

/** Undefined for a label that names no number: `Gender`, `Equity Ticker`, `Issuer Name`. */
export function numberType(label: string): string | undefined {
  const plain = label.trim().toLowerCase();
  return LABELS.find(([pattern]) => pattern.test(plain))?.[1];
}

/** The number as its country knows it, so that a notice's ИНН meets the list's Tax ID. Undefined when nothing is left. */
export function identifierOf(type: string, printed: string, country?: string): Identifier | undefined {
  const value = printed.trim().replace(/^IMO[ :]*(?=\d{7}$)/i, '');
  if (!/[0-9A-Za-z]/.test(value)) return undefined;
  return { type: typeOf(type, value, country), value, ...(country === undefined ? {} : { country }) };
}

const GENERAL = new Set(['tax', 'registration', 'id', 'uscc', 'number']);

function typeOf(type: string, value: string, country: string | undefined): string {
  if (!GENERAL.has(type)) return type;
  // Without the country, one number of ten would be somebody's INN by chance.
  if (country === 'ru') {
    if (/^(\d{10}|\d{12})$/.test(value) && (type === 'tax' || (type !== 'registration' && validInn(value))))
      return 'inn';
    if (/^(\d{13}|\d{15})$/.test(value) && (type === 'registration' || validOgrn(value))) return 'ogrn';
  }
  return /^[0-9A-Z]{18}$/.test(value) && validUscc(value) ? 'uscc' : type;
}

/** Labels of numbers inside sentences: `INN: 7802942873`, `OGRN 1237800084235`, `(IMO 9374868)`. */
const INSIDE: readonly [RegExp, string][] = [
  [/(?:\bINN|ИНН)[ :№#-]*(\d{10}(?:\d{2})?)(?!\d)/gu, 'inn'],
  [/(?:\bOGRN(?:IP)?|ОГРН(?:ИП)?)[ :№#-]*(\d{13}(?:\d{2})?)(?!\d)/gu, 'ogrn'],
  [/(?:\bKPP|КПП)[ :№#-]*(\d{9})(?!\d)/gu, 'kpp'],
  [/(?:\bOKPO|ОКПО)[ :№#-]*(\d{8}(?:\d{2})?)(?!\d)/gu, 'okpo'],
  [/\b(?:USCC|Unified Social Credit Code(?: \(USCC\))?)[ :№#-]*([0-9A-Z]{18})(?![0-9A-Z])/gu, 'uscc'],
  [/\bIMO[ :]*(?:number[ :]*)?(\d{7})(?!\d)/giu, 'imo'],
  [/\b(?:SWIFT(?:\/BIC)?|BIC)[ :]+([A-Z]{6}[0-9A-Z]{2}(?:[0-9A-Z]{3})?)\b/gu, 'swift'],
  [/\bLEI[ :]+([0-9A-Z]{20})\b/gu, 'lei'],
];

export function numbersInside(text: string): Identifier[] {
  return INSIDE.flatMap(([pattern, type]) => [...text.matchAll(pattern)].map((match) => ({ type, value: match[1]! })));
}
