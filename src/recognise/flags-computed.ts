/** Flags that take more than words: what was recognised, who posted, which rules were found (facts/goods §17). */
import type { Flag, Mention } from '../model/index.js';
import type { FlagRule } from './catalogue.js';
import { type FlagContext, countryOf, wordsOf } from './flag-context.js';

type Fired = Pick<Flag, 'words' | 'detail'> | undefined;

export const COMPUTED: Readonly<Record<string, (context: FlagContext, rule: FlagRule) => Fired>> = {
  'N-05': ({ of }) => shown(of('tradeName')),
  'N-06': goBetween,
  'N-08': families,
  'N-09': personalContactOnly,
  'N-14': changedLater,
  'TS-01': transshipment,
  'EU-06': onPriorityList,
  'CN-02': statedRange,
  'BIS-07': namedWithoutPerformance,
};

const shown = (mentions: readonly Mention[]): Fired =>
  mentions.length === 0 ? undefined : { words: wordsOf(mentions) };

const unique = (values: readonly string[]): string => [...new Set(values)].join(', ');

function goBetween({ given: { text }, account, catalogue: { organisations } }: FlagContext): Fired {
  const poster = account?.name ?? '';
  const word = organisations.goBetweens.find((each) => poster.toLowerCase().includes(each.toLowerCase()));
  if (word === undefined) return undefined;
  const at = text.indexOf(poster);
  const words = at >= 0 ? [{ start: at, end: at + poster.length, text: poster }] : [];
  return { words, detail: `account: ${poster}` };
}

function families({ of, catalogue }: FlagContext): Fired {
  const core = new Set(catalogue.families.filter(({ priority }) => priority === 'core').map(({ id }) => id));
  const hits = of('goods').filter(({ id }) => core.has(id));
  const ids = new Set(hits.map(({ id }) => id));
  return ids.size < 3 ? undefined : { words: wordsOf(hits), detail: [...ids].join(', ') };
}

/** Mobile numbers of China, Russia, Kazakhstan and Ukraine. */
const MOBILE = /^(?:(?:\+?86)?1[3-9]\d{9}|(?:\+7|8|7)[79]\d{9}|(?:\+?38)?0(?:39|50|63|6[6-8]|73|9[1-9])\d{7})$/;
const FREE_MAIL =
  /@(?:qq|foxmail|163|126|sina|sohu|gmail|googlemail|outlook|hotmail|yahoo|icloud|proton(?:mail)?|mail|bk|list|inbox|yandex|ya|rambler|ukr)\.[a-z.]+$/;

/** A body that can be reached by a line or a mailbox of its own is not reached by somebody's telephone only. */
function personalContactOnly({ of, wordsOf: wordsOfFlag }: FlagContext, { id }: FlagRule): Fired {
  const phones = of('phone');
  const mails = of('email');
  const personal = [
    ...phones.filter((each) => MOBILE.test(each.id)),
    ...mails.filter((each) => FREE_MAIL.test(each.id)),
  ];
  if (personal.length < phones.length + mails.length) return undefined;
  const words = [...wordsOfFlag(id), ...wordsOf(personal)].sort((a, b) => a.start - b.start);
  return words.length === 0 ? undefined : { words };
}

/** Of the rules found for the goods: those that begin after the day, and what they put an end to. */
function changedLater({ rules, of, on }: FlagContext): Fired {
  const later = rules.filter(({ state }) => state === 'not-yet');
  if (later.length === 0) return undefined;
  const concerned = new Set(later.map(({ family }) => family));
  const codes = later.flatMap((each) => each.codes ?? []).map(({ start, end, text }) => ({ start, end, text }));
  const words = [...wordsOf(of('goods').filter(({ id }) => concerned.has(id))), ...codes];
  return { words, detail: `after ${on}: ${unique(later.map(({ entry, from }) => `${entry} since ${from}`))}` };
}

/** The poster's own country is no flag (facts/goods §17). */
function transshipment({ of, catalogue: { places } }: FlagContext): Fired {
  const named = of('place').filter(({ id }) => countryOf(id) !== 'cn' && places.transshipment.includes(countryOf(id)));
  return named.length === 0
    ? undefined
    : { words: wordsOf(named), detail: unique(named.map(({ id }) => countryOf(id))) };
}

function onPriorityList({ rules }: FlagContext): Fired {
  const codes = rules.filter(({ regime, inForce }) => regime === 'chpl' && inForce).flatMap((each) => each.codes ?? []);
  if (codes.length === 0) return undefined;
  const byPlace = new Map(codes.map(({ start, end, text }) => [start, { start, end, text }]));
  return { words: [...byPlace.values()], detail: unique(codes.map(({ code }) => code)) };
}

/** Only a claim that lies wholly above: "at least 5 km" may be 5 km. */
function statedRange({ rules }: FlagContext): Fired {
  const found = rules
    .filter(({ regime, inForce }) => regime === 'cn' && inForce)
    .flatMap((rule) =>
      rule.found.filter(({ parameter, relation }) => parameter === 'jamming_range_km' && relation === 'meets'),
    );
  if (found.length === 0) return undefined;
  const byPlace = new Map(found.map(({ start, end, text }) => [start, { start, end, text }]));
  return { words: [...byPlace.values()], detail: unique(found.map(({ says }) => says ?? '')) };
}

const PERFORMANCE: readonly (string | undefined)[] = ['W', 'kW', 'mrad'];

/** Somebody who knows what the goods are for would say what they must do. */
function namedWithoutPerformance({ of, wordsOf: wordsOfFlag }: FlagContext): Fired {
  const alike = wordsOfFlag('N-04');
  const numbers = [
    ...of('range'),
    ...of('frequency'),
    ...of('quantity').filter(({ value }) => PERFORMANCE.includes(value?.unit)),
  ];
  if (of('tradeName').length === 0 || alike.length === 0 || numbers.length > 0) return undefined;
  return { words: [...wordsOf(of('tradeName')), ...alike] };
}
