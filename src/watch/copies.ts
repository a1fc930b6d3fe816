/** Which notices share passages with one: candidates by fingerprint, then proof by exact spans (facts/copies §1). */
import type { CopyRelation, NoticeId, Reading } from '../model/index.js';
import { fingerprints, judgeCopy, sharedPassages } from '../compare/index.js';
import { candidateCopies, latestReading, noticeByKey, otherSide } from '../store/index.js';
import type { Parts } from './parts.js';

/** Two shared fingerprints make a candidate; one may be chance (facts/copies §6.1). */
const SHARED_FINGERPRINTS = 2;
const CANDIDATES = 100;

interface Subject {
  id: NoticeId;
  reading: Pick<Reading, 'text' | 'links'>;
  fingerprint: readonly number[];
}

export async function findCopies(parts: Parts, subject: Subject): Promise<CopyRelation[]> {
  const { database } = parts.store;
  const candidates = new Set(
    await candidateCopies(database, {
      notice: subject.id,
      hashes: subject.fingerprint,
      least: SHARED_FINGERPRINTS,
      most: CANDIDATES,
    }),
  );
  const declared = await declaredOriginal(parts, subject);
  if (declared) candidates.add(declared);
  const found: CopyRelation[] = [];
  for (const other of [...candidates].sort()) {
    const theirs = await latestReading(database, other);
    if (!theirs) continue;
    const relation = relate(parts, subject, { id: other, text: theirs.text }, other === declared);
    if (relation) found.push(relation);
  }
  return found;
}

/** A declared repost names the key of its original: certain and free (facts/copies §11). */
async function declaredOriginal(parts: Parts, { id, reading }: Subject): Promise<NoticeId | undefined> {
  const key = reading.links.original?.key;
  const original = key === undefined ? undefined : await noticeByKey(parts.store.database, key);
  return original === id ? undefined : original;
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
  };
  return flipped ? otherSide(relation) : relation;
}

/** Notices that share passages with a text somebody pasted. Its own id is empty; nothing is stored. */
export function copiesOfText(parts: Parts, text: string): Promise<CopyRelation[]> {
  const reading = { text, links: { attachments: [], images: [] } };
  return findCopies(parts, { id: '' as NoticeId, reading, fingerprint: fingerprints(text) });
}
