/**
 * What agrees besides the name: numbers, dates, addresses, countries. Nothing known is 0, and is not disagreement; what
 * disagrees is said in words, and a disagreeing number takes the rest away.
 */
import type { ListEntry, ScreeningQuery } from '../model/index.js';
import { type AskedIdentifier, identifierHit, normaliseIdentifier } from './identifiers.js';
import { wordsOf } from './names/tokens.js';

export interface Corroboration {
  corroboration: number;
  reasons: string[];
  /** Said of both and different. */
  contradictions: string[];
}

interface Known {
  query: ScreeningQuery;
  /** Named in the name asked itself. */
  countries: readonly string[];
  asked: readonly AskedIdentifier[];
}

const SAME_COUNTRY = 0.3;
const SAME_DAY = 0.6;
const SAME_YEAR = 0.25;
const SAME_ADDRESS = 0.4;

export function corroborate({ query, countries, asked }: Known, entry: ListEntry): Corroboration {
  const hit = identifierHit(asked, entry);
  if (hit) return { corroboration: hit.score, reasons: [hit.why], contradictions: [] };
  const contrary = asked.find(
    ({ type, strong }) =>
      strong && entry.identifiers.some((each) => each.type === type && normaliseIdentifier(each.value) !== ''),
  );
  if (contrary) return none(`the list gives another ${contrary.type.toUpperCase()}`);
  const facts = [byCountry(query, countries, entry), byDate(query, entry), byAddress(query, entry)];
  return {
    corroboration: 1 - facts.reduce((rest, { corroboration }) => rest * (1 - corroboration), 1),
    reasons: facts.flatMap(({ reasons }) => reasons),
    contradictions: facts.flatMap(({ contradictions }) => contradictions),
  };
}

const NOTHING: Corroboration = { corroboration: 0, reasons: [], contradictions: [] };
const none = (why: string): Corroboration => ({ corroboration: 0, reasons: [why], contradictions: [why] });
const some = (corroboration: number, why: string): Corroboration => ({
  corroboration,
  reasons: [why],
  contradictions: [],
});

function byCountry(query: ScreeningQuery, inName: readonly string[], entry: ListEntry): Corroboration {
  const countries = [...new Set([...(query.countries ?? []), ...inName])];
  const common = countries.filter((country) => entry.countries.includes(country));
  if (common.length > 0) return some(SAME_COUNTRY, `the same country: ${common.join(', ')}`);
  if (countries.length === 0 || entry.countries.length === 0) return NOTHING;
  return none(`other countries: asked ${countries.join(', ')}, listed ${entry.countries.join(', ')}`);
}

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');

/** Days, months or years as lists print them: `DOB 04 Apr 1986`, `DOB 1986`, `1986-04-04`. */
function datesOf(remarks: string): string[] {
  return [...remarks.matchAll(/\b(?:DOB|born|date of birth)\b:?\s*(?:circa\s+)?([0-9A-Za-z .-]{4,14})/gi)].flatMap(
    ([, text]) => {
      const day = /^(\d{1,2}) ([A-Za-z]{3})[a-z]* (\d{4})/.exec(text!);
      const month = day && MONTHS.indexOf(day[2]!.toLowerCase()) + 1;
      if (day && month) return [`${day[3]!}-${String(month).padStart(2, '0')}-${day[1]!.padStart(2, '0')}`];
      const iso = /^\d{4}(?:-\d\d(?:-\d\d)?)?/.exec(text!) ?? /\d{4}/.exec(text!);
      return iso ? [iso[0]] : [];
    },
  );
}

function byDate({ dates = [] }: ScreeningQuery, { remarks }: ListEntry): Corroboration {
  const listed = dates.length === 0 ? [] : datesOf(remarks);
  if (listed.length === 0) return NOTHING;
  const agrees = (a: string, b: string): boolean => a.startsWith(b) || b.startsWith(a);
  const same = dates.find((date) => listed.some((each) => agrees(date, each)));
  if (same === undefined) return none(`other dates: asked ${dates.join(', ')}, listed ${listed.join(', ')}`);
  const whole = same.length >= 10 && listed.some((each) => each === same);
  return some(whole ? SAME_DAY : SAME_YEAR, `the same date: ${same}`);
}

/** Numbers of houses and postcodes, and what is neither a common word nor short. */
function byAddress({ addresses = [] }: ScreeningQuery, entry: ListEntry): Corroboration {
  for (const asked of addresses) {
    const mine = new Set(wordsOf(asked).filter((word) => word.length >= 4 || /\d/.test(word)));
    for (const listed of entry.addresses) {
      const common = wordsOf(listed).filter((word) => mine.has(word));
      const numbers = common.filter((word) => /\d/.test(word)).length;
      if (numbers >= 1 && common.length >= 3 && common.length >= mine.size * 0.5)
        return some(SAME_ADDRESS, `the same address: ${listed}`);
    }
  }
  // An address that differs says little: the firm moved, or the list prints another office.
  return NOTHING;
}
