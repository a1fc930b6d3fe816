/**
 * Which notices share passages with one: those whose texts the passage index met when the later of the two came in, and those that
 * the pages themselves declare (facts/copies §7, §10, §11).
 */
import { type Found, kernel, sharedPassages } from '../compare/index.js';
import type { CopyRelation, NoticeId, Passage, Presence, Reading } from '../model/index.js';
import {
  type SharedBody,
  copyPartners,
  documentsOf,
  findExhibitById,
  latestReading,
  listCopies,
  noticeByKey,
  noticeHead,
  noticePresence,
  noticesDeclaring,
  noticesOfDocuments,
  otherSide,
  sharedWith,
} from '../store/index.js';
import { sha256 } from './keep.js';
import type { Parts } from './parts.js';
import { KEPT_PARTNERS, bodyOf, loadPassages } from './passages.js';
import { placesOf } from './places.js';

/** Words kept of the first passage. */
const SHOWN = 200;
/** Of a pasted text: holders that are looked at. */
export const MOST_HOLDERS = 1_000;

interface Subject {
  id: NoticeId;
  key: string;
  reading: Pick<Reading, 'text' | 'links'>;
}

/** The same answer from either side: what two texts share was found once, by whichever of them came later. */
export async function findCopies(parts: Parts, { id, key, reading }: Subject): Promise<CopyRelation[]> {
  const { database } = parts.store;
  const found = new Map<NoticeId, CopyRelation>();
  for (const { notice, text, body } of await partnersOf(parts, id, reading.text))
    found.set(notice, relationOf({ id, text: reading.text }, { id: notice, text }, body));
  for (const other of await declaredOf(parts, id, key, reading)) {
    const theirs = await latestReading(database, other);
    const head = await noticeHead(database, other);
    if (!theirs || !head) continue; // its own making finds this one
    const known = found.get(other) ?? declaredRelation({ id, text: reading.text }, { id: other, text: theirs.text });
    found.set(other, { ...known, relation: 'declared-repost', relationOfOther: 'declared-repost' });
  }
  return [...found.values()].sort((a, b) => (a.other < b.other ? -1 : 1));
}

interface Partner {
  notice: NoticeId;
  text: string;
  /** From the side of the notice asked about. */
  body: SharedBody;
}

/** Each by what it says now, held against what this one says now. */
async function partnersOf({ store: { database } }: Parts, id: NoticeId, text: string): Promise<Partner[]> {
  const hash = sha256(text);
  const own = (await documentsOf(database, id)).find(({ textHash }) => textHash === hash);
  if (!own) return [];
  const shared = await sharedWith(database, own.number);
  const notices = await noticesOfDocuments(
    database,
    shared.map(({ other }) => other),
  );
  const partners: Partner[] = [];
  for (const { other, isLater, body } of shared) {
    const owner = notices.get(other);
    if (!owner || owner.notice === id) continue;
    const theirs = await latestReading(database, owner.notice);
    if (!theirs || sha256(theirs.text) !== owner.textHash || !(await noticeHead(database, owner.notice))) continue;
    partners.push({ notice: owner.notice, text: theirs.text, body: isLater ? body : fromOtherSide(body) });
  }
  return partners;
}

/** What the pages declare: a repost names the key of its original, certain and free (facts/copies §11). */
async function declaredOf(
  { store: { database } }: Parts,
  id: NoticeId,
  key: string,
  { links }: Pick<Reading, 'links'>,
): Promise<NoticeId[]> {
  const declared = links.original?.key;
  const original = declared === undefined ? undefined : await noticeByKey(database, declared);
  const all = new Set([...(await noticesDeclaring(database, key)), ...(original ? [original] : [])]);
  all.delete(id);
  return [...all].sort();
}

function fromOtherSide({ runs, formulae: _, ...body }: SharedBody): SharedBody {
  const swapped: number[] = [];
  for (let at = 0; at < runs.length; at += 3) swapped.push(runs[at + 1]!, runs[at]!, runs[at + 2]!);
  return {
    ...body,
    relation: body.relationOfOther,
    relationOfOther: body.relation,
    sharedOfThis: body.sharedOfOther,
    sharedOfOther: body.sharedOfThis,
    runs: swapped,
  };
}

interface Side {
  id: NoticeId;
  text: string;
}

function relationOf(here: Side, there: Side, body: SharedBody): CopyRelation {
  const passages = passagesOf(here.text, there.text, body.runs);
  return {
    relation: body.relation,
    relationOfOther: body.relationOfOther,
    notice: here.id,
    other: there.id,
    sharedOfThis: body.sharedOfThis,
    sharedOfOther: body.sharedOfOther,
    passages,
    firstWords: firstWords(here.text, there.text, passages[0]),
    ...(body.isFormulaOnly ? { isFormulaOnly: true as const } : {}),
  };
}

/** Of two that are related by what they declare, and share little or nothing. */
function declaredRelation(here: Side, there: Side): CopyRelation {
  // Computed from the smaller id's side whoever asks, so that both notices always tell the same passages.
  const isFlipped = there.id < here.id;
  const [a, b] = isFlipped ? [there, here] : [here, there];
  const { sharedOfThis, sharedOfOther, passages } = sharedPassages(a.text, b.text);
  const relation: CopyRelation = {
    relation: 'declared-repost',
    relationOfOther: 'declared-repost',
    notice: a.id,
    other: b.id,
    ...{ sharedOfThis, sharedOfOther, passages },
    firstWords: firstWords(a.text, b.text, passages[0]),
  };
  return isFlipped ? otherSide(relation) : relation;
}

/** In both originals' own offsets. */
function passagesOf(a: string, b: string, runs: readonly number[]): Passage[] {
  const [placesA, placesB] = [placesOf(a), placesOf(b)];
  const passages: Passage[] = [];
  for (let at = 0; at < runs.length; at += 3) {
    const [inA, inB, length] = [runs[at]!, runs[at + 1]!, runs[at + 2]!];
    const [thisStart, thisEnd] = placesA(inA, inA + length);
    const [otherStart, otherEnd] = placesB(inB, inB + length);
    passages.push({ thisStart, thisEnd, otherStart, otherEnd });
  }
  return passages;
}

function firstWords(a: string, b: string, passage: Passage | undefined): CopyRelation['firstWords'] {
  if (!passage) return { ofThis: '', ofOther: '' };
  const cut = (text: string, start: number, end: number): string => text.slice(start, Math.min(end, start + SHOWN));
  return { ofThis: cut(a, passage.thisStart, passage.thisEnd), ofOther: cut(b, passage.otherStart, passage.otherEnd) };
}

/** A relation of a pasted text; `exhibit` is what it was held against, which need not be what the notice says now. */
export interface TextRelation extends CopyRelation {
  exhibit: string;
}

/** Every notice that holds passages of what this one says, however many. */
export async function holdersOf(parts: Parts, id: NoticeId): Promise<NoticeId[]> {
  const partners = await copyPartners(parts.store.database, id);
  const further = await furtherHolders(parts, id, partners);
  return [...partners, ...further.map(({ other }) => other)].sort();
}

interface Asking {
  /** Also all who hold no more of it than formulae, of whom a few are named otherwise. */
  formulae?: boolean;
}

/** Of a notice that was posted everywhere the rows keep the nearest; these are the others, held against what it says now. */
export async function furtherHolders(
  parts: Parts,
  id: NoticeId,
  known: readonly NoticeId[],
  asking: Asking = {},
): Promise<TextRelation[]> {
  if (known.length < KEPT_PARTNERS && !asking.formulae) return [];
  const latest = await latestReading(parts.store.database, id);
  const all = latest ? await copiesOfText(parts, latest.text, asking) : [];
  const shown = new Set([id, ...known]);
  return all.filter(({ other }) => !shown.has(other)).map((each) => ({ ...each, notice: id }));
}

export interface CopyRow extends TextRelation {
  type: 'copy';
  otherPresence: Presence | undefined;
}

export const withPresence = ({ store: { database } }: Parts, found: readonly TextRelation[]): Promise<CopyRow[]> =>
  Promise.all(
    found.map(async (copy) => ({ type: 'copy', ...copy, otherPresence: await noticePresence(database, copy.other) })),
  );

/** The rows of a notice, and the holders beyond them. */
export async function copyRowsOf(
  parts: Parts,
  notice: NoticeId,
  asking: Asking = {},
): Promise<Readonly<Record<string, unknown>>[]> {
  const kept = await listCopies(parts.store.database, { notice });
  const known = kept.map((row) => row['other'] as NoticeId);
  return [...kept, ...(await withPresence(parts, await furtherHolders(parts, notice, known, asking)))].map((row) => ({
    ...row,
  }));
}

/** Notices that share passages with a text somebody pasted, by any text they ever had. Its own id is empty; nothing is stored. */
export async function copiesOfText(
  parts: Parts,
  text: string,
  { formulae = false }: Asking = {},
): Promise<TextRelation[]> {
  const { database } = parts.store;
  const { index } = await loadPassages(parts);
  const sketch = kernel().sketch(text, { withPositions: false });
  const { found } = index.lookup(sketch, {
    limit: MOST_HOLDERS,
    throughBoilerplate: formulae,
    minimumShare: parts.settings['copies.minimum'],
  });
  const owners = await noticesOfDocuments(
    database,
    found.map(({ document }) => document),
  );
  const best = new Map<NoticeId, Found>();
  for (const each of found) {
    const owner = owners.get(each.document);
    if (owner && !best.has(owner.notice)) best.set(owner.notice, each);
  }
  const relations: TextRelation[] = [];
  for (const [notice, each] of best) {
    const { exhibit } = owners.get(each.document)!;
    const there = (await findExhibitById(database, exhibit))!.reading.text;
    relations.push({ ...relationOf({ id: '' as NoticeId, text }, { id: notice, text: there }, bodyOf(each)), exhibit });
  }
  return relations;
}
