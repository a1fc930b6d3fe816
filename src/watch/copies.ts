/** Which notices share passages with one: candidates by fingerprint, then proof by exact spans (facts/copies §1). */
import type { CopyRelation, NoticeId, Passage, Reading } from '../model/index.js';
import { fingerprints, judgeCopy, sharedPassages } from '../compare/index.js';
import {
  candidateCopies,
  latestReading,
  noticeByKey,
  noticeHead,
  noticesDeclaring,
  otherSide,
} from '../store/index.js';
import type { Parts } from './parts.js';

/** Two shared fingerprints make a candidate; one may be chance (facts/copies §6.1). */
const SHARED_FINGERPRINTS = 2;
/** A bound on work, far above any flood seen; all below it are compared, so that the order of making changes nothing. */
const CANDIDATES = 2_000;
/** Words kept of the first passage. */
const SHOWN = 200;

interface Subject {
  id: NoticeId;
  key: string;
  reading: Pick<Reading, 'text' | 'links'>;
  fingerprint: readonly number[];
}

/** The same answer from either side: a relation is found by whichever of the two is made later, and written for both. */
export async function findCopies(parts: Parts, subject: Subject): Promise<CopyRelation[]> {
  const { database } = parts.store;
  const found: CopyRelation[] = [];
  for (const other of await candidatesOf(parts, subject)) {
    const [theirs, head] = [await latestReading(database, other), await noticeHead(database, other)];
    if (!theirs || !head) continue; // its own making finds this one
    const declared = subject.reading.links.original?.key === head.key || theirs.links.original?.key === subject.key;
    const relation = relate(parts, subject, { id: other, text: theirs.text }, declared);
    if (relation) found.push(relation);
  }
  return found;
}

/** By shared fingerprints, and by what the pages declare: a repost names the key of its original, certain and free (facts/copies §11). */
async function candidatesOf(
  { store: { database } }: Parts,
  { id, key, reading, fingerprint }: Subject,
): Promise<NoticeId[]> {
  const alike = await candidateCopies(database, {
    notice: id,
    hashes: fingerprint,
    least: SHARED_FINGERPRINTS,
    most: CANDIDATES,
  });
  const originalKey = reading.links.original?.key;
  const original = originalKey === undefined ? undefined : await noticeByKey(database, originalKey);
  const all = new Set([...alike, ...(await noticesDeclaring(database, key)), ...(original ? [original] : [])]);
  all.delete(id);
  return [...all].sort();
}

/** Computed from the smaller id's side whoever asks, so that both notices always tell the same passages. */
function relate(
  parts: Parts,
  subject: Subject,
  other: { id: NoticeId; text: string },
  declared: boolean,
): CopyRelation | undefined {
  const flipped = other.id < subject.id;
  const [a, b] = flipped ? [other.text, subject.reading.text] : [subject.reading.text, other.text];
  const shared = sharedPassages(a, b);
  const kind = judgeCopy(shared, { minimumShare: parts.settings['copies.minimum'] });
  if (!kind && !declared) return undefined;
  const relation: CopyRelation = {
    relation: declared ? 'declared-repost' : kind!.ofThis,
    relationOfOther: declared ? 'declared-repost' : kind!.ofOther,
    notice: flipped ? other.id : subject.id,
    other: flipped ? subject.id : other.id,
    sharedOfThis: shared.sharedOfThis,
    sharedOfOther: shared.sharedOfOther,
    passages: shared.passages,
    firstWords: firstWords(a, b, shared.passages[0]),
  };
  return flipped ? otherSide(relation) : relation;
}

function firstWords(a: string, b: string, passage: Passage | undefined): CopyRelation['firstWords'] {
  if (!passage) return { ofThis: '', ofOther: '' };
  const cut = (text: string, start: number, end: number): string => text.slice(start, Math.min(end, start + SHOWN));
  return { ofThis: cut(a, passage.thisStart, passage.thisEnd), ofOther: cut(b, passage.otherStart, passage.otherEnd) };
}

/** Notices that share passages with a text somebody pasted. Its own id is empty; nothing is stored. */
export function copiesOfText(parts: Parts, text: string): Promise<CopyRelation[]> {
  const reading = { text, links: { attachments: [], images: [] } };
  return findCopies(parts, { id: '' as NoticeId, key: '', reading, fingerprint: fingerprints(text) });
}
