/** Goods, trade names, organisations, places, dates, quantities and rules in a reading. Pure: the catalogue is handed in. */
import type { Account, Day, Language, Mention, Recognition } from '../model/index.js';
import type { Catalogue } from './catalogue.js';
import { documentKind } from './document-kind.js';
import { findFlags } from './flags.js';
import { findGoods } from './goods.js';
import { givenText } from './lexicon.js';
import { findOrganisations } from './organisations.js';
import { findPeople } from './people.js';
import { findPlaces } from './places.js';
import { rolesBehind } from './roles.js';
import { findRules } from './rules.js';
import { findDates } from './dates.js';
import { findMeasures } from './measures.js';
import { findCodes, findContacts, findIdentifiers } from './values.js';

export type { Catalogue, Family, TextLanguage, TradeName, RuleEntry } from './catalogue.js';
export { loadCatalogue, readCatalogue } from './load.js';
export { validInn, validOgrn, validUscc } from '../text/index.js';

export interface RecogniseInput {
  /** Its first line is the title; offsets of mentions point into it. */
  text: string;
  language: Language;
  /** The day the rules are asked for, and why that day. */
  on: Day;
  onReason?: string;
  /** When the notice says that it was published: what it says without a year, or from that day, is meant from there. */
  published?: Day;
  account?: Account;
}

/** Past this many characters a text is read up to here, and that is said. */
const LONGEST = 1_000_000;

export function recognise(input: RecogniseInput, catalogue: Catalogue): Recognition {
  const text = input.text.slice(0, LONGEST);
  const given = givenText(text, catalogue);
  const roles = rolesBehind(text, given.hits.word);
  const { goods, tradeNames } = findGoods(given);
  const places = findPlaces(given, roles);
  const { measures, prices } = findMeasures(text);
  const core = new Set(catalogue.families.filter(({ priority }) => priority === 'core').map(({ id }) => id));
  const { kind, why } = documentKind(given, goods, core);
  const mentions: Mention[] = [
    ...goods,
    ...tradeNames,
    ...findOrganisations(given, roles),
    ...findPeople(text, roles),
    ...places,
    ...findDates(text, input.published),
    ...measures,
    ...prices,
    ...findContacts(text),
    ...findIdentifiers(text),
    ...findCodes(text),
  ];
  mentions.sort(
    (a, b) =>
      a.start - b.start || b.end - a.end || (a.kind < b.kind ? -1 : a.kind > b.kind ? 1 : 0) || (a.id < b.id ? -1 : 1),
  );
  return {
    language: input.language,
    documentKind: kind,
    kindWhy: why,
    on: input.on,
    mentions,
    rules: findRules(goods, measures, catalogue, input.on),
    flags: findFlags(
      { given, goods, tradeNames, places, ...(input.account ? { account: input.account } : {}) },
      catalogue,
    ),
    catalogueVersion: catalogue.version,
    limits: limitsOf(input, catalogue),
  };
}

/** What every result must say of itself (facts/goods §18). */
function limitsOf({ text, on, onReason }: RecogniseInput, { rules, version }: Catalogue): string[] {
  const regimes = [...new Set(rules.map(({ regime }) => regime))].sort().join(', ');
  return [
    `Judged by the rules in force on ${on}${onReason === undefined ? '' : ` (${onReason})`}.`,
    `Rules loaded: ${regimes}. Not loaded: item texts of EU Annex I and of Wassenaar, military lists, destination rules. No entry found is not a clearance.`,
    `Catalogue ${version}.`,
    ...(text.length > LONGEST ? [`Only the first ${LONGEST} characters were read.`] : []),
  ];
}

/** What a change of text is weighed by (`compareReadings`): what each side names, at today's catalogue. */
export const namedIn =
  (catalogue: Catalogue, { language, on }: Pick<RecogniseInput, 'language' | 'on'>) =>
  (text: string): { kind: string; id: string }[] =>
    recognise({ text, language, on }, catalogue).mentions.map(({ kind, id }) => ({ kind, id }));
