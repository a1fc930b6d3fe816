/** OFAC's CSV: a main file, and beside it aliases, addresses and remarks continued. Latin names only, weak aliases in the remarks. */
import type { ListLimits, ListRow, ParsedList } from '../../list-kind.js';
import { placeCode } from '../places.js';
import { Collected, isAnotherFile } from '../collect.js';
import { badList } from '../text.js';
import { type CsvLine, cells, csvLines, refuseCut } from './cells.js';
import { parseRemarks } from './remarks.js';
import { ofacSchema } from './schemas.js';

const COLUMNS = { main: 12, alt: 5, add: 6, comments: 2 };

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
  const collected = new Collected(name, 'csv');
  const extras = readExtras(files, collected, limits);
  if (main.at(-1) !== 0x1a) collected.problem('it ends without the publisher’s end mark (0x1A): it may be cut');
  for (const [role, bytes] of Object.entries(files))
    if (Object.hasOwn(COLUMNS, role) && bytes.some((byte) => byte > 0x7f))
      collected.problem(`${role} has letters beyond ASCII, which this form never had: names in it may be misread`);
  for (const line of csvLines(main, name, limits)) {
    refuseCut(line, name, collected.size);
    collected.met();
    const row = line.ended ? rowOf(line, extras, cache) : undefined;
    if (row === undefined)
      collected.reject(`line ${line.number} is not a row of ${COLUMNS.main} columns: ${line.text.slice(0, 60)}`);
    else collected.addRow(row);
  }
  return collected.done();
}

function rowOf({ text }: CsvLine, extras: Map<string, Extra>, cache: Map<string, unknown>): ListRow | undefined {
  const known = cache.get(text) as ListRow | 'none' | undefined;
  const plain = known ?? plainRow(text) ?? 'none';
  if (known === undefined) cache.set(text, plain);
  if (plain === 'none') return undefined;
  const extra = extras.get(plain.entry);
  return extra ? withExtra(plain, extra) : plain;
}

function plainRow(text: string): ListRow | undefined {
  const row = cells(text);
  const [entry, name, type, program, title, callSign, , , , flag, owner, remarks] = row ?? [];
  if (row?.length !== COLUMNS.main || !/^\d+$/.test(entry ?? '') || name === undefined) return undefined;
  const country = placeCode(flag ?? '');
  return withRemarks(
    {
      entry: entry!,
      schema: ofacSchema(type ?? '') ?? 'LegalEntity',
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

/** What stands beside the main file. Its records are no entries, but a file that is another one must not read as one without aliases. */
function readExtras(
  files: Readonly<Record<string, Uint8Array>>,
  collected: Collected,
  limits: ListLimits,
): Map<string, Extra> {
  const extras = new Map<string, Extra>();
  const each = (role: 'alt' | 'add' | 'comments', take: (extra: Extra, row: (string | undefined)[]) => void): void => {
    const bytes = files[role];
    if (!bytes) return;
    const file = `the ${role} file`;
    let [records, rejected] = [0, 0];
    for (const line of csvLines(bytes, file, limits)) {
      refuseCut(line, file, records);
      records += 1;
      const row = cells(line.text);
      const entry = row?.[0];
      if (row?.length !== COLUMNS[role] || !/^\d+$/.test(entry ?? '')) {
        rejected += 1;
        collected.problem(`${file}, line ${line.number}: this is not a row of ${COLUMNS[role]} columns`);
        continue;
      }
      const extra = extras.get(entry!) ?? { aliases: [], addresses: [], countries: [], comments: '' };
      take(extra, row);
      extras.set(entry!, extra);
    }
    if (isAnotherFile(rejected, records))
      throw badList(`${file} is another one: ${rejected} of ${records} rows have not its ${COLUMNS[role]} columns`);
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
