/** Two sets of tables, row by row: what a store holds against what the log makes. */
import type { Database } from './database.js';

export interface TableDifference {
  table: string;
  /** Rows that are there and should not be, and the other way round; a changed row is one of each. Undefined: the table is missing or has other columns. */
  extra: number | undefined;
  missing: number | undefined;
  /** Ids of some of them. */
  examples: string[];
}

const EXAMPLES = 3;

/** Who is at work on what is of the moment, and made from nothing. */
const OF_THE_MOMENT: readonly string[] = ['worker', 'turn'];

/** Schema names are our own, never a page’s or a person’s; tables are those of the second schema. */
export async function compareTables(
  database: Database,
  { schema, with: other }: { schema: string; with: string },
): Promise<TableDifference[]> {
  const [held, wanted] = [await columnsOf(database, schema), await columnsOf(database, other)];
  const found: TableDifference[] = [];
  for (const [table, columns] of wanted) {
    if (OF_THE_MOMENT.includes(table)) continue;
    if (held.get(table) !== columns) {
      found.push({ table, extra: undefined, missing: undefined, examples: [] });
      continue;
    }
    const difference = await compareTable(database, table, { schema, other });
    if (difference) found.push(difference);
  }
  return found;
}

/** Names and types of the columns of each table, in order. */
async function columnsOf(database: Database, schema: string): Promise<Map<string, string>> {
  const rows = await database.query<{ name: string; columns: string }>(
    `select c.table_name::text as name, string_agg(c.column_name || ' ' || c.data_type, ', ' order by c.ordinal_position) as columns
     from information_schema.columns c where c.table_schema = $1 group by c.table_name order by 1`,
    [schema],
  );
  return new Map(rows.map(({ name, columns }) => [name, columns]));
}

async function compareTable(
  database: Database,
  table: string,
  { schema, other }: { schema: string; other: string },
): Promise<TableDifference | undefined> {
  const [held, wanted] = [`${schema}."${table}"`, `${other}."${table}"`];
  const extra = await rowsOnlyIn(database, held, wanted);
  const missing = await rowsOnlyIn(database, wanted, held);
  if (extra.count + missing.count === 0) return undefined;
  const examples = [...new Set([...extra.names, ...missing.names])].slice(0, EXAMPLES);
  return { table, extra: extra.count, missing: missing.count, examples };
}

async function rowsOnlyIn(database: Database, a: string, b: string): Promise<{ count: number; names: string[] }> {
  const rows = await database.query<{ count: number; names: (string | null)[] | null }>(
    `with alone as (select to_jsonb(x) as body from (select * from ${a} except all select * from ${b}) x),
       named as (select coalesce(body ->> 'id', body ->> 'notice_id', body ->> 'log_index', body ->> 'name', body ->> 'url', body ->> 'entry') as name from alone)
     select (select count(*) from alone) as count, array(select distinct name from named order by name limit ${EXAMPLES}) as names`,
  );
  const { count = 0, names } = rows[0] ?? {};
  return { count, names: (names ?? []).filter((name) => name !== null) };
}
