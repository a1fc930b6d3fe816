/** Which names of a notice are asked of the lists, and as of which day. */
import type { Day, Mention, Reading, Screening, ScreeningQuery } from '../model/index.js';
import { type Screener, canonical, isCut } from '../screen/index.js';
import type { AskedRow, MadeRevision, MatchRow } from '../store/index.js';
import { sha256 } from './keep.js';

interface Question {
  query: ScreeningQuery;
  mention: MatchRow['mention'];
  via?: string;
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

/** The same, with what was asked: when a list changes, whom that concerns is found by it. */
export function askNotice(
  screener: Pick<Screener, 'screen'>,
  revisions: Revisions,
  latest: Latest,
  on: Day,
): { matches: MatchRow[]; asked: AskedRow[] } {
  const asked = new Map<string, AskedRow>();
  const matches = questionsIn(revisions, latest).flatMap((question) => {
    const { query } = question;
    const answer = screener.screen(query, on);
    const key = sha256(canonical(query)).slice(0, 32);
    asked.set(key, { key, query, isCut: isCut(answer) });
    return matchesOf(question, answer, on);
  });
  return { matches, asked: [...asked.values()] };
}

/** Every revision's names count: a name edited out was still posted. */
function questionsIn(revisions: Revisions, latest: Latest): Question[] {
  const questions = new Map<string, Question>();
  for (const { revision, recognition } of revisions) {
    for (const mention of recognition.mentions) {
      for (const question of questionsOf(mention, revision)) {
        const key = JSON.stringify([question.query, question.via]);
        if (!questions.has(key)) questions.set(key, question);
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

function matchesOf({ query, mention, via }: Question, { matches }: Screening, on: Day): MatchRow[] {
  return matches.map((match) => ({
    ...match,
    mention,
    query: query.name === '' ? mention.text : query.name, // numbers are asked without a name
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
