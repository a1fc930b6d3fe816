/** OFAC's CSV: a main file, and beside it aliases, addresses and remarks continued. Latin names only, weak aliases in the remarks. */
import type { ListLimits, ListRow, ParsedList } from '../../list-kind.js';
import { placeCode } from '../places.js';
import { badList } from '../text.js';
import { type CsvLine, cells, csvLines } from './cells.js';
import { parseRemarks } from './remarks.js';

const COLUMNS = { main: 12, alt: 5, add: 6, comments: 2 };
/** A list with this share of unreadable rows is not the list. */
const UNREADABLE = 0.01;

const SCHEMAS: Record<string, ListRow['schema']> = { individual: 'Person', vessel: 'Vessel', aircraft: 'Airplane' };

interface Extra {
  aliases: { kind: 'aka' | 'fka' | 'nka'; name: string }[];
  addresses: string[];
  countries: string[];
  comments: string;
}

export interface CsvFiles {
  files: Readonly<Record<string, Uint8Array>>;
  /** What the main file is called: `SDN.CSV`. */
  name: string;
  cache: Map<string, unknown>;
  limits: ListLimits;
}

export function parseCsvFiles({ files, name, cache, limits }: CsvFiles): ParsedList {
  const main = files['main']!;
  const problems: string[] = [];
  const extras = readExtras(files, problems, limits);
  const rows = new Map<string, ListRow>();
  let count = 0;
  if (main.at(-1) !== 0x1a) problems.push(`${name} ends without the publisher’s end mark (0x1A): it may be cut`);
  for (const line of csvLines(main, name, limits)) {
    count += 1;
    const row = rowOf(line, name, extras, cache);
    if (typeof row === 'string') problems.push(row);
    else if (rows.has(row.entry))
      problems.push(`${name} line ${line.number}: ${row.entry} is there twice; the first is kept`);
    else rows.set(row.entry, row);
  }
  if (rows.size === 0 || problems.length > Math.max(count * UNREADABLE, 2)) {
    throw badList(
      `this is no ${name}: ${rows.size} rows read of ${count} lines; ${problems[0] ?? 'the file is empty'}`,
      'Give the CSV form of the list (12 columns, no header); nothing was kept.',
    );
  }
  return { rows: [...rows.values()], problems, form: 'csv' };
}

function rowOf(line: CsvLine, name: string, extras: Map<string, Extra>, cache: Map<string, unknown>): ListRow | string {
  const known = cache.get(line.text) as ListRow | string | undefined;
  const plain = known ?? plainRow(line, name);
  if (known === undefined) cache.set(line.text, plain);
  if (typeof plain === 'string') return plain;
  const extra = extras.get(plain.entry);
  return extra ? withExtra(plain, extra) : plain;
}

function plainRow({ text, number }: CsvLine, file: string): ListRow | string {
  const row = cells(text);
  const [entry, name, type, program, title, callSign, , , , flag, owner, remarks] = row ?? [];
  if (!row || row.length !== COLUMNS.main || !/^\d+$/.test(entry ?? '') || name === undefined)
    return `${file} line ${number} is not a row of ${COLUMNS.main} columns: ${text.slice(0, 60)}`;
  const country = placeCode(flag ?? '');
  return withRemarks(
    {
      entry: entry!,
      schema: (type === undefined ? undefined : SCHEMAS[type.toLowerCase()]) ?? 'LegalEntity',
      name,
      aliases: [],
      identifiers: callSign === undefined ? [] : [{ type: 'callsign', value: callSign }],
      countries: country ? [country] : [],
      addresses: [],
      programs: (program ?? '').split('] [').filter((each) => each !== ''),
      remarks: '',
      ...(owner === undefined ? {} : { links: [{ role: 'owner', name: owner, says: 'Vessel Owner' }] }),
    },
    [title === undefined ? '' : `Title: ${title}`, remarks ?? ''].filter((each) => each !== '').join('; '),
  );
}

/** Reads the remarks anew: those of the comments file continue a word that the main file cuts. */
function withRemarks(row: ListRow, remarks: string): ListRow {
  const { identifiers, weakAliases, countries, births, links } = parseRemarks(remarks);
  const owners = row.links?.filter(({ role }) => role === 'owner') ?? [];
  return {
    ...row,
    remarks,
    identifiers: [...row.identifiers.filter(({ type }) => type === 'callsign'), ...identifiers],
    countries: [...new Set([...row.countries, ...countries])],
    aliases: [
      ...row.aliases.filter(({ weak }) => !weak),
      ...weakAliases.map((name) => ({ name, weak: true, kind: 'weak' as const })),
    ],
    ...(births.length === 0 ? {} : { births }),
    ...(owners.length + links.length === 0 ? {} : { links: [...owners, ...links] }),
  };
}

function withExtra(row: ListRow, extra: Extra): ListRow {
  const joined = extra.comments === '' ? row : withRemarks(row, row.remarks + extra.comments);
  return {
    ...joined,
    aliases: [...extra.aliases.map(({ name, kind }) => ({ name, weak: false, kind })), ...joined.aliases],
    addresses: extra.addresses,
    countries: [...new Set([...joined.countries, ...extra.countries])],
  };
}

function readExtras(
  files: Readonly<Record<string, Uint8Array>>,
  problems: string[],
  limits: ListLimits,
): Map<string, Extra> {
  const extras = new Map<string, Extra>();
  const each = (role: 'alt' | 'add' | 'comments', take: (extra: Extra, row: (string | undefined)[]) => void): void => {
    const bytes = files[role];
    if (!bytes) return;
    for (const line of csvLines(bytes, `${role} file`, limits)) {
      const row = cells(line.text);
      const entry = row?.[0];
      if (!row || row.length !== COLUMNS[role] || !/^\d+$/.test(entry ?? '')) {
        problems.push(`${role} file line ${line.number} is not a row of ${COLUMNS[role]} columns`);
        continue;
      }
      const extra = extras.get(entry!) ?? { aliases: [], addresses: [], countries: [], comments: '' };
      take(extra, row);
      extras.set(entry!, extra);
    }
  };
  each('alt', (extra, [, , kind, name]) => {
    if (name !== undefined) extra.aliases.push({ kind: kind === 'fka' || kind === 'nka' ? kind : 'aka', name });
  });
  each('add', (extra, [, , street, city, country]) => {
    const address = [street, city, country].filter((part) => part !== undefined).join(', ');
    if (address !== '') extra.addresses.push(address);
    const code = placeCode(country ?? '');
    if (code && !extra.countries.includes(code)) extra.countries.push(code);
  });
  each('comments', (extra, [, comments]) => {
    extra.comments += comments ?? '';
  });
  return extras;
}
