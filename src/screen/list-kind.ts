/** What a list is to the product: a folder under `lists/` with one object that says how its files are read. */
import { readdir } from 'node:fs/promises';
import { AsPostedError, type Day, type ListEntry } from '../model/index.js';

/** One row of a list in one state, before it is dated. */
export type ListRow = Omit<ListEntry, 'from' | 'to' | 'stateFrom' | 'stateTo' | 'fromIsBound' | 'list'>;

export interface ParsedList {
  rows: ListRow[];
  /** What could not be read, one sentence each, with the line: never skipped in silence. */
  problems: string[];
  /** Which of the list's forms the file is: `csv`, `enhanced`. */
  form?: string;
  /** The day the file says it is of. */
  publishedAt?: Day;
  /** Records that were met, and how many of them could not be used; all others are in the rows, or belong to none. */
  counts?: { records: number; rejected: number };
  /** Entries by part, of a list that is put together from several: one of them may be lost while the sum looks right. */
  parts?: Readonly<Record<string, number>>;
}

export interface ListLimits {
  /** Most characters of one record: a line without an end is refused before it is held. */
  record: number;
}

export interface ListKind {
  /** `us_ofac_sdn`: also the folder's name. */
  list: string;
  title: string;
  authority: string;
  /** Where a person reads one entry. */
  entryUrl(entry: string): string;
  /** Licence of the publisher's files. */
  licence: string;
  /** Files by role; `main` is the one that a version is named by. */
  files: Readonly<Record<string, string>>;
  /** The publisher's addresses, for `lists update`. */
  addresses: Readonly<Record<string, string>>;
  /** The form that these addresses give, as `parse` calls it; default `csv`. */
  form?: string;
  /** Further forms the publisher gives, for `lists update --form`, each as `parse` calls it. */
  forms?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** One sentence to everybody who loads it, where the licence asks for more than a name. */
  use?: string;
  /** Lists of this kind have names of their own: `csv_partners` is read by the kind `csv`. */
  named?: { addresses(list: string): Readonly<Record<string, string>> };
  /** The publisher gives many files of one form: laid end to end they are one version. */
  many?: true;
  /** Throws BAD_LIST when the file is not of this list or is cut. `cache` may carry parsed lines between versions. */
  parse(files: Readonly<Record<string, Uint8Array>>, cache: Map<string, unknown>, limits?: ListLimits): ParsedList;
}

export function defineList(kind: ListKind): ListKind {
  return kind;
}

let loaded: Promise<ListKind[]> | undefined;

/** Lists are found by folder: adding one touches no other file. */
export function listKinds(): Promise<ListKind[]> {
  loaded ??= loadKinds();
  return loaded;
}

async function loadKinds(): Promise<ListKind[]> {
  const folder = new URL('./lists/', import.meta.url);
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const names = (await readdir(folder, { withFileTypes: true }))
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
  const modules = names.map(
    async (name) => (await import(new URL(`${name}/index.${extension}`, folder).href)) as { default: ListKind },
  );
  return (await Promise.all(modules)).map((module) => module.default);
}

/** Also finds the kind of a list that has a name of its own. */
export async function listKind(list: string): Promise<ListKind> {
  const kinds = await listKinds();
  const kind =
    kinds.find((each) => each.list === list) ??
    kinds.find((each) => each.named && list.startsWith(`${each.list}_`) && /^[a-z0-9_]{1,64}$/.test(list));
  if (kind) return kind;
  throw new AsPostedError({
    code: 'NO_LIST',
    message: `there is no loader for a list called ${list}`,
    hint: `Known lists: ${kinds.map((each) => each.list).join(', ')}.`,
  });
}
