/**
 * The passage index of a store (facts/copies §6 to §8): which texts share passages, among all that are held. Texts come in in the
 * order of the log, and what each shares is found in what was held by then; so live and rebuilt stores hold the same rows. Index
 * and folded texts are files of the store that can be made again; the rows are the truth.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import {
  FOLD_VERSION,
  type Found,
  type PassageIndex,
  createPassageIndex,
  kernel,
  openSegment,
} from '../compare/index.js';
import { AsPostedError, type NoticeId, type Reading, SETTINGS, hostOf } from '../model/index.js';
import { writeWhole } from '../preserve/index.js';
import {
  type Database,
  type DocumentRow,
  type Queryable,
  type SharedBody,
  currentPolicy,
  documentCount,
  documentHeads,
  documentsFrom,
  documentsOf,
  insertDocument,
} from '../store/index.js';
import { FoldedTexts } from './folded-texts.js';
import { sha256 } from './keep.js';
import type { Parts } from './parts.js';

type OfStore = Pick<Parts, 'store' | 'progress'>;

/** So many partners of a text are kept as rows, the nearest first; whoever asks for all of them asks the index. */
export const KEPT_PARTNERS = 100;
/** Taken in since the files were written, beyond which they are written again. */
const UNSAVED = 512;
const PAGE = 500;
const MANIFEST = 'manifest.json';

interface Manifest {
  fold: number;
  documents: number;
  /** Hash of the text of the last of them: other texts may have the same numbers after a rebuild. */
  last: string;
  segments: string[];
}

export interface Passages {
  index: PassageIndex;
  texts: FoldedTexts;
}

interface Held extends Passages {
  saved: number;
  canWrite: boolean;
}

const held = new WeakMap<Database, Held>();

/** A folder for each set of tables: `fsck` makes a second one of the same log. */
const folderOf = ({ dir, schema }: Parts['store']): string => join(dir, 'made', `passages-${schema}`);

/** Up to what the rows say. Several may read; who writes holds the lock of `derive`. */
export async function loadPassages(
  parts: OfStore,
  { canWrite = false, db = parts.store.database }: { canWrite?: boolean; db?: Queryable } = {},
): Promise<Passages> {
  const { database } = parts.store;
  let known = held.get(database);
  if (known && canWrite && !known.canWrite) {
    forgetPassages(parts.store);
    known = undefined;
  }
  known ??= await opened(parts, db, canWrite);
  held.set(database, known);
  await catchUp(db, known);
  return known;
}

export function forgetPassages({ database }: Pick<Parts['store'], 'database'>): void {
  held.get(database)?.texts.close();
  held.delete(database);
}

export async function dropPassageFiles(store: Parts['store']): Promise<void> {
  forgetPassages(store);
  await rm(folderOf(store), { recursive: true, force: true });
}

async function opened({ store, progress }: OfStore, db: Queryable, canWrite: boolean): Promise<Held> {
  const folder = folderOf(store);
  const count = await documentCount(db);
  let texts: FoldedTexts;
  try {
    texts = new FoldedTexts(folder, { canWrite, most: count });
  } catch (error) {
    if (!canWrite) throw error;
    progress(`the passage index is not kept: ${(error as Error).message}`);
    texts = new FoldedTexts(folder, { canWrite: false, most: count });
  }
  const manifest = readManifest(folder);
  const isOurs = manifest !== undefined && manifest.documents <= count && (await isLast(db, manifest));
  // Without a manifest nothing says which texts these are.
  if (!isOurs) texts.cutTo(0);
  const segments = isOurs && texts.count >= manifest.documents ? segmentsIn(folder, manifest) : undefined;
  const index = createPassageIndex({ textOf: (document) => texts.at(document), segments: segments ?? [] });
  return { index, texts, saved: index.documents, canWrite };
}

function readManifest(folder: string): Manifest | undefined {
  try {
    const manifest = JSON.parse(readFileSync(join(folder, MANIFEST), 'utf8')) as Manifest;
    return manifest.fold === FOLD_VERSION ? manifest : undefined;
  } catch {
    return undefined; // made data: whatever is wrong with it, it is made again
  }
}

async function isLast(db: Queryable, { documents, last }: Manifest): Promise<boolean> {
  if (documents === 0) return true;
  const [row] = await documentHeads(db, documents - 1, 1);
  return row?.textHash === last;
}

/** Undefined: one is missing, of another version or not whole. */
function segmentsIn(folder: string, { segments, documents }: Manifest): ReturnType<typeof mustOpen>[] | undefined {
  try {
    const all = segments.map((name) => mustOpen(join(folder, name)));
    const last = all.at(-1);
    return (last ? last.first + last.documents : 0) === documents ? all : undefined;
  } catch {
    return undefined;
  }
}

function mustOpen(path: string): NonNullable<ReturnType<typeof openSegment>> {
  const bytes = readFileSync(path);
  const shared = new SharedArrayBuffer(bytes.length);
  new Uint8Array(shared).set(bytes);
  const segment = openSegment(shared);
  if (!segment) throw new Error('another version, or not whole');
  return segment;
}

/** Takes in what the rows have and the index has not: after a crash, of another process, or all of it. */
async function catchUp(db: Queryable, { index, texts }: Held): Promise<void> {
  const count = await documentCount(db);
  while (texts.count < count) {
    const rows = await documentsFrom(db, texts.count, PAGE);
    if (rows[0]?.number !== texts.count) throw damaged(texts.count);
    for (const { text } of rows) texts.add(folded(text));
  }
  while (index.documents < count) {
    const rows = await documentHeads(db, index.documents, PAGE);
    if (rows[0]?.number !== index.documents) throw damaged(index.documents);
    for (const row of rows) {
      const units = texts.at(row.number);
      if (!units) throw damaged(row.number);
      insert(index, row, units);
    }
  }
}

/** Numbers have no gaps; where one is missing, going on would ask for it for ever. */
const damaged = (number: number): AsPostedError =>
  new AsPostedError({
    code: 'STORE_FAILED',
    message: `the passage index cannot be made: text ${number} of the store is missing`,
    hint: 'Run `asposted rebuild`; what was captured is in the vault.',
  });

const folded = (text: string): Uint16Array => kernel().fold(text).units;

function insert(index: PassageIndex, { number, source, first }: DocumentRow, units: Uint16Array): void {
  index.insert({ document: number, source, group: first, sketch: { units, ...kernel().sketchFolded(units) } });
}

export interface TextOfNotice {
  exhibitId: string;
  noticeId: NoticeId;
  text: string;
  account: Reading['account'];
  url: string;
}

/** A live text of a notice: numbered, and held against all before it. Called in the transaction that indexes its exhibit. */
export async function takeInText(
  parts: OfStore,
  db: Queryable,
  { exhibitId, noticeId, text: asRead, account, url }: TextOfNotice,
): Promise<void> {
  const text = asRead.replaceAll('\0', '\ufffd'); // as its row has it
  const textHash = sha256(text);
  const own = await documentsOf(db, noticeId);
  if (own.some((each) => each.textHash === textHash)) return;
  const passages = await loadPassages(parts, { canWrite: true, db });
  const { index, texts } = passages;
  const number = index.documents;
  const units = folded(text);
  const row: DocumentRow = {
    number,
    exhibitId,
    textHash,
    source: numberOf(account?.id ?? account?.name ?? hostOf(url)),
    first: own[0]?.number ?? number,
  };
  const sketch = { units, ...kernel().sketchFolded(units) };
  // By the thresholds that were on record by then, whoever makes these rows.
  const minimumShare = (await currentPolicy(db))?.['copies.minimum'] ?? SETTINGS['copies.minimum'].default;
  const { found } = index.lookup(sketch, { group: row.first, limit: KEPT_PARTNERS, minimumShare });
  await insertDocument(
    db,
    row,
    found.map((each) => ({ other: each.document, body: bodyOf(each) })),
  );
  texts.add(units);
  index.insert({ document: number, source: row.source, group: row.first, sketch });
}

/** 32 bits of a name: enough to tell sources apart where they are counted. */
const numberOf = (source: string): number => createHash('sha256').update(source).digest().readUInt32BE();

/** As a row keeps it. */
export const bodyOf = ({ relation, runs, boilerplate, isOnlyBoilerplate, ...found }: Found): SharedBody => ({
  relation: relation.ofThis,
  relationOfOther: relation.ofOther,
  sharedOfThis: found.sharedOfThis,
  sharedOfOther: found.sharedOfOther,
  runs: [...runs],
  ...(boilerplate.length === 0
    ? {}
    : { formulae: boilerplate.map(({ start, end, holders: sources }) => ({ start, end, sources })) }),
  ...(isOnlyBoilerplate ? { isFormulaOnly: true as const } : {}),
});

/** Writes the index down once enough came in since it was; a store on a full disk goes on without. Under the lock of `derive`. */
export async function savePassages({ store, progress }: OfStore, { least = UNSAVED } = {}): Promise<void> {
  const passages = held.get(store.database);
  if (!passages?.canWrite || passages.index.documents < passages.saved + least) return;
  const { index } = passages;
  const folder = folderOf(store);
  const documents = index.documents;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const names: string[] = [];
    for (const { bytes, first } of index.freeze()) {
      const whole = new Uint8Array(bytes);
      const name = `${first}-${createHash('sha256').update(whole).digest('hex').slice(0, 16)}.segment`;
      names.push(name);
      if (!existsSync(join(folder, name))) await writeWhole(join(folder, name), whole);
    }
    const [last] = await documentHeads(store.database, documents - 1, 1);
    const manifest: Manifest = { fold: FOLD_VERSION, documents, last: last!.textHash, segments: names };
    await writeWhole(join(folder, MANIFEST), Buffer.from(JSON.stringify(manifest)));
    for (const name of readdirSync(folder))
      if (name.endsWith('.segment') && !names.includes(name)) await rm(join(folder, name), { force: true });
    passages.saved = documents;
  } catch (error) {
    passages.saved = documents; // tried again after as many more
    progress(`the passage index could not be kept, and is made again next time: ${(error as Error).message}`);
  }
}
