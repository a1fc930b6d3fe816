/** OFAC's list of Specially Designated Nationals, in its CSV form: Latin names only, weak aliases in the remarks. */
import { AsPostedError } from '../../../model/index.js';
import { type ListRow, type ParsedList, defineList } from '../../list-kind.js';
import { countryCode } from '../../names/countries.js';
import { type CsvLine, cells, csvLines } from './csv.js';
import { parseRemarks } from './remarks.js';

const BASE = 'https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/';
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

export default defineList({
  list: 'us_ofac_sdn',
  title: 'OFAC Specially Designated Nationals and Blocked Persons (SDN)',
  authority: 'US Department of the Treasury, Office of Foreign Assets Control',
  licence: 'Public domain (US federal government)',
  entryUrl: (entry) => `https://sanctionssearch.ofac.treas.gov/Details.aspx?id=${entry}`,
  files: { main: 'SDN.CSV', alt: 'ALT.CSV', add: 'ADD.CSV', comments: 'SDN_COMMENTS.CSV' },
  addresses: {
    main: `${BASE}SDN.CSV`,
    alt: `${BASE}ALT.CSV`,
    add: `${BASE}ADD.CSV`,
    comments: `${BASE}SDN_COMMENTS.CSV`,
  },
  parse(files, cache): ParsedList {
    const main = files['main'];
    if (!main) throw new AsPostedError({ code: 'BAD_LIST', message: 'the main file (SDN.CSV) is missing' });
    const problems: string[] = [];
    const extras = readExtras(files, problems);
    const rows: ListRow[] = [];
    const lines = csvLines(main, 'SDN.CSV');
    if (main.at(-1) !== 0x1a) problems.push('SDN.CSV ends without the publisher’s end mark (0x1A): it may be cut');
    for (const line of lines) {
      const row = rowOf(line, extras, cache);
      if (typeof row === 'string') problems.push(row);
      else rows.push(row);
    }
    if (rows.length === 0 || problems.length > lines.length * UNREADABLE) {
      throw new AsPostedError({
        code: 'BAD_LIST',
        message: `this is no SDN.CSV: ${rows.length} rows read of ${lines.length} lines; ${problems[0] ?? 'the file is empty'}`,
        hint: 'Give the CSV form of the list (12 columns, no header); nothing was kept.',
      });
    }
    return { rows, problems };
  },
});

function rowOf(line: CsvLine, extras: Map<string, Extra>, cache: Map<string, unknown>): ListRow | string {
  const known = cache.get(line.text) as ListRow | string | undefined;
  const plain = known ?? plainRow(line);
  if (known === undefined) cache.set(line.text, plain);
  if (typeof plain === 'string') return plain;
  const extra = extras.get(plain.entry);
  return extra ? withExtra(plain, extra) : plain;
}

function plainRow({ text, number }: CsvLine): ListRow | string {
  const row = cells(text);
  const [entry, name, type, program, title] = row ?? [];
  if (!row || row.length !== COLUMNS.main || !/^\d+$/.test(entry ?? '') || name === undefined) {
    return `SDN.CSV line ${number} is not a row of ${COLUMNS.main} columns: ${text.slice(0, 60)}`;
  }
  return withRemarks(
    {
      entry: entry!,
      schema: (type === undefined ? undefined : SCHEMAS[type.toLowerCase()]) ?? 'LegalEntity',
      name,
      aliases: [],
      identifiers: [],
      countries: [],
      addresses: [],
      programs: (program ?? '').split('] [').filter((each) => each !== ''),
      remarks: '',
    },
    [title === undefined ? '' : `Title: ${title}`, row[11] ?? ''].filter((each) => each !== '').join('; '),
  );
}

function withRemarks(row: ListRow, remarks: string): ListRow {
  const { identifiers, weakAliases, countries } = parseRemarks(remarks);
  return {
    ...row,
    remarks,
    identifiers,
    countries: [...new Set([...row.countries, ...countries])],
    aliases: [
      ...row.aliases.filter(({ weak }) => !weak),
      ...weakAliases.map((name) => ({ name, weak: true, kind: 'weak' as const })),
    ],
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

function readExtras(files: Readonly<Record<string, Uint8Array>>, problems: string[]): Map<string, Extra> {
  const extras = new Map<string, Extra>();
  const each = (role: 'alt' | 'add' | 'comments', take: (extra: Extra, row: (string | undefined)[]) => void): void => {
    const bytes = files[role];
    if (!bytes) return;
    for (const line of csvLines(bytes, `${role} file`)) {
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
    const code = countryCode(country ?? '');
    if (code !== undefined && !extra.countries.includes(code)) extra.countries.push(code);
  });
  each('comments', (extra, [, comments]) => {
    extra.comments += comments ?? '';
  });
  return extras;
}
