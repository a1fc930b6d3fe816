/** Lists: versions as seen records, dated entries and the screener made from them. */
import {
  AsPostedError,
  type ListEntry,
  type ListVersionRecord,
  type ListVersionRef,
  type ScreeningQuery,
} from '../model/index.js';
import {
  type Arrival,
  type FoundStates,
  type Screener,
  applyListDiff,
  foldVersion,
  groupBy,
  listKind,
  openPacked,
  packScreener,
  parseListState,
  screenStates,
  touchedStates,
} from '../screen/index.js';
import {
  type Database,
  type ListVersionRow,
  type Rescreened,
  distinctQuestions,
  foldedLists,
  listVersions,
  listsToFold,
  loadListEntries,
  saveFoldedList,
} from '../store/index.js';
import type { Parts } from './parts.js';
import { readIndexFile, writeIndexFile } from './screening-index.js';

/**
 * Folds versions that came in since, and finds the notices that what they changed can concern; called under the derive lock, so that
 * a crash in between is made good by the next derive.
 */
export async function refreshLists(parts: Pick<Parts, 'store' | 'progress'>): Promise<Rescreened[]> {
  const rescreened: Rescreened[] = [];
  for (const list of await listsToFold(parts.store.database)) {
    const each = await refreshList(parts, list);
    rescreened.push(each);
    if (each.of > 0) parts.progress(`${list}: ${shown(each.again)} of ${shown(each.of)} notices asked again`);
  }
  return rescreened;
}

const shown = (count: number): string => count.toLocaleString('en');

/**
 * Every version in order of publication, whatever the order of import. Versions newer than all that were folded before go
 * on from there; an older one that came late makes the whole list anew.
 */
async function refreshList({ store }: Pick<Parts, 'store'>, list: string): Promise<Rescreened> {
  const { database, vault } = store;
  const kind = await listKind(list);
  const versions = await listVersions(database, list);
  const folded = (await foldedLists(database)).get(list);
  const fresh = folded ? versions.filter(({ logIndex }) => logIndex > folded.logIndex) : versions;
  const goesOn = folded !== undefined && fresh.every(({ record }) => record.publishedAt >= folded.publishedAt);
  const before = folded === undefined ? [] : await loadListEntries(database, list);
  let entries: ListEntry[] = goesOn ? before : [];
  const contents = new ListContents(versions, vault);
  const lines = new Map<string, unknown>();
  for (const { record } of goesOn ? fresh : versions) {
    const { rows } = parseListState(kind, await contents.files(record), lines);
    entries = foldVersion(entries, rows, { list, publishedAt: record.publishedAt });
  }
  const touched = touchedStates(before, entries);
  const logIndex = Math.max(...versions.map((each) => each.logIndex));
  const publishedAt = versions.at(-1)!.record.publishedAt;
  const concerned = await concernedBy(database, [...touched.gone, ...touched.come]);
  const rescreened = await saveFoldedList(database, { list, ...touched, folded: { logIndex, publishedAt }, concerned });
  recent.delete(database);
  return rescreened;
}

/**
 * Keys of the questions that find one of these states, old or new. An answer is made pair by pair, so an entry that a question does
 * not find cannot change it; where an answer was cut short it can, and those are asked again in any case.
 */
async function concernedBy(database: Database, states: readonly ListEntry[]): Promise<string[]> {
  if (states.length === 0) return [];
  let find: ReturnType<typeof screenStates> | undefined; // a store without notices builds no index
  const keys: string[] = [];
  for await (const page of distinctQuestions(database)) {
    find ??= screenStates(states);
    for (const { key, query } of page) if (find(query).states.length > 0) keys.push(key);
  }
  return keys;
}

/** The publisher's files of each state. A state kept as a diff is put together from the one it stands on; the last is held. */
class ListContents {
  private readonly byContent: Map<string, ListVersionRecord>;
  private readonly vault: Parts['store']['vault'];
  private last: { content: string; bytes: Uint8Array } | undefined;

  constructor(versions: readonly ListVersionRow[], vault: Parts['store']['vault']) {
    this.byContent = new Map(versions.map(({ record }) => [record.content, record]));
    this.vault = vault;
  }

  async files(record: ListVersionRecord): Promise<Record<string, Uint8Array>> {
    const files: Record<string, Uint8Array> = {};
    for (const [role, hash] of Object.entries(record.objects)) {
      if (role !== 'main' && role !== 'diff') files[role] = await this.vault.get(hash);
    }
    return { ...files, main: await this.main(record) };
  }

  private async main(record: ListVersionRecord): Promise<Uint8Array> {
    // A chain of diffs is walked back with a list of its own: hundreds of states deep, recursion would be a risk.
    const chain: ListVersionRecord[] = [];
    for (let at: ListVersionRecord | undefined = record; ;) {
      if (this.last?.content === at.content || at.objects['main'] !== undefined) {
        chain.unshift(at);
        break;
      }
      chain.unshift(at);
      at = at.on === undefined ? undefined : this.byContent.get(at.on);
      if (!at || chain.length > this.byContent.size) throw brokenChain(record);
    }
    for (const each of chain) {
      if (this.last?.content === each.content) continue;
      const whole = each.objects['main'];
      const bytes = whole
        ? await this.vault.get(whole)
        : applyListDiff(this.last!.bytes, await this.vault.get(each.objects['diff']!), each.content);
      this.last = { content: each.content, bytes };
    }
    return this.last!.bytes;
  }
}

function brokenChain({ list, publishedAt }: ListVersionRecord): AsPostedError {
  return new AsPostedError({
    code: 'VAULT_CORRUPT',
    message: `the version of ${list} of ${publishedAt} stands on a state that is not in the store`,
    hint: 'Run `asposted fsck`.',
  });
}

/** A version of a list as it came in. */
export interface ListArrival extends Arrival {
  at: string;
}

/** What can be asked: the screener, what it is made of, and a key that changes when a list does. */
export interface Listed {
  key: string;
  screener: Screener;
  /** All states of all entries; read when first asked for. */
  readonly entries: readonly ListEntry[];
  versions: readonly ListVersionRef[];
  /** What threads open for themselves. */
  shared: SharedArrayBuffer;
  /** Versions of each list, in log order. */
  arrivals: ReadonlyMap<string, readonly ListArrival[]>;
  /** What entries were once, and no longer are, that a question finds. */
  past(query: ScreeningQuery): FoundStates;
  /** All states of an entry, by `list entry`, the oldest first. */
  statesOf(key: string): readonly ListEntry[];
}

const held = new WeakMap<object, Listed>();

/**
 * All lists of the store; read anew only when a list changed. Another command may have made the index of these very lists
 * before: then it is read and not made.
 */
export async function loadListed({ store, progress }: Pick<Parts, 'store' | 'progress'>): Promise<Listed> {
  const { database, dir, schema } = store;
  const key = JSON.stringify([...(await foldedLists(database))]);
  const known = held.get(database);
  if (known?.key === key) return known;
  const tell = (line: string): void => {
    progress(line);
  };
  const fileKey = `${schema} ${key}`;
  const rows = await listVersions(database);
  const listed =
    listedFrom(key, rows, await readIndexFile(dir, fileKey, tell)) ??
    (await makeListed(store, rows, { key, fileKey, tell }));
  held.set(database, listed);
  return listed;
}

/** Who asks a thousand times a second need not ask the database each time; another process's change is seen after this long. */
const RECENT_MS = 1_000;
const recent = new WeakMap<object, { at: number; listed: Promise<Listed> }>();

/** As `loadListed`, for servers: what this process folds is seen at once, what another does within a second. */
export function loadListedRecently(parts: Pick<Parts, 'store' | 'progress'>): Promise<Listed> {
  const { database } = parts.store;
  const known = recent.get(database);
  if (known && performance.now() - known.at < RECENT_MS) return known.listed;
  const listed = loadListed(parts);
  recent.set(database, { at: performance.now(), listed });
  listed.catch(() => recent.delete(database));
  return listed;
}

async function makeListed(
  { database, dir }: Parts['store'],
  rows: readonly ListVersionRow[],
  { key, fileKey, tell }: { key: string; fileKey: string; tell: (line: string) => void },
): Promise<Listed> {
  const versions = rows.map(({ record }) => ({
    list: record.list,
    publishedAt: record.publishedAt,
    sha256: record.content,
    entries: record.entries,
  }));
  const shared = packScreener(await loadListEntries(database), versions);
  if (shared.byteLength >= WORTH_KEEPING) await writeIndexFile(dir, fileKey, { shared, tell });
  return listedFrom(key, rows, shared)!;
}

/** Smaller ones are made as fast as they are read. */
const WORTH_KEEPING = 1 << 20;

function listedFrom(
  key: string,
  rows: readonly ListVersionRow[],
  shared: SharedArrayBuffer | undefined,
): Listed | undefined {
  const opened = shared && openPacked(shared);
  if (!opened) return undefined;
  const entries = onceMade(opened.entries);
  const arrivals = rows
    .map(({ record, logIndex, at }) => ({ list: record.list, publishedAt: record.publishedAt, logIndex, at }))
    .sort((a, b) => a.logIndex - b.logIndex);
  const past = onceMade(() => screenStates(entries().filter(isPast)));
  const states = onceMade(() => groupBy(entries(), ({ list, entry }) => `${list} ${entry}`));
  return {
    key,
    shared,
    screener: opened.screener,
    versions: opened.versions,
    arrivals: groupBy(arrivals, ({ list }) => list),
    get entries() {
      return entries();
    },
    past: (query) => past()(query),
    statesOf: (of) => states().get(of) ?? [],
  };
}

const isPast = ({ to, stateTo }: ListEntry): boolean => to !== null || (stateTo ?? null) !== null;

/** Built when first asked for: most commands never do. */
function onceMade<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

export const loadScreener = async (parts: Pick<Parts, 'store' | 'progress'>): Promise<Screener> =>
  (await loadListed(parts)).screener;
