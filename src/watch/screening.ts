/** Which names of a notice are asked of the lists, and as of which day. */
import type { Day, Mention, Reading, Screening, ScreeningQuery } from '../model/index.js';
import { type Screener, canonical, isCut } from '../screen/index.js';
import type { AskedRow, DecisionRow, ListTurnRow, MadeRevision, MatchRow } from '../store/index.js';
import { sha256 } from './keep.js';
import { decidedOn, withDecisions } from './decisions.js';
import { LAST_DAY, type OvertakenRow, mergeTurns, turnsOf } from './list-turns.js';
import type { Listed } from './lists.js';

interface Question {
  query: ScreeningQuery;
  mention: MatchRow['mention'];
  via?: string;
  /** Every revision that asks it; none for the account. */
  revisions?: number[];
}

type Revisions = readonly Pick<MadeRevision, 'revision' | 'recognition'>[];
type Latest = Pick<Reading, 'account'> | undefined;

export function screenNotice(
  screener: Pick<Screener, 'screen'>,
  revisions: Revisions,
  latest: Latest,
  on: Day,
): MatchRow[] {
  return questionsIn(revisions, latest).flatMap((question) =>
    matchesOf(question, screener.screen(question.query, on), on),
  );
}

export interface AskedNotice {
  matches: MatchRow[];
  /** Those that were found by what was held when the name came up: the notice tells of them, and no list. */
  own: MatchRow[];
  asked: AskedRow[];
  turns: ListTurnRow[];
  /** Entries that changed after somebody had decided on them. */
  overtaken: OvertakenRow[];
}

export interface AskedOf {
  revisions: Revisions;
  latest: Latest;
  on: Day;
  /** Where in the log that stands which a revision, or the name of the account, was first read from. */
  placeOf: (revision: number | 'account') => number;
  /** What people decided of this notice. */
  decisions: readonly DecisionRow[];
}

/** The same, with what was asked: when a list changes, whom that concerns is found by it. And what lists came to say since. */
export function askNotice(listed: Listed, { revisions, latest, on, placeOf, decisions }: AskedOf): AskedNotice {
  const made: Omit<AskedNotice, 'asked'> = { matches: [], own: [], turns: [], overtaken: [] };
  const decidedBy = decidedOn(listed, decisions);
  const asked = new Map<string, AskedRow>();
  // Day by day: which versions are in force is looked up once for all questions of a day.
  const answers = questionsIn(revisions, latest).map((question) => ({
    question,
    then: listed.screener.screen(question.query, on),
  }));
  const hasLater = listed.versions.some(({ publishedAt }) => publishedAt > on);
  for (const { question, then } of answers) {
    const { query } = question;
    const now = hasLater ? listed.screener.screen(query, LAST_DAY) : then;
    const since = question.revisions ? Math.min(...question.revisions.map(placeOf)) : placeOf('account');
    const further = turnsOf(listed, {
      ...{ query, words: wordsOf(question), on, since },
      ...{ then: then.matches, now: now.matches },
      decidedOn: decidedBy(wordsOf(question)),
    });
    const rows = withDecisions(matchesOf(question, then, on), decidedBy(wordsOf(question)));
    made.matches.push(...rows);
    made.own.push(...rows.filter(({ list, entry }) => further.found.has(`${list} ${entry}`)));
    made.turns.push(...further.turns);
    made.overtaken.push(...further.overtaken);
    const key = sha256(canonical(query)).slice(0, 32);
    asked.set(key, { key, query, isCut: [then, now].some(isCut) || further.isCut });
  }
  return { ...made, turns: mergeTurns(made.turns), asked: [...asked.values()] };
}

/** Every revision's names count: a name edited out was still posted. */
function questionsIn(revisions: Revisions, latest: Latest): Question[] {
  const questions = new Map<string, Question>();
  for (const { revision, recognition } of revisions) {
    for (const mention of recognition.mentions) {
      for (const question of questionsOf(mention, revision)) {
        const key = JSON.stringify([question.query, question.via]);
        const known = questions.get(key);
        if (known) known.revisions?.push(revision);
        else questions.set(key, { ...question, revisions: [revision] });
      }
    }
  }
  const account = latest?.account?.name;
  if (account !== undefined) {
    const mention = { kind: 'organisation', id: 'account', text: account, revision: revisions.length };
    questions.set(`account ${account}`, { query: { name: account }, mention, via: 'the account that posted it' });
  }
  return [...questions.values()];
}

/** Numbers are asked without a name. */
const wordsOf = ({ query, mention }: Question): string => (query.name === '' ? mention.text : query.name);

function matchesOf({ query, mention, via }: Question, { matches }: Screening, on: Day): MatchRow[] {
  return matches.map((match) => ({
    ...match,
    mention,
    query: wordsOf({ query, mention }),
    on,
    ...(via === undefined ? {} : { via }),
  }));
}

/** Organisations and people by name, trade names also by what public sources say of their maker; numbers as identifiers. */
function questionsOf(mention: Mention, revision: number): Question[] {
  const of = { kind: mention.kind, id: mention.id, text: mention.text, revision };
  switch (mention.kind) {
    case 'organisation':
      return [{ query: { name: mention.text }, mention: of }];
    case 'person':
      return [{ query: { name: mention.text, schema: 'Person' }, mention: of }];
    case 'tradeName': {
      const { maker } = mention;
      const own: Question = { query: { name: mention.text }, mention: of };
      if (!maker) return [own];
      const countries = maker.country === undefined ? {} : { countries: [maker.country] };
      const asked: ScreeningQuery = { name: maker.name, aliases: maker.aliases, schema: 'Company', ...countries };
      return [own, { query: asked, mention: of, via: `maker of ${mention.text} as named by ${maker.source}` }];
    }
    case 'identifier': {
      const [type, value] = mention.id.split(':');
      return type && value ? [{ query: { name: '', identifiers: [{ type, value }] }, mention: of }] : [];
    }
    case 'goods':
    case 'place':
    case 'date':
    case 'quantity':
    case 'frequency':
    case 'range':
    case 'price':
    case 'phone':
    case 'email':
    case 'address':
    case 'code':
      return [];
  }
}
