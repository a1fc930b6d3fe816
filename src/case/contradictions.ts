/**
 * Claims that do not sit together. Two kinds only, each shown with both texts side by side; which one is true is not ours
 * to say. *recorded*: a person marked one as contradicting the other. *different explanations* and *different
 * destinations* (facts/goods §17, N-10 and TS-02) are computed from what the claims are about and the countries they name.
 */
export interface ClaimLike {
  id: string;
  speaker: string;
  speaksFor?: string;
  about?: string;
  words: string;
  contradicts?: readonly string[];
  /** ISO codes of the countries the words name, from recognition. */
  countries?: readonly string[];
}

export interface Contradiction {
  rule: 'recorded' | 'N-10' | 'TS-02';
  title: string;
  /** Ids of the two claims, or of a claim and a notice. */
  between: [string, string];
  detail: string;
}

export interface NoticeSide {
  id: string;
  /** Countries the notice or the account's own name points to. */
  countries: readonly string[];
}

export function findContradictions(claims: readonly ClaimLike[], notices: readonly NoticeSide[] = []): Contradiction[] {
  return [...recorded(claims), ...differentExplanations(claims), ...differentDestinations(claims, notices)];
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
    }));
}

function differentDestinations(claims: readonly ClaimLike[], notices: readonly NoticeSide[]): Contradiction[] {
  const named = claims.filter(({ countries }) => (countries ?? []).length > 0);
  return named.flatMap((claim) =>
    notices
      .filter(({ countries }) => countries.length > 0 && !countries.some((code) => claim.countries!.includes(code)))
      .map((notice): Contradiction => ({
        rule: 'TS-02',
        title: 'A claim names another country than the notice or its account',
        between: [claim.id, notice.id],
        detail: `claim: ${claim.countries!.join(', ')}; notice: ${notice.countries.join(', ')}`,
      })),
  );
}

function bodyOf(claim: ClaimLike): string {
  return fold(claim.speaksFor ?? claim.speaker);
}

function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
}

function pairs<T>(items: readonly T[]): [T, T][] {
  return items.flatMap((a, at) => items.slice(at + 1).map((b): [T, T] => [a, b]));
}
