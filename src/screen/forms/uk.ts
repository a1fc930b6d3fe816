/** What the UK's lists share, the one in force and the closed one of the Treasury: names in six parts, several values in one cell. */
import type { ListRow } from '../list-kind.js';
import type { RowMaker, Unknowns } from './row.js';

const SCHEMAS: ReadonlyMap<string, ListRow['schema']> = new Map([
  ['individual', 'Person'],
  ['entity', 'LegalEntity'],
  ['ship', 'Vessel'],
]);

export function ukSchema(type: string, unknowns: Unknowns): ListRow['schema'] {
  const schema = SCHEMAS.get(type.toLowerCase());
  if (!schema) unknowns.add('a designation of a type this reader does not know', type);
  return schema ?? 'LegalEntity';
}

/** Names 1 to 6 of a row: the sixth, printed first in the file, is the family's or the organisation's. */
export const UK_NAMES = ['Name 1', 'Name 2', 'Name 3', 'Name 4', 'Name 5', 'Name 6'] as const;

/** The types come in at least six casings; some designations have no primary name. */
export function addUkName(parts: readonly string[], type: string, strength: string, row: RowMaker): void {
  const primary = /^primary name$/i.test(type.trim());
  row.name(parts.join(' '), { primary, weak: /^low/i.test(strength.trim()) });
}

export function addMeasures(text: string, row: RowMaker): void {
  for (const measure of text.split('|')) row.measure(measure);
}

/** Free text: `INN: 7802942873`. Without a label that is known each part is one number. */
export function addRegistration(text: string, row: RowMaker): void {
  for (const part of manyOf(text)) {
    const before = row.numbers;
    row.numbersIn(part);
    if (row.numbers === before && /\d/.test(part) && part.length < 60) row.identifier('registration', part);
  }
}

/** Several in one cell: `(1) Panama (2) Gabon`, or with `|`. Only what begins with `(1)` is numbered: `12 (34) 56` is one number. */
export function manyOf(text: string): string[] {
  const parts = text.split('|').flatMap((part) => (/^\s*\(1\)/.test(part) ? part.split(/\(\d{1,2}\)/) : [part]));
  return parts.map((each) => each.trim()).filter((each) => each !== '');
}
