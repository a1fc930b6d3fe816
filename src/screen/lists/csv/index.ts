/**
 * Any table, with a map that says which column is what. The map is a file of the version, not a setting: what is made of a
 * version must come out the same whoever makes it again.
 */
import { parse } from 'yaml';
import { z } from 'zod';
import { cellValues } from '../../forms/cell-values.js';
import { Collected } from '../../forms/collect.js';
import { tableRows } from '../../forms/csv.js';
import { RowMaker } from '../../forms/row.js';
import { LIMITS, badList } from '../../forms/text.js';
import { type ListRow, type ParsedList, defineList } from '../../list-kind.js';

const columns = z.union([z.string(), z.array(z.string())]).transform((each) => [each].flat());
const SCHEMAS = ['Person', 'Company', 'LegalEntity', 'Vessel', 'Airplane', 'Organization'] as const;

const MAP = z.strictObject({
  delimiter: z.string().length(1).default(','),
  entry: z.string(),
  name: z.string(),
  aliases: columns.default([]),
  weak: columns.default([]),
  countries: columns.default([]),
  addresses: columns.default([]),
  programs: columns.default([]),
  remarks: columns.default([]),
  listedOn: z.string().optional(),
  endsOn: z.string().optional(),
  /** Type of a number (`inn`, `ogrn`, `uscc`, `registration` …) to its column. */
  identifiers: z.record(z.string(), columns).default({}),
  /** One for all rows, or a column with what its texts mean. */
  schema: z
    .union([z.enum(SCHEMAS), z.strictObject({ column: z.string(), means: z.record(z.string(), z.enum(SCHEMAS)) })])
    .default('LegalEntity'),
});
type ColumnMap = z.output<typeof MAP>;

export default defineList({
  list: 'csv',
  title: 'A table of your own, with a map of its columns (name it csv_…)',
  authority: 'Whoever made the table',
  licence: 'That of the table: ask who made it',
  entryUrl: () => 'https://datatracker.ietf.org/doc/html/rfc4180',
  files: { main: 'table.csv', map: 'map.yaml' },
  addresses: {},
  named: { addresses: () => ({}) },
  parse({ main, map }, _cache, limits = LIMITS): ParsedList {
    if (!main) throw badList('the table is missing');
    const columnMap = mapOf(map);
    const { delimiter, entry, name } = columnMap;
    const collected = new Collected('the table', 'csv');
    for (const { line, get } of tableRows(main, {
      file: 'the table',
      delimiter,
      limits,
      needs: [entry, name],
      told: collected,
    })) {
      if (get(entry) === '') collected.reject(`line ${line} has no ${entry}`);
      else collected.add(rowOf(get, columnMap, collected));
    }
    return collected.done();
  },
});

function mapOf(bytes: Uint8Array | undefined): ColumnMap {
  if (!bytes)
    throw badList('the map of the columns is missing', 'Give it with --map FILE; docs/080-screen.md shows one.');
  let given: unknown;
  try {
    given = parse(Buffer.from(bytes).toString('utf8'), { maxAliasCount: 10 });
  } catch (thrown) {
    throw badList(
      `the map of the columns is no YAML: ${thrown instanceof Error ? thrown.message.split('\n')[0]! : ''}`,
    );
  }
  const read = MAP.safeParse(given);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw badList(
    `the map of the columns is wrong: ${issue!.path.join('.')} ${issue!.message}`,
    'docs/080-screen.md shows one.',
  );
}

function rowOf(get: (column: string) => string, map: ColumnMap, collected: Collected): RowMaker {
  const row = new RowMaker(get(map.entry), schemaOf(get, map, collected), collected.unknowns);
  const each = (of: readonly string[]): string[] => of.flatMap((column) => cellValues(get(column)));
  row.name(get(map.name), { primary: true });
  for (const name of each(map.aliases)) row.name(name);
  for (const name of each(map.weak)) row.name(name, { weak: true });
  for (const country of each(map.countries)) row.country(country);
  for (const address of each(map.addresses)) row.address(address);
  for (const program of each(map.programs)) row.program(program);
  const [country] = each(map.countries);
  for (const [type, of] of Object.entries(map.identifiers))
    for (const value of each(of)) row.identifier(type, value, country);
  for (const column of map.remarks) row.remark(get(column), column);
  if (map.listedOn !== undefined) row.listed(get(map.listedOn));
  if (map.endsOn !== undefined) row.ends(get(map.endsOn));
  return row;
}

function schemaOf(get: (column: string) => string, { schema }: ColumnMap, { unknowns }: Collected): ListRow['schema'] {
  if (typeof schema === 'string') return schema;
  const type = get(schema.column);
  if (Object.hasOwn(schema.means, type)) return schema.means[type]!;
  unknowns.add(`a ${schema.column} that the map does not have`, type);
  return 'LegalEntity';
}
