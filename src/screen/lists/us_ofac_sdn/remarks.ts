/** The remarks column of OFAC's CSV: identifiers, weak aliases and countries out of one cell of text (facts/screening §4.1). */
import type { ListEntry } from '../../../model/index.js';
import { countryCode } from '../../names/countries.js';

export interface Remarks {
  identifiers: ListEntry['identifiers'];
  weakAliases: string[];
  countries: string[];
}

/** Label as printed → identifier type. Only numbers that join a notice with a list. */
const NUMBERS: readonly [RegExp, string][] = [
  [/^Tax ID No\. (\S+)/, 'tax'],
  [/^Registration Number (\S+)/, 'registration'],
  [/^Unified Social Credit Code \(USCC\) (\S+)/, 'uscc'],
  [/^(?:Legal Entity|LE) Number (\S+)/, 'lei'],
  [/^Vessel Registration Identification (IMO \S+)/, 'imo'],
  [/^Business Registration Number (\S+)/, 'registration'],
  [/^Company Number (\S+)/, 'registration'],
  [/^Commercial Registry Number (\S+)/, 'registration'],
  [/^Government Gazette Number (\S+)/, 'okpo'],
  [/^SWIFT\/BIC (\S+)/, 'swift'],
  [/^BIK \(RU\) (\S+)/, 'bik'],
  [/^MMSI (\S+)/, 'mmsi'],
  [/^Passport (\S+)/, 'passport'],
];

export function parseRemarks(remarks: string): Remarks {
  const parsed: Remarks = { identifiers: [], weakAliases: [], countries: [] };
  for (const raw of remarks.replace(/\.\s*$/, '').split(';')) {
    const part = raw.trim().replace(/^alt\. /, '');
    if (part !== '') readPart(part, parsed);
  }
  return parsed;
}

function readPart(part: string, into: Remarks): void {
  const weak = /^(?:a|f|n)\.k\.a\. '(.+)'$/.exec(part);
  if (weak) {
    into.weakAliases.push(weak[1]!);
    return;
  }
  const country = countryCode(
    /\(([^()]+)\)$/.exec(part)?.[1] ?? /^(?:nationality|citizen) (.+)$/.exec(part)?.[1] ?? '',
  );
  if (country !== undefined && !into.countries.includes(country)) into.countries.push(country);
  for (const [pattern, label] of NUMBERS) {
    const value = pattern.exec(part)?.[1];
    if (value === undefined) continue;
    into.identifiers.push({
      type: typeOf(label, value, country),
      value: value.replace(/^IMO /, ''),
      ...(country === undefined ? {} : { country }),
    });
    return;
  }
}

/** Russian numbers by their own names, so that a notice's ИНН meets the list's Tax ID. */
function typeOf(label: string, value: string, country: string | undefined): string {
  if (country !== 'ru') return label;
  if (label === 'tax' && /^(\d{10}|\d{12})$/.test(value)) return 'inn';
  if (label === 'registration' && /^(\d{13}|\d{15})$/.test(value)) return 'ogrn';
  return label;
}
