/**
 * Search over everything that is kept: notices by what they said or say, newest first; bodies by their names; goods by what they are
 * called; anything by its id. Each answer says which form was found and shows the words around it.
 */
import { type Presence, parseId, wordsAround } from '../model/index.js';
import { languageOf } from '../read/index.js';
import { recognise } from '../recognise/index.js';
import {
  type FoundNotice,
  type ListedNotice,
  type MentionedRow,
  type NoticeFilter,
  type NoticePlace,
  type SearchPlace,
  type SearchedText,
  type TokenQuery,
  admittedNotices,
  mentionedIn,
  noticesListed,
  resolveId,
  searchedTexts,
} from '../store/index.js';
import {
  type Asked,
  type Sought,
  askedOf,
  romanKey,
  romanTokens,
  romanised,
  seek,
  soughtIn,
} from '../text/tokens/index.js';
import { readAloud } from '../text/romanise.js';
import type { Parts } from './parts.js';
import { NAMED, recognisedToken } from './search-tokens.js';

export interface SearchQuestion {
  text: string;
  presence?: Presence | undefined;
  /** RFC 3339, UTC with milliseconds. */
  since?: string | undefined;
  /** `next` of the page before. */
  after?: string | undefined;
  limit: number;
  /** Whether names read aloud in Latin letters count too: pinyin without tones, transliteration. */
  aids: boolean;
  /** The day goods and names of the question are recognised on. */
  on: string;
}

/** Where in a notice it was found. `recognised`: a good or trade name of the question, in whatever words. `read aloud`: by the aid. */
export type FoundIn = 'title' | 'text' | 'account' | 'recognised' | 'read aloud';

export interface SearchHit extends FoundNotice {
  type: 'found';
  foundIn: FoundIn;
  /** The words of the notice that fit, as they stand there. */
  form: string;
  /** How the form is read aloud, where that is what fitted. */
  spoken?: string;
  /** The words around it, of one exhibit; absent where only the account or title has it. */
  excerpt?: { exhibit: string; at: string; before: string; after: string };
}

export interface SearchAnswer {
  items: SearchHit[];
  /** What to give as `after` for the next page; null at the end. */
  next: string | null;
  /** Notices that were read for this page: tokens admitted more than hold the words. */
  looked: number;
  aids: boolean;
}

/** Notices read for one page at most; what is left stands behind `next`. */
const MOST_READ = 1_000;
/** Read beyond what a page wants: of those that tokens admit nearly all hold the words. */
const BESIDES = 5;

interface Wanted {
  asked: readonly Asked[];
  recognised: readonly { kind: string; ref: string }[];
  /** Latin letters of the whole question, or nothing. */
  roman: string;
}

export async function searchNotices(parts: Parts, question: SearchQuestion): Promise<SearchAnswer> {
  const found = await pageOf(parts, { ...question, before: placeOf(question.after), by: 'firstSeen' });
  const { hits: items, looked, place, isEnd } = found;
  return { items, next: isEnd || !place ? null : `${place.at}~${place.id}`, looked, aids: question.aids };
}

interface PageQuestion extends Omit<SearchQuestion, 'after'> {
  worth?: string | undefined;
  before: SearchPlace | undefined;
  by: 'firstSeen' | 'known';
}

interface FoundPage {
  hits: SearchHit[];
  looked: number;
  /** Of the last that was read. */
  place: SearchPlace | undefined;
  isEnd: boolean;
}

async function pageOf(parts: Parts, question: PageQuestion): Promise<FoundPage> {
  const { database } = parts.store;
  const { presence, worth, since, by, limit } = question;
  const wanted = wantedOf(parts, question);
  const query = queryOf(wanted);
  const hits: SearchHit[] = [];
  let [place, looked, isEnd] = [question.before, 0, false];
  while (hits.length < limit && looked < MOST_READ && !isEnd) {
    const most = Math.min(MOST_READ - looked, (looked === 0 ? limit : limit * 2) + BESIDES);
    const admitted = await admittedNotices(database, { query, presence, worth, since, by, before: place, limit: most });
    isEnd = admitted.length < most;
    const found = await hitsIn(parts, admitted.map(({ at: _, ...notice }) => notice), wanted); // prettier-ignore
    for (const { at, id } of admitted) {
      if (hits.length === limit) {
        isEnd = false;
        break;
      }
      looked += 1;
      place = { at, id };
      const hit = found.get(id);
      if (hit) hits.push(hit);
    }
  }
  return { hits, looked, place, isEnd };
}

/** Null for what is no place: the first page. */
function placeOf(after: string | undefined): SearchPlace | undefined {
  const match = /^(\d{4}-\d{2}-\d{2}T[\d:.]{1,12}Z)~(N-[0-9A-Z]{1,30})$/.exec(after ?? '');
  return match ? { at: match[1]!, id: match[2]! } : undefined;
}

export interface ListedQuestion extends NoticeFilter {
  text: string;
  older: NoticePlace | undefined;
  limit: number;
  on: string;
}

/** A page of the list of notices that hold the words, in the order of that list; on the first page before them what an id names that begins so. */
export async function searchListed(
  parts: Parts,
  { text, older, presence, worth, limit, on }: ListedQuestion,
): Promise<{ notices: ListedNotice[]; isEnd: boolean }> {
  const { database } = parts.store;
  const before = older && { at: older.knownAt, id: older.id };
  const { hits, isEnd } = await pageOf(parts, { text, presence, worth, before, by: 'known', limit, aids: true, on });
  const ids = older ? [] : (await searchIds(parts, text)).filter((id) => id.startsWith('N-'));
  const named = (await noticesListed(database, ids)).filter(
    (each) => presence === undefined || each.presence === presence,
  );
  const notices = await noticesListed(database, hits.map(({ id }) => id)); // prettier-ignore
  return { notices: [...named, ...notices.filter(({ id }) => !ids.includes(id))], isEnd };
}

function wantedOf(
  { catalogue }: Parts,
  { text: typed, aids, on }: Pick<SearchQuestion, 'text' | 'aids' | 'on'>,
): Wanted {
  const text = typed.normalize('NFKC');
  const { mentions } = recognise({ text, language: languageOf(text), on }, catalogue);
  const named = mentions.flatMap(({ kind, id }) =>
    kind === 'goods' || kind === 'tradeName' ? [{ kind, ref: id }] : [],
  );
  const family = catalogue.families.find(({ id }) => id === text.trim());
  const isLatin = /\p{sc=Latin}/u.test(text) && !/[^\P{L}\p{sc=Latin}]/u.test(text);
  return {
    asked: askedOf(text),
    recognised: [...named, ...(family ? [{ kind: 'goods', ref: family.id }] : [])],
    roman: aids && isLatin ? romanKey(text) : '',
  };
}

function queryOf({ asked, recognised, roman }: Wanted): TokenQuery {
  const exact = (token: string): TokenQuery[number][number] => ({ any: [token], begins: false });
  return [
    ...(asked.length > 0 ? [asked.flatMap(({ tokens }) => tokens)] : []),
    ...recognised.map((each) => [exact(recognisedToken(each))]),
    ...(roman.length >= 3 ? [romanTokens(roman).map(exact)] : []),
  ];
}

const READ_ALOUD = ['goods', 'tradeName', 'organisation', 'person', 'place'];

async function hitsIn(parts: Parts, admitted: readonly FoundNotice[], wanted: Wanted): Promise<Map<string, SearchHit>> {
  const { database } = parts.store;
  const texts = await searchedTexts(database, admitted.map(({ id }) => id)); // prettier-ignore
  const found = new Map<string, Found>();
  for (const { id } of admitted) {
    const hit = inWords(texts.get(id) ?? [], wanted.asked);
    if (hit) found.set(id, hit);
  }
  // What was recognised is asked for where the words alone did not find it.
  const rest = wanted.recognised.length + wanted.roman.length === 0 ? [] : admitted.map(({ id }) => id).filter((id) => !found.has(id));
  const mentions = rest.length === 0 ? [] : await mentionedIn(database, { notices: rest, kinds: READ_ALOUD });
  for (const id of rest) {
    const [said, named] = [texts.get(id) ?? [], mentions.filter((each) => each.notice === id)];
    const hit = inRecognised(said, named, wanted) ?? inSound(said, named, wanted);
    if (hit) found.set(id, hit);
  }
  return new Map(
    admitted.flatMap((notice): [string, SearchHit][] => {
      const hit = found.get(notice.id);
      return hit ? [[notice.id, { type: 'found', ...notice, ...hit }]] : [];
    }),
  );
} // prettier-ignore

type Found = Pick<SearchHit, 'foundIn' | 'form' | 'spoken' | 'excerpt'>;

/** Every word of the question, in one capture: its title, its text or its account; shown where the first of them is. */
function inWords(said: readonly SearchedText[], asked: readonly Asked[]): Found | undefined {
  if (asked.length === 0) return undefined;
  for (const each of said) {
    const parts = ([['title', each.title], ['text', each.text], ['account', each.account]] as const).flatMap(
      ([foundIn, text]) => (text === null || text === '' ? [] : [{ foundIn, sought: soughtIn(text) }]),
    ); // prettier-ignore
    const [first, ...rest] = asked as [Asked, ...Asked[]];
    const shown = parts.flatMap(({ foundIn, sought }) => shownIn(sought, first, { foundIn, each }));
    if (shown.length === 0 || !rest.every((one) => parts.some(({ sought }) => seek(sought, one)))) continue;
    // The text shows most of what is around it.
    return shown.find(({ excerpt }) => excerpt) ?? shown[0];
  }
  return undefined;
}

const AROUND = 60;

function shownIn(sought: Sought, one: Asked, { foundIn, each }: { foundIn: FoundIn; each: SearchedText }): Found[] {
  const span = seek(sought, one);
  return span ? [{ foundIn, ...around(sought.text, span, foundIn === 'text' ? each : undefined) }] : [];
}

function around(text: string, { start, end }: { start: number; end: number }, of: SearchedText | undefined): Pick<SearchHit, 'form' | 'excerpt'> {
  const form = text.slice(start, end);
  if (!of) return { form };
  return { form, excerpt: { exhibit: of.exhibit, at: of.at, ...wordsAround(text, { start, end }, [AROUND, AROUND * 2]) } };
} // prettier-ignore

function inRecognised(said: readonly SearchedText[], named: readonly MentionedRow[], { recognised }: Wanted): Found | undefined {
  const fitting = named.filter(({ kind, ref }) => recognised.some((each) => each.kind === kind && each.ref === ref));
  return firstStanding(said, fitting, 'recognised');
} // prettier-ignore

function inSound(said: readonly SearchedText[], named: readonly MentionedRow[], { roman }: Wanted): Found | undefined {
  if (roman.length < 3) return undefined;
  const names = [...said.flatMap(({ title, account }) => [title, account]), ...named.map(({ text }) => text)];
  for (const name of new Set(names)) {
    if (name === null) continue;
    const spoken = romanised(name);
    if (spoken === name || !romanKey(spoken).includes(roman)) continue;
    const found = firstStanding(said, [{ text: name }], 'read aloud');
    return { foundIn: 'read aloud', ...(found ?? {}), form: name, spoken: readAloud(name) };
  }
  return undefined;
}

/** The first of some words that stands in a text, with what is around it. */
function firstStanding(said: readonly SearchedText[], words: readonly { text: string }[], foundIn: FoundIn): Found | undefined {
  for (const each of said)
    for (const { text: form } of words) {
      const start = each.text.indexOf(form);
      if (start >= 0) return { foundIn, ...around(each.text, { start, end: start + form.length }, each) };
    }
  const [first] = words;
  return first ? { foundIn, form: first.text } : undefined;
} // prettier-ignore

export interface FoundGood {
  type: 'goods' | 'tradeName';
  id: string;
  name: string;
  /** What it is called that fits the question. */
  form: string;
}

/** Goods and trade names of the catalogue, by any of their names. */
export function searchCatalogue({ catalogue }: Parts, text: string): FoundGood[] {
  const asked = askedOf(text);
  if (asked.length === 0) return [];
  const fits = (names: readonly string[]): string | undefined =>
    names.find((name) => {
      const sought = soughtIn(name);
      return asked.every((one) => seek(sought, one));
    });
  const families = catalogue.families.flatMap(({ id, names, terms }): FoundGood[] => {
    const form = id === text.trim() ? id : fits([...Object.values(names), ...Object.values(terms).flatMap((some) => some.map(({ term }) => term))]);
    return form === undefined ? [] : [{ type: 'goods', id, name: names.en, form }];
  }); // prettier-ignore
  const tradeNames = catalogue.tradeNames.flatMap(({ id, name, variants = [], maker }): FoundGood[] => {
    const form = id === text.trim() ? id : fits([name, ...variants, ...(maker ? [maker.name, ...maker.aliases] : [])]);
    return form === undefined ? [] : [{ type: 'tradeName', id, name, form }];
  });
  return [...families, ...tradeNames];
}

/** Full ids that begin with what was typed. */
export async function searchIds({ store: { database } }: Parts, text: string): Promise<string[]> {
  const parsed = parseId(text.trim());
  return parsed ? resolveId(database, parsed.id) : [];
}

export interface FoundName {
  type: 'organisation';
  name: string;
  /** Notices among the newest asked that carry or name it. */
  notices: number;
  lastSeen: string;
}

const MOST_NAMES = 20;

/** Accounts, organisations and persons, by their names, out of the newest notices that have them. */
export async function searchNames(parts: Parts, { text, aids }: { text: string; aids: boolean }): Promise<FoundName[]> {
  const { database } = parts.store;
  const asked = askedOf(text);
  if (asked.length === 0) return [];
  const roman = aids && /^[\p{sc=Latin}\p{P}\s]+$/u.test(text) ? romanKey(text) : '';
  const query: TokenQuery = [
    asked.flatMap(({ tokens }) =>
      tokens.map(({ any, begins }) => ({ any: any.map((token) => NAMED + token), begins })),
    ),
    ...(roman.length >= 3 ? [romanTokens(roman).map((token) => ({ any: [token], begins: false }))] : []),
  ];
  const admitted = await admittedNotices(database, { query, limit: 200 });
  const mentions = await mentionedIn(database, {
    notices: admitted.map(({ id }) => id),
    kinds: ['organisation', 'person'],
  });
  const found = new Map<string, FoundName>();
  for (const { id, account, firstSeen } of admitted) {
    const names = [account, ...mentions.filter(({ notice }) => notice === id).map((each) => each.text)];
    for (const name of new Set(names)) {
      if (name === null || !isNamed(name, asked, roman)) continue;
      const held = found.get(name);
      found.set(name, { type: 'organisation', name, notices: (held?.notices ?? 0) + 1, lastSeen: held?.lastSeen ?? firstSeen }); // prettier-ignore
    }
  }
  return [...found.values()].sort((a, b) => b.notices - a.notices || (a.name < b.name ? -1 : 1)).slice(0, MOST_NAMES);
}

function isNamed(name: string, asked: readonly Asked[], roman: string): boolean {
  const sought = soughtIn(name);
  if (asked.every((one) => seek(sought, one))) return true;
  return roman.length >= 3 && romanKey(romanised(name)).includes(roman);
}
