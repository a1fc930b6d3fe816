/** What the forms of the UK's list share. */
import type { ListRow } from '../../list-kind.js';
import type { RowMaker, Unknowns } from '../../forms/row.js';

const SCHEMAS: Readonly<Record<string, ListRow['schema']>> = {
  individual: 'Person',
  entity: 'LegalEntity',
  ship: 'Vessel',
};

export function schemaOf(type: string, unknowns: Unknowns): ListRow['schema'] {
  const schema = SCHEMAS[type.toLowerCase()];
  if (!schema) unknowns.add('a designation of a type this reader does not know', type);
  return schema ?? 'LegalEntity';
}

/** The sixth name is the family's or the organisation's. The types come in at least six casings; some designations have no primary name. */
export function addName(parts: readonly string[], type: string, strength: string, row: RowMaker): void {
  const primary = /^primary name$/i.test(type.trim());
  row.name(parts.join(' '), { primary, weak: /^low/i.test(strength.trim()) });
}

export function addMeasures(text: string, row: RowMaker): void {
  for (const measure of text.split('|')) row.measure(measure);
}

/** Free text: `INN: 7802942873`. Without a label that is known the whole text is one number. */
export function addRegistration(text: string, row: RowMaker): void {
  const before = row.numbers;
  row.numbersIn(text);
  if (row.numbers === before && /\d/.test(text) && text.length < 60) row.identifier('registration', text);
}

/** Several in one cell: `(1) Panama (2) Gabon`, or with `|`. */
export function manyOf(text: string): string[] {
  return text
    .split(/\||\(\d+\)/)
    .map((each) => each.trim())
    .filter((each) => each !== '');
}
