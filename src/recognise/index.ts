/** Goods, trade names, organisations, places, dates, quantities and rules in a reading. Pure: the catalogue is handed in. */
import type { Account, Day, Language, Mention, Recognition } from '../model/index.js';
import { findAddresses } from './addresses.js';
import type { Catalogue } from './catalogue.js';
import { documentKind } from './document-kind.js';
import { findFlags, wordsByFlag } from './flags.js';
import { findGoods } from './goods.js';
import { givenText } from './lexicon.js';
import { findOrganisations } from './organisations.js';
import { perCatalogue } from './per-catalogue.js';
import { findPeople } from './people.js';
import { findPlaces } from './places.js';
import { rolesBehind } from './roles.js';
import { findRules } from './rules.js';
import { gapsOn, loadedLists } from './rule-words.js';
import { findDates } from './dates.js';
import { findMeasures } from './measures.js';
import { findCodes, findContacts, findIdentifiers } from './values.js';

export type { Catalogue, Family, TextLanguage, TradeName, RuleEntry } from './catalogue.js';
export { loadCatalogue, readCatalogue } from './load.js';
export { ruleView } from './rule-words.js';
export { validInn, validOgrn, validUscc } from '../text/index.js';

export interface RecogniseInput {
  /** Its first line is the title; offsets of mentions point into it. */
  text: string;
  language: Language;
  /** The day the rules are asked for, and why that day (`ASKED_FOR` where somebody chose it). */
  on: Day;
  onReason?: string;
  /** When the notice says that it was published: what it says without a year, or from that day, is meant from there. */
  published?: Day;
  account?: Account;
}

/** The reason of a day that somebody asked for: nothing is said then of the notice's own. */
export const ASKED_FOR = 'the day asked for';

/** Past this many characters a text is read up to here, and that is said. */
const LONGEST = 1_000_000;

export function recognise(input: RecogniseInput, catalogue: Catalogue): Recognition {
  const text = input.text.slice(0, LONGEST);
  const given = givenText(text, catalogue);
  const roles = rolesBehind(text, given.hits.word);
  const { goods, tradeNames } = findGoods(given);
  const places = findPlaces(given, roles);
  const { measures, prices } = findMeasures(text);
  const codes = findCodes(text);
  const { kind, why } = documentKind(given, goods, coreOf(catalogue));
  const mentions: Mention[] = [
    ...goods,
    ...tradeNames,
    ...findOrganisations(given, roles),
    ...findPeople(text, roles),
    ...findAddresses(text, roles),
    ...places,
    ...findDates(text, input.published),
    ...measures,
    ...prices,
    ...findContacts(text),
    ...findIdentifiers(text),
    ...codes,
  ];
  mentions.sort(
    (a, b) =>
      a.start - b.start || b.end - a.end || (a.kind < b.kind ? -1 : a.kind > b.kind ? 1 : 0) || (a.id < b.id ? -1 : 1),
  );
  const rules = findRules({ goods, measures, codes }, catalogue, input.on);
  return {
    language: input.language,
    documentKind: kind,
    kindWhy: why,
    on: input.on,
    mentions,
    rules,
    flags: findFlags(
      { given, mentions, rules, on: input.on, ...(input.account ? { account: input.account } : {}) },
      catalogue,
    ),
    catalogueVersion: catalogue.version,
    limits: limitsOf(input, catalogue),
  };
}

const coreOf = perCatalogue(
  ({ families }) => new Set(families.filter(({ priority }) => priority === 'core').map(({ id }) => id)),
);
const loaded = perCatalogue(loadedLists);
const missing = perCatalogue(() => new Map<Day, string[]>());

/** A watch asks for the same few days again and again. */
function missingOn(catalogue: Catalogue, on: Day): string[] {
  const byDay = missing(catalogue);
  let said = byDay.get(on);
  if (!said) byDay.set(on, (said = gapsOn(catalogue, on).map((each) => `Not loaded: ${each}.`)));
  if (byDay.size > MOST_DAYS) byDay.clear();
  return said;
}

const MOST_DAYS = 1_000;

/** What every result must say of itself (facts/goods §18). */
function limitsOf({ text, on, onReason, published }: RecogniseInput, catalogue: Catalogue): string[] {
  const reason = onReason === undefined ? '' : ` (${onReason})`;
  const isItsOwn = published !== undefined || onReason === undefined || onReason === ASKED_FOR;
  return [
    isItsOwn
      ? `Judged by the rules in force on ${on}${reason}.`
      : `Date of the notice not established; rules shown for ${on}${reason}.`,
    `Rules loaded: ${loaded(catalogue).join('; ')}. No entry found is not a clearance.`,
    ...missingOn(catalogue, on),
    `Catalogue ${catalogue.version}.`,
    ...(text.length > LONGEST ? [`Only the first ${LONGEST} characters were read.`] : []),
  ];
}

/** What a change of text is weighed by (`compareReadings`): what each side names, at today's catalogue. */
export const namedIn =
  (catalogue: Catalogue, { language, on }: Pick<RecogniseInput, 'language' | 'on'>) =>
  (text: string): { kind: string; id: string }[] =>
    recognise({ text, language, on }, catalogue).mentions.map(({ kind, id }) => ({ kind, id }));

/** Words of a claim that explain goods as something ordinary (flag N-10), as they stand in it. */
export const explainingWords = (text: string, catalogue: Catalogue): string[] =>
  (wordsByFlag(givenText(text.slice(0, LONGEST), catalogue)).get('N-10') ?? []).map((each) => each.text);
