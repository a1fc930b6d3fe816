/** What a list is to the product: a folder under `lists/` with one object that says how its files are read. */
import { readdir } from 'node:fs/promises';
import { AsPostedError, type ListEntry } from '../model/index.js';

/** One row of a list in one state, before it is dated. */
export type ListRow = Omit<ListEntry, 'from' | 'to' | 'stateFrom' | 'stateTo' | 'fromIsBound' | 'list'>;

export interface ParsedList {
  rows: ListRow[];
  /** What could not be read, one sentence each, with the line: never skipped in silence. */
  problems: string[];
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
  /** Throws BAD_LIST when the file is not of this list or is cut. `cache` may carry parsed lines between versions. */
  parse(files: Readonly<Record<string, Uint8Array>>, cache: Map<string, unknown>): ParsedList;
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

export async function listKind(list: string): Promise<ListKind> {
  const kinds = await listKinds();
  const kind = kinds.find((each) => each.list === list);
  if (kind) return kind;
  throw new AsPostedError({
    code: 'NO_LIST',
    message: `there is no loader for a list called ${list}`,
    hint: `Known lists: ${kinds.map((each) => each.list).join(', ')}.`,
  });
}
