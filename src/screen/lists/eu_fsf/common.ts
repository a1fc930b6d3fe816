/** What both forms of the EU's list share. */
import type { ListRow } from '../../list-kind.js';
import { earliest, statedDate } from '../../forms/dates.js';
import type { RowMaker } from '../../forms/row.js';

/** Ships and laboratories are typed as enterprise or person here; the publisher has no other types. */
export function schemaOf(...codes: readonly string[]): ListRow['schema'] | undefined {
  if (codes.some((code) => code === 'P' || code === 'person')) return 'Person';
  return codes.some((code) => code === 'E' || code === 'enterprise') ? 'LegalEntity' : undefined;
}

export interface EuName {
  name: string;
  language: string;
  remark: string;
}

const FIRST_LANGUAGES = new Set(['', 'EN', 'ZH', 'RU', 'FA', 'AR']);

/** The list marks no primary name and is translated into twenty languages: names in the language of the law or of the person first. */
export function addNames(names: readonly EuName[], row: RowMaker): void {
  const isFirst = ({ language }: EuName): boolean => FIRST_LANGUAGES.has(language.toUpperCase());
  for (const { name, remark } of [...names.filter(isFirst), ...names.filter((each) => !isFirst(each))]) {
    // Misspelt in the list itself: "lo quality", "god quality".
    row.name(name, { weak: /\blow? quality/i.test(remark) });
    row.remark(remark);
  }
}

/** The earlier of designation and entry into force: an amended entry names the amending act. */
export function listedOn(designation: string, inForce: readonly string[]): string | undefined {
  return earliest([statedDate(designation), ...inForce.map((date) => statedDate(date))]);
}

/** Codes of the list that our table of labels does not have by their text. */
const CODES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    fiscalcode: 'tax',
    taxid: 'tax',
    regnumber: 'registration',
    swiftbic: 'swift',
    imo: 'imo',
    euvat: 'vat',
    passport: 'passport',
    diplopass: 'passport',
    id: 'id',
    ssn: 'ssn',
    drivinglicence: 'id',
    residentperm: 'id',
    electionid: 'id',
    tradelic: 'id',
  }),
);

export function addNumber(code: string, description: string, number: string, country: string, row: RowMaker): void {
  if (number === '') return;
  const type = CODES.get(code.toLowerCase());
  if (type !== undefined) row.identifier(type, number, country);
  else if (!row.number(description, number, country)) row.identifier('number', number, country).numbersIn(number);
}
