/**
 * What people put on record: cases, claims, statements, decisions, triage. One way for the command line, the pages and the API: a
 * record in the log with who and when, then the rows that follow from it. Ids are full ones; who calls has looked them up.
 */
import {
  type CaseId,
  type DecisionRecord,
  type SeenRecord,
  type StatementRecord,
  type TriageRecord,
  AsPostedError,
  asSha256,
  idFromHash,
  instant,
} from '../model/index.js';
import { caseRecord, claimRecord, decisionRecord, statementRecord, triageRecord } from '../case/index.js';
import { newestState, printedOf } from '../screen/index.js';
import { claimWordsStand, findAddress, showCase, showNotice, wordsThatFind } from '../store/index.js';
import { derive } from './derive.js';
import { sha256 } from './keep.js';
import { loadListed } from './lists.js';
import type { Parts } from './parts.js';
import { check } from './pipeline.js';

export interface PutOnRecord {
  id: string;
  logIndex: number;
}

async function append(parts: Parts, records: readonly SeenRecord[]): Promise<PutOnRecord[]> {
  const logged = await parts.store.log.append(records);
  await derive(parts);
  return logged.map(({ hash, index }) => ({ id: idFromHash('C', hash), logIndex: index }));
}

const now = ({ clock }: Parts): ReturnType<typeof instant> => instant(clock.now());

async function keyOf({ store: { database } }: Parts, id: string): Promise<ReturnType<typeof asSha256>> {
  const found = await showCase(database, id);
  if (found) return asSha256(found.key);
  throw new AsPostedError({ code: 'NOT_FOUND', message: `the store holds no case ${id}` });
}

export interface OpenedCase {
  id: CaseId;
  title: string;
  by: string;
  at: string;
  notices: readonly string[];
  logIndex: number;
}

export async function openCase(
  parts: Parts,
  { title, by, notices }: { title: string; by: string; notices: readonly string[] },
): Promise<OpenedCase> {
  const at = now(parts);
  const record = caseRecord({ title, by, at, notices, key: sha256(`case\n${JSON.stringify([title, by, at])}`) });
  const [put] = await append(parts, [record]);
  return { id: idFromHash('K', record.key), title: record.title, by, at, notices, logIndex: put!.logIndex };
}

export interface ClaimMade {
  by: string;
  speaker: string;
  words: string;
  speaksFor?: string;
  outlet?: string;
  said?: string;
  about?: string;
  exhibit?: string;
  contradicts?: readonly string[];
  supports?: readonly string[];
}

/** `wordsInExhibit`: whether the words can be read in the exhibit; null when none was named. */
export async function addClaim(
  parts: Parts,
  caseId: string,
  { about, contradicts = [], supports = [], ...claim }: ClaimMade,
): Promise<PutOnRecord & { wordsInExhibit: boolean | null }> {
  const record = claimRecord({
    at: now(parts),
    case: await keyOf(parts, caseId),
    ...claim,
    ...(about === undefined ? {} : { about: about.toLowerCase() }),
    ...(contradicts.length > 0 ? { contradicts } : {}),
    ...(supports.length > 0 ? { supports } : {}),
  });
  const [put] = await append(parts, [record]);
  const { exhibit, words } = record;
  const stand = exhibit === undefined ? null : await claimWordsStand(parts.store.database, exhibit, words);
  return { ...put!, wordsInExhibit: stand };
}

export type StatementMade = Omit<StatementRecord, 'type' | 'v' | 'at' | 'case'>;

export async function addStatement(parts: Parts, caseId: string, statement: StatementMade): Promise<PutOnRecord> {
  const record = statementRecord({ at: now(parts), case: await keyOf(parts, caseId), ...statement });
  const [put] = await append(parts, [record]);
  return put!;
}

/** A notice or an exhibit belongs to the case from here on; `words` say why, if they are not empty. */
export function addToCase(
  parts: Parts,
  caseId: string,
  { id, words, by }: { id: string; words: string; by: string },
): Promise<PutOnRecord> {
  const why = words.trim() === '' ? `${id} belongs to the case` : words;
  return addStatement(parts, caseId, { kind: 'added', by, words: why, about: [id] });
}

/** Captures an address and gives the notice it is of; an address that is held already is looked at again. */
export async function captureAddress(parts: Parts, url: string): Promise<string> {
  await check(parts, { url });
  const found = await findAddress(parts.store.database, url);
  if (found) return found.noticeId;
  throw new AsPostedError({
    code: 'NOT_FOUND',
    message: 'the address was looked at, and no notice came of it: it did not answer, or refused us',
    hint: 'Look at it yourself, or hand in what you have: `asposted import FILE`.',
  });
}

export interface MatchDecided {
  /** The name that was typed in, or the notice whose names find the entry. */
  of: { name: string } | { notice: string; only?: string };
  list: string;
  entry: string;
  verdict: string;
  why: string;
  by: string;
}

export interface DecisionMade extends PutOnRecord {
  record: DecisionRecord;
  /** What the list calls the entry. */
  entryName: string;
}

/** Of a name, or of each name of a notice that finds the entry. */
export async function decideMatch(
  parts: Parts,
  { of, list, entry, verdict, why, by }: MatchDecided,
): Promise<DecisionMade[]> {
  const state = newestState((await loadListed(parts)).statesOf(`${list} ${entry}`));
  if (!state)
    throw new AsPostedError({
      code: 'NOT_FOUND',
      message: `no version of ${list} that is held has an entry ${entry}`,
      hint: 'Give it as `screen` shows it: --entry us_ofac_sdn/47713.',
    });
  const names = 'name' in of ? [of.name] : await namesThatFind(parts, { ...of, list, entry });
  const facts = { at: now(parts), by, list, entry, verdict, why, content: asSha256(sha256(printedOf(state))) };
  const records = names.map((name) =>
    decisionRecord({ ...facts, name, ...('notice' in of ? { notice: of.notice } : {}) }),
  );
  const put = await append(parts, records);
  return put.map((each, at) => ({ ...each, record: records[at]!, entryName: state.name }));
}

async function namesThatFind(
  { store: { database } }: Parts,
  { notice, only, list, entry }: { notice: string; only?: string; list: string; entry: string },
): Promise<string[]> {
  const found = await wordsThatFind(database, { notice, list, entry });
  const names = only === undefined ? found : found.filter((each) => each === only);
  if (names.length > 0) return names;
  throw new AsPostedError({
    code: 'NOT_FOUND',
    message:
      found.length === 0
        ? `nothing in ${notice} finds entry ${entry} of ${list}`
        : `${only!} in ${notice} does not find entry ${entry} of ${list}`,
    hint: found.length === 0 ? `See \`asposted screen ${notice}\`.` : `What does: ${found.join(', ')}.`,
  });
}

/** What a finding is worth, as the notice stands now. */
export async function triage(
  parts: Parts,
  { notice, verdict, by }: { notice: string; verdict: string; by: string },
): Promise<PutOnRecord & { record: TriageRecord }> {
  const found = await showNotice(parts.store.database, notice);
  if (!found) throw new AsPostedError({ code: 'NOT_FOUND', message: `the store holds no notice ${notice}` });
  const { presence, revisions } = found;
  const record = triageRecord({ at: now(parts), by, notice, verdict, presence, revisions });
  const [put] = await append(parts, [record]);
  return { ...put!, record };
}
