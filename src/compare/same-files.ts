/**
 * Files that stand in several notices: attached ones and pictures. A file says nothing of who copied whom, and one that a site hangs
 * on everything it posts, or that everybody carries, says nothing at all.
 */
import type { NoticeId } from '../model/index.js';

export interface FileInNotice {
  notice: NoticeId;
  /** The account or site that posted it. */
  source: string;
  kind: 'attachment' | 'image';
  /** Of its bytes. */
  sha256: string;
  /** Of a picture: the `sha256` of one that looks nearly like it. */
  like?: string;
}

/** More notices of one source hold it: a logo, a form, a manual of the site. */
export const FURNITURE = 5;
/** Pictures that so many sources carry are everybody's (as text, facts/copies §8); a letter may be attached anywhere. */
export const EVERYBODYS = 20;

export interface SharedFile<F extends FileInNotice> {
  own: F;
  other: F;
  /** That hold it, this one's among them. */
  sources: number;
}

/**
 * Each file of one notice with each other notice that holds its bytes, or a picture that looks nearly like it (`like`), in the order
 * of the ids; without what says nothing. The same bytes come before what is like them.
 */
export function sharedFiles<F extends FileInNotice>(own: readonly F[], others: readonly F[]): SharedFile<F>[] {
  const holders = new Map<string, F[]>();
  for (const each of others) {
    const of = each.like ?? each.sha256;
    const held = holders.get(of) ?? [];
    const same = held.findIndex(({ notice }) => notice === each.notice);
    if (same < 0) held.push(each);
    else if (each.like === undefined) held[same] = each;
    holders.set(of, held);
  }
  return own
    .flatMap((file): SharedFile<F>[] => {
      const all = holders.get(file.sha256) ?? [];
      const bySource = new Map<string, number>();
      for (const { source } of [file, ...all]) bySource.set(source, (bySource.get(source) ?? 0) + 1);
      const isFurniture = (source: string): boolean => bySource.get(source)! > FURNITURE;
      if (isFurniture(file.source) || (file.kind === 'image' && bySource.size >= EVERYBODYS)) return [];
      return all
        .filter(({ source }) => !isFurniture(source))
        .map((other) => ({ own: file, other, sources: bySource.size }));
    })
    .sort((a, b) => compare(a.other.notice, b.other.notice) || compare(a.own.sha256, b.own.sha256));
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
