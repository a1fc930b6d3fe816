/** The human half of a case as seen records: append-only, with who and when (DESIGN §2, `case`). */
import {
  AsPostedError,
  type CaseRecord,
  type ClaimRecord,
  type DecisionRecord,
  type Instant,
  type Sha256,
  type StatementRecord,
  type TriageRecord,
  asSha256,
} from '../model/index.js';

const MAX_WORDS = 20_000;

function words(text: string, what: string): string {
  const trimmed = text.trim();
  if (trimmed === '' || trimmed.length > MAX_WORDS) {
    throw new AsPostedError({ code: 'USAGE', message: `${what} must have between 1 and ${MAX_WORDS} characters` });
  }
  return trimmed.toWellFormed();
}

/**
 * The same with every text as one that can be logged: a lone surrogate, as half an emoji cut by a program elsewhere leaves one, has no
 * UTF-8 form and becomes U+FFFD. Throws USAGE for what is longer than any words may be.
 */
function loggable<T extends object>(fields: T): T {
  const change = (name: string, value: unknown): unknown => {
    if (Array.isArray(value)) return value.map((each) => change(name, each));
    if (typeof value !== 'string') return value;
    if (value.length > MAX_WORDS)
      throw new AsPostedError({ code: 'USAGE', message: `${name} may have ${MAX_WORDS} characters at most` });
    return value.toWellFormed();
  };
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, change(name, value)])) as T;
}

export interface NewCase {
  title: string;
  by: string;
  at: Instant;
  notices: readonly string[];
  /** SHA-256 that names the case; the caller hashes title, by and at, so that two cases may share a title. */
  key: string;
}

export function caseRecord({ title, by, at, notices, key }: NewCase): CaseRecord {
  return {
    type: 'case',
    v: 1,
    at,
    key: asSha256(key),
    title: words(title, 'a title'),
    by: words(by, 'a name'),
    notices: [...loggable({ notices }).notices],
  };
}

export interface NewClaim extends Omit<ClaimRecord, 'type' | 'v' | 'case'> {
  case: Sha256;
}

/** Who said what, through whom, when. An empty speaker is refused: a claim nobody made is not a claim. */
export function claimRecord({ speaker, words: said, by, ...rest }: NewClaim): ClaimRecord {
  return {
    type: 'claim',
    v: 1,
    ...loggable(rest),
    by: words(by, 'a name'),
    speaker: words(speaker, 'a speaker'),
    words: words(said, 'a claim'),
  };
}

export function statementRecord({ words: said, by, ...rest }: Omit<StatementRecord, 'type' | 'v'>): StatementRecord {
  if (rest.kind === 'outreach' && (rest.asked ?? '').trim() === '') {
    throw new AsPostedError({ code: 'USAGE', message: 'outreach needs who was asked', hint: 'Give --asked NAME.' });
  }
  return { type: 'statement', v: 1, ...loggable(rest), by: words(by, 'a name'), words: words(said, 'a statement') };
}

export const TRIAGE = ['matters', 'noise', 'unsure', 'undone'] as const;

/** `presence` and `revisions` say what was known of the notice when somebody judged it. */
export function triageRecord({
  verdict,
  by,
  ...rest
}: Omit<TriageRecord, 'type' | 'v' | 'verdict'> & { verdict: string }): TriageRecord {
  const known = TRIAGE.find((each) => each === verdict);
  if (!known) throw new AsPostedError({ code: 'USAGE', message: `a finding is ${TRIAGE.join(', ')}, not ${verdict}` });
  return { type: 'triage', v: 1, ...loggable(rest), by: words(by, 'a name'), verdict: known };
}

export const VERDICTS = ['same', 'different', 'unsure'] as const;

/** A decision without a reason is refused: whoever meets it later could not tell what it rests on. */
export function decisionRecord({
  verdict,
  name,
  by,
  why,
  ...rest
}: Omit<DecisionRecord, 'type' | 'v' | 'verdict'> & { verdict: string }): DecisionRecord {
  const known = VERDICTS.find((each) => each === verdict);
  if (!known)
    throw new AsPostedError({ code: 'USAGE', message: `a decision is ${VERDICTS.join(', ')}, not ${verdict}` });
  return {
    type: 'decision',
    v: 1,
    ...loggable(rest),
    by: words(by, 'a name'),
    name: words(name, 'the name that was asked'),
    verdict: known,
    why: words(why, 'a reason'),
  };
}
