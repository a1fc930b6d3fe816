/**
 * Dossiers that are shown to everybody: STORE/published/ID/ holds the bundle as it was made and an entry that says where its members
 * lie. A copy for readers, and no evidence: it can be made again, and may be withdrawn, after which only the entry stays.
 */
import { mkdir, open, readFile, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AsPostedError, type DossierId, type Instant, idFromHash } from '../model/index.js';
import { writeWhole } from '../preserve/index.js';
import { fromUtf8, readZip, sha256Hex, utf8 } from '../verify/index.js';

export interface PublishedEntry {
  v: 1;
  id: DossierId;
  sha256: string;
  bytes: number;
  title: string;
  case: string;
  published: Instant;
  withdrawn?: Instant;
  /** Where each file lies in the bundle, which packs nothing. */
  members: { path: string; from: number; bytes: number; sha256: string }[];
}

const BUNDLE = 'dossier.zip';
const ENTRY = 'entry.json';
const ID = /^D-[0-9A-HJKMNP-TV-Z]{10}$/;

const folderOf = (store: string, id: string): string => join(store, 'published', id);

/** Where the bundle lies as one file. */
export const publishedBundle = (store: string, { id }: PublishedEntry): string => join(folderOf(store, id), BUNDLE);

/** Shows a bundle under the id of its bytes; the same bytes again change nothing but bring back what was withdrawn. */
export async function publishBundle(
  store: string,
  bundle: Uint8Array,
  about: Pick<PublishedEntry, 'title' | 'case' | 'published'>,
): Promise<PublishedEntry> {
  const sha256 = sha256Hex(bundle);
  const id = idFromHash('D', sha256);
  const known = await readPublished(store, id);
  if (known && known.withdrawn === undefined) return known;
  let local = 0;
  const members = (await readZip(bundle)).map(({ path, bytes }) => {
    const from = local + 30 + utf8(path).length;
    local = from + bytes.length;
    return { path, from, bytes: bytes.length, sha256: sha256Hex(bytes) };
  });
  const entry: PublishedEntry = { v: 1, id, sha256, bytes: bundle.length, ...about, members };
  await mkdir(folderOf(store, id), { recursive: true, mode: 0o700 });
  await writeWhole(join(folderOf(store, id), BUNDLE), bundle);
  await writeWhole(join(folderOf(store, id), ENTRY), utf8(`${JSON.stringify(entry, null, 2)}\n`));
  return entry;
}

/** Undefined where nothing was ever published under this id. */
export async function readPublished(store: string, id: string): Promise<PublishedEntry | undefined> {
  if (!ID.test(id)) return undefined;
  try {
    return JSON.parse(await readFile(join(folderOf(store, id), ENTRY), 'utf8')) as PublishedEntry;
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw thrown;
  }
}

/** Those of one case, also withdrawn ones, the newest first. */
export async function publishedOf(store: string, caseId: string): Promise<PublishedEntry[]> {
  const names = await readdir(join(store, 'published')).catch((thrown: unknown) => {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw thrown;
  });
  const entries = await Promise.all(names.map((each) => readPublished(store, each)));
  return entries
    .filter((each) => each !== undefined)
    .filter((each) => each.case === caseId)
    .sort((a, b) => (a.published < b.published ? 1 : -1));
}

/** One file of it; undefined for any other name. Throws VERIFY_FAILED when it is not as it was published. */
export async function publishedMember(
  store: string,
  entry: PublishedEntry,
  path: string,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const member = entry.members.find((each) => each.path === path);
  if (!member) return undefined;
  const bytes = new Uint8Array(member.bytes);
  const file = await open(publishedBundle(store, entry));
  try {
    await file.read(bytes, 0, member.bytes, member.from);
  } finally {
    await file.close();
  }
  if (sha256Hex(bytes) === member.sha256) return bytes;
  throw new AsPostedError({
    code: 'VERIFY_FAILED',
    message: `${path} of ${entry.id} is not as it was published`,
    hint: 'Withdraw it and publish the case again.',
  });
}

/** Takes the copy away; who asks for it then learns since when. Throws NOT_FOUND. */
export async function withdrawDossier(store: string, id: string, at: Instant): Promise<PublishedEntry> {
  const entry = await readPublished(store, id);
  if (!entry) throw new AsPostedError({ code: 'NOT_FOUND', message: `no dossier was published as ${id.slice(0, 40)}` });
  const withdrawn: PublishedEntry =
    entry.withdrawn === undefined ? { ...entry, withdrawn: at, title: '', members: [] } : entry;
  // The entry first: from then on nobody is shown anything, whatever happens to the file.
  await writeWhole(join(folderOf(store, id), ENTRY), utf8(`${JSON.stringify(withdrawn, null, 2)}\n`));
  await rm(publishedBundle(store, entry), { force: true });
  return withdrawn;
}

/** The text of a page of it. */
export const textOfMember = (bytes: Uint8Array): string => fromUtf8(bytes) ?? '';
