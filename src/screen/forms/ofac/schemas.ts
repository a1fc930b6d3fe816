/** OFAC's words for kinds of parties, as all its forms but the advanced one print them. */
import type { ListRow } from '../../list-kind.js';

const SCHEMAS: ReadonlyMap<string, ListRow['schema']> = new Map([
  ['individual', 'Person'],
  ['entity', 'LegalEntity'],
  ['vessel', 'Vessel'],
  ['aircraft', 'Airplane'],
]);

/** `Individual` in the XML forms, `individual` in the CSV. */
export function ofacSchema(type: string): ListRow['schema'] | undefined {
  return SCHEMAS.get(type.toLowerCase());
}
