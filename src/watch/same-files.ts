/** Notices that hold the same attached file or picture as one: told apart from copies, as they need share no words. */
import { sharedFiles } from '../compare/index.js';
import type { NoticeId, Presence } from '../model/index.js';
import { type HeldFile, type Queryable, filesHeldWith, picturesLike } from '../store/index.js';

/** What stands in more captures is of a form or a platform. */
const MOST_CAPTURES = 5_000;

export interface SameFileRow {
  type: 'same-file';
  relation: 'same-attachment' | 'same-image';
  other: NoticeId;
  otherPresence: Presence;
  files: SameFile[];
}

export interface SameFile {
  sha256: string;
  length: number;
  media: string;
  /** As each page calls it. */
  name?: string;
  otherName?: string;
  url: string;
  otherUrl: string;
  /** The other's bytes, where it is a picture that looks nearly the same, and the share of 256 places that differ (0 to 1). */
  otherSha256?: string;
  difference?: number;
  /** Pixels of a picture. */
  width?: number;
  height?: number;
  /** Accounts and sites that hold it. */
  sources: number;
}

/** One for each other notice and kind of file, in the order of the ids. */
export async function sameFilesOf(db: Queryable, id: NoticeId): Promise<SameFileRow[]> {
  const [{ own, others }, like] = await Promise.all([
    filesHeldWith(db, id, MOST_CAPTURES),
    picturesLike(db, id, MOST_CAPTURES),
  ]);
  const rows = new Map<string, SameFileRow>();
  for (const { own: file, other, sources } of sharedFiles(own, [...others, ...like])) {
    const relation = file.kind === 'image' ? 'same-image' : 'same-attachment';
    const key = `${other.notice} ${relation}`;
    const row = rows.get(key) ?? {
      type: 'same-file',
      relation,
      other: other.notice,
      otherPresence: other.presence,
      files: [],
    };
    rows.set(key, row);
    row.files.push(fileOf(file, other, sources));
  }
  return [...rows.values()];
}

const fileOf = (own: HeldFile, other: HeldFile, sources: number): SameFile => ({
  sha256: own.sha256,
  length: own.length,
  media: own.media,
  ...(own.name === undefined ? {} : { name: own.name }),
  ...(other.name === undefined ? {} : { otherName: other.name }),
  url: own.url,
  otherUrl: other.url,
  ...(other.differs === undefined ? {} : { otherSha256: other.sha256, difference: other.differs / 256 }),
  ...(own.width === null || own.height === null ? {} : { width: own.width, height: own.height }),
  sources,
});

const RELATION = { 'same-attachment': 'same attachment', 'same-image': 'same image' } as const;

/** As people read it: what joins the two, and the file by the name a page gives it, else by the end of its address. */
export function sameFileWords(
  { relation }: Pick<SameFileRow, 'relation'>,
  { difference, name, otherName, url, width, height }: SameFile,
): { relation: string; name: string; size: string } {
  return {
    relation: difference === undefined ? RELATION[relation] : `nearly the ${RELATION[relation]}`,
    name: name ?? otherName ?? url.slice(url.lastIndexOf('/') + 1),
    size: width === undefined ? '' : `${width} × ${height!}`,
  };
}
