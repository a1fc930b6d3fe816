/** The remarks column of OFAC's CSV: numbers, weak aliases, countries and links out of one cell of text (facts/screening §4.1). */
import type { ListEntry, ListLink } from '../../../model/index.js';
import { identifierOf, numberType } from '../numbers.js';
import { placeCode } from '../places.js';

export interface Remarks {
  identifiers: ListEntry['identifiers'];
  weakAliases: string[];
  countries: string[];
  births: string[];
  links: ListLink[];
}

export function parseRemarks(remarks: string): Remarks {
  const parsed: Remarks = { identifiers: [], weakAliases: [], countries: [], births: [], links: [] };
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
  const linked = /^Linked To: (.+)$/.exec(part);
  if (linked) into.links.push({ role: 'linked', name: linked[1]!, says: 'Linked To' });
  const birth = /^(?:DOB|Organization Established Date) (.+)$/.exec(part);
  if (birth) into.births.push(birth[1]!);
  const printed = /\(([^()]+)\)$/.exec(part)?.[1] ?? /^(?:nationality|citizen) (.+)$/.exec(part)?.[1] ?? '';
  const country = placeCode(printed) ?? undefined;
  if (country !== undefined && !into.countries.includes(country)) into.countries.push(country);
  readNumber(part, country, into);
}

/** `Tax ID No. 7802942873 (Russia)`: a label of words, then the number, which is the first word that holds a digit. */
function readNumber(part: string, country: string | undefined, into: Remarks): void {
  if (part.length > 160 || /^(?:Gender|nationality|citizen|POB|DOB|Linked To)\b/.test(part)) return;
  const wallet = /^Digital Currency Address - (\S+) (\S+)/.exec(part);
  const found = wallet ?? NUMBER.exec(part.replace(/ \([^()]+\)$/, ''));
  const type = wallet ? 'wallet' : numberType(found?.[1] ?? '');
  const identifier = found && type !== undefined ? identifierOf(type, found[2]!, country) : undefined;
  if (identifier) into.identifiers.push(identifier);
}

const NUMBER =
  /^([A-Za-z][A-Za-z.'&/# ()-]*?(?:\((?:USCC|USCCC|CBLS|MSN|RU|MMSI|OGRNIP)\))?(?: IMO)?) ((?=\S*\d|[A-Z]{8})[^\s;]+)/;
