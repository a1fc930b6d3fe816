/** How things are shown to people: the same on a terminal, on a page, in a feed and in a dossier. */
import type { RemovalActor } from './reading.js';
import type { RuleFinding } from './recognition.js';

/**
 * Control and direction characters as `\u202e`. A page's title must not repaint the screen, turn the line around, or end an
 * XML document (which forbids them). Line feed and tab stay. Markup is the template's business, not this function's.
 */
export function visible(text: string): string {
  return text.replace(
    /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Since when an entry applies; of one whose beginning nobody established, which day its text is of. */
export const beginningOf = ({ from, fromUnknown }: { from: string; fromUnknown?: true }): string =>
  fromUnknown ? `text of ${from}` : from;

/** "No. 31 of 2024" out of the full name of an announcement. */
const short = (instrument: string): string => /No\. ?\d+ of \d{4}/.exec(instrument)?.[0] ?? instrument;

/** What changed after the day, said once for each announcement. */
export function laterRules(rules: readonly RuleFinding[]): string[] {
  const replaced = new Map<string, Set<string>>();
  for (const each of rules.filter(({ state }) => state === 'not-yet')) {
    const key = `in force since ${each.from}: ${short(each.instrument)}`;
    const known = replaced.get(key) ?? new Set();
    for (const { instrument } of each.replaces ?? []) known.add(short(instrument));
    replaced.set(key, known);
  }
  const lines = [...replaced].map(
    ([key, old]) => `${key}${old.size === 0 ? '' : ` replaces ${[...old].sort().join(' and ')}`}`,
  );
  return lines.length === 0 ? [] : [`Later rules: ${lines.join('; ')}.`];
}

/** When an entry stands to the day asked for; records made before this was computed only know whether it was in force. */
export const whenOf = ({
  state,
  inForce,
  fromUnknown,
}: Pick<RuleFinding, 'state' | 'inForce' | 'fromUnknown'>): string =>
  WHEN[state ?? (fromUnknown ? 'undated' : inForce ? 'in-force' : 'not-yet')];

const WHEN: Readonly<Record<NonNullable<RuleFinding['state']>, string>> = {
  'in-force': 'in force that day',
  'not-yet': 'later',
  suspended: 'suspended that day',
  undated: 'text of another day',
};

/** No live link to a watched page: opening it would show our interest and the reader's address (facts/experience §10). */
export function brokenUp(url: string): string {
  return visible(url.replace(/^(https?):\/\//, '$1 : //'));
}

/** `0.957` as `96 %`. */
export const percent = (share: number): string => `${Math.round(share * 100)} %`;

/** After "removed": who did it, as far as the page says. */
export const REMOVED_BY: Readonly<Record<RemovalActor, string>> = {
  publisher: 'by its publisher',
  platform: 'by the platform',
  complaint: 'after a complaint',
  account: 'with its account',
  unknown: 'by whom is not known',
};

/** Longest part of a word that is left out for the sake of whole ones; Chinese has no blanks, and is cut anywhere. */
const LONGEST_PART = 24;
const isInWord = (text: string, at: number): boolean =>
  at > 0 && at < text.length && /[^\s\p{Script=Han}]{2}/u.test(text.slice(at - 1, at + 1));

/** Up to `length` UTF-16 units on both sides of a span, less what is left of a word that was cut. */
export function wordsAround(
  text: string,
  { start, end }: { start: number; end: number },
  [before, after]: readonly [before: number, after: number],
): { before: string; after: string } {
  let [from, to] = [Math.max(0, start - before), Math.min(text.length, end + after)];
  if (isInWord(text, from)) {
    const blank = text.slice(from, start).search(/\s/);
    if (blank >= 0 && blank <= LONGEST_PART) from += blank + 1;
  }
  if (isInWord(text, to)) {
    const rest = /\s\S*$/.exec(text.slice(end, to))?.[0].length ?? Infinity;
    if (rest <= LONGEST_PART) to -= rest;
  }
  return { before: text.slice(from, start).toWellFormed(), after: text.slice(end, to).toWellFormed() };
}
