/**
 * Was an entry on its list on a day? Two time axes answer, and which of them did is said (facts/screening §5): the versions that are
 * held, and what the publisher says of its own beginnings and ends. What neither says is unknown, and never a "no".
 */
import type { Day, ListEntry, ListVersionRef, Match } from '../model/index.js';
import { isListedOn } from './versions.js';

export interface AsOf {
  answer: 'listed' | 'not-listed' | 'unknown';
  /** `version`: one that is held was in force · `publisher`: its own date decides · `none`: nobody says. */
  by: 'version' | 'publisher' | 'none';
  /** In words, with the days it rests on. */
  basis: string;
  /** The version that was in force, where one is held. */
  version?: ListVersionRef;
  /** The state that answers: in force on the day, or the oldest that is held where the publisher's date reaches behind it. */
  state?: ListEntry;
}

/** First and last day that a date may mean: `2011-02` is any day of that month. */
interface Span {
  first: Day;
  last: Day;
  said: string;
}

const DATE = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?/;

function spanOf(text: string | undefined): Span | undefined {
  const found = text === undefined ? null : DATE.exec(text);
  if (!found) return undefined;
  const [said, year, month, day] = found;
  if (day !== undefined) return { first: said, last: said, said };
  const end = month === undefined ? 31 : new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  if (!Number.isFinite(end)) return undefined;
  return { first: `${year!}-${month ?? '01'}-01`, last: `${year!}-${month ?? '12'}-${end}`, said };
}

/** The earliest of what the publisher says of a beginning: of the entry, or of any of its own lists that it is on. */
function beginning({ listedOn, listings = [] }: ListEntry): Span | undefined {
  const spans = [listedOn, ...listings.map(({ on }) => on)].flatMap((each) => spanOf(each) ?? []);
  return spans.sort((a, b) => (a.last < b.last ? -1 : a.last > b.last ? 1 : 0))[0];
}

/**
 * The day from which on the publisher itself calls the entry listed, as far as the oldest version that is held can bear that out: it
 * must not be after that version. Undefined where nothing is said, or where it contradicts the version.
 */
export function saidSince(entry: ListEntry, oldest: Day): Day | undefined {
  const span = beginning(entry);
  return span === undefined || span.last > oldest ? undefined : span.last;
}

/**
 * `states` are all states of one entry, `versions` all versions of its list in order of publication. Before the first version the
 * publisher's date decides where it can: on or after it the entry was listed, as the oldest version still has it; before it, it was
 * not. A date that is as vague as the question is unknown. So is an entry that the oldest version has not, whatever it says of itself:
 * it may have been on the list before and have left.
 */
export function listedAsOf(states: readonly ListEntry[], versions: readonly ListVersionRef[], on: Day): AsOf {
  const version = versions.filter(({ publishedAt }) => publishedAt <= on).at(-1);
  if (version) {
    const state = states.find((each) => isListedOn(each, on));
    const held = `the version of ${version.publishedAt}`;
    return state
      ? { answer: 'listed', by: 'version', basis: `present in ${held}${since(state)}`, version, state }
      : { answer: 'not-listed', by: 'version', basis: `absent from ${held}`, version };
  }
  const first = versions[0];
  if (!first) return { answer: 'unknown', by: 'none', basis: 'no version of the list is held' };
  const oldest = states.find((each) => isListedOn(each, first.publishedAt));
  const unknown = (why: string): AsOf => ({
    answer: 'unknown',
    by: 'none',
    basis: `${why}; the oldest version held is of ${first.publishedAt}`,
  });
  if (!oldest) return unknown('the oldest version held does not have it, and what was before that is not known');
  const span = beginning(oldest);
  if (!span) return unknown('the publisher gives no day of its listing');
  const said = `the publisher’s date, ${span.said}`;
  if (span.last > first.publishedAt) return unknown(`${said} is after the version that has it already`);
  if (on >= span.last)
    return {
      answer: 'listed',
      by: 'publisher',
      basis: `${said}; present in the version of ${first.publishedAt}`,
      state: oldest,
    };
  if (on < span.first) return { answer: 'not-listed', by: 'publisher', basis: `${said}, is later` };
  return unknown(`${said}, may be before that day or after it`);
}

const since = ({ listedOn }: ListEntry): string =>
  listedOn === undefined ? '' : `; the publisher’s date is ${listedOn}`;

/** What a match says of its day besides `from` and `to`. Only of what is listed. */
export function basisOf({ state, by }: AsOf): Pick<Match, 'listedOn' | 'basis'> {
  const said = state?.listedOn === undefined ? {} : { listedOn: state.listedOn };
  return { ...said, basis: by === 'publisher' ? 'publisher' : 'version' };
}

/** The same in words, for people; empty where there is nothing to say beside the versions that were asked. */
export function basisWords({ listedOn, basis }: Pick<Match, 'listedOn' | 'basis'>): string[] {
  if (basis === 'publisher')
    return [
      `no version held reaches back to that day: by the publisher’s own date, ${listedOn ?? 'of one of its lists'}`,
    ];
  return listedOn === undefined ? [] : [`the publisher’s date is ${listedOn}`];
}
