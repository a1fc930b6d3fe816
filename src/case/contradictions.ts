/**
 * Claims that do not sit together, each shown with both texts side by side; which one is true is not ours to say. *recorded*: a
 * person marked one as contradicting the other. The others are computed (facts/goods §17): *different explanations* by one body, an
 * explanation that names *other goods* than the notice (N-10), and *different destinations* (TS-02, BIS-13).
 */
export interface ClaimLike {
  id: string;
  speaker: string;
  speaksFor?: string;
  about?: string;
  words: string;
  /** When it was said, as far as known: the earlier one is told first. */
  said?: string;
  contradicts?: readonly string[];
  /** ISO codes of the countries the words name, from recognition. */
  countries?: readonly string[];
  /** Of these, where the words say that the goods or the buyers go or are. */
  destinations?: readonly string[];
  /** Words for counter-drone goods and trade names. */
  goods?: readonly string[];
  /** Words that explain the goods as something ordinary (flag N-10 of the catalogue). */
  explainedAs?: readonly string[];
}

export interface Contradiction {
  rule: 'recorded' | 'N-10' | 'TS-02';
  title: string;
  /** Ids of the two claims, or of a claim and a notice. */
  between: [string, string];
  detail: string;
  /** What either side says, in its own words; a claim that is only named by its id has none. */
  words?: [string, string];
  /** Other rules that say the same. */
  also?: string[];
}

export interface NoticeSide {
  id: string;
  /** Countries the notice or the account's own name points to. */
  countries: readonly string[];
  /** The words that name them. */
  places?: readonly string[];
  /** Its words for counter-drone goods and trade names. */
  goods?: readonly string[];
}

export function findContradictions(claims: readonly ClaimLike[], notices: readonly NoticeSide[] = []): Contradiction[] {
  return [
    ...recorded(claims),
    ...differentExplanations(claims),
    ...otherGoods(claims, notices),
    ...destinationChanged(claims),
    ...differentDestinations(claims, notices),
  ];
}

function recorded(claims: readonly ClaimLike[]): Contradiction[] {
  return claims.flatMap((claim) =>
    (claim.contradicts ?? []).map((other): Contradiction => ({
      rule: 'recorded',
      title: 'Recorded as contradicting',
      between: [claim.id, other],
      detail: `${claim.speaker}: “${claim.words}”`,
    })),
  );
}

/** One body, one matter, two accounts of it. */
function differentExplanations(claims: readonly ClaimLike[]): Contradiction[] {
  return pairs(claims)
    .filter(
      ([a, b]) =>
        a.about !== undefined && a.about === b.about && bodyOf(a) === bodyOf(b) && fold(a.words) !== fold(b.words),
    )
    .map(([a, b]) => ({
      rule: 'N-10',
      title: 'Different explanations of the same matter',
      between: [a.id, b.id],
      detail: `${a.about!}: “${a.words}” / “${b.words}”`,
      words: [a.words, b.words],
    }));
}

/** "Children's toys", said of detectors and jammers: beside the notice's own words, and beside another claim that names them. */
function otherGoods(claims: readonly ClaimLike[], notices: readonly NoticeSide[]): Contradiction[] {
  const explaining = claims.filter(({ explainedAs = [] }) => explainedAs.length > 0);
  return explaining.flatMap((claim) => [
    ...notices
      .filter(({ goods = [] }) => goods.length > 0)
      .map(({ id, goods = [] }) => explained(claim, { id, says: `notice: ${quoted(goods)}`, words: goods.join(', ') })),
    ...claims
      .filter(({ id, goods = [] }) => id !== claim.id && goods.length > 0)
      .map((other) => explained(claim, { id: other.id, says: spoken(other), words: other.words })),
  ]);
}

function explained(claim: ClaimLike, other: { id: string; says: string; words: string }): Contradiction {
  return {
    rule: 'N-10',
    title: 'An explanation names other goods than the notice',
    between: [claim.id, other.id],
    detail: `${quoted(claim.explainedAs ?? [])}: ${spoken(claim)} / ${other.says}`,
    words: [claim.words, other.words],
  };
}

/** Russia in one statement, Kazakhstan in another: a country of one that the other does not name either. */
function destinationChanged(claims: readonly ClaimLike[]): Contradiction[] {
  const named = claims.filter(({ destinations = [] }) => destinations.length > 0);
  const inOrder = named.sort((a, b) => compare(a.said ?? '', b.said ?? ''));
  return pairs(inOrder)
    .filter(([a, b]) => !a.destinations!.some((code) => b.destinations!.includes(code)))
    .map(([a, b]) => ({
      rule: 'TS-02',
      title: 'The destination changed between two statements',
      between: [a.id, b.id],
      detail: `${a.destinations!.join(', ')}, ${isLater(b, a) ? 'then' : 'and in another statement'} ${b.destinations!.join(', ')}: ${spoken(a)} / ${spoken(b)}`,
      words: [a.words, b.words],
      also: ['BIS-13'],
    }));
}

/** Only where both say when. */
const isLater = (b: ClaimLike, a: ClaimLike): boolean =>
  a.said !== undefined && b.said !== undefined && a.said < b.said;

function differentDestinations(claims: readonly ClaimLike[], notices: readonly NoticeSide[]): Contradiction[] {
  const naming = claims.filter(({ countries }) => (countries ?? []).length > 0);
  return naming.flatMap((claim) =>
    notices
      .filter(({ countries }) => countries.length > 0 && !countries.some((code) => claim.countries!.includes(code)))
      .map((notice): Contradiction => ({
        rule: 'TS-02',
        title: 'A claim names another country than the notice or its account',
        between: [claim.id, notice.id],
        detail: `claim: ${claim.countries!.join(', ')}, ${spoken(claim)}; notice: ${notice.countries.join(', ')}${named(notice)}`,
        words: [claim.words, (notice.places ?? []).join(', ')],
      })),
  );
}

const spoken = ({ speaker, words }: ClaimLike): string => `${speaker}: “${words}”`;
const quoted = (words: readonly string[]): string => [...new Set(words)].map((each) => `«${each}»`).join(', ');
const named = ({ places = [] }: NoticeSide): string => (places.length === 0 ? '' : `, ${quoted(places)}`);
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function bodyOf(claim: ClaimLike): string {
  return fold(claim.speaksFor ?? claim.speaker);
}

function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
}

function pairs<T>(items: readonly T[]): [T, T][] {
  return items.flatMap((a, at) => items.slice(at + 1).map((b): [T, T] => [a, b]));
}
