/**
 * What the search page of the US Treasury would show for a name, 0..1: whole strings by Jaro with a lift for an equal
 * beginning, or the mean of the best Jaro-Winkler of each word, whichever is more (facts/screening §6.4). For comparison
 * only: it knows no other alphabet and no kind of word.
 */
import { plain } from './tokens.js';

const SHORTEST = 2;
const LEAST_WORD = 0.5;
const WINKLER_FROM = 0.7;
const PREFIX = 4;

export function ofacScore(query: string, names: readonly string[]): number {
  return Math.max(0, ...names.map((name) => onePair(query, name)));
}

function onePair(query: string, name: string): number {
  const [mine, theirs] = [words(query), words(name)];
  if (mine.length === 0 || theirs.length === 0) return 0;
  const [a, b] = [mine.join(' '), theirs.join(' ')];
  const whole = a[0] === b[0] ? winkler(a, b, 0) : 0;
  const long = mine.filter((word) => word.length > SHORTEST);
  const asked = long.length > 0 ? long : mine;
  const sum = asked.reduce((total, word) => {
    const best = Math.max(...theirs.map((other) => winkler(word, other, WINKLER_FROM)));
    return total + (best < LEAST_WORD ? 0 : best);
  }, 0);
  return Math.max(whole, sum / asked.length);
}

/** Marks inside words vanish, all else that is no letter or digit separates. */
const words = (name: string): string[] =>
  plain(name)
    .toUpperCase()
    .replace(/(?<=\p{L})\.(?=\p{L})|\.(?=\s|$)/gu, '')
    .match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];

function winkler(a: string, b: string, from: number): number {
  const score = jaro(a, b);
  if (score < from) return score;
  let prefix = 0;
  while (prefix < PREFIX && prefix < a.length && a[prefix] === b[prefix]) prefix += 1;
  return score + 0.1 * prefix * (1 - score);
}

function jaro(a: string, b: string): number {
  if (a === b) return 1;
  const reach = Math.max(0, Math.floor(Math.max(a.length, b.length) / 2) - 1);
  const taken = new Uint8Array(b.length);
  const met: string[] = [];
  for (let i = 0; i < a.length; i++) {
    for (let j = Math.max(0, i - reach); j < Math.min(b.length, i + reach + 1); j++) {
      if (taken[j] === 1 || a[i] !== b[j]) continue;
      taken[j] = 1;
      met.push(a[i]!);
      break;
    }
  }
  if (met.length === 0) return 0;
  let [at, turned] = [0, 0];
  for (let j = 0; j < b.length; j++) if (taken[j] === 1 && b[j] !== met[at++]) turned += 1;
  return (met.length / a.length + met.length / b.length + (met.length - turned / 2) / met.length) / 3;
}
